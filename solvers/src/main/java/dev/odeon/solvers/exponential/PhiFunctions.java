package dev.odeon.solvers.exponential;

import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import dev.odeon.graph.WhileLoop;
import dev.odeon.solvers.linear.Diagonal;
import dev.odeon.solvers.linear.LinearOperator;
import dev.odeon.solvers.linear.ScaledIdentity;
import dev.odeon.solvers.stepping.Problem;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * The functions phi_0(z) = e^z and phi_k(z) = (phi_(k-1)(z) - 1/(k-1)!) / z, up to k = 3, of z = c J.
 *
 * <p>Diagonal operators keep vectors; for any other operator the matrix is read off by its products with unit vectors, and
 * the functions come from Taylor's series of z / 2^s and s doublings. Source: Skaflestad, Wright, The scaling and modified
 * squaring method for matrix functions related to the exponential, 2009.
 */
final class PhiFunctions {

    private static final int TERMS = 20;
    private static final int COUNT = 4;

    private PhiFunctions() {}

    /** Whether the functions are vectors. */
    static boolean elementwise(LinearOperator<?> linear) {
        return linear instanceof Diagonal || linear instanceof ScaledIdentity;
    }

    /** Adds phi0 to phi3 of {@code factor} J. */
    static <T extends TFloating> Values of(Ops tf, Problem<T> problem, Values linearData, double factor) {
        LinearOperator<T> linear = problem.requireLinear();
        Class<T> type = problem.type();
        Shape shape = problem.shape();
        long width = shape.isUnknown() || shape.numDimensions() != 2 ? -1 : shape.get(1);
        if (width < 0) {
            throw new IllegalArgumentException("An exponential method cannot run on a state of shape " + shape
                    + ": give a state [batch, d] whose width d is known when the graph is built");
        }
        Operand<T> scale = Floats.scalar(tf, type, factor);
        int d = Math.toIntExact(width);
        if (elementwise(linear)) {
            Operand<T> ones = tf.fill(tf.constant(new int[] {1, d}), Floats.scalar(tf, type, 1));
            return ofElements(tf, tf.math.mul(linear.apply(tf, linearData, ones), scale));
        }
        Operand<T> identity = tf.linalg.matrixDiag(
                tf.fill(tf.constant(new int[] {d}), Floats.scalar(tf, type, 1)),
                tf.constant(0),
                tf.constant(-1),
                tf.constant(-1),
                Floats.scalar(tf, type, 0));
        // Rows of the product are J e_i: the transpose, as states are rows.
        return ofMatrix(tf, tf.math.mul(linear.apply(tf, linearData, identity), scale), identity);
    }

    private static <T extends TFloating> Values ofElements(Ops tf, Operand<T> z) {
        Class<T> type = z.type();
        Operand<T> one = Floats.scalar(tf, type, 1);
        var small = tf.math.less(tf.math.abs(z), one);
        Operand<T> divisor = tf.select(small, tf.onesLike(z), z);
        Values values = Values.of("phi0", tf.math.exp(z));
        Operand<T> large = tf.math.exp(z);
        double factorial = 1;
        for (int k = 1; k < COUNT; k++) {
            large = tf.math.div(tf.math.sub(large, Floats.scalar(tf, type, 1 / factorial)), divisor);
            factorial *= k;
            Operand<T> series = Floats.scalar(tf, type, 0);
            for (int j = TERMS; j >= 0; j--) {
                series = tf.math.add(tf.math.mul(series, z), Floats.scalar(tf, type, reciprocalFactorial(j + k)));
            }
            values = values.with("phi" + k, tf.select(small, series, large));
        }
        return values;
    }

    private static <T extends TFloating> Values ofMatrix(Ops tf, Operand<T> z, Operand<T> identity) {
        Class<T> type = z.type();
        Operand<T> norm =
                tf.reduceMax(tf.reduceSum(tf.math.abs(z), tf.constant(new int[] {1})), tf.constant(new int[] {0}));
        Operand<T> two = Floats.scalar(tf, type, 2);
        Operand<T> one = Floats.scalar(tf, type, 1);
        Operand<T> doublings = tf.math.ceil(tf.math.div(tf.math.log(tf.math.maximum(norm, one)), tf.math.log(two)));
        Operand<T> scaled = tf.math.div(z, tf.math.pow(two, doublings));
        Values series = Values.empty();
        for (int k = 0; k < COUNT; k++) {
            Operand<T> sum = tf.zerosLike(z);
            for (int j = TERMS; j >= 0; j--) {
                sum = tf.math.add(
                        tf.linalg.matMul(sum, scaled),
                        tf.math.mul(identity, Floats.scalar(tf, type, reciprocalFactorial(j + k))));
            }
            series = series.with("phi" + k, sum);
        }
        Values initial = series.with("left", tf.dtypes.cast(doublings, TInt32.class));
        WhileLoop loop = WhileLoop.define(
                tf,
                "doubling",
                initial.specs(),
                List.of(),
                (inner, carried, fixed) -> inner.math.greater(carried.get("left", TInt32.class), inner.constant(0)),
                (inner, carried, fixed) -> doubled(inner, carried, type));
        Values result = loop.run(tf, initial, Values.empty()).values();
        Values functions = Values.empty();
        for (int k = 0; k < COUNT; k++) {
            functions = functions.with("phi" + k, result.get("phi" + k));
        }
        return functions;
    }

    private static <T extends TFloating> Values doubled(Ops tf, Values carried, Class<T> type) {
        Operand<T> p0 = carried.get("phi0", type);
        Operand<T> p1 = carried.get("phi1", type);
        Operand<T> p2 = carried.get("phi2", type);
        Operand<T> p3 = carried.get("phi3", type);
        Operand<T> half = Floats.scalar(tf, type, 0.5);
        Operand<T> quarter = Floats.scalar(tf, type, 0.25);
        Operand<T> eighth = Floats.scalar(tf, type, 0.125);
        Operand<T> next1 = tf.math.mul(tf.math.add(tf.linalg.matMul(p0, p1), p1), half);
        Operand<T> next2 = tf.math.mul(tf.math.add(tf.linalg.matMul(p1, p1), tf.math.add(p2, p2)), quarter);
        Operand<T> next3 =
                tf.math.mul(tf.math.add(tf.math.add(tf.linalg.matMul(p1, p2), p2), tf.math.add(p3, p3)), eighth);
        return Values.of("phi0", tf.linalg.matMul(p0, p0))
                .with("phi1", next1)
                .with("phi2", next2)
                .with("phi3", next3)
                .with("left", tf.math.sub(carried.get("left", TInt32.class), tf.constant(1)));
    }

    private static double reciprocalFactorial(int n) {
        double product = 1;
        for (int i = 2; i <= n; i++) {
            product *= i;
        }
        return 1 / product;
    }
}
