package dev.odeon.solvers.implicit;

import dev.odeon.graph.Floats;
import dev.odeon.graph.LoopTables;
import dev.odeon.graph.Values;
import dev.odeon.graph.ZeroFilled;
import dev.odeon.solvers.linear.setup.GaussJordan;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.op.linalg.Qr;
import org.tensorflow.op.linalg.TriangularSolve;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * Fixed point iteration v = phi(v) with Anderson acceleration over the whole batch.
 *
 * <p>With f = phi(v) - v and the last changes dF and dV: v + f - (dV + dF) g, where g minimises |f - dF g|. The normal
 * equations are regularised slightly, so that repeated changes do no harm, and solved by QR or elimination: TensorFlow's own solve ends the
 * run at a matrix that is singular or not finite.
 */
final class AndersonIteration<T extends TFloating> implements Iteration<T> {

    private static final double RIDGE = 1e-14;

    private final Equation<T> equation;
    private final int depth;

    AndersonIteration(Equation<T> equation, int depth) {
        this.equation = equation;
        this.depth = depth;
    }

    @Override
    public Values begin(Ops tf, Operand<T> guess) {
        if (depth == 0) {
            return Values.empty();
        }
        Operand<T> row = StateRows.BATCH.of(tf, guess);
        Operand<TInt32> width = tf.slice(tf.shape(row), tf.constant(new int[] {1}), tf.constant(new int[] {1}));
        Operand<T> rows = tf.fill(
                tf.concat(List.of(tf.constant(new int[] {depth}), width), tf.constant(0)),
                Floats.scalar(tf, guess.type(), 0));
        return Values.of("residuals", rows)
                .with("iterates", rows)
                .with("residual", tf.zerosLike(row))
                .with("iterate", row);
    }

    @Override
    public Round<T> round(Ops tf, Operand<T> v, Operand<TInt32> number, Values memory, Values inside) {
        Class<T> type = v.type();
        Operand<T> image = equation.map(tf, v, inside);
        Operand<TInt32> evaluations = tf.constant(equation.evaluations());
        if (depth == 0) {
            return new Round<>(image, image, memory, evaluations, null);
        }
        Operand<T> iterate = StateRows.BATCH.of(tf, v);
        Operand<T> residual = tf.math.sub(StateRows.BATCH.of(tf, image), iterate);
        // In the first round there is no change yet; the row is written as zero.
        Operand<T> present = tf.dtypes.cast(tf.math.greater(number, tf.constant(0)), type);
        Operand<TInt32> slot = tf.math.mod(number, tf.constant(depth));
        Operand<T> residuals = LoopTables.written(
                tf, memory.get("residuals", type), slot, change(tf, residual, memory.get("residual", type), present));
        Operand<T> iterates = LoopTables.written(
                tf, memory.get("iterates", type), slot, change(tf, iterate, memory.get("iterate", type), present));
        Operand<T> gram = tf.linalg.matMul(residuals, residuals, MatMul.transposeB(true));
        Operand<T> diagonal = ZeroFilled.diagonals(tf, gram);
        Operand<T> ridge = tf.math.add(
                tf.math.mul(
                        tf.reduceMax(diagonal, tf.constant(new int[] {0})),
                        Floats.scalar(tf, type, Math.max(RIDGE, Floats.epsilon(type)))),
                Floats.scalar(tf, type, Float.MIN_NORMAL));
        Operand<T> regular = tf.linalg.matrixSetDiag(gram, tf.math.add(diagonal, ridge), tf.constant(0));
        Operand<T> rhs = tf.linalg.matMul(residuals, residual, MatMul.transposeB(true));
        Operand<T> weights = solved(tf, regular, rhs);
        Operand<T> correction = tf.linalg.matMul(weights, tf.math.add(iterates, residuals), MatMul.transposeA(true));
        Operand<T> next = tf.math.sub(tf.math.add(iterate, residual), correction);
        Values remembered = Values.of("residuals", residuals)
                .with("iterates", iterates)
                .with("residual", residual)
                .with("iterate", iterate);
        return new Round<>(StateRows.back(tf, next, v), image, remembered, evaluations, null);
    }

    private Operand<T> change(Ops tf, Operand<T> now, Operand<T> before, Operand<T> present) {
        return tf.reshape(tf.math.mul(tf.math.sub(now, before), present), tf.constant(new int[] {-1}));
    }

    /** By QR or elimination; where the matrix is no matrix of numbers, neither is the solution, and the iteration ends with its outcome. */
    private Operand<T> solved(Ops tf, Operand<T> matrix, Operand<T> rhs) {
        Class<T> type = matrix.type();
        if (GaussJordan.suits(depth)) {
            return tf.linalg.matMul(GaussJordan.inverse(tf, matrix, depth), rhs);
        }
        Operand<T> zero = Floats.scalar(tf, type, 0);
        Operand<T> diagonal = ZeroFilled.diagonals(tf, matrix);
        Operand<T> identity = tf.linalg.matrixSetDiag(tf.zerosLike(matrix), tf.onesLike(diagonal), tf.constant(0));
        Operand<TBool> sound = tf.math.isFinite(tf.reduceSum(tf.math.abs(matrix), tf.constant(new int[] {0, 1})));
        Qr<T> qr = tf.linalg.qr(tf.select(sound, matrix, identity));
        Operand<T> pivots = ZeroFilled.diagonals(tf, qr.r());
        // The kernel refuses a zero; NaN in its place is visible.
        Operand<T> safe = Floats.nanIf(tf, tf.math.equal(pivots, zero), pivots);
        Operand<T> triangle = tf.linalg.matrixSetDiag(qr.r(), safe, tf.constant(0));
        Operand<T> turned = tf.linalg.matMul(qr.q(), rhs, MatMul.transposeA(true));
        return tf.linalg.triangularSolve(triangle, turned, TriangularSolve.lower(false));
    }
}
