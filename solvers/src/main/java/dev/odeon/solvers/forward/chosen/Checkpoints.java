package dev.odeon.solvers.forward.chosen;

import dev.odeon.graph.LoopTables;
import dev.odeon.graph.Values;
import dev.odeon.solvers.forward.LoopNames;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;

/**
 * Which of a fixed number of rows hold the states before which steps, where nobody knows how many steps there will be.
 *
 * <p>Every row has a level. A state goes to a free row; else it replaces one that is dispensable, which is one followed by a
 * row of a higher level; else the latest row moves along to it, one level higher. Source: Wang, Moin, Iaccarino, Minimal
 * Repetition Dynamic Checkpointing Algorithm for Unsteady Adjoint Calculation, 2009.
 *
 * @param steps [rows], the step before which each row's state is; negative for a free row
 * @param levels [rows]
 */
public record Checkpoints(Operand<TInt32> steps, Operand<TInt32> levels) {

    /** A level that is never passed: the first state stays. */
    private static final int TOP = Integer.MAX_VALUE;

    private static final int FREE = -1;

    private static final String STEPS = LoopNames.STORED + "checkpoint steps";
    private static final String LEVELS = LoopNames.STORED + "checkpoint levels";

    /**
     * A state that was given a row.
     *
     * @param row where it goes
     * @param checkpoints with it
     */
    public record Placed(Operand<TInt32> row, Checkpoints checkpoints) {}

    /** All rows free. */
    public static Checkpoints none(Ops tf, int rows) {
        Operand<TInt32> shape = tf.constant(new int[] {rows});
        return new Checkpoints(tf.fill(shape, tf.constant(FREE)), tf.fill(shape, tf.constant(0)));
    }

    /** Whether carried values hold checkpoints. */
    static boolean in(Values carried) {
        return carried.contains(STEPS);
    }

    /** Whether a carried value belongs to checkpoints. */
    public static boolean owns(String name) {
        return name.equals(STEPS) || name.equals(LEVELS);
    }

    /** The checkpoints that carried values hold. */
    public static Checkpoints of(Values carried) {
        return new Checkpoints(carried.get(STEPS, TInt32.class), carried.get(LEVELS, TInt32.class));
    }

    /** Under the names by which loops carry them. */
    Values values() {
        return Values.of(STEPS, steps).with(LEVELS, levels);
    }

    /** Carried values with these checkpoints in the place of those they hold. */
    public Values replacedIn(Values carried) {
        return carried.with(STEPS, steps).with(LEVELS, levels);
    }

    /** Gives the state before a step a row: the one it has if it has one. */
    public Placed place(Ops tf, Operand<TInt32> step) {
        Operand<TBool> held = tf.math.equal(steps, step);
        Operand<TBool> free = tf.math.less(steps, tf.constant(0));
        Operand<TInt32> axis = tf.constant(1);
        Operand<TBool> dispensable = tf.reduceAny(
                tf.math.logicalAnd(
                        tf.math.greater(tf.expandDims(steps, tf.constant(0)), tf.expandDims(steps, axis)),
                        tf.math.greater(tf.expandDims(levels, tf.constant(0)), tf.expandDims(levels, axis))),
                axis);
        Operand<TInt32> latest = first(tf, tf.math.equal(steps, tf.reduceMax(steps, tf.constant(0))));
        Operand<TInt32> row = tf.select(any(tf, dispensable), first(tf, dispensable), latest);
        Operand<TInt32> above = tf.math.add(tf.gather(levels, latest, tf.constant(0)), tf.constant(1));
        Operand<TInt32> level = tf.select(any(tf, dispensable), tf.constant(0), above);
        row = tf.select(any(tf, free), first(tf, free), row);
        level = tf.select(any(tf, free), tf.constant(0), level);
        row = tf.select(any(tf, held), first(tf, held), row);
        level = tf.select(any(tf, held), tf.gather(levels, row, tf.constant(0)), level);
        level = tf.select(tf.math.equal(step, tf.constant(0)), tf.constant(TOP), level);
        return new Placed(
                row,
                new Checkpoints(LoopTables.written(tf, steps, row, step), LoopTables.written(tf, levels, row, level)));
    }

    /** The row of the latest state that is not after the one before a step. */
    public Operand<TInt32> latest(Ops tf, Operand<TInt32> step) {
        Operand<TInt32> known = tf.select(tf.math.lessEqual(steps, step), steps, tf.constant(FREE));
        return first(tf, tf.math.equal(known, tf.reduceMax(known, tf.constant(0))));
    }

    /** Frees the rows of the states from before a step on. */
    public Checkpoints released(Ops tf, Operand<TInt32> step) {
        Operand<TBool> past = tf.math.greaterEqual(steps, step);
        return new Checkpoints(tf.select(past, tf.constant(FREE), steps), tf.select(past, tf.constant(0), levels));
    }

    /** These, or others. */
    public Checkpoints orElse(Ops tf, Operand<TBool> these, Checkpoints others) {
        return new Checkpoints(tf.select(these, steps, others.steps), tf.select(these, levels, others.levels));
    }

    private static Operand<TBool> any(Ops tf, Operand<TBool> flags) {
        return tf.reduceAny(flags, tf.constant(0));
    }

    private static Operand<TInt32> first(Ops tf, Operand<TBool> flags) {
        // Of flags: there is no kernel of integers for a GPU.
        return tf.math.argMax(flags, tf.constant(0), TInt32.class);
    }
}
