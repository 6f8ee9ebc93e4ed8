package dev.odeon.graph.layers;

import dev.odeon.graph.Values;
import dev.odeon.graph.parameters.Initializer;
import dev.odeon.graph.parameters.Parameters;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/** A multilayer perceptron: dense layers with an activation between them and none after the last. */
public final class Mlp {

    private final List<Dense> layers;
    private final Activation activation;

    private Mlp(List<Dense> layers, Activation activation) {
        this.layers = List.copyOf(layers);
        this.activation = activation;
    }

    /**
     * Declares the parameters of a perceptron.
     *
     * @param widths sizes of input, hidden layers and output; at least two
     * @param initialization of kernels and biases by the number of a layer's inputs
     * @throws IllegalArgumentException if fewer than two widths are given or one is not positive
     */
    public static <T extends TFloating> Mlp declare(
            Parameters parameters,
            String name,
            Class<T> type,
            List<Integer> widths,
            Activation activation,
            Initialization initialization) {
        if (widths.size() < 2 || widths.stream().anyMatch(width -> width < 1)) {
            throw new IllegalArgumentException(
                    "A perceptron needs at least an input and an output width, all positive, not " + widths);
        }
        List<Dense> layers = new ArrayList<>();
        for (int i = 0; i + 1 < widths.size(); i++) {
            int inputs = widths.get(i);
            layers.add(Dense.declare(
                    parameters,
                    name + "/layer" + i,
                    type,
                    inputs,
                    widths.get(i + 1),
                    initialization.kernel(inputs),
                    initialization.bias(inputs)));
        }
        return new Mlp(layers, activation);
    }

    /** How the layers of a perceptron start. */
    public sealed interface Initialization {
        /** The initializer of a kernel with that many inputs. */
        Initializer kernel(int inputs);

        /** The initializer of a bias in a layer with that many inputs. */
        Initializer bias(int inputs);
    }

    /** Normal kernels of one standard deviation and zero biases. */
    public record Normal(double standardDeviation) implements Initialization {
        @Override
        public Initializer kernel(int inputs) {
            return Initializer.normal(standardDeviation);
        }

        @Override
        public Initializer bias(int inputs) {
            return Initializer.zeros();
        }
    }

    /** Kernels and biases uniform between -1/sqrt(inputs) and 1/sqrt(inputs), as PyTorch's linear layer starts. */
    public record FanInUniform() implements Initialization {
        @Override
        public Initializer kernel(int inputs) {
            return Initializer.uniform(1 / Math.sqrt(inputs));
        }

        @Override
        public Initializer bias(int inputs) {
            return Initializer.uniform(1 / Math.sqrt(inputs));
        }
    }

    /**
     * Adds the perceptron.
     *
     * @param x [rows, first width]
     * @return [rows, last width]
     */
    public <T extends TFloating> Operand<T> apply(Ops tf, Operand<T> x, Values parameters) {
        Operand<T> y = layers.get(0).apply(tf, x, parameters);
        for (Dense layer : layers.subList(1, layers.size())) {
            y = layer.apply(tf, activation.apply(tf, y), parameters);
        }
        return y;
    }
}
