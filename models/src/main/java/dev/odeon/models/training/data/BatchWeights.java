package dev.odeon.models.training.data;

import dev.odeon.graph.Values;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * The weights of a batch whose last rows may only fill it up, and the mean that respects them.
 *
 * <p>They are there in evaluations, and in training with {@link Remainder#PAD}; otherwise all rows count alike.
 */
public final class BatchWeights {

    /** The name under which an objective finds them: [batch], one or zero, of the loss' element type. */
    public static final String NAME = "batch/weights";

    private BatchWeights() {}

    /** Whether rows may be without weight. */
    public static boolean given(Values values) {
        return values.contains(NAME);
    }

    /**
     * The mean over all elements of the rows that count.
     *
     * @param values of the objective
     * @param each [batch, ...], finite also in rows that do not count
     * @return scalar; with weights w the sum of w times the rows' means, divided by the sum of w
     */
    public static <T extends TFloating> Operand<T> mean(Ops tf, Values values, Operand<T> each) {
        if (!given(values)) {
            return tf.math.mean(tf.reshape(each, tf.constant(new int[] {-1})), tf.constant(0));
        }
        int dimensions = each.shape().numDimensions();
        Operand<T> rows = dimensions == 1
                ? each
                : tf.math.mean(each, tf.constant(IntStream.range(1, dimensions).toArray()));
        Operand<T> weights = values.get(NAME, each.type());
        return tf.math.div(
                tf.reduceSum(tf.math.mul(weights, rows), tf.constant(0)), tf.reduceSum(weights, tf.constant(0)));
    }
}
