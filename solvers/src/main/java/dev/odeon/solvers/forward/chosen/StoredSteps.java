package dev.odeon.solvers.forward.chosen;

import dev.odeon.graph.Floats;
import dev.odeon.graph.LoopTables;
import dev.odeon.graph.Values;
import dev.odeon.solvers.forward.LoopNames;
import dev.odeon.solvers.forward.Prepared;
import dev.odeon.solvers.forward.Storage;
import dev.odeon.solvers.stepper.SampleColumns;
import dev.odeon.solvers.stepper.StepInput;
import dev.odeon.solvers.stepper.StepOutput;
import dev.odeon.solvers.stepper.StepSize;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.GatherNd;
import org.tensorflow.op.core.Stack;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * One row for each round that took a step, with what the step read, for the adjoint: state, time, size, and the rung of the
 * ladder.
 *
 * <p>Where each sample has its own step, those that took none have a size of zero: a step that changes nothing.
 */
final class StoredSteps {

    private static final String STATE = LoopNames.storedRows(Carried.STATE);
    private static final String STAGES = LoopNames.STORED_STAGES;
    private static final String TIME = LoopNames.storedRows(Carried.TIME);
    private static final String SIZE = LoopNames.storedRows(Carried.SIZE);
    private static final String ROW = LoopNames.storedRows(Carried.NEXT);
    private static final String RUNG = LoopNames.storedRows(Carried.RUNG);

    private StoredSteps() {}

    /** The carried values with empty rows, as many as there may be steps. */
    static <T extends TFloating> Values added(Ops tf, ChosenPlan<T> plan, Storage storage, Values initial) {
        int rows = plan.control().maxSteps();
        Operand<TInt32> shape = tf.constant(new int[] {rows});
        Operand<T> sizes = LoopTables.like(tf, plan.type(), rows, initial.get(Carried.SIZE, plan.type()), 0);
        Values added = initial.with(TIME, sizes).with(SIZE, sizes).with(Carried.RECORDED, tf.constant(0));
        if (storage.storesStates()) {
            Operand<T> state = initial.get(Carried.STATE, plan.type());
            added = added.with(STATE, LoopTables.like(tf, plan.type(), storage.rows(), state, 0));
        }
        if (storage.inside() == Storage.Inside.STAGES) {
            Operand<T> state = initial.get(Carried.STATE, plan.type());
            Operand<T> stages = tf.stack(Collections.nCopies(storage.stages(), state));
            added = added.with(STAGES, LoopTables.like(tf, plan.type(), rows, stages, 0));
        }
        if (storage.states() == Storage.States.SPREAD) {
            added = added.and(Checkpoints.none(tf, storage.rows()).values());
        }
        if (plan.rows() != null && plan.scope().eachSample()) {
            Operand<TInt32> next = initial.get(Carried.NEXT, TInt32.class);
            added = added.with(ROW, tf.fill(tf.concat(List.of(shape, tf.shape(next)), tf.constant(0)), tf.constant(0)));
        }
        return initial.contains(Carried.RUNG) ? added.with(RUNG, tf.fill(shape, tf.constant(0))) : added;
    }

