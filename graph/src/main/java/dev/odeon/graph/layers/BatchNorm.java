package dev.odeon.graph.layers;

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
 * Batch normalisation of the columns of a matrix: y = scale (x - mean) / sqrt(variance + 1e-5) + shift.
 *
 * <p>Training takes mean and variance from the batch and keeps running ones; an evaluation takes those. Source: Ioffe,
 * Szegedy, Batch Normalization, 2015.
 *
 * @param name prefix of the parameters {@code name/scale}, {@code name/shift} and of the states {@code name/mean}, {@code
 *     name/variance}, each [width]
 * @param rows of a batch
 */
public record BatchNorm(String name, int rows) {

    private static final double EPSILON = 1e-5;
    /** Weight of the newest batch in the running means. */
    private static final double MOMENTUM = 0.1;

    public BatchNorm {
        if (rows < 2) {
            throw new IllegalArgumentException(
                    "A batch of " + rows + " rows has no variance: normalise batches of 2 rows or more");
        }
    }

    /** Declares the parameters: scale one, shift zero. */
    public <T extends TFloating> void declare(Parameters parameters, Class<T> type, int width) {
        parameters.declare(name + "/scale", type, Shape.of(width), Initializer.constant(1));
        parameters.declare(name + "/shift", type, Shape.of(width), Initializer.zeros());
    }

    /** Declares the running means: mean zero, variance one. */
    public <T extends TFloating> void declareStates(Parameters states, Class<T> type, int width) {
        states.declare(name + "/mean", type, Shape.of(width), Initializer.zeros());
        states.declare(name + "/variance", type, Shape.of(width), Initializer.constant(1));
    }

    /**
     * A normalised batch.
     *
     * @param y the shape of the input
     * @param updates the new running means under the names of the states
     */
    public record Normalised<T extends TFloating>(Operand<T> y, Values updates) {}

    /**
     * Adds the layer as training has it.
     *
     * @param x [rows, width]
     * @param values parameters and states
     */
    public <T extends TFloating> Normalised<T> train(Ops tf, Operand<T> x, Values values) {
        Operand<TInt32> axis = tf.constant(0);
        Operand<T> mean = tf.math.mean(x, axis, Mean.keepDims(false));
        Operand<T> variance = tf.math.mean(tf.math.square(tf.math.sub(x, mean)), axis);
        // The running variance is the unbiased one.
        Operand<T> unbiased = tf.math.mul(variance, Floats.scalar(tf, x.type(), rows / (rows - 1.0)));
        Values updates = Values.of(name + "/mean", moved(tf, values.get(name + "/mean", x.type()), mean))
                .with(name + "/variance", moved(tf, values.get(name + "/variance", x.type()), unbiased));
        return new Normalised<>(normalised(tf, x, mean, variance, values), updates);
    }

    /**
     * Adds the layer as an evaluation has it.
     *
     * @param x [rows, width]
     * @param values parameters and states
     */
    public <T extends TFloating> Operand<T> evaluate(Ops tf, Operand<T> x, Values values) {
        return normalised(
                tf, x, values.get(name + "/mean", x.type()), values.get(name + "/variance", x.type()), values);
    }

    private <T extends TFloating> Operand<T> normalised(
            Ops tf, Operand<T> x, Operand<T> mean, Operand<T> variance, Values values) {
        Operand<T> guarded = tf.math.add(variance, Floats.scalar(tf, x.type(), EPSILON));
        Operand<T> factor = tf.math.mul(values.get(name + "/scale", x.type()), tf.math.rsqrt(guarded));
        return tf.math.add(tf.math.mul(tf.math.sub(x, mean), factor), values.get(name + "/shift", x.type()));
    }

    private static <T extends TFloating> Operand<T> moved(Ops tf, Operand<T> running, Operand<T> newest) {
        Operand<T> difference = tf.math.sub(tf.stopGradient(newest), running);
        return tf.math.add(running, tf.math.mul(difference, Floats.scalar(tf, running.type(), MOMENTUM)));
    }
}
