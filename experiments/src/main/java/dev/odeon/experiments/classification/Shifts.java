package dev.odeon.experiments.classification;

import dev.odeon.datasets.Seeds;
import dev.odeon.graph.TensorSpec;
import dev.odeon.graph.Values;
import dev.odeon.models.training.IterationInputs;
import dev.odeon.models.training.Phase;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/**
 * Pictures moved by a few pixels, zeros behind them: all of a batch alike, another way in each iteration, so that few pictures
 * are not learned by heart.
 *
 * @param most pixels up, down, left or right; 0 for pictures as they are
 * @param seed of all moves
 */
record Shifts(int most, long seed) {

    /** Pictures as they are. */
    static final Shifts NONE = new Shifts(0, 0);

    private static final String INPUT = "shift";

    /** What is fed. */
    List<TensorSpec> inputs() {
        return most == 0 ? List.of() : List.of(new TensorSpec(INPUT, TInt32.class, Shape.of(2), false));
    }

    /** The moves by the places of iterations; none where pictures are judged. */
    IterationInputs draws() {
        if (most == 0) {
            return IterationInputs.NONE;
        }
        return place -> {
            Random random = Seeds.random(seed, 1 + place.iteration());
            boolean moved = place.phase() == Phase.TRAINING;
            return Map.of(
                    INPUT,
                    TInt32.vectorOf(
                            moved ? random.nextInt(2 * most + 1) : most, moved ? random.nextInt(2 * most + 1) : most));
        };
    }

    /**
     * Adds the moved pictures.
     *
     * @param pictures [batch, height, width, channels]
     * @param fed where the input is found
     */
    <K extends TType> Operand<K> applied(Ops tf, Operand<K> pictures, Values fed) {
        if (most == 0) {
            return pictures;
        }
        Operand<K> padded = tf.pad(
                pictures,
                tf.constant(new int[][] {{0, 0}, {most, most}, {most, most}, {0, 0}}),
                tf.dtypes.cast(tf.constant(0), pictures.type()));
        Operand<TInt32> zero = tf.constant(new int[] {0});
        Operand<TInt32> corner = tf.concat(List.of(zero, fed.get(INPUT, TInt32.class), zero), tf.constant(0));
        int[] size = new int[4];
        for (int i = 0; i < size.length; i++) {
            size[i] = (int) pictures.shape().get(i);
        }
        return tf.slice(padded, corner, tf.constant(size));
    }
}
