package dev.odeon.solvers.forward;

import dev.odeon.graph.LoopTables;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Stack;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/** How a step writes into the rows of a table. */
public enum RowWriting {
    /** All samples fill the same row: a scalar. */
    TOGETHER {
        @Override
        public <T extends TFloating> Operand<T> state(Ops tf, Operand<T> table, Operand<TInt32> row, Operand<T> state) {
            return LoopTables.written(tf, table, row, state);
        }

        @Override
        public <T extends TFloating> Operand<T> number(
                Ops tf, Operand<T> table, Operand<TInt32> row, Operand<T> value) {
            return LoopTables.written(tf, table, row, value);
        }
    },
    /** Each sample fills a row of its own: a column. */
    EACH_SAMPLE {
        @Override
        public <T extends TFloating> Operand<T> state(Ops tf, Operand<T> table, Operand<TInt32> row, Operand<T> state) {
            return LoopTables.scattered(tf, table, places(tf, row), state);
        }

        @Override
        public <T extends TFloating> Operand<T> number(
                Ops tf, Operand<T> table, Operand<TInt32> row, Operand<T> value) {
            return LoopTables.scattered(tf, table, places(tf, row), tf.reshape(value, tf.constant(new int[] {-1})));
        }
    };

    /**
     * The table with a state in its row.
     *
     * @param table [rows, batch, ...]
     * @param state [batch, ...]
     */
    public abstract <T extends TFloating> Operand<T> state(
            Ops tf, Operand<T> table, Operand<TInt32> row, Operand<T> state);

    /**
     * The table with a number in its row, as the time of a step.
     *
     * @param table [rows], or [rows, batch]
     * @param value scalar, or a column
     */
    public abstract <T extends TFloating> Operand<T> number(
            Ops tf, Operand<T> table, Operand<TInt32> row, Operand<T> value);

    private static Operand<TInt32> places(Ops tf, Operand<TInt32> row) {
        Operand<TInt32> rows = tf.reshape(row, tf.constant(new int[] {-1}));
        Operand<TInt32> samples = tf.range(tf.constant(0), tf.size(rows), tf.constant(1));
        return tf.stack(List.of(rows, samples), Stack.axis(1L));
    }
}
