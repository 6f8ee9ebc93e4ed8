package dev.odeon.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.index.Indices;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/**
 * The last axis of a tensor: its channels, in parts and joined.
 *
 * <p>For vectors [batch, channels] as for images [batch, height, width, channels] and series of either.
 */
public final class Channels {

    private Channels() {}

    /**
     * How many channels a tensor has.
     *
     * @throws IllegalArgumentException if it has no axes, or the size of the last is not known
     */
    public static int count(Operand<?> x) {
        Shape shape = x.shape();
        if (shape.isUnknown() || shape.numDimensions() == 0 || shape.get(-1) == Shape.UNKNOWN_SIZE) {
            throw new IllegalArgumentException("The shape " + shape
                    + " does not say how many channels there are: give the last axis a known size, with"
                    + " Placeholder.shape or tf.ensureShape");
        }
        return Math.toIntExact(shape.get(-1));
    }

    /**
     * Adds a part.
     *
     * @param from first channel of the part
     * @param count how many
     * @return [..., count]
     */
    public static <T extends TType> Operand<T> part(Ops tf, Operand<T> x, int from, int count) {
        return tf.stridedSlice(x, Indices.ellipsis(), Indices.slice(from, from + count));
    }

    /**
     * Adds all channels one by one.
     *
     * @return for each a tensor [..., 1]
     * @throws IllegalArgumentException if their number is not known
     */
    public static <T extends TType> List<Operand<T>> each(Ops tf, Operand<T> x) {
        List<Operand<T>> channels = new ArrayList<>();
        for (int i = 0; i < count(x); i++) {
            channels.add(part(tf, x, i, 1));
        }
        return channels;
    }

    /**
     * Adds tensors one after the other, which differ in their channels alone.
     *
     * @return [..., sum of their channels]
     */
    public static <T extends TType> Operand<T> joined(Ops tf, List<? extends Operand<T>> parts) {
        // Counted from the front: some gradients do not know axes counted from the end.
        int last = parts.get(0).shape().numDimensions() - 1;
        return tf.concat(List.copyOf(parts), tf.constant(last));
    }

    /**
     * Adds the shape of a tensor with another number of channels.
     *
     * @return [axes of {@code x}], a constant where all other sizes are known
     */
    public static Operand<TInt32> shape(Ops tf, Operand<?> x, int count) {
        Shape shape = x.shape();
        int last = shape.numDimensions() - 1;
        long[] others = Arrays.copyOf(shape.asArray(), last);
        if (Arrays.stream(others).noneMatch(size -> size == Shape.UNKNOWN_SIZE)) {
            int[] known = new int[last + 1];
            Arrays.setAll(known, i -> i < last ? Math.toIntExact(others[i]) : count);
            return tf.constant(known);
        }
        Operand<TInt32> leading = tf.slice(tf.shape(x), tf.constant(new int[] {0}), tf.constant(new int[] {last}));
        return tf.concat(List.of(leading, tf.constant(new int[] {count})), tf.constant(0));
    }
}
