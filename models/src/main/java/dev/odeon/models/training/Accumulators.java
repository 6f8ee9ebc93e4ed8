package dev.odeon.models.training;

import dev.odeon.graph.Values;
import dev.odeon.graph.parameters.Initializer;
import dev.odeon.graph.parameters.Parameters;
import dev.odeon.graph.parameters.Parameters.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TFloating;

/** The gradients of several iterations, each times the weight of its batch, and the sum of the weights. */
final class Accumulators {

    private static final String PREFIX = "accumulated/";
    private static final String WEIGHT = "accumulated weight";

    private final Ops tf;
    private final Operand<TFloat64> weight;
    private final Map<String, Parameter> sums = new LinkedHashMap<>();
    private final Parameter weights;
    private final Operand<TFloat64> stored;
    private final Values weighted;

    /**
     * Declares the sums, zero at first.
     *
     * @param variables receives them
     * @param gradients of this iteration
     * @param weight of its batch
     */
    Accumulators(
            Ops tf,
            Parameters variables,
            Parameters parameters,
            Values gradients,
            Operand<? extends TFloating> weight) {
        this.tf = tf;
        this.weight = tf.dtypes.cast(weight, TFloat64.class);
        this.weights = variables.declare(WEIGHT, TFloat64.class, Shape.scalar(), Initializer.zeros());
        this.stored = tf.readVariableOp(weights.handle(), TFloat64.class);
        Values products = Values.empty();
        for (Parameter parameter : parameters.all()) {
            sums.put(
                    parameter.name(),
                    variables.declare(
                            PREFIX + parameter.name(), parameter.type(), parameter.shape(), Initializer.zeros()));
            products = products.with(
                    parameter.name(), weighted(gradients.get(parameter.name(), parameter.type()), this.weight));
        }
        this.weighted = products;
    }

    /** Zero where the weight is, whatever the gradient: see {@link #withoutThis}. */
    private <T extends TFloating> Operand<T> weighted(Operand<T> gradient, Operand<TFloat64> factor) {
        return tf.math.mulNoNan(gradient, tf.dtypes.cast(factor, gradient.type()));
    }

    private <T extends TFloating> Operand<T> times(Operand<T> gradient, Operand<TFloat64> factor) {
        return tf.math.mul(gradient, tf.dtypes.cast(factor, gradient.type()));
    }

    /** The mean gradient of the iterations so far and of this one. */
    Values joined() {
        // Batches that count nothing leave a gradient of zero.
        Operand<TFloat64> share = tf.math.divNoNan(tf.constant(1.0), tf.math.add(stored, weight));
        Values joined = Values.empty();
        for (Map.Entry<String, Parameter> sum : sums.entrySet()) {
            joined = joined.with(
                    sum.getKey(),
                    joined(sum.getKey(), sum.getValue(), sum.getValue().type(), share));
        }
        return joined;
    }

    private <T extends TFloating> Operand<T> joined(
            String name, Parameter sum, Class<T> type, Operand<TFloat64> share) {
        return times(tf.math.add(tf.readVariableOp(sum.handle(), type), weighted.get(name, type)), share);
    }

    /** The weight of the iterations so far, without this one. */
    Operand<TFloat64> stored() {
        return stored;
    }

    /** What is fed a zero to leave this iteration out of the mean. */
    Operand<TFloat64> withoutThis() {
        return weight;
    }

    /** The operations that add this iteration to the sums, if it was good. */
    List<Op> add(Guard guard) {
        List<Op> additions = new ArrayList<>();
        additions.add(tf.assignAddVariableOp(weights.handle(), guard.kept(tf, weight)));
        sums.forEach(
                (name, sum) -> additions.add(tf.assignAddVariableOp(sum.handle(), guard.kept(tf, weighted.get(name)))));
        return additions;
    }

    /** The operations that make the sums zero after the parameters have changed. */
    List<Op> reset(Op changed) {
        Ops after = tf.withControlDependencies(List.of(changed));
        List<Op> resets = new ArrayList<>();
        resets.add(after.assignVariableOp(
                weights.handle(), Initializer.zeros().value(tf, TFloat64.class, Shape.scalar(), 0)));
        for (Parameter sum : sums.values()) {
            resets.add(after.assignVariableOp(sum.handle(), Initializer.zeros().value(tf, sum.type(), sum.shape(), 0)));
        }
        return resets;
    }
}
