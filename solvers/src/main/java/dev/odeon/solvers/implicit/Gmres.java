package dev.odeon.solvers.implicit;

import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import dev.odeon.graph.WhileLoop;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.op.linalg.MatrixSolveLs;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * GMRES for (I - dphi/dv) x = rhs on the whole batch, without a matrix.
 *
 * <p>Products with dphi/dv are exact: the vector-Jacobian product is linear in its weights, and its own derivative with
 * respect to them is the Jacobian-vector product. Orthogonalised twice; ends when the residual has fallen by 1e-6 or the
 * basis is full, which an outer Newton iteration corrects. Source: Saad, Schultz, GMRES, 1986.
 */
final class Gmres {

    private static final int BASIS = 40;
    private static final double REDUCTION = 1e-6;

    private Gmres() {}

    /** The solution [1, n], and the evaluations of the field it took. */
    record Result<T extends TFloating>(Operand<T> x, Operand<TInt32> evaluations) {}

    /**
     * Adds the solve.
     *
     * @param rhs [1, n]
     */
    static <T extends TFloating> Result<T> solve(
            Ops tf, Equation<T> equation, Operand<T> v, Operand<T> rhs, Values inside) {
        Class<T> type = v.type();
        Operand<T> size = norm(tf, rhs);
        Operand<T> tiny = Floats.scalar(tf, type, type.equals(TFloat64.class) ? 1e-300 : 1e-36);
        Operand<T> start = tf.math.div(rhs, tf.math.maximum(size, tiny));
        Operand<TInt32> width = tf.slice(tf.shape(rhs), tf.constant(new int[] {1}), tf.constant(new int[] {1}));
        Operand<TInt32> dimensions = tf.concat(List.of(tf.constant(new int[] {BASIS + 1}), width), tf.constant(0));
        Operand<T> zero = Floats.scalar(tf, type, 0);
        Values initial = Values.of("j", tf.constant(0))
                .with("basis", written(tf, tf.fill(dimensions, zero), tf.constant(0), start))
                .with("hessenberg", tf.fill(tf.constant(new int[] {BASIS, BASIS + 1}), zero))
                .with("y", tf.fill(tf.constant(new int[] {BASIS, 1}), zero))
                .with("residual", size);
        Values invariants =
                Values.of("v", v).with("size", size).with("tiny", tiny).and(inside.prefixed("inside/"));
        WhileLoop loop = WhileLoop.define(
                tf,
                "gmres",
                initial.specs(),
                invariants.specs(),
                (inner, carried, fixed) -> inner.math.logicalAnd(
                        inner.math.less(carried.get("j", TInt32.class), inner.constant(BASIS)),
                        inner.math.greater(
                                carried.get("residual", type),
                                inner.math.mul(fixed.get("size", type), Floats.scalar(inner, type, REDUCTION)))),
                (inner, carried, fixed) -> expand(inner, equation, carried, fixed, type));
        Values result = loop.run(tf, initial, invariants).values();
        Operand<T> basis =
                tf.slice(result.get("basis", type), tf.constant(new int[] {0, 0}), tf.constant(new int[] {BASIS, -1}));
        return new Result<>(
                tf.linalg.matMul(result.get("y", type), basis, MatMul.transposeA(true)),
                tf.math.mul(result.get("j", TInt32.class), tf.constant(equation.evaluations())));
    }

    private static <T extends TFloating> Values expand(
            Ops tf, Equation<T> equation, Values carried, Values fixed, Class<T> type) {
        Operand<TInt32> j = carried.get("j", TInt32.class);
        Operand<T> basis = carried.get("basis", type);
        Operand<T> direction = tf.expandDims(tf.gather(basis, j, tf.constant(0)), tf.constant(0));
        Operand<T> product = product(tf, equation, fixed.get("v", type), direction, fixed.under("inside/"));
        // The rows of the basis not yet filled are zero.
        Operand<T> first = tf.linalg.matMul(product, basis, MatMul.transposeB(true));
        Operand<T> once = tf.math.sub(product, tf.linalg.matMul(first, basis));
        Operand<T> second = tf.linalg.matMul(once, basis, MatMul.transposeB(true));
        Operand<T> twice = tf.math.sub(once, tf.linalg.matMul(second, basis));
        Operand<T> length = norm(tf, twice);
        Operand<T> next = tf.math.div(twice, tf.math.maximum(length, fixed.get("tiny", type)));
        Operand<TInt32> after = tf.math.add(j, tf.constant(1));
        Operand<T> one = Floats.scalar(tf, type, 1);
        Operand<T> zero = Floats.scalar(tf, type, 0);
        Operand<T> column = tf.math.add(
                tf.math.add(first, second), tf.math.mul(tf.oneHot(after, tf.constant(BASIS + 1), one, zero), length));
        Operand<T> hessenberg = written(tf, carried.get("hessenberg", type), j, column);
        Operand<T> rhs = tf.reshape(
                tf.math.mul(tf.oneHot(tf.constant(0), tf.constant(BASIS + 1), one, zero), fixed.get("size", type)),
                tf.constant(new int[] {-1, 1}));
        Operand<T> transposed = tf.linalg.transpose(hessenberg, tf.constant(new int[] {1, 0}));
        Operand<T> y = tf.linalg.matrixSolveLs(transposed, rhs, tf.constant(0.0), MatrixSolveLs.fast(false));
        Operand<T> residual = norm(tf, tf.math.sub(rhs, tf.linalg.matMul(transposed, y)));
        return Values.of("j", after)
                .with("basis", written(tf, basis, after, next))
                .with("hessenberg", hessenberg)
                .with("y", y)
                .with("residual", residual);
    }

    /** (I - dphi/dv) x. */
    private static <T extends TFloating> Operand<T> product(
            Ops tf, Equation<T> equation, Operand<T> v, Operand<T> x, Values inside) {
        Operand<T> at = tf.stopGradient(v);
        Operand<T> image = equation.map(tf, at, inside);
        Operand<T> weights = tf.zerosLike(at);
        Operand<T> transposed = DenseJacobian.product(tf, image, weights, at);
        Operand<T> along = DenseJacobian.product(tf, transposed, Rows.back(tf, x, v), weights);
        return tf.math.sub(x, Rows.BATCH.of(tf, along));
    }

    private static <T extends TFloating> Operand<T> written(
            Ops tf, Operand<T> rows, Operand<TInt32> row, Operand<T> value) {
        return tf.tensorScatterNdUpdate(rows, tf.reshape(row, tf.constant(new int[] {1, 1})), value);
    }

    private static <T extends TFloating> Operand<T> norm(Ops tf, Operand<T> x) {
        return tf.math.sqrt(tf.reduceSum(tf.math.square(x), Iterations.allAxes(tf, x)));
    }
}
