package dev.odeon.adjoint.backsolve;

import dev.odeon.adjoint.backward.StateComparison;
import dev.odeon.graph.Floats;
import dev.odeon.graph.Gradients;
import dev.odeon.graph.Values;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.NonlinearSplit;
import dev.odeon.solvers.forward.LoopNames;
import dev.odeon.solvers.forward.Prepared;
import dev.odeon.solvers.linear.LinearOperator;
import dev.odeon.solvers.solve.ForwardResult;
import dev.odeon.solvers.solve.ForwardSolve;
import dev.odeon.solvers.solve.SolveSettings;
import dev.odeon.solvers.stepper.Counter;
import dev.odeon.solvers.stepper.Problem;
import dev.odeon.solvers.stepper.SampleColumns;
import dev.odeon.solvers.steps.KnownSteps;
import dev.odeon.solvers.steps.PidController;
import dev.odeon.solvers.steps.SaveAt;
import dev.odeon.solvers.steps.TimeGrid;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceMax;
import org.tensorflow.types.TBool;
import org.tensorflow.types.family.TFloating;

/** The solve of the augmented field over one interval, on a clock that starts with it. */
record IntervalSolve<T extends TFloating>(Problem<T> forward, BacksolveSettings settings, Packing packing) {

    /**
     * What decays within a step by more than so many e-folds is damped by implicit formulas in both directions of time; below,
     * they grow backward as they should.
     */
    private static final double RESOLVED = 2;

    /** The packed state, before and after. */
    static final String PACKED = "packed";

    /** No number of u may become larger than this, where the steps are chosen and states compared. */
    static final String LIMIT = "limit";

    /** The shape of {@link #LIMIT}. */
    static Shape limit(PidController control) {
        return control.atol().uniform() ? Shape.scalar() : control.atol().shape();
    }

    static final String NFE = "nfe";
    static final String SOLVES = "solves";
    static final String STEPS = "steps";

    /**
     * Adds the solve.
     *
     * @param arguments the packed state, the time at the origin, and the parameters and data under the names of the forward
     *     loop
     * @param kind which of the lengths
     */
    Values over(Ops tf, Values arguments, Intervals intervals, int kind) {
        Operand<T> x = arguments.get(PACKED, forward.type());
        Values theta = AugmentedField.parameters(arguments)
                .withConstant(AugmentedField.ORIGIN, arguments.get(AugmentedField.ORIGIN));
        if (arguments.contains(LIMIT)) {
            theta = theta.withConstant(LIMIT, arguments.get(LIMIT));
        }
        SolveSettings<T> solve = new SolveSettings<>(
                augmented(theta, x.shape(), kind),
                settings.packedMethod(),
                settings.packedControl(),
                SaveAt.end(0, intervals.lengths()[kind]));
        ForwardResult<T> result =
                ForwardSolve.of(tf, solve, new PackedErrors(packing, settings)).run(tf, x, theta);
        return Values.of(PACKED, result.last())
                .with(NFE, result.counted(tf, Counter.EVALUATIONS))
                .with(SOLVES, result.counted(tf, Counter.LINEAR_SOLVES))
                .with(STEPS, result.accepted(tf))
                .with(LoopNames.OUTCOME, result.outcome());
    }

    /** Whether steps are of known sizes and the method solves for a part of the field: only then is that part resolved or not. */
    boolean mayOverstep() {
        return settings.control() instanceof KnownSteps && rateOfImplicitPart() != null;
    }

    /**
     * Adds which samples have an adjoint that decays within less than a step, by the part of the field that is solved for:
     * [batch].
     *
     * <p>Solved for, such a decay is damped, but the explicit part sees nothing of it, and with it the gradients with respect
     * to the parameters.
     *
     * @param a at the origin of the interval
     * @param step the size of the largest step of the interval, without sign
     */
    Operand<TBool> overstepped(Ops tf, Operand<T> u, Operand<T> a, Values arguments, Operand<T> step) {
        Values theta = AugmentedField.parameters(arguments);
        Operand<T> rate = Objects.requireNonNull(rateOfImplicitPart(), "an implicit part")
                .of(tf, arguments.get(AugmentedField.ORIGIN, forward.type()), u, a, theta);
        Operand<T> change = largest(tf, tf.math.mul(rate, step));
        Operand<T> allowed = tf.math.mul(largest(tf, a), Floats.scalar(tf, forward.type(), RESOLVED));
        return StateComparison.ofSamples(tf, tf.math.greater(change, allowed));
    }

    /** The size of the largest step of each interval, without sign; only of known sizes. */
    double[] largestSteps(Intervals intervals) {
        KnownSteps steps = (KnownSteps) settings.control();
        double[] ofKind = Arrays.stream(intervals.lengths())
                .map(length -> {
                    TimeGrid grid = steps.grid(SaveAt.end(0, length));
                    return IntStream.range(0, grid.count())
                            .mapToDouble(n -> Math.abs(grid.size(n)))
                            .max()
                            .orElse(0);
                })
                .toArray();
        return Arrays.stream(intervals.kinds())
                .mapToDouble(kind -> ofKind[kind])
                .toArray();
    }

    private static <T extends TFloating> Operand<T> largest(Ops tf, Operand<T> state) {
        return tf.reduceMax(tf.math.abs(state), SampleColumns.components(tf, state), ReduceMax.keepDims(true));
    }

    /** The adjoint times the Jacobian of what the method solves for. */
    private interface ImplicitRate<T extends TFloating> {
        Operand<T> of(Ops tf, Operand<T> t, Operand<T> u, Operand<T> a, Values theta);
    }

    private @Nullable ImplicitRate<T> rateOfImplicitPart() {
        NonlinearSplit<T> split = forward.split();
        if (settings.method().splitsNonlinear() && split != null) {
            return (tf, t, u, a, theta) -> {
                Operand<T> at = tf.stopGradient(u);
                Operand<T> rate = split.implicit().evaluate(tf, t, at, Prepared.theta(theta));
                return AugmentedField.orZero(
                        tf, Gradients.vectorJacobian(tf, rate, a, List.of(at)).get(0), at);
            };
        }
        LinearOperator<T> linear = forward.linear();
        return settings.method().linearPart() == Method.LinearPart.SEPARATE && linear != null
                ? (tf, t, u, a, theta) -> linear.applyTransposed(tf, Prepared.linearData(theta), a)
                : null;
    }

    private Problem<T> augmented(Values theta, Shape shape, int kind) {
        Class<T> type = forward.type();
        NonlinearSplit<T> split = forward.split();
        LinearOperator<T> linear = forward.linear();
        AugmentedField.Rates<T> explicit = (tf, t, u, own, data) -> forward.evaluate(tf, t, u, own);
        if (settings.method().splitsNonlinear() && split != null) {
            AugmentedField.Rates<T> implicit =
                    (tf, t, u, own, data) -> split.implicit().evaluate(tf, t, u, own);
            return Problem.of(
                    new NonlinearSplit<>(
                            new AugmentedField<>(packing, explicit, null, kind),
                            new AugmentedField<>(packing, implicit, null, kind),
                            BacksolveSettings.packed(split.solver())),
                    type,
                    shape);
        }
        if (settings.method().linearPart() == Method.LinearPart.SEPARATE && linear != null) {
            return new Problem<>(
                    new AugmentedField<>(packing, explicit, linear, kind),
                    new AugmentedOperator<>(linear, Prepared.linearData(theta), packing),
                    type,
                    shape);
        }
        return new Problem<>(new AugmentedField<>(packing, forward::rate, null, kind), null, type, shape);
    }
}
