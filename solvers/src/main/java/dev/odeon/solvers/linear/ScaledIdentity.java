package dev.odeon.solvers.linear;

import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.family.TFloating;

/**
 * J = c I: uniform decay or growth, as the linear part of graph diffusion.
 *
 * <p>Works on states of any shape; a solve is one product with 1 / (1 - alpha c).
 */
public final class ScaledIdentity<T extends TFloating> implements SampleFactors<T> {

    private static final String COEFFICIENT = "coefficient";
    private static final String RECIPROCAL = "reciprocal";

    private final double constant;
    private final @Nullable Operand<T> tensor;

    private ScaledIdentity(double constant, @Nullable Operand<T> tensor) {
        this.constant = constant;
        this.tensor = tensor;
    }

    /**
     * With a constant coefficient, in 1 / time.
     *
     * @throws IllegalArgumentException if it is not finite
     */
    public static <T extends TFloating> ScaledIdentity<T> of(double coefficient) {
        return new ScaledIdentity<>(Checks.finite("The coefficient of a scaled identity", coefficient), null);
    }

    /** With a scalar tensor as coefficient, differentiable. */
    public static <T extends TFloating> ScaledIdentity<T> of(Operand<T> coefficient) {
        Checks.shape("The coefficient of a scaled identity", coefficient);
        return new ScaledIdentity<>(Double.NaN, coefficient);
    }

    @Override
    public Values data(Ops tf, Class<T> type) {
        return tensor != null
                ? Values.of(COEFFICIENT, tensor)
                : Values.empty().withConstant(COEFFICIENT, Floats.scalar(tf, type, constant));
    }

    @Override
    public Operand<T> apply(Ops tf, Values data, Operand<T> u) {
        return tf.math.mul(u, data.get(COEFFICIENT, u.type()));
    }

    @Override
    public Operand<T> applyTransposed(Ops tf, Values data, Operand<T> u) {
        return apply(tf, data, u);
    }

    @Override
    public Values factor(Ops tf, Class<T> type, Values data, double alpha) {
        Checks.alpha(alpha);
        return factor(tf, type, data, Floats.scalar(tf, type, alpha));
    }

    @Override
    public Values factor(Ops tf, Class<T> type, Values data, Operand<T> alphas) {
        Operand<T> scaled = tf.math.mul(data.get(COEFFICIENT, type), alphas);
        Operand<T> difference = tf.math.sub(Floats.scalar(tf, type, 1), scaled);
        Operand<TBool> singular = Singularity.cancelled(tf, difference, scaled);
        Values factor = Values.of(RECIPROCAL, Singularity.poisoned(tf, tf.math.reciprocal(difference), singular));
        return Singularity.flagged(tf, factor, singular);
    }

    @Override
    public Operand<T> solve(Ops tf, Values factor, Operand<T> rhs) {
        return tf.math.mul(rhs, factor.get(RECIPROCAL, rhs.type()));
    }

    @Override
    public Operand<T> solveTransposed(Ops tf, Values factor, Operand<T> rhs) {
        return solve(tf, factor, rhs);
    }
}
