package dev.odeon.models.optimisers;

import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import dev.odeon.graph.parameters.Initializer;
import dev.odeon.graph.parameters.Parameters;
import dev.odeon.graph.parameters.Parameters.Parameter;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * Adam with decoupled weight decay.
 *
 * <p>p shrinks by the factor 1 - rate * decay, then moves by -rate m' / (sqrt(v') + epsilon) with the bias-corrected
 * moments m' and v'. Source: Loshchilov, Hutter, Decoupled Weight Decay Regularization, 2019.
 *
 * @param weightDecay per unit of learning rate, not negative
 */
public record AdamW(double weightDecay) {

    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;
    private static final double EPSILON = 1e-8;

    public AdamW {
        if (!(weightDecay >= 0) || Double.isInfinite(weightDecay)) {
            throw new IllegalArgumentException(
                    "The weight decay is " + weightDecay + ": give a finite number that is not negative");
        }
    }

    /**
     * Adds one update of every parameter.
     *
     * @param slots receives the moments; run its initializer too
     * @param gradients under the names of the parameters
     * @param rate scalar learning rate
     * @return the operation that updates parameters and moments
     */
    public <T extends TFloating> Op apply(
            Ops tf, Parameters parameters, Parameters slots, Values gradients, Operand<T> rate) {
        Class<T> type = rate.type();
        Parameter power1 = slots.declare("optimiser/power1", type, Shape.scalar(), Initializer.constant(BETA1));
        Parameter power2 = slots.declare("optimiser/power2", type, Shape.scalar(), Initializer.constant(BETA2));
        Operand<T> beta1 = Floats.scalar(tf, type, BETA1);
        Operand<T> beta2 = Floats.scalar(tf, type, BETA2);
        Operand<T> current1 = tf.readVariableOp(power1.handle(), type);
        Operand<T> current2 = tf.readVariableOp(power2.handle(), type);
        // The kernel adds epsilon to the uncorrected root; scaled by this it is added to the corrected one.
        Operand<T> correction = tf.math.sqrt(tf.math.sub(Floats.scalar(tf, type, 1), current2));
        Operand<T> epsilon = tf.math.mul(correction, Floats.scalar(tf, type, EPSILON));
        Operand<T> shrink = tf.math.mul(rate, Floats.scalar(tf, type, weightDecay));
        // Every gradient is complete before the first parameter changes.
        List<Op> ready = new ArrayList<>(gradients.operands());
        List<Op> updates = new ArrayList<>();
        for (Parameter parameter : parameters.all()) {
            Operand<T> gradient = gradients.get(parameter.name(), type);
            Parameter m =
                    slots.declare("optimiser/m/" + parameter.name(), type, parameter.shape(), Initializer.zeros());
            Parameter v =
                    slots.declare("optimiser/v/" + parameter.name(), type, parameter.shape(), Initializer.zeros());
            Ops after = tf.withControlDependencies(ready);
            Operand<T> value = after.readVariableOp(parameter.handle(), type);
            Op decayed = after.assignSubVariableOp(parameter.handle(), tf.math.mul(value, shrink));
            updates.add(tf.withControlDependencies(List.of(decayed))
                    .train
                    .resourceApplyAdam(
                            parameter.handle(),
                            m.handle(),
                            v.handle(),
                            current1,
                            current2,
                            rate,
                            beta1,
                            beta2,
                            epsilon,
                            gradient));
        }
        Ops last = tf.withControlDependencies(updates);
        Op next1 = last.assignVariableOp(power1.handle(), tf.math.mul(current1, beta1));
        Op next2 = last.assignVariableOp(power2.handle(), tf.math.mul(current2, beta2));
        return tf.withControlDependencies(List.of(next1, next2)).noOp();
    }
}
