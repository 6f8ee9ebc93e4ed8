package dev.odeon.graph.layers;

import dev.odeon.graph.Channels;
import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import dev.odeon.graph.parameters.Initializer;
import dev.odeon.graph.parameters.Parameters;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * Group normalisation: y = scale (x - mean) / sqrt(variance + 1e-5) + shift, for each sample over the pixels of a group of
 * channels.
 *
 * <p>Without memory and the same in training and evaluation, so that it may stand inside a field. Source: Wu, He, Group
 * Normalization, 2018.
 *
 * @param name prefix of the parameters {@code name/scale} and {@code name/shift}, each [channels]
 * @param groups how many groups of neighbouring channels
 * @param channels a multiple of {@code groups}
 */
public record GroupNorm(String name, int groups, int channels) {

    private static final double EPSILON = 1e-5;

    public GroupNorm {
        if (groups < 1 || channels < 1 || channels % groups != 0) {
            throw new IllegalArgumentException("There are " + groups + " groups of " + channels
                    + " channels: give a positive number of channels that is a multiple of the groups");
        }
    }

    /** Declares the parameters: scale one, shift zero. */
    public <T extends TFloating> void declare(Parameters parameters, Class<T> type) {
        parameters.declare(name + "/scale", type, Shape.of(channels), Initializer.constant(1));
        parameters.declare(name + "/shift", type, Shape.of(channels), Initializer.zeros());
    }

    /**
     * Adds the layer.
     *
     * @param x [batch, ..., channels], all sizes but that of the batch known
     * @return the shape of {@code x}
     * @throws IllegalArgumentException if {@code x} has another number of channels
     */
    public <T extends TFloating> Operand<T> apply(Ops tf, Operand<T> x, Values parameters) {
        if (Channels.count(x) != channels) {
            throw new IllegalArgumentException("The group normalisation '" + name + "' is of " + channels
                    + " channels, but the tensor has " + Channels.count(x) + ": give it as many");
        }
        int pixels = 1;
        for (int axis = 1; axis < x.shape().numDimensions() - 1; axis++) {
            pixels *= Math.toIntExact(x.shape().get(axis));
        }
        Operand<T> grouped = tf.reshape(x, tf.constant(new int[] {-1, pixels, groups, channels / groups}));
        Operand<TInt32> axes = tf.constant(new int[] {1, 3});
        Operand<T> centred = tf.math.sub(grouped, tf.math.mean(grouped, axes, Mean.keepDims(true)));
        Operand<T> variance = tf.math.mean(tf.math.square(centred), axes, Mean.keepDims(true));
        Operand<T> guarded = tf.math.add(variance, Floats.scalar(tf, x.type(), EPSILON));
        Operand<T> unit = tf.reshape(tf.math.mul(centred, tf.math.rsqrt(guarded)), Channels.shape(tf, x, channels));
        Operand<T> scaled = tf.math.mul(unit, parameters.get(name + "/scale", x.type()));
        return tf.math.add(scaled, parameters.get(name + "/shift", x.type()));
    }
}
