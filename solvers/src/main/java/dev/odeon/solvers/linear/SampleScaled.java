package dev.odeon.solvers.linear;

import dev.odeon.graph.Values;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * c_b J with another number c_b for every sample b: J on the clock of each sample.
 *
 * <p>The numbers are data under the name {@link #SCALE}, so that they may change from step to step.
 */
public final class SampleScaled<T extends TFloating> extends Multiple<T> {

    /** The name of the numbers among the data: a column [batch, 1, ...]. */
    public static final String SCALE = "scale of each sample";

    private final Values scale;

    private SampleScaled(LinearOperator<T> operator, Values scale) {
        super(operator);
        this.scale = scale;
    }

    /**
     * Multiples of an operator.
     *
     * @param scale {@link #SCALE}, a column: [batch, 1, ...], of the state's rank
     * @throws IllegalArgumentException if the operator's factor cannot have another alpha for every sample
     */
    public static <T extends TFloating> SampleScaled<T> of(Values scale, LinearOperator<T> operator) {
        return operator.solvedBySample()
                .map(bySample -> new SampleScaled<>(bySample, scale))
                .orElseThrow(() -> new IllegalArgumentException("The operator "
                        + operator.getClass().getSimpleName()
                        + " has one factor for the whole batch, but with SampleTimes and Jumps.trained each sample has a step size of its own: take ScaledIdentity, PairBlock,"
                        + " Diagonal or Circulant, or an explicit or implicit method"));
    }

    @Override
    public Values data(Ops tf, Class<T> type) {
        return operator.data(tf, type).and(scale);
    }

    @Override
    Operand<T> scaled(Ops tf, Values data, Operand<T> x) {
        return tf.math.mul(x, data.get(SCALE, x.type()));
    }

    @Override
    public Values gradient(Ops tf, Values data, Operand<T> u, Operand<T> weights) {
        Values own = data.without(SCALE);
        Values gradients = operator.gradient(tf, own, u, scaled(tf, data, weights));
        if (!data.differentiable().contains(SCALE)) {
            return gradients;
        }
        Operand<T> products = tf.math.mul(weights, operator.apply(tf, own, u));
        Operand<TInt32> axes = tf.range(tf.constant(1), tf.rank(products), tf.constant(1));
        return gradients.with(SCALE, tf.reduceSum(products, axes, ReduceSum.keepDims(true)));
    }
}
