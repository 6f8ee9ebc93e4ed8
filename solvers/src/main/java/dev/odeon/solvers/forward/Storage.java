package dev.odeon.solvers.forward;

import dev.odeon.graph.LoopTables;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;

/** What a forward loop stores of its steps for its gradient. */
public final class Storage {

    /** Which states before the steps are stored. */
    public enum States {
        /** None. */
        NONE,
        /** All, one row for each step there may be. */
        ALL,
        /** As many as there are rows, in an order known before the solve. */
        PLACED,
        /** As many as there are rows, spread while the number of steps is not known. */
        SPREAD
    }

    /** What else is stored of the steps, so that the way back need not compute it again. */
    public enum Inside {
        /** Nothing: the way back repeats the steps. */
        NOTHING,
        /** The states of the stages. */
        STAGES,
        /** What the vector-Jacobian products of the field at the stages need. */
        LINEARISATIONS
    }

    /** Where the steps are chosen, what was chosen. */
    public enum Sizes {
        /** Nothing: the gradient does not look at the steps. */
        FORGOTTEN,
        /** Time and size of each step. */
        STORED
    }

    private final States states;
    private final Sizes sizes;
    private final int rows;
    private final Inside inside;
    private final int stages;
    private final int @Nullable [] rowOfStep;

    private Storage(States states, Sizes sizes, int rows, Inside inside, int stages, int @Nullable [] rowOfStep) {
        this.states = states;
        this.sizes = sizes;
        this.rows = rows;
        this.inside = inside;
        this.stages = stages;
        this.rowOfStep = rowOfStep;
    }

    /** Nothing at all. */
    public static Storage nothing() {
        return new Storage(States.NONE, Sizes.FORGOTTEN, 0, Inside.NOTHING, 0, null);
    }

    /** Times and sizes of chosen steps, and no state. */
    public static Storage sizesOnly() {
        return new Storage(States.NONE, Sizes.STORED, 0, Inside.NOTHING, 0, null);
    }

    /**
     * All states.
     *
     * @param steps how many there may be
     */
    public static Storage all(int steps) {
        return new Storage(States.ALL, Sizes.STORED, steps, Inside.NOTHING, 0, null);
    }

    /**
     * All states, with the states of the stages beside them.
     *
     * @param steps how many there may be
     * @param stages that the stepper shows of a step
     */
    public static Storage allWithStages(int steps, int stages) {
        return new Storage(States.ALL, Sizes.STORED, steps, Inside.STAGES, stages, null);
    }

    /**
     * What the vector-Jacobian products at all stages need, and no state beside it; for steps of known sizes.
     *
     * @param stages of a step
     */
    public static Storage linearisations(int stages) {
        return new Storage(States.NONE, Sizes.STORED, 0, Inside.LINEARISATIONS, stages, null);
    }

    /**
     * Rows that are written again.
     *
     * @param rows how many there are
     * @param rowOfStep for each step the row that the state before it is written to
     */
    public static Storage placed(int rows, int[] rowOfStep) {
        Objects.requireNonNull(rowOfStep, "rowOfStep");
        return new Storage(States.PLACED, Sizes.STORED, rows, Inside.NOTHING, 0, rowOfStep.clone());
    }

    /** A number of rows for an unknown number of steps. */
    public static Storage spread(int rows) {
        return new Storage(States.SPREAD, Sizes.STORED, rows, Inside.NOTHING, 0, null);
    }

    /** Which states are stored. */
    public States states() {
        return states;
    }

    /** Whether times and sizes of chosen steps are stored. */
    public Sizes sizes() {
        return sizes;
    }

    /** The number of rows for states. */
    public int rows() {
        return rows;
    }

    /** What else is stored of each step. */
    public Inside inside() {
        return inside;
    }

    /** The number of stages of each step of which something is stored. */
    public int stages() {
        return stages;
    }

    /** Whether there are rows for states. A solve without steps has none. */
    public boolean storesStates() {
        return rows > 0;
    }

    /** The row of the state before a step, where the order is known before the solve. */
    Operand<TInt32> row(Ops tf, Operand<TInt32> step) {
        return rowOfStep == null ? step : LoopTables.row(tf, tf.constant(rowOfStep), step);
    }
}
