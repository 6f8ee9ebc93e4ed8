package dev.odeon.solvers.linear;

import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.family.TFloating;

/**
 * J = diag(c): one rate for each component, as in a spectral discretisation.
 *
 * <p>A solve is one product with 1 / (1 - alpha c).
 */
public final class Diagonal<T extends TFloating> implements SampleFactors<T> {

    private static final String ENTRIES = "entries";
    private static final String RECIPROCALS = "reciprocals";

    private final double[] constants;
    private final @Nullable Operand<T> tensor;

    private Diagonal(double[] constants, @Nullable Operand<T> tensor) {
        this.constants = constants;
        this.tensor = tensor;
    }

    /**
     * With constant entries, in 1 / time.
     *
     * @throws IllegalArgumentException if there is none, or one is not finite
     */
    public static <T extends TFloating> Diagonal<T> of(double... entries) {
        if (entries.length == 0) {
            throw new IllegalArgumentException("A diagonal of 0 entries: pass one for each component of the state");
        }
        return new Diagonal<>(Checks.finite("The diagonal", entries), null);
    }

    /** With a tensor [d] as diagonal, differentiable. */
    public static <T extends TFloating> Diagonal<T> of(Operand<T> entries) {
        Checks.shape("The diagonal", entries, Shape.UNKNOWN_SIZE);
        return new Diagonal<>(new double[0], entries);
    }

    @Override
    public Values data(Ops tf, Class<T> type) {
        return tensor != null
                ? Values.of(ENTRIES, tensor)
                : Values.empty()
                        .withConstant(ENTRIES, Floats.constant(tf, type, Shape.of(constants.length), constants));
    }

    @Override
    public Operand<T> apply(Ops tf, Values data, Operand<T> u) {
        return tf.math.mul(u, data.get(ENTRIES, u.type()));
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
        Operand<T> scaled = tf.math.mul(data.get(ENTRIES, type), alphas);
        Operand<T> differences = tf.math.sub(Floats.scalar(tf, type, 1), scaled);
        Operand<TBool> singular = Singularity.cancelled(tf, differences, scaled);
        Values factor = Values.of(RECIPROCALS, Singularity.poisoned(tf, tf.math.reciprocal(differences), singular));
        return Singularity.flagged(tf, factor, singular);
    }

    @Override
    public Operand<T> solve(Ops tf, Values factor, Operand<T> rhs) {
        return tf.math.mul(rhs, factor.get(RECIPROCALS, rhs.type()));
    }

    @Override
    public Operand<T> solveTransposed(Ops tf, Values factor, Operand<T> rhs) {
        return solve(tf, factor, rhs);
    }
}
