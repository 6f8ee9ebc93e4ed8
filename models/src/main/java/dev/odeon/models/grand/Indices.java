package dev.odeon.models.grand;

import java.util.Arrays;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt64;

/** Numbers of nodes, edges and classes as the device keeps them. */
final class Indices {

    private Indices() {}

    /** In 64 bits: a GPU has no variables of 32-bit integers. The caller closes the tensor. */
    static TInt64 tensor(int... numbers) {
        return TInt64.vectorOf(Arrays.stream(numbers).asLongStream().toArray());
    }

    /** The same as a constant of a graph. */
    static Operand<TInt64> constant(Ops tf, int... numbers) {
        return tf.constant(Arrays.stream(numbers).asLongStream().toArray());
    }
}
