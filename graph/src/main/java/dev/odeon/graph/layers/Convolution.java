package dev.odeon.graph.layers;

import dev.odeon.graph.Values;
import dev.odeon.graph.parameters.Parameters;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.nn.Conv2d;
import org.tensorflow.types.family.TFloating;

/**
 * A convolution of images with stride one and zeros around them, so that height and width stay, and a bias.
 *
 * <p>Images are NHWC, [batch, height, width, channels]: TensorFlow's CPU has no kernels for NCHW.
 *
 * @param name prefix of the parameters {@code name/kernel} [size, size, inputs, outputs] and {@code name/bias} [outputs]
 */
public record Convolution(String name) {

    /**
     * Declares the parameters of a convolution and returns it.
     *
     * @param size of the window, an odd number
     * @param initialization asked for the numbers that one output is computed from: size size inputs
     * @throws IllegalArgumentException if the size is even or not positive
     */
    public static <T extends TFloating> Convolution declare(
            Parameters parameters,
            String name,
            Class<T> type,
            int size,
            int inputs,
            int outputs,
            Mlp.Initialization initialization) {
        if (size < 1 || size % 2 == 0) {
            throw new IllegalArgumentException("The convolution '" + name + "' has a window of " + size
                    + ": give an odd size, which has a middle");
        }
        int fanIn = size * size * inputs;
        parameters.declare(name + "/kernel", type, Shape.of(size, size, inputs, outputs), initialization.kernel(fanIn));
        parameters.declare(name + "/bias", type, Shape.of(outputs), initialization.bias(fanIn));
        return new Convolution(name);
    }

    /**
     * Adds the layer.
     *
     * @param x [batch, height, width, inputs]
     * @return [batch, height, width, outputs]
     */
    public <T extends TFloating> Operand<T> apply(Ops tf, Operand<T> x, Values parameters) {
        return tf.nn.biasAdd(convolved(tf, x, kernel(x.type(), parameters)), bias(x.type(), parameters));
    }

    <T extends TFloating> Operand<T> kernel(Class<T> type, Values parameters) {
        return parameters.get(name + "/kernel", type);
    }

    <T extends TFloating> Operand<T> bias(Class<T> type, Values parameters) {
        return parameters.get(name + "/bias", type);
    }

    static <T extends TFloating> Operand<T> convolved(Ops tf, Operand<T> x, Operand<T> kernel) {
        return tf.nn.conv2d(x, kernel, List.of(1L, 1L, 1L, 1L), "SAME", new Conv2d.Options[0]);
    }
}
