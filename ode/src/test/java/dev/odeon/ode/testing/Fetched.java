package dev.odeon.ode.testing;

import org.tensorflow.types.TInt32;

/** Numbers of fetched tensors. */
public final class Fetched {

    private Fetched() {}

    /** All numbers in order. */
    public static int[] integers(TInt32 tensor) {
        int[] values = new int[Math.toIntExact(tensor.shape().size())];
        int[] next = {0};
        tensor.scalars().forEach(scalar -> values[next[0]++] = scalar.getInt());
        return values;
    }
}
