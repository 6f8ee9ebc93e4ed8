package dev.odeon.experiments.classification;

import dev.odeon.datasets.images.PixelNormalisation;
import dev.odeon.graph.Floats;
import java.util.Arrays;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TUint8;
import org.tensorflow.types.family.TFloating;
import org.tensorflow.types.family.TType;

/** What the features of a sample are in the graph, from what is kept of them. */
sealed interface Reading {

    /** Adds the features, of the shape of what is kept. */
    <T extends TFloating> Operand<T> of(Ops tf, Operand<? extends TType> kept, Class<T> type);

    /** The element type in which they are kept. */
    <T extends TFloating> Class<? extends TType> kept(Class<T> type);

    /** The name of the features among the inputs of an export. */
    String inputName();

    /** What they are, in a few words. */
    String meaning();

    /** Numbers, as they are. */
    record Numbers() implements Reading {
        @Override
        public <T extends TFloating> Operand<T> of(Ops tf, Operand<? extends TType> kept, Class<T> type) {
            return tf.dtypes.cast(kept, type);
        }

        @Override
        public <T extends TFloating> Class<? extends TType> kept(Class<T> type) {
            return type;
        }

        @Override
        public String inputName() {
            return "point";
        }

        @Override
        public String meaning() {
            return "coordinates in the plane, without a unit; the disc has a radius of 0.5, the annulus lies around it";
        }
    }

    /**
     * Bytes of pictures, a quarter of float32's memory.
     *
     * @param normalisation what becomes of them, channel by channel
     */
    record Pixels(PixelNormalisation normalisation) implements Reading {
        private static final double WHITE = 255;

        @Override
        public <T extends TFloating> Operand<T> of(Ops tf, Operand<? extends TType> kept, Class<T> type) {
            double[] factors = Arrays.stream(normalisation.deviation())
                    .map(deviation -> 1 / (WHITE * deviation))
                    .toArray();
            double[] shifts = new double[factors.length];
            Arrays.setAll(shifts, i -> -normalisation.mean()[i] / normalisation.deviation()[i]);
            Shape channels = Shape.of(factors.length);
            Operand<T> scaled = tf.math.mul(tf.dtypes.cast(kept, type), Floats.constant(tf, type, channels, factors));
            return tf.math.add(scaled, Floats.constant(tf, type, channels, shifts));
        }

        @Override
        public <T extends TFloating> Class<? extends TType> kept(Class<T> type) {
            return TUint8.class;
        }

        @Override
        public String inputName() {
            return "image";
        }

        @Override
        public String meaning() {
            return "pixels from 0 to 255: rows from the top, columns from the left, channels";
        }
    }
}
