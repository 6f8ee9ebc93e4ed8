package dev.odeon.graph.layers;

import dev.odeon.graph.Values;
import dev.odeon.graph.parameters.Initializer;
import dev.odeon.graph.parameters.Parameters;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * The affine map y = x W + b.
 *
 * @param name prefix of the parameters {@code name/kernel} [inputs, outputs] and {@code name/bias} [outputs]
 */
public record DenseLayer(String name) {

    /** Declares the parameters of a dense layer. */
    public static <T extends TFloating> DenseLayer declare(
            Parameters parameters,
            String name,
            Class<T> type,
            int inputs,
            int outputs,
            Initializer kernel,
            Initializer bias) {
        parameters.declare(name + "/kernel", type, Shape.of(inputs, outputs), kernel);
        parameters.declare(name + "/bias", type, Shape.of(outputs), bias);
        return new DenseLayer(name);
    }

    /**
     * Adds the layer.
     *
     * @param x [rows, inputs]
     * @return [rows, outputs]
     */
    public <T extends TFloating> Operand<T> apply(Ops tf, Operand<T> x, Values parameters) {
        Operand<T> kernel = parameters.get(name + "/kernel", x.type());
        Operand<T> bias = parameters.get(name + "/bias", x.type());
        return tf.nn.biasAdd(tf.linalg.matMul(x, kernel), bias);
    }
}
