package dev.odeon.models.optimisers;

import static dev.odeon.models.optimisers.HyperParameters.BETA1;
import static dev.odeon.models.optimisers.HyperParameters.BETA2;
import static dev.odeon.models.optimisers.HyperParameters.EPSILON;
import static dev.odeon.models.optimisers.HyperParameters.requireDecay;
import static dev.odeon.models.optimisers.HyperParameters.requireEpsilon;
import static dev.odeon.models.optimisers.HyperParameters.requireMean;

import dev.odeon.graph.Values;
import dev.odeon.graph.parameters.Parameters;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TFloating;

/**
 * Adam with decoupled weight decay.
 *
 * <p>p shrinks by the factor 1 - rate * decay, then moves by -rate m' / (sqrt(v') + epsilon) with the bias-corrected
 * moments m' and v'. Source: Loshchilov, Hutter, Decoupled Weight Decay Regularization, 2019.
 *
 * @param weightDecay per unit of learning rate, not negative
 * @param beta1 weight of the past in the mean of the gradients, in [0, 1)
 * @param beta2 weight of the past in the second moment, in [0, 1)
 * @param epsilon positive, added to the denominator
 */
public record AdamW(double weightDecay, double beta1, double beta2, double epsilon) implements Optimiser {

    public AdamW {
        requireDecay(weightDecay);
        requireMean("beta1", beta1);
        requireMean("beta2", beta2);
        requireEpsilon(epsilon);
    }

    /** With beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8. */
    public AdamW(double weightDecay) {
        this(weightDecay, BETA1, BETA2, EPSILON);
    }

    @Override
    public <T extends TFloating> Op apply(
            Ops tf, Parameters parameters, Parameters slots, Values gradients, Operand<T> learningRate) {
        return VariableUpdate.add(tf, memory(), parameters, slots, gradients, learningRate, this::rule);
    }

    @Override
    public void declare(Parameters parameters, Parameters slots) {
        memory().declare(parameters, slots);
    }

    @Override
    public <T extends TFloating> Values next(
            Ops tf, Values parameters, Values slots, Values gradients, Operand<T> learningRate) {
        return TensorUpdate.add(tf, memory(), parameters, slots, gradients, learningRate, this::rule);
    }

    private Memory memory() {
        return Memory.ofMoments("adamw", beta1, beta2);
    }

    private Update.Each rule(Update update) {
        Ops tf = update.tf();
        Update.Moments moments = update.moments(memory(), epsilon);
        Operand<TFloat64> shrink = tf.math.sub(tf.constant(1.0), tf.math.mul(update.rate(), tf.constant(weightDecay)));
        return target -> (weightDecay == 0 ? target : target.shrunk(shrink)).adam(moments);
    }
}