    /** The carried values with what a round read, where rows are carried. */
    static <T extends TFloating> Values written(
            Ops tf,
            Class<T> type,
            Values before,
            StepOutput<T> output,
            Operand<T> size,
            Operand<TBool> accepted,
            Values carried) {
        if (!before.contains(TIME)) {
            return carried;
        }
        // A row is overwritten until its step is accepted.
        Operand<TInt32> row = before.get(Carried.RECORDED, TInt32.class);
        Operand<TBool> any = tf.reduceAny(accepted, tf.range(tf.constant(0), tf.rank(accepted), tf.constant(1)));
        Operand<T> taken = tf.select(accepted, size, tf.zerosLike(size));
        Values written = carried.with(
                        TIME, LoopTables.written(tf, before.get(TIME, type), row, before.get(Carried.TIME, type)))
                .with(SIZE, LoopTables.written(tf, before.get(SIZE, type), row, taken))
                .with(Carried.RECORDED, tf.math.add(row, tf.dtypes.cast(any, TInt32.class)));
        if (before.contains(STATE)) {
            Operand<TInt32> place = row;
            if (Checkpoints.in(before)) {
                Checkpoints.Placed placed = Checkpoints.of(before).place(tf, row);
                place = placed.row();
                written = placed.checkpoints().replacedIn(written);
            }
            Operand<T> state = before.get(Carried.STATE, type);
            written = written.with(STATE, LoopTables.written(tf, before.get(STATE, type), place, state));
        }
        if (before.contains(STAGES)) {
            Operand<T> stages = tf.stack(Objects.requireNonNull(output.stages(), "stages"));
            // A step of size zero has its state for every stage, and a number where a refused step had none.
            Operand<T> state = before.get(Carried.STATE, type);
            written = written.with(
                    STAGES, LoopTables.written(tf, before.get(STAGES, type), row, tf.select(accepted, stages, state)));
        }
        if (before.contains(ROW)) {
            Operand<TInt32> rows = before.get(ROW, TInt32.class);
            written = written.with(ROW, LoopTables.written(tf, rows, row, before.get(Carried.NEXT, TInt32.class)));
        }
        if (before.contains(RUNG)) {
            Operand<TInt32> rungs = before.get(RUNG, TInt32.class);
            written = written.with(RUNG, LoopTables.written(tf, rungs, row, before.get(Carried.RUNG, TInt32.class)));
        }
        return written;
    }

    /** Whether a carried value is what {@link #read} reads. */
    static boolean owns(String name) {
        return name.startsWith(LoopNames.STORED) || name.startsWith(Carried.LADDER) || name.equals(Carried.RECORDED);
    }

    /**
     * Where an accepted step ended, which is where the next one began: to the last bit, unlike its start plus its size.
     *
     * @param end of the interval
     */
    static <T extends TFloating> Operand<T> reached(
            Ops tf, Class<T> type, Operand<TInt32> step, Operand<T> end, Values inside) {
        Operand<TInt32> next = tf.math.add(step, tf.constant(1));
        Operand<TBool> last = tf.math.greaterEqual(next, inside.get(Carried.RECORDED, TInt32.class));
        Operand<T> times = inside.get(TIME, type);
        // There is one row for each step that there may be; the one after the last is not read.
        Operand<TInt32> row = tf.select(last, step, next);
        return tf.select(last, end, tf.gather(times, row, tf.constant(0)));
    }

    /**
     * What a table whose rows the accepted steps filled has in the row of one of them, zero for samples that took none:
     * [batch, ...].
     *
     * @param first the row that the first step filled
     */
    static <T extends TFloating> Operand<T> ofRow(
            Ops tf, Operand<T> table, int first, Operand<TInt32> step, Values inside) {
        if (!inside.contains(ROW)) {
            return tf.gather(table, tf.math.add(step, tf.constant(first)), tf.constant(0));
        }
        Class<T> type = table.type();
        Operand<TInt32> axis = tf.constant(0);
        Operand<TInt32> rows = SampleColumns.flat(tf, tf.gather(inside.get(ROW, TInt32.class), step, axis));
        Operand<TInt32> samples = tf.range(tf.constant(0), tf.size(rows), tf.constant(1));
        Operand<T> found =
                tf.gatherNd(table, tf.stack(List.of(rows, samples), Stack.axis(1L)), new GatherNd.Options[0]);
        Operand<T> zero = Floats.scalar(tf, type, 0);
        return tf.select(tf.math.notEqual(tf.gather(inside.get(SIZE, type), step, axis), zero), found, zero);
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
                new StepSize.InGraph<>(tf.gather(inside.get(SIZE, type), step, axis)),
                state,
                memory,
                Prepared.theta(inside),
                Prepared.linearData(inside),
                prepared,
                false);
    }
}
