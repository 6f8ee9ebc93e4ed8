package dev.odeon.solvers.forward;

import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import dev.odeon.graph.WhileLoop;
import dev.odeon.solvers.Outcome;
import dev.odeon.solvers.rungekutta.Stages;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceAll;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * The loop over the steps: one {@code StatelessWhile} whose body is one step with all its stages.
 *
 * <p>Carried: step number, state, kept states, the trajectory where an adjoint needs it, and the counters. The loop ends
 * after the last step, or after the step whose state was not finite.
 */
public final class ForwardLoop {

    /** Names of the carried values. */
    public static final String STEP = "step";

    public static final String STATE = "state";
    public static final String KEPT = "kept";
    public static final String TRAJECTORY = "trajectory";
    public static final String OUTCOME = "outcome";
    public static final String NFE = "nfe";
    public static final String SOLVES = "solves";

    /** Whether the state before each step is stored. */
    public enum Trajectory {
        /** Nothing is stored: no gradient will be taken. */
        FORGET,
        /** One state for each step. */
        STORE
    }

    private ForwardLoop() {}

    /** What the loop starts from. */
    public static <T extends TFloating> Values initial(
            Ops tf, Prepared<T> prepared, Operand<T> u0, Trajectory trajectory) {
        Class<T> type = prepared.problem().type();
        Values initial = Values.of(STEP, tf.constant(0))
                .with(STATE, u0)
                .with(KEPT, rows(tf, type, prepared.grid().kept() + 1, u0, Double.NaN))
                .with(OUTCOME, tf.constant(Outcome.SUCCESS.code()))
                .with(NFE, tf.constant(0))
                .with(SOLVES, tf.constant(0));
        return trajectory == Trajectory.STORE
                ? initial.with(TRAJECTORY, rows(tf, type, prepared.grid().count(), u0, 0))
                : initial;
    }

    private static <T extends TFloating> Operand<T> rows(Ops tf, Class<T> type, int rows, Operand<T> u0, double fill) {
        Shape shape = u0.shape();
        if (!shape.isUnknown() && !shape.hasUnknownDimension()) {
            return tf.fill(tf.constant(shape.prepend(rows).asArray()), Floats.scalar(tf, type, fill));
        }
        Operand<TInt32> dimensions =
                tf.concat(java.util.List.of(tf.constant(new int[] {rows}), tf.shape(u0)), tf.constant(0));
        return tf.fill(dimensions, Floats.scalar(tf, type, fill));
    }

    /** Defines the loop. */
    public static <T extends TFloating> WhileLoop define(Ops tf, Prepared<T> prepared, Values initial) {
        return WhileLoop.define(
                tf,
                "solve",
                initial.specs(),
                prepared.invariants().specs(),
                (inner, carried, invariants) -> proceeds(inner, prepared, carried),
                (inner, carried, invariants) -> step(inner, prepared, carried, invariants));
    }

    private static Operand<TBool> proceeds(Ops tf, Prepared<?> prepared, Values carried) {
        return tf.math.logicalAnd(
                tf.math.less(
                        carried.get(STEP, TInt32.class),
                        tf.constant(prepared.grid().count())),
                tf.math.equal(carried.get(OUTCOME, TInt32.class), tf.constant(Outcome.SUCCESS.code())));
    }

    private static <T extends TFloating> Values step(Ops tf, Prepared<T> prepared, Values carried, Values invariants) {
        Class<T> type = prepared.problem().type();
        Operand<TInt32> step = carried.get(STEP, TInt32.class);
        Operand<T> state = carried.get(STATE, type);
        Stages<T> stages = Stages.build(tf, prepared.problem(), prepared.input(tf, step, state, invariants), u -> u);
        Operand<T> next = stages.next();
        Values after = carried.with(STEP, tf.math.add(step, tf.constant(1)))
                .with(STATE, next)
                .with(OUTCOME, outcome(tf, next))
                .with(NFE, tf.math.add(carried.get(NFE, TInt32.class), tf.constant(stages.evaluations())))
                .with(SOLVES, tf.math.add(carried.get(SOLVES, TInt32.class), tf.constant(stages.solves())));
        if (prepared.grid().kept() > 0) {
            after = after.with(
                    KEPT, written(tf, carried.get(KEPT, type), prepared.saveIndex(tf, step, invariants), next));
        }
        if (carried.contains(TRAJECTORY)) {
            after = after.with(TRAJECTORY, written(tf, carried.get(TRAJECTORY, type), step, state));
        }
        return after;
    }

    private static <T extends TFloating> Operand<T> written(
            Ops tf, Operand<T> rows, Operand<TInt32> row, Operand<T> state) {
        return tf.tensorScatterNdUpdate(
                rows, tf.reshape(row, tf.constant(new int[] {1, 1})), tf.expandDims(state, tf.constant(0)));
    }

    /** The code of SUCCESS if every number is finite. */
    public static <T extends TFloating> Operand<TInt32> outcome(Ops tf, Operand<T> state) {
        Operand<TBool> finite = tf.reduceAll(
                tf.math.isFinite(state),
                tf.range(tf.constant(0), tf.rank(state), tf.constant(1)),
                new ReduceAll.Options[0]);
        return tf.select(finite, tf.constant(Outcome.SUCCESS.code()), tf.constant(Outcome.NON_FINITE.code()));
    }
}
