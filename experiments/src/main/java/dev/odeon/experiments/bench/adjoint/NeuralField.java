package dev.odeon.experiments.bench.adjoint;

import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import dev.odeon.graph.layers.Activation;
import dev.odeon.graph.layers.Mlp;
import dev.odeon.graph.parameters.Parameters;
import dev.odeon.solvers.VectorField;
import java.util.Arrays;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;

/**
 * A perceptron with two hidden layers that gives the rates of a state from time and state.
 *
 * <p>Rates that are known to be zero, of the last components, are not left to the network.
 */
public final class NeuralField implements VectorField<TFloat64> {

    private static final String NAME = "field";

    private final int dimension;
    private final int moving;
    private final Mlp mlp;

    /**
     * The field.
     *
     * @param dimension of a state
     * @param moving how many of its components, the first ones, are not constant
     * @param hidden width of the hidden layers
     */
    public NeuralField(int dimension, int moving, int hidden) {
        this.dimension = dimension;
        this.moving = moving;
        this.mlp = Mlp.named(NAME, List.of(dimension + 1, hidden, hidden, dimension), Activation.TANH);
    }

    /** Declares its parameters. */
    public void declare(Parameters parameters) {
        mlp.declare(parameters, TFloat64.class, new Mlp.FanInUniform());
    }

    @Override
    public Operand<TFloat64> evaluate(Ops tf, Operand<TFloat64> t, Operand<TFloat64> u, Values theta) {
        // Not tf.ones, which looks through the names of the whole graph.
        Operand<TFloat64> ones =
                tf.fill(tf.constant(new long[] {u.shape().get(0), 1}), Floats.scalar(tf, TFloat64.class, 1));
        Operand<TFloat64> time = tf.math.mul(t, ones);
        Operand<TFloat64> rates = mlp.apply(tf, tf.concat(List.of(u, time), tf.constant(1)), theta);
        if (moving == dimension) {
            return rates;
        }
        double[] mask = new double[dimension];
        Arrays.fill(mask, 0, moving, 1);
        return tf.math.mul(rates, Floats.constant(tf, TFloat64.class, Shape.of(dimension), mask));
    }
}
