package dev.odeon.models.continuous.networks;

import dev.odeon.graph.Values;
import dev.odeon.graph.layers.Activation;
import dev.odeon.graph.layers.Convolution;
import dev.odeon.graph.layers.Mlp;
import dev.odeon.graph.layers.TimePaddedConvolution;
import dev.odeon.graph.parameters.Parameters;
import dev.odeon.solvers.VectorField;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * A field of images [batch, height, width, inputs]: convolutions of windows 1, 3 and 1 with ReLU between them, each seeing the
 * time as one more channel.
 *
 * <p>Source: Dupont, Doucet, Teh, Augmented Neural ODEs, 2019; section 3.5.2 of Xia's thesis.
 *
 * @param name prefix of the parameters {@code name/layerK/kernel} and {@code name/layerK/bias}
 * @param inputs channels it sees, without the time
 * @param hidden channels between the layers
 * @param outputs channels of the rates
 */
public record TimePaddedConvolutions<T extends TFloating>(String name, int inputs, int hidden, int outputs)
        implements VectorField<T> {

    /** Declares the parameters. */
    public void declare(Parameters parameters, Class<T> type, Mlp.Initialization initialization) {
        TimePaddedConvolution.declare(parameters, layer(0), type, 1, inputs, hidden, initialization);
        TimePaddedConvolution.declare(parameters, layer(1), type, 3, hidden, hidden, initialization);
        TimePaddedConvolution.declare(parameters, layer(2), type, 1, hidden, outputs, initialization);
    }

    @Override
    public Operand<T> evaluate(Ops tf, Operand<T> t, Operand<T> u, Values theta) {
        Operand<T> first = Activation.RELU.apply(tf, applied(tf, 0, inputs, t, u, theta));
        Operand<T> second = Activation.RELU.apply(tf, applied(tf, 1, hidden, t, first, theta));
        return applied(tf, 2, hidden, t, second, theta);
    }

    private Operand<T> applied(Ops tf, int layer, int channels, Operand<T> t, Operand<T> x, Values theta) {
        return new TimePaddedConvolution(new Convolution(layer(layer)), channels).apply(tf, t, x, theta);
    }

    private String layer(int number) {
        return name + "/layer" + number;
    }
}
