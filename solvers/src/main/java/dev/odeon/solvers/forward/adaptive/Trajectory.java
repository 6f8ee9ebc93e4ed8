package dev.odeon.solvers.forward.adaptive;

import dev.odeon.graph.Values;
import dev.odeon.solvers.forward.Prepared;
import dev.odeon.solvers.forward.Rows;
import dev.odeon.solvers.stepping.StepInput;
import dev.odeon.solvers.stepping.StepSize;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/** One row for each accepted step with what it read, for the adjoint: state, time, size, and the rung of the ladder. */
final class Trajectory {

    private static final String STATE = Carried.TRAJECTORY + Carried.STATE;
    private static final String TIME = Carried.TRAJECTORY + Carried.TIME;
    private static final String SIZE = Carried.TRAJECTORY + Carried.SIZE;
    private static final String RUNG = Carried.TRAJECTORY + Carried.RUNG;

    private Trajectory() {}

    /** The carried values with empty rows, as many as there may be steps. */
    static <T extends TFloating> Values added(Ops tf, Plan<T> plan, Recorded what, Values initial) {
        int rows = plan.control().maxSteps();
        Operand<TInt32> shape = tf.constant(new int[] {rows});
        Operand<T> zeros = tf.fill(shape, plan.scalar(tf, 0));
        Values added = initial.with(TIME, zeros).with(SIZE, zeros);
        if (what.states() != Recorded.States.NONE) {
            int kept = what.states() == Recorded.States.ALL ? rows : what.rows();
            added = added.with(STATE, Rows.like(tf, plan.type(), kept, initial.get(Carried.STATE, plan.type()), 0));
        }
        if (what.states() == Recorded.States.SOME) {
            added = added.and(Checkpoints.none(tf, what.rows()).values());
        }
        return initial.contains(Carried.RUNG) ? added.with(RUNG, tf.fill(shape, tf.constant(0))) : added;
    }

    /** The carried values with what a round read, where rows are carried. */
    static <T extends TFloating> Values written(Ops tf, Class<T> type, Values before, Operand<T> size, Values carried) {
        if (!before.contains(TIME)) {
            return carried;
        }
        // A row is overwritten until its step is accepted.
        Operand<TInt32> row = before.get(Carried.ACCEPTED, TInt32.class);
        Values written = carried.with(
                        TIME, Rows.written(tf, before.get(TIME, type), row, before.get(Carried.TIME, type)))
                .with(SIZE, Rows.written(tf, before.get(SIZE, type), row, size));
        if (before.contains(STATE)) {
            Operand<TInt32> place = row;
            if (Checkpoints.in(before)) {
                Checkpoints.Placed placed = Checkpoints.of(before).place(tf, row);
                place = placed.row();
                written = placed.checkpoints().replacedIn(written);
            }
            Operand<T> state = before.get(Carried.STATE, type);
            written = written.with(STATE, Rows.written(tf, before.get(STATE, type), place, state));
        }
        if (before.contains(RUNG)) {
            Operand<TInt32> rungs = before.get(RUNG, TInt32.class);
            written = written.with(RUNG, Rows.written(tf, rungs, row, before.get(Carried.RUNG, TInt32.class)));
        }
        return written;
    }

    /** Whether a carried value is what {@link #read} reads. */
    static boolean owns(String name) {
        return name.startsWith(Carried.TRAJECTORY) || name.startsWith(Carried.LADDER);
    }

    /** What an accepted step read, inside a loop that has the rows among its invariants. */
    static <T extends TFloating> StepInput<T> read(
            Ops tf, Class<T> type, Operand<TInt32> step, Operand<T> state, Values memory, Values inside) {
        Operand<TInt32> axis = tf.constant(0);
        Values prepared = Values.empty();
        if (inside.contains(RUNG)) {
            Operand<TInt32> rung = tf.gather(inside.get(RUNG, TInt32.class), step, axis);
            prepared = Ladder.cached(tf, inside.under(Carried.LADDER), rung);
        }
        return new StepInput<>(
                tf.gather(inside.get(TIME, type), step, axis),
                new StepSize.Looked<>(tf.gather(inside.get(SIZE, type), step, axis)),
                state,
                memory,
                Prepared.theta(inside),
                Prepared.linearData(inside),
                prepared,
                false);
    }
}
