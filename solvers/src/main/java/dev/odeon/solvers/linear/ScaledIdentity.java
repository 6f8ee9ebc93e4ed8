package dev.odeon.solvers.linear;

import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * J = c I: uniform decay or growth, as the linear part of graph diffusion.
 *
 * <p>Works on states of any shape; a solve is one product with 1 / (1 - alpha c).
 */
public final class ScaledIdentity<T extends TFloating> extends Pointwise<T> {

    private static final String COEFFICIENT = "coefficient";

    private final double constant;
    private final @Nullable Operand<T> tensor;

    private ScaledIdentity(double constant, @Nullable Operand<T> tensor) {
        super(COEFFICIENT);
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
    void requireFits(Shape numbers, Shape state) {
        // One number fits every state.
    }

    @Override
    public Values data(Ops tf, Class<T> type) {
        return tensor != null
                ? Values.of(COEFFICIENT, tensor)
                : Values.empty().withConstant(COEFFICIENT, Floats.scalar(tf, type, constant));
    }
}
