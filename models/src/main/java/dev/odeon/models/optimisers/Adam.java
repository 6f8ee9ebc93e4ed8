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
import org.tensorflow.types.family.TFloating;

/**
 * Adam, with weight decay as a quadratic penalty in the gradient.
 *
 * <p>g + decay * p takes the place of the gradient g; then p moves by -rate m' / (sqrt(v') + epsilon) with the
 * bias-corrected moments m' and v'. For decay apart from the moments use {@link AdamW}. Source: Kingma, Ba, Adam: A Method
 * for Stochastic Optimization, 2015.
 *
 * @param weightDecay factor of the penalty, not negative
 * @param beta1 weight of the past in the mean of the gradients, in [0, 1)
 * @param beta2 weight of the past in the second moment, in [0, 1)
 * @param epsilon positive, added to the denominator
 */
public record Adam(double weightDecay, double beta1, double beta2, double epsilon) implements Optimiser {

    public Adam {
        requireDecay(weightDecay);
        requireMean("beta1", beta1);
        requireMean("beta2", beta2);
        requireEpsilon(epsilon);
    }

    /** With beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8. */
    public Adam(double weightDecay) {
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
        return Memory.ofMoments("adam", beta1, beta2);
    }

    private Update.Each rule(Update update) {
        Update.Moments moments = update.moments(memory(), epsilon);
        return target -> target.penalised(weightDecay).adam(moments);
    }
}
