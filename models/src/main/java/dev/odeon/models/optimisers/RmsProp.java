package dev.odeon.models.optimisers;

import static dev.odeon.models.optimisers.HyperParameters.ALPHA;
import static dev.odeon.models.optimisers.HyperParameters.EPSILON;
import static dev.odeon.models.optimisers.HyperParameters.requireDecay;
import static dev.odeon.models.optimisers.HyperParameters.requireEpsilon;
import static dev.odeon.models.optimisers.HyperParameters.requireMean;

import dev.odeon.graph.Values;
import dev.odeon.graph.parameters.Parameters;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * The gradient divided by its root mean square.
 *
 * <p>g + decay * p takes the place of the gradient g; v becomes alpha v + (1 - alpha) g^2, and p moves by -rate g /
 * (sqrt(v) + epsilon). TensorFlow's own RMSprop kernel has epsilon within the root, where 1e-8 acts like 1e-4; so this
 * uses its Adam kernel with beta1 = 0. Source: Tieleman, Hinton, Neural Networks for Machine Learning, lecture 6.5, 2012.
 *
 * @param weightDecay factor of the penalty, not negative
 * @param alpha weight of the past in the mean square, in [0, 1)
 * @param epsilon positive, added to the denominator
 */
public record RmsProp(double weightDecay, double alpha, double epsilon) implements Optimiser {

    public RmsProp {
        requireDecay(weightDecay);
        requireMean("alpha", alpha);
        requireEpsilon(epsilon);
    }

    /** With alpha = 0.99, epsilon = 1e-8. */
    public RmsProp(double weightDecay) {
        this(weightDecay, ALPHA, EPSILON);
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
        return new Memory("rmsprop", List.of(), List.of("m", "v"));
    }

    private Update.Each rule(Update update) {
        Update.Moments moments =
                new Update.Moments(0, alpha, update.rate(), update.tf().constant(epsilon));
        return target -> target.penalised(weightDecay).adam(moments);
    }
}
