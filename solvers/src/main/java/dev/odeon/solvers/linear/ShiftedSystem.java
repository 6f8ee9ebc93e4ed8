package dev.odeon.solvers.linear;

import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import dev.odeon.solvers.linear.krylov.Krylov;
import dev.odeon.solvers.linear.krylov.KrylovSolve;
import dev.odeon.solvers.linear.krylov.KrylovSystem;
import dev.odeon.solvers.linear.report.CheckedSolution;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * I - alpha J as a Krylov solve needs it: by products with J, and an approximate inverse.
 *
 * <p>The factor of an iterative operator is the data of J, alpha, and what its preconditioner reads.
 */
public final class ShiftedSystem<T extends TFloating> implements KrylovSystem<T> {

    /** One product, or one approximate inverse, on the rows. */
    @FunctionalInterface
    public interface Map<T extends TFloating> {
        /**
         * Adds it.
         *
         * @param values the operator's data for a product, the factor for an approximate inverse
         * @param x [batch, d]
         */
        Operand<T> apply(Ops tf, Values values, Operand<T> x);
    }

    private static final String ALPHA = "alpha";
    private static final String DATA = "data/";
    private static final String JACOBI = "jacobi";

    private final Map<T> product;
    private final Map<T> preconditioner;

    private ShiftedSystem(Map<T> product, Map<T> preconditioner) {
        this.product = product;
        this.preconditioner = preconditioner;
    }

    /** The factor without a preconditioner. */
    public static <T extends TFloating> Values factor(Values data, Operand<T> alpha) {
        return data.prefixed(DATA).withConstant(ALPHA, alpha);
    }

    /** The factor with the reciprocals of the diagonal of I - alpha J. */
    public static <T extends TFloating> Values factor(Ops tf, Values data, Operand<T> alpha, Operand<T> diagonalOfJ) {
        Operand<T> one = Floats.scalar(tf, alpha.type(), 1);
        Operand<T> scaled = tf.math.mul(diagonalOfJ, alpha);
        Operand<T> diagonal = tf.math.sub(one, scaled);
        // An entry that has cancelled is no approximation of the inverse: leave it out.
        Operand<T> safe = tf.select(Singularity.cancelled(tf, diagonal, scaled), tf.onesLike(diagonal), diagonal);
        return factor(data, alpha).withConstant(JACOBI, tf.math.reciprocal(safe));
    }

    /**
     * Adds a solve with a factor.
     *
     * @param product with J, or with its transpose
     * @param preconditioner an approximate inverse of the same system, linear in x; {@link #jacobi} where nothing better is
     *     known
     */
    public static <T extends TFloating> CheckedSolution<T> solve(
            Ops tf, Krylov settings, Values factor, Map<T> product, Map<T> preconditioner, Operand<T> rhs) {
        return KrylovSolve.add(tf, settings, new ShiftedSystem<>(product, preconditioner), factor, rhs);
    }

    /** The Jacobi preconditioner where the factor holds one. */
    public static <T extends TFloating> Operand<T> jacobi(Ops tf, Values factor, Operand<T> x) {
        return factor.contains(JACOBI) ? tf.math.mul(x, factor.get(JACOBI, x.type())) : x;
    }

    @Override
    public Operand<T> apply(Ops tf, Values factor, Operand<T> x) {
        Operand<T> change = product.apply(tf, factor.under(DATA), x);
        return tf.math.sub(x, tf.math.mul(factor.get(ALPHA, x.type()), change));
    }

    @Override
    public Operand<T> precondition(Ops tf, Values factor, Operand<T> x) {
        return preconditioner.apply(tf, factor, x);
    }
}
