package dev.odeon.solvers.implicit;

import dev.odeon.solvers.stepper.SampleColumns;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/** A state as rows of a matrix [rows, n] that do not see each other, and back. */
enum StateRows {
    /** One row for each sample. */
    SAMPLES {
        @Override
        <T extends TFloating> Operand<T> of(Ops tf, Operand<T> state) {
            // Not -1 for both: an empty batch keeps its width.
            Operand<TInt32> batch = SampleColumns.batchOf(tf, state);
            return tf.reshape(state, tf.concat(java.util.List.of(batch, tf.constant(new int[] {-1})), tf.constant(0)));
        }

        @Override
        long width(Shape state) {
            return state.isUnknown() || state.numDimensions() < 1 ? -1 : known(state.tail());
        }
    },
    /** One row for the whole batch. */
    BATCH {
        @Override
        <T extends TFloating> Operand<T> of(Ops tf, Operand<T> state) {
            return tf.reshape(state, tf.constant(new int[] {1, -1}));
        }

        @Override
        long width(Shape state) {
            return known(state);
        }
    };

    /** The rows of a state. */
    abstract <T extends TFloating> Operand<T> of(Ops tf, Operand<T> state);

    /** The width of the rows if it is known while the graph is built, else -1. */
    abstract long width(Shape state);

    /** A state of the shape of another. */
    static <T extends TFloating> Operand<T> back(Ops tf, Operand<T> rows, Operand<T> like) {
        return tf.reshape(rows, tf.shape(like));
    }

    private static long known(Shape shape) {
        return shape.isUnknown() || shape.hasUnknownDimension() ? -1 : shape.size();
    }
}
