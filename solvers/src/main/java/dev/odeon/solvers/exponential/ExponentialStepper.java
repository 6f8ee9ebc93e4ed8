package dev.odeon.solvers.exponential;

import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import dev.odeon.solvers.ExponentialRungeKutta;
import dev.odeon.solvers.stepping.Counter;
import dev.odeon.solvers.stepping.Counts;
import dev.odeon.solvers.stepping.Problem;
import dev.odeon.solvers.stepping.StepInput;
import dev.odeon.solvers.stepping.StepOutput;
import dev.odeon.solvers.stepping.Stepper;
import java.util.Set;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * The engine of the exponential Runge-Kutta methods ETDRK2 and ETDRK4.
 *
 * <p>ETDRK2: a = e^(hJ) u + h phi_1 G(u), u' = a + h phi_2 (G(a) - G(u)). ETDRK4 combines four evaluations with phi_1 to
 * phi_3. Source: Cox, Matthews, Exponential time differencing for stiff systems, 2002, with the phi functions of Kassam,
 * Trefethen, Fourth-order time-stepping for stiff PDEs, 2005.
 */
public final class ExponentialStepper<T extends TFloating> implements Stepper<T> {

    private final Problem<T> problem;
    private final ExponentialRungeKutta method;

    public ExponentialStepper(Problem<T> problem, ExponentialRungeKutta method) {
        this.problem = problem;
        this.method = method;
    }

    @Override
    public Set<Counter> counters() {
        return Set.of(Counter.EVALUATIONS);
    }

    @Override
    public int factorsPerKind() {
        return method.order() == 2 ? 1 : 2;
    }

    @Override
    public Values prepare(Ops tf, Values linearData, double[] sizes) {
        double h = sizes[0];
        Class<T> type = problem.type();
        Values phi = PhiFunctions.of(tf, problem, linearData, h);
        Operand<T> phi1 = phi.get("phi1", type);
        Operand<T> phi2 = phi.get("phi2", type);
        Values prepared = Values.of("propagator", phi.get("phi0"));
        if (method.order() == 2) {
            return prepared.with("first", times(tf, phi1, h)).with("second", times(tf, phi2, h));
        }
        Operand<T> phi3 = phi.get("phi3", type);
        Values half = PhiFunctions.of(tf, problem, linearData, h / 2);
        Operand<T> start = tf.math.add(tf.math.sub(phi1, times(tf, phi2, 3)), times(tf, phi3, 4));
        return prepared.with("half propagator", half.get("phi0"))
                .with("half", times(tf, half.get("phi1", type), h / 2))
                .with("start", times(tf, start, h))
                .with("middle", times(tf, tf.math.sub(phi2, times(tf, phi3, 2)), 2 * h))
                .with("end", times(tf, tf.math.sub(times(tf, phi3, 4), phi2), h));
    }

    private Operand<T> times(Ops tf, Operand<T> x, double factor) {
        return tf.math.mul(x, Floats.scalar(tf, problem.type(), factor));
    }

    @Override
    public StepOutput<T> step(Ops tf, StepInput<T> input) {
        Operand<T> u = input.state();
        Operand<T> rate = problem.evaluate(tf, input.time(), u, input.theta());
        if (method.order() == 2) {
            Operand<T> a = tf.math.add(product(tf, input, "propagator", u), product(tf, input, "first", rate));
            Operand<T> end = problem.evaluate(tf, input.timeAt(tf, 1), a, input.theta());
            return StepOutput.of(
                    tf.math.add(a, product(tf, input, "second", tf.math.sub(end, rate))),
                    Values.empty(),
                    Counts.none().plus(Counter.EVALUATIONS, 2));
        }
        Operand<T> middle = input.timeAt(tf, 0.5);
        Operand<T> carried = product(tf, input, "half propagator", u);
        Operand<T> a = tf.math.add(carried, product(tf, input, "half", rate));
        Operand<T> atA = problem.evaluate(tf, middle, a, input.theta());
        Operand<T> b = tf.math.add(carried, product(tf, input, "half", atA));
        Operand<T> atB = problem.evaluate(tf, middle, b, input.theta());
        Operand<T> difference = tf.math.sub(tf.math.add(atB, atB), rate);
        Operand<T> c = tf.math.add(product(tf, input, "half propagator", a), product(tf, input, "half", difference));
        Operand<T> atC = problem.evaluate(tf, input.timeAt(tf, 1), c, input.theta());
        Operand<T> sum = tf.math.add(product(tf, input, "propagator", u), product(tf, input, "start", rate));
        sum = tf.math.add(sum, product(tf, input, "middle", tf.math.add(atA, atB)));
        return StepOutput.of(
                tf.math.add(sum, product(tf, input, "end", atC)),
                Values.empty(),
                Counts.none().plus(Counter.EVALUATIONS, 4));
    }

    private Operand<T> product(Ops tf, StepInput<T> input, String name, Operand<T> x) {
        Operand<T> function = input.prepared().get(name, problem.type());
        return PhiFunctions.elementwise(problem.requireLinear())
                ? tf.math.mul(x, function)
                : tf.linalg.matMul(x, function);
    }
}
