package dev.odeon.graph.layers;

import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import dev.odeon.graph.parameters.Parameters;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * A {@link Convolution} of an image and the time, which is one more channel behind the others, the same number everywhere.
 *
 * <p>Computed without that channel: by linearity it is the time times a pattern, the convolution of one image of ones, which is
 * the same for all samples. Source: Dupont, Doucet, Teh, Augmented Neural ODEs, 2019.
 *
 * @param convolution of inputs + 1 channels
 * @param inputs channels of an image, without the time
 */
public record TimePaddedConvolution(Convolution convolution, int inputs) {

    /**
     * Declares the parameters of a convolution of an image and the time and returns it.
     *
     * @param inputs channels of an image, without the time
     */
    public static <T extends TFloating> TimePaddedConvolution declare(
            Parameters parameters,
            String name,
            Class<T> type,
            int size,
            int inputs,
            int outputs,
            Mlp.Initialization initialization) {
        return new TimePaddedConvolution(
                Convolution.declare(parameters, name, type, size, inputs + 1, outputs, initialization), inputs);
    }

    /**
     * Adds the layer.
     *
     * @param t scalar, or [batch, 1, 1, 1]
     * @param x [batch, height, width, inputs], height and width known
     * @return [batch, height, width, outputs]
     */
    public <T extends TFloating> Operand<T> apply(Ops tf, Operand<T> t, Operand<T> x, Values parameters) {
        Class<T> type = x.type();
        Operand<T> kernel = convolution.kernel(type, parameters);
        int[] size = {
            Math.toIntExact(kernel.shape().get(0)),
            Math.toIntExact(kernel.shape().get(1))
        };
        int outputs = Math.toIntExact(kernel.shape().get(3));
        Operand<T> ofImage = part(tf, kernel, 0, new int[] {size[0], size[1], inputs, outputs});
        Operand<T> ofTime = part(tf, kernel, inputs, new int[] {size[0], size[1], 1, outputs});
        // A window of one number sees no border, so that one pixel says it all.
        Shape pixels = size[0] == 1 && size[1] == 1
                ? Shape.of(1, 1, 1, 1)
                : Shape.of(1, x.shape().get(1), x.shape().get(2), 1);
        Operand<T> ones = tf.fill(tf.constant(pixels.asArray()), Floats.scalar(tf, type, 1));
        Operand<T> pattern = Convolution.convolved(tf, ones, ofTime);
        Operand<T> shift = tf.math.add(tf.math.mul(pattern, t), convolution.bias(type, parameters));
        return tf.math.add(Convolution.convolved(tf, x, ofImage), shift);
    }

    private static <T extends TFloating> Operand<T> part(Ops tf, Operand<T> kernel, int from, int[] size) {
        return tf.slice(kernel, tf.constant(new int[] {0, 0, from, 0}), tf.constant(size));
    }
}
