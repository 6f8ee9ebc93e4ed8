package dev.odeon.solvers.exponential;

import dev.odeon.graph.Values;
import dev.odeon.solvers.ExponentialRungeKutta;
import dev.odeon.solvers.stepper.Counter;
import dev.odeon.solvers.stepper.Counts;
import dev.odeon.solvers.stepper.Problem;
import dev.odeon.solvers.stepper.StepInput;
import dev.odeon.solvers.stepper.StepOutput;
import dev.odeon.solvers.stepper.Stepper;
import java.util.Set;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * The stepper of the exponential Runge-Kutta methods ETDRK2 and ETDRK4.
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
        PhiFunctions<T> phi = PhiFunctions.of(tf, problem, linearData, h);
        Values prepared = named("propagator", phi.combined(tf, 1));
        if (method.order() == 2) {
            return prepared.and(named("first", phi.combined(tf, 0, h))).and(named("second", phi.combined(tf, 0, 0, h)));
        }
        PhiFunctions<T> half = PhiFunctions.of(tf, problem, linearData, h / 2);
        return prepared.and(named("half propagator", half.combined(tf, 1)))
                .and(named("half", half.combined(tf, 0, h / 2)))
                .and(named("start", phi.combined(tf, 0, h, -3 * h, 4 * h)))
                .and(named("middle", phi.combined(tf, 0, 0, 2 * h, -4 * h)))
                .and(named("end", phi.combined(tf, 0, 0, -h, 4 * h)));
    }

    private static Values named(String name, Values function) {
        return function.prefixed(name + "/");
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
        return PhiFunctions.product(
                tf, problem.requireLinear(), input.prepared().under(name + "/"), x);
    }
}
