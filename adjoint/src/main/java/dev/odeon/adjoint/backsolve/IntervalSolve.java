package dev.odeon.adjoint.backsolve;

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
import dev.odeon.solvers.steps.SaveAt;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/** The solve of the augmented field over one interval, on a clock that starts with it. */
record IntervalSolve<T extends TFloating>(Problem<T> forward, BacksolveSettings settings, Packing packing) {

    /** The packed state, before and after. */
    static final String PACKED = "packed";

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
