package dev.odeon.solvers.forward;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;

/** Which of the states before the steps of a loop are stored, and in which row each. */
public final class RowPlan {

    private final int rows;
    private final int @Nullable [] rowOfStep;
    private final int stages;

    private RowPlan(int rows, int @Nullable [] rowOfStep, int stages) {
        this.rows = rows;
        this.rowOfStep = rowOfStep;
        this.stages = stages;
    }

    /** Nothing is stored: no gradient needs it. */
    public static RowPlan none() {
        return new RowPlan(0, null, 0);
    }

    /** One row for each step. */
    public static RowPlan all(int steps) {
        return new RowPlan(steps, null, 0);
    }

    /**
     * One row for each step, with the states of its stages beside it.
     *
     * @param stages that the engine shows of a step
     */
    public static RowPlan allWithStages(int steps, int stages) {
        return new RowPlan(steps, null, stages);
    }

    /**
     * Rows that are written again.
     *
     * @param rows how many there are
     * @param rowOfStep for each step the row that the state before it is written to
     */
    public static RowPlan placed(int rows, int[] rowOfStep) {
        Objects.requireNonNull(rowOfStep, "rowOfStep");
        return new RowPlan(rows, rowOfStep.clone(), 0);
    }

    /** The number of rows. */
    public int rows() {
        return rows;
    }

    /** The number of stages stored with each state. */
    public int stages() {
        return stages;
    }

    /** Whether anything is stored. */
    public boolean stores() {
        return rows > 0;
    }

    /** The row of the state before a step. */
    Operand<TInt32> row(Ops tf, Operand<TInt32> step) {
        return rowOfStep == null ? step : tf.gather(tf.constant(rowOfStep), step, tf.constant(0));
    }
}
