package dev.odeon.solvers.linear;

import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/** J = diag(c): one rate for each component, as in a spectral discretisation. */
public final class Diagonal<T extends TFloating> implements LinearOperator<T> {

    private static final String ENTRIES = "entries";
    private static final String RECIPROCALS = "reciprocals";

    private final double[] constants;
    private final @Nullable Operand<T> tensor;

    private Diagonal(double[] constants, @Nullable Operand<T> tensor) {
        this.constants = constants;
        this.tensor = tensor;
    }

    /** With constant entries, in 1 / time. */
    public static <T extends TFloating> Diagonal<T> of(double... entries) {
        return new Diagonal<>(entries.clone(), null);
    }

    /** With a tensor [d] as diagonal, differentiable. */
    public static <T extends TFloating> Diagonal<T> of(Operand<T> entries) {
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
        Operand<T> scaled = tf.math.mul(data.get(ENTRIES, type), Floats.scalar(tf, type, alpha));
        return Values.of(RECIPROCALS, tf.math.reciprocal(tf.math.sub(Floats.scalar(tf, type, 1), scaled)));
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
