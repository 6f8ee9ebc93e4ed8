package dev.odeon.solvers.linear;

import dev.odeon.graph.Values;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.family.TFloating;

/**
 * I - alpha J = D A of a tensor [d, d] with the inverse Y of A: x = Y b, and once more for what A x leaves of b.
 *
 * <p>The refinement makes up for what an inverse loses to triangular factors where the matrix is ill-conditioned. D holds
 * the sizes of the rows, as for {@link OrthogonalFactors}.
 */
final class RefinedInverse {

    private static final String MATRIX = "scaled matrix";
    private static final String INVERTED = "refined inverse";
    private static final String SCALES = "scales";

    private RefinedInverse() {}

    static boolean isIn(Values factor) {
        return factor.contains(INVERTED);
    }

    static <T extends TFloating> Values of(Ops tf, Operand<T> matrix) {
        Operand<T> scales = Matrices.rowSizes(tf, matrix);
        Operand<T> scaled = tf.stopGradient(tf.math.div(matrix, scales));
        Operand<T> inverse = tf.stopGradient(Matrices.inverse(tf, scaled));
        Operand<TBool> singular = Singularity.illConditioned(tf, matrix.type(), Matrices.norm(tf, inverse));
        return Singularity.flagged(
                tf,
                Values.of(MATRIX, scaled)
                        .with(INVERTED, Singularity.poisoned(tf, inverse, singular))
                        .with(SCALES, Matrices.transposed(tf, scales)),
                singular);
    }

    static <T extends TFloating> Operand<T> solve(Ops tf, Values factor, Operand<T> rhs) {
        Class<T> type = rhs.type();
        Operand<T> inverse = factor.get(INVERTED, type);
        Operand<T> scaled = tf.math.div(rhs, factor.get(SCALES, type));
        Operand<T> x = Matrices.times(tf, inverse, scaled);
        Operand<T> left = tf.math.sub(scaled, Matrices.times(tf, factor.get(MATRIX, type), x));
        return tf.math.add(x, Matrices.times(tf, inverse, left));
    }

    static <T extends TFloating> Operand<T> solveTransposed(Ops tf, Values factor, Operand<T> rhs) {
        Class<T> type = rhs.type();
        Operand<T> inverse = factor.get(INVERTED, type);
        Operand<T> x = Matrices.transposedTimes(tf, inverse, rhs);
        Operand<T> left = tf.math.sub(rhs, Matrices.transposedTimes(tf, factor.get(MATRIX, type), x));
        Operand<T> refined = tf.math.add(x, Matrices.transposedTimes(tf, inverse, left));
        return tf.math.div(refined, factor.get(SCALES, type));
    }
}
