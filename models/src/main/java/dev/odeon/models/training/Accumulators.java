package dev.odeon.models.training;

import dev.odeon.graph.Values;
import dev.odeon.graph.parameters.Initializer;
import dev.odeon.graph.parameters.Parameters;
import dev.odeon.graph.parameters.Parameters.Parameter;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TFloating;

/** The variables in which the {@link JoinedGradients} of several runs wait. */
final class Accumulators {

    private final Ops tf;
    private final Parameters sums;
    private final Operand<TFloat64> weight;
    private final Values stored;
    private final Values weighted;

    /**
     * Declares the sums, zero at first.
     *
     * @param sums receives them
     * @param gradients of this iteration
     * @param weight of its batch
     */
    Accumulators(
            Ops tf, Parameters sums, Parameters parameters, Values gradients, Operand<? extends TFloating> weight) {
        this.tf = tf;
        this.sums = sums;
        this.weight = tf.dtypes.cast(weight, TFloat64.class);
        JoinedGradients.declare(parameters, sums);
        this.stored = sums.read();
        this.weighted = JoinedGradients.weighted(tf, gradients, this.weight);
    }

    /** The mean gradient of the iterations so far and of this one. */
    Values joined() {
        return JoinedGradients.mean(tf, stored, weighted);
    }

    /** The weight of the iterations so far, without this one. */
    Operand<TFloat64> stored() {
        return stored.get(JoinedGradients.WEIGHT, TFloat64.class);
    }

    /** What is fed a zero to leave this iteration out of the mean. */
    Operand<TFloat64> withoutThis() {
        return weight;
    }

    /** The operations that add this iteration to the sums, if it was good. */
    List<Op> add(Guard guard) {
        List<Op> additions = new ArrayList<>();
        for (Parameter sum : sums.all()) {
            additions.add(tf.assignAddVariableOp(sum.handle(), guard.kept(tf, weighted.get(sum.name()))));
        }
        return additions;
    }

    /** The operations that make the sums zero after the parameters have changed. */
    List<Op> reset(Op changed) {
        Ops after = tf.withControlDependencies(List.of(changed));
        List<Op> resets = new ArrayList<>();
        for (Parameter sum : sums.all()) {
            resets.add(after.assignVariableOp(sum.handle(), Initializer.zeros().value(tf, sum.type(), sum.shape(), 0)));
        }
        return resets;
    }
}
