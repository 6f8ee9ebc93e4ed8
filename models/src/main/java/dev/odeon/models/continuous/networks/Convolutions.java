package dev.odeon.models.continuous.networks;

import dev.odeon.graph.Values;
import dev.odeon.graph.layers.Activation;
import dev.odeon.graph.layers.Convolution;
import dev.odeon.graph.layers.Mlp;
import dev.odeon.graph.parameters.Parameters;
import dev.odeon.models.continuous.InitialState;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * A network of images [batch, height, width, inputs]: convolutions of windows 1, 3 and 1 with leaky ReLU (0.3) between them.
 *
 * <p>What a momentum starts from. Source: section 3.5.2 of Xia's thesis.
 *
 * @param name prefix of the parameters {@code name/layerK/kernel} and {@code name/layerK/bias}
 * @param hidden channels between the layers
 */
public record Convolutions<T extends TFloating>(String name, int inputs, int hidden, int outputs)
        implements InitialState.Network<T> {

    private static final Activation LEAKY = new Activation.LeakyRelu(0.3);

    /** Declares the parameters. */
    public void declare(Parameters parameters, Class<T> type, Mlp.Initialization initialization) {
        Convolution.declare(parameters, layer(0), type, 1, inputs, hidden, initialization);
        Convolution.declare(parameters, layer(1), type, 3, hidden, hidden, initialization);
        Convolution.declare(parameters, layer(2), type, 1, hidden, outputs, initialization);
    }

    @Override
    public Operand<T> apply(Ops tf, Operand<T> features, Values theta) {
        Operand<T> first = LEAKY.apply(tf, new Convolution(layer(0)).apply(tf, features, theta));
        Operand<T> second = LEAKY.apply(tf, new Convolution(layer(1)).apply(tf, first, theta));
        return new Convolution(layer(2)).apply(tf, second, theta);
    }

    private String layer(int number) {
        return name + "/layer" + number;
    }
}
