package dev.odeon.adjoint.backsolve;

import dev.odeon.graph.Values;
import dev.odeon.graph.WhileLoop;
import dev.odeon.solvers.ImexRungeKutta;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.NonlinearSplit;
import dev.odeon.solvers.engine.Counter;
import dev.odeon.solvers.engine.Problem;
import dev.odeon.solvers.engine.Resolution;
import dev.odeon.solvers.engine.Stepper;
import dev.odeon.solvers.engine.Use;
import dev.odeon.solvers.forward.ForwardLoop;
import dev.odeon.solvers.forward.Prepared;
import dev.odeon.solvers.forward.Prepared.FactorGradient;
import dev.odeon.solvers.forward.RowPlan;
import dev.odeon.solvers.forward.Starting;
import dev.odeon.solvers.forward.Steppers;
import dev.odeon.solvers.forward.adaptive.AdaptiveLoop;
import dev.odeon.solvers.linear.LinearOperator;
import dev.odeon.solvers.steps.KnownSteps;
import dev.odeon.solvers.steps.PidController;
import dev.odeon.solvers.steps.SaveAt;
import dev.odeon.solvers.steps.TimeGrid;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/** The solve of the augmented field over one interval, on a clock that starts with it. */
record IntervalSolve<T extends TFloating>(Problem<T> forward, Way way, Packing packing) {

    /** The packed state, before and after. */
    static final String PACKED = "packed";

    static final String NFE = "nfe";
    static final String SOLVES = "solves";
    static final String STEPS = "steps";
    static final String OUTCOME = "outcome";

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
        Problem<T> problem = augmented(theta, x.shape(), kind);
        SaveAt stretch = SaveAt.end(0, intervals.lengths()[kind]);
        return way.control() instanceof KnownSteps steps
                ? known(tf, problem, x, theta, steps.grid(stretch))
                : chosen(tf, problem, x, theta, stretch, (PidController) way.control());
    }

    private Problem<T> augmented(Values theta, Shape shape, int kind) {
        Class<T> type = forward.type();
        NonlinearSplit<T> split = forward.split();
        LinearOperator<T> linear = forward.linear();
        AugmentedField.Rates<T> explicit = (tf, t, u, own, data) -> forward.evaluate(tf, t, u, own);
        if (way.method() instanceof ImexRungeKutta && split != null) {
            AugmentedField.Rates<T> implicit =
                    (tf, t, u, own, data) -> split.implicit().evaluate(tf, t, u, own);
            return Problem.of(
                    new NonlinearSplit<>(
                            new AugmentedField<>(packing, explicit, null, kind),
                            new AugmentedField<>(packing, implicit, null, kind),
                            split.solver()),
                    type,
                    shape);
        }
        if (way.method().linearPart() == Method.LinearPart.SEPARATE && linear != null) {
            return new Problem<>(
                    new AugmentedField<>(packing, explicit, linear, kind),
                    new AugmentedOperator<>(linear, Prepared.linearData(theta), packing),
                    type,
                    shape);
        }
        return new Problem<>(new AugmentedField<>(packing, forward::rate, null, kind), null, type, shape);
    }

    private Values known(Ops tf, Problem<T> problem, Operand<T> x, Values theta, TimeGrid grid) {
        Method method = Steppers.forSteps(problem, way.method(), grid.count());
        Stepper<T> stepper = Steppers.of(problem, method, Use.FIXED);
        Prepared<T> prepared = Prepared.of(tf, problem, stepper, grid, theta, FactorGradient.STOP);
        Starting<T> starting = Starting.of(tf, problem, method, stepper, grid, x, theta, FactorGradient.STOP);
        Values initial = ForwardLoop.initial(tf, prepared, starting);
        WhileLoop loop = ForwardLoop.define(tf, prepared, initial, RowPlan.none());
        Values result = loop.run(tf, initial, prepared.invariants()).values();
        Operand<TInt32> zero = tf.constant(0);
        return Values.of(PACKED, result.get(ForwardLoop.STATE, problem.type()))
                .with(
                        NFE,
                        counted(result, Counter.EVALUATIONS, starting.counts().addedTo(tf, Counter.EVALUATIONS, zero)))
                .with(
                        SOLVES,
                        counted(
                                result,
                                Counter.LINEAR_SOLVES,
                                starting.counts().addedTo(tf, Counter.LINEAR_SOLVES, zero)))
                .with(STEPS, tf.math.add(result.get(ForwardLoop.STEP, TInt32.class), tf.constant(prepared.before())))
                .with(OUTCOME, result.get(ForwardLoop.OUTCOME, TInt32.class));
    }

    private Values chosen(
            Ops tf, Problem<T> problem, Operand<T> x, Values theta, SaveAt stretch, PidController control) {
        AdaptiveLoop<T> loop = new AdaptiveLoop<>(
                problem.with(new Resolution(control.rtol(), control.atol())),
                way.method(),
                stepper -> new MeasuredParts<>(stepper, packing, way.norm(), control.norm()),
                Steppers.errorEstimate(way.method()).orElseThrow().order(),
                control,
                stretch,
                null,
                null);
        Values result = loop.run(tf, x, theta);
        return Values.of(PACKED, result.get(AdaptiveLoop.STATE, problem.type()))
                .with(NFE, counted(result, Counter.EVALUATIONS, tf.constant(0)))
                .with(SOLVES, counted(result, Counter.LINEAR_SOLVES, tf.constant(0)))
                .with(STEPS, result.get(AdaptiveLoop.ACCEPTED, TInt32.class))
                .with(OUTCOME, result.get(AdaptiveLoop.OUTCOME, TInt32.class));
    }

    private static Operand<TInt32> counted(Values result, Counter counter, Operand<TInt32> otherwise) {
        return result.contains(counter.key()) ? result.get(counter.key(), TInt32.class) : otherwise;
    }
}
