package dev.odeon.solvers.implicit;

import dev.odeon.graph.Values;
import dev.odeon.solvers.ImplicitRungeKutta;
import dev.odeon.solvers.stepper.Counter;
import dev.odeon.solvers.stepper.Counts;
import dev.odeon.solvers.stepper.Hermite;
import dev.odeon.solvers.stepper.Problem;
import dev.odeon.solvers.stepper.Start;
import dev.odeon.solvers.stepper.StepDemand;
import dev.odeon.solvers.stepper.StepInput;
import dev.odeon.solvers.stepper.StepOutput;
import dev.odeon.solvers.stepper.Stepper;
import dev.odeon.solvers.tableaux.Butcher;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * The stepper of the implicit Runge-Kutta methods whose stages are solved one after the other.
 *
 * <p>U_i = u + h sum_(j below i) a_ij F_j + h a_ii f(U_i); F_i is taken from the solved equation. Where the first stage is
 * explicit and the last is the result, the last rate is remembered as the first of the next step.
 */
public final class DiagonalStagesStepper<T extends TFloating> implements Stepper<T> {

    private static final String RATE = "rate";

    private final Problem<T> problem;
    private final ImplicitRungeKutta method;
    private final Butcher butcher;
    private final boolean explicitFirst;
    private final boolean firstSameAsLast;
    private final StepDemand use;
    private final Iterations iterations;

    public DiagonalStagesStepper(Problem<T> problem, ImplicitRungeKutta method, StepDemand use) {
        this.problem = problem;
        this.method = method;
        this.butcher = method.tableau().coefficients();
        this.explicitFirst = butcher.a(0, 0) == 0;
        this.firstSameAsLast = explicitFirst && butcher.stifflyAccurate();
        this.use = use;
        this.iterations = new Iterations(method.solver(), problem);
    }

    @Override
    public Set<Counter> counters() {
        return EnumSet.allOf(Counter.class);
    }

    @Override
    public Values memory(Ops tf, Start<T> start) {
        return remembers()
                ? Values.of(RATE, problem.evaluate(tf, start.time(0), start.state(0), start.theta()))
                : Values.empty();
    }

    private boolean remembers() {
        return firstSameAsLast || use == StepDemand.DENSE;
    }

    @Override
    public int startEvaluations() {
        return remembers() ? 1 : 0;
    }

    @Override
    public boolean interpolates() {
        return true;
    }

    @Override
    public StepOutput<T> step(Ops tf, StepInput<T> input) {
        StepEquations<T> equations = new StepEquations<>(tf, iterations, input);
        Counts counts = Counts.none();
        List<Operand<T>> rates = new ArrayList<>();
        Operand<T> stage = input.state();
        for (int i = 0; i < butcher.stages(); i++) {
            Operand<T> known = advanced(tf, input, rates, butcher.row(i));
            double diagonal = butcher.a(i, i);
            if (diagonal == 0) {
                stage = known;
                // The adjoint of chosen steps does not restore the memory.
                boolean remembered = i == 0 && firstSameAsLast && input.memory().contains(RATE);
                rates.add(
                        remembered
                                ? input.memory().get(RATE, problem.type())
                                : problem.evaluate(tf, input.timeAt(tf, butcher.c(i)), stage, input.theta()));
                counts = remembered ? counts : counts.plus(Counter.EVALUATIONS, 1);
            } else {
                Operand<T> alpha = input.size().times(tf, diagonal);
                Equation<T> equation =
                        StageEquation.of(problem.field(), input, input.timeAt(tf, butcher.c(i)), alpha, known);
                stage = equations.solve(equation, stage, diagonal);
                rates.add(tf.math.div(tf.math.sub(stage, known), alpha));
            }
        }
        Operand<T> next = butcher.stifflyAccurate() ? stage : advanced(tf, input, rates, butcher.b());
        Values memory = Values.empty();
        Operand<T> last = rates.get(rates.size() - 1);
        if (remembers()) {
            if (!butcher.stifflyAccurate()) {
                last = problem.evaluate(tf, input.timeAt(tf, 1), next, input.theta());
                counts = counts.plus(Counter.EVALUATIONS, 1);
            }
            memory = Values.of(RATE, last);
        }
        Operand<T> error = method.embedded()
                .map(embedded -> {
                    double[] difference = butcher.b();
                    for (int i = 0; i < difference.length; i++) {
                        difference[i] -= embedded.weight(i);
                    }
                    return tf.math.sub(advanced(tf, input, rates, difference), input.state());
                })
                .orElse(null);
        return StepOutput.of(next, memory, equations.counts().plus(tf, counts))
                .withFailure(equations.failure())
                .withError(error)
                .withDense(
                        use == StepDemand.DENSE
                                ? Hermite.between(tf, input, input.memory().get(RATE, problem.type()), next, last)
                                : null);
    }

    /** u + h sum_j weight_j F_j over the rates known so far. */
    private Operand<T> advanced(Ops tf, StepInput<T> input, List<Operand<T>> rates, double[] weights) {
        Operand<T> sum = input.state();
        for (int j = 0; j < rates.size(); j++) {
            if (weights[j] != 0) {
                sum = tf.math.add(sum, tf.math.mul(rates.get(j), input.size().times(tf, weights[j])));
            }
        }
        return sum;
    }
}
