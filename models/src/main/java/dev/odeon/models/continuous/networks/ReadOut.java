package dev.odeon.models.continuous.networks;

import dev.odeon.graph.Values;
import dev.odeon.graph.layers.DenseLayer;
import dev.odeon.graph.layers.Mlp;
import dev.odeon.graph.parameters.Parameters;
import java.util.Objects;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * A dense layer of all numbers of a sample.
 *
 * @param layer the dense layer
 * @param inputs numbers of a sample: channels, times height and width of an image
 */
public record ReadOut(DenseLayer layer, int inputs) {

    public ReadOut {
        Objects.requireNonNull(layer, "layer");
    }

    /** Declares its parameters {@code name/kernel} and {@code name/bias} and returns it. */
    public static <T extends TFloating> ReadOut declare(
            Parameters parameters, String name, Class<T> type, int inputs, int outputs) {
        Mlp.Initialization start = new Mlp.FanInUniform();
        DenseLayer layer =
                DenseLayer.declare(parameters, name, type, inputs, outputs, start.kernel(inputs), start.bias(inputs));
        return new ReadOut(layer, inputs);
    }

    /**
     * Adds the layer.
     *
     * @param h [batch, ...], {@code inputs} numbers for each sample
     * @return [batch, outputs]
     */
    public <T extends TFloating> Operand<T> apply(Ops tf, Operand<T> h, Values theta) {
        return layer.apply(tf, tf.reshape(h, tf.constant(new int[] {-1, inputs})), theta);
    }
}
