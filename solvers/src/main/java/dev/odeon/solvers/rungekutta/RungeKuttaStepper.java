package dev.odeon.solvers.rungekutta;

import dev.odeon.graph.Values;
import dev.odeon.solvers.RungeKutta;
import dev.odeon.solvers.linear.LinearOperator;
import dev.odeon.solvers.stepper.Counter;
import dev.odeon.solvers.stepper.Counts;
import dev.odeon.solvers.stepper.Hermite;
import dev.odeon.solvers.stepper.Problem;
import dev.odeon.solvers.stepper.Start;
import dev.odeon.solvers.stepper.StepDemand;
import dev.odeon.solvers.stepper.StepInput;
import dev.odeon.solvers.stepper.StepOutput;
import dev.odeon.solvers.stepper.StepSize;
import dev.odeon.solvers.stepper.Stepper;
import dev.odeon.solvers.tableaux.Butcher;
import dev.odeon.solvers.tableaux.DensePolynomials;
import dev.odeon.solvers.tableaux.Embedded;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * The stepper of the explicit and the implicit-explicit Runge-Kutta methods.
 *
 * <p>With fixed sizes nothing is remembered from step to step. Where an error estimate is asked for, G at the end of the
 * step is the memory: it is the first stage of the next step, the last term of some error estimates, and one end of the
 * dense output.
 */
public final class RungeKuttaStepper<T extends TFloating> implements Stepper<T> {

    private static final String RATE = "rate";

    private final Problem<T> problem;
    private final RungeKutta method;
    private final boolean reuses;
    private final boolean dense;
    private final boolean varies;

    public RungeKuttaStepper(Problem<T> problem, RungeKutta method, StepDemand use) {
        this.problem = problem;
        this.method = method;
        // A method that does not start with its old state gains nothing from the rate there, but for dense output.
        this.reuses = use == StepDemand.DENSE || (use == StepDemand.ERROR && method.startsExplicitly());
        this.dense = use == StepDemand.DENSE;
        this.varies = use != StepDemand.STATE && StageFactors.vary(problem);
    }

    @Override
    public Set<Counter> counters() {
        return EnumSet.of(Counter.EVALUATIONS, Counter.LINEAR_SOLVES);
    }

    @Override
    public Values prepare(Ops tf, Values linearData, double[] sizes) {
        LinearOperator<T> linear = problem.linear();
        return linear == null
                ? Values.empty()
                : StageFactors.made(
                        tf,
                        problem,
                        method,
                        diagonal -> linear.factor(tf, problem.type(), linearData, sizes[0] * diagonal));
    }

    @Override
    public Values prepare(Ops tf, Values linearData, StepSize<T> size) {
        return StageFactors.made(tf, problem, method, linearData, size);
    }

    @Override
    public int factorsPerKind() {
        return problem.linear() == null || varies ? 0 : method.diagonals().length;
    }

    @Override
    public Values memory(Ops tf, Start<T> start) {
        return reuses
                ? Values.of(RATE, problem.evaluate(tf, start.time(0), start.state(0), start.theta()))
                : Values.empty();
    }

    @Override
    public int startEvaluations() {
        return reuses ? 1 : 0;
    }

    @Override
    public boolean interpolates() {
        return true;
    }

    @Override
    public StepOutput<T> step(Ops tf, StepInput<T> prepared) {
        StepInput<T> input = StageFactors.completed(tf, problem, method, prepared);
        Operand<T> first = reuses && method.startsExplicitly() ? input.memory().get(RATE, problem.type()) : null;
        Stages<T> stages = Stages.build(tf, problem, method, input, u -> u, first);
        Operand<T> next = stages.next();
        Counts counts = Counts.none()
                .plus(Counter.EVALUATIONS, stages.evaluated().size())
                .plus(Counter.LINEAR_SOLVES, stages.solves());
        Values memory = Values.empty();
        Operand<T> end = null;
        if (reuses) {
            Operand<T> rate = problem.evaluate(tf, input.timeAt(tf, 1), next, input.theta());
            counts = counts.plus(Counter.EVALUATIONS, 1);
            memory = Values.of(RATE, rate);
            end = whole(tf, input, rate, next);
        }
        Operand<T> endRate = end;
        Operand<T> error = method.embedded()
                .map(embedded -> error(tf, input, stages, embedded, endRate))
                .orElse(null);
        return StepOutput.of(next, memory, counts)
                .withFailure(stages.failure())
                .withError(error)
                .withDense(dense ? interpolant(tf, input, stages, next, end) : null)
                .withStages(stages.states().subList(method.stages() - method.computedStages(), method.stages()))
                .withEvaluations(stages.evaluated());
    }

    private Operand<T> whole(Ops tf, StepInput<T> input, Operand<T> rate, Operand<T> state) {
        LinearOperator<T> linear = problem.linear();
        return linear == null ? rate : tf.math.add(rate, linear.apply(tf, input.linearData(), state));
    }

    /** The difference of the two results; null while nobody asks for it. */
    private @Nullable Operand<T> error(
            Ops tf, StepInput<T> input, Stages<T> stages, Embedded embedded, @Nullable Operand<T> end) {
        Butcher explicit = method.explicit();
        Butcher implicit = method.implicit().orElse(explicit);
        int count = explicit.stages();
        Operand<T> sum = null;
        for (int i = 0; i < embedded.rates(); i++) {
            if (i == count && end == null) {
                return null;
            }
            double weight = (i < count ? explicit.b(i) : 0) - embedded.weight(i);
            double other = (i < count ? implicit.b(i) : 0) - embedded.weight(i);
            if (weight != 0 || other != 0) {
                Operand<T> rate = i == count && end != null ? end : stages.rate(i);
                Operand<T> term = tf.math.mul(rate, input.size().times(tf, weight));
                sum = sum == null ? term : tf.math.add(sum, term);
            }
        }
        return sum;
    }

    private List<Operand<T>> interpolant(
            Ops tf, StepInput<T> input, Stages<T> stages, Operand<T> next, @Nullable Operand<T> end) {
        if (end == null) {
            throw new IllegalStateException("Dense output needs the rate at the end of the step");
        }
        if (method.dense().isEmpty()) {
            Operand<T> start = method.startsExplicitly()
                    ? stages.rate(0)
                    : whole(tf, input, input.memory().get(RATE, problem.type()), input.state());
            return Hermite.between(tf, input, start, next, end);
        }
        DensePolynomials polynomials = method.dense().get();
        List<Operand<T>> coefficients = new ArrayList<>();
        coefficients.add(input.state());
        for (int k = 1; k <= polynomials.degree(); k++) {
            Operand<T> sum = tf.zerosLike(input.state());
            for (int i = 0; i < polynomials.rates(); i++) {
                double weight = polynomials.weight(i, k);
                if (weight != 0) {
                    Operand<T> rate = i < method.stages() ? stages.rate(i) : end;
                    sum = tf.math.add(sum, tf.math.mul(rate, input.size().times(tf, weight)));
                }
            }
            coefficients.add(sum);
        }
        return coefficients;
    }
}
