package dev.odeon.models.training;

import dev.odeon.graph.Values;
import dev.odeon.graph.parameters.Initializer;
import dev.odeon.graph.parameters.Parameters;
import dev.odeon.graph.parameters.Parameters.Parameter;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TFloating;

/** The mean gradient of several iterations: the sums it is made of, each gradient times the weight of its batch. */
final class JoinedGradients {

    /** The name of the sum of the weights. */
    static final String WEIGHT = "accumulated weight";

    private static final String PREFIX = "accumulated/";

    private JoinedGradients() {}

    /** The name of the sum of a parameter's gradients. */
    static String of(String parameter) {
        return PREFIX + parameter;
    }

    /** Declares the sums, zero at first. */
    static void declare(Parameters parameters, Parameters sums) {
        sums.declare(WEIGHT, TFloat64.class, Shape.scalar(), Initializer.zeros());
        for (Parameter parameter : parameters.all()) {
            sums.declare(of(parameter.name()), parameter.type(), parameter.shape(), Initializer.zeros());
        }
    }

    /** Each gradient times the weight of its batch, under the names of the sums; zero where the weight is, whatever the gradient. */
    static Values weighted(Ops tf, Values gradients, Operand<TFloat64> weight) {
        Values weighted = Values.of(WEIGHT, weight);
        for (String name : gradients.names()) {
            weighted = weighted.with(of(name), product(tf, gradients.floating(name), weight));
        }
        return weighted;
    }

    private static <T extends TFloating> Operand<T> product(Ops tf, Operand<T> gradient, Operand<TFloat64> weight) {
        return tf.math.mulNoNan(gradient, tf.dtypes.cast(weight, gradient.type()));
    }

    /**
     * The mean gradient of the iterations so far and of this one, under the names of the parameters.
     *
     * @param sums so far
     * @param weighted of this iteration
     */
    static Values mean(Ops tf, Values sums, Values weighted) {
        Operand<TFloat64> all = tf.math.add(sums.get(WEIGHT, TFloat64.class), weighted.get(WEIGHT, TFloat64.class));
        // Batches that count nothing leave a gradient of zero.
        Operand<TFloat64> share = tf.math.divNoNan(tf.constant(1.0), all);
        Values mean = Values.empty();
        for (String name : weighted.names()) {
            if (!name.equals(WEIGHT)) {
                mean = mean.with(name.substring(PREFIX.length()), mean(tf, sums.floating(name), weighted, name, share));
            }
        }
        return mean;
    }

    private static <T extends TFloating> Operand<T> mean(
            Ops tf, Operand<T> sum, Values weighted, String name, Operand<TFloat64> share) {
        return tf.math.mul(sum(tf, sum, weighted, name), tf.dtypes.cast(share, sum.type()));
    }

    /** The sums with this iteration. */
    static Values added(Ops tf, Values sums, Values weighted) {
        Values added = Values.empty();
        for (String name : sums.names()) {
            added = added.with(name, sum(tf, sums.floating(name), weighted, name));
        }
        return added;
    }

    private static <T extends TFloating> Operand<T> sum(Ops tf, Operand<T> sum, Values weighted, String name) {
        return tf.math.add(sum, weighted.get(name, sum.type()));
    }
}
