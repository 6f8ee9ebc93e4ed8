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

    private final List<DenseLayer> layers;
    private final List<Integer> widths;
    private final Activation activation;

    private Mlp(List<DenseLayer> layers, List<Integer> widths, Activation activation) {
        this.layers = List.copyOf(layers);
        this.widths = List.copyOf(widths);
        this.activation = activation;
    }

    /**
     * A perceptron by its name and shape, without parameters yet.
     *
     * @param name prefix of the parameters {@code name/layerK/kernel} and {@code name/layerK/bias}
     * @param widths sizes of input, hidden layers and output; at least two
     * @throws IllegalArgumentException if fewer than two widths are given or one is not positive
     */
    public static Mlp named(String name, List<Integer> widths, Activation activation) {
        if (widths.size() < 2 || widths.stream().anyMatch(width -> width < 1)) {
            throw new IllegalArgumentException(
                    "A perceptron needs at least an input and an output width, all positive, not " + widths);
        }
        List<DenseLayer> layers = new ArrayList<>();
        for (int i = 0; i + 1 < widths.size(); i++) {
            layers.add(new DenseLayer(name + "/layer" + i));
        }
        return new Mlp(layers, widths, activation);
    }

    /** Declares the parameters; {@code initialization} is asked for each layer by the number of its inputs. */
    public <T extends TFloating> void declare(Parameters parameters, Class<T> type, Initialization initialization) {
        for (int i = 0; i < layers.size(); i++) {
            int inputs = widths.get(i);
            DenseLayer.declare(
                    parameters,
                    layers.get(i).name(),
                    type,
                    inputs,
                    widths.get(i + 1),
                    initialization.kernel(inputs),
                    initialization.bias(inputs));
        }
    }

    /**
     * Declares the parameters of a perceptron and returns it.
     *
     * @param name as for {@link #named}
     * @param widths as for {@link #named}
     */
    public static <T extends TFloating> Mlp declare(
            Parameters parameters,
            String name,
            Class<T> type,
            List<Integer> widths,
            Activation activation,
            Initialization initialization) {
        Mlp mlp = named(name, widths, activation);
        mlp.declare(parameters, type, initialization);
        return mlp;
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

    /**
     * Kernels and biases uniform between -shrink/sqrt(inputs) and shrink/sqrt(inputs), as PyTorch's linear layer starts.
     *
     * @param shrink 1 for PyTorch's; less for layers that are applied many times one after the other
     */
    public record FanInUniform(double shrink) implements Initialization {

        public FanInUniform {
            if (!(shrink > 0 && Double.isFinite(shrink))) {
                throw new IllegalArgumentException(
                        "The first values are shrunk by " + shrink + ": give a positive factor, 1 for PyTorch's");
            }
        }

        /** As PyTorch's linear layer starts. */
        public FanInUniform() {
            this(1);
        }

        @Override
        public Initializer kernel(int inputs) {
            return Initializer.uniform(shrink / Math.sqrt(inputs));
        }

        @Override
        public Initializer bias(int inputs) {
            return Initializer.uniform(shrink / Math.sqrt(inputs));
        }
    }

    /**
     * Kernels uniform between -sqrt(6/inputs) and sqrt(6/inputs), and zero biases: the mean square of what a layer with ReLU
     * gives is that of what it gets, where {@link FanInUniform} makes it a sixth of that.
     *
     * <p>For several layers with ReLU, whose outputs are small otherwise. Source: He, Zhang, Ren, Sun, Delving Deep into
     * Rectifiers, 2015.
     */
    public record He() implements Initialization {
        @Override
        public Initializer kernel(int inputs) {
            return Initializer.uniform(Math.sqrt(6.0 / inputs));
        }

        @Override
        public Initializer bias(int inputs) {
            return Initializer.zeros();
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
        for (DenseLayer layer : layers.subList(1, layers.size())) {
            y = layer.apply(tf, activation.apply(tf, y), parameters);
        }
        return y;
    }
}
