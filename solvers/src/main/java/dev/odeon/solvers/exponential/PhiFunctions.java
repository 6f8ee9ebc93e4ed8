package dev.odeon.solvers.exponential;

import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import dev.odeon.graph.WhileLoop;
import dev.odeon.graph.ZeroFilled;
import dev.odeon.solvers.linear.Eigenbasis;
import dev.odeon.solvers.linear.LinearOperator;
import dev.odeon.solvers.stepper.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * The functions phi_0(z) = e^z and phi_k(z) = (phi_(k-1)(z) - 1/(k-1)!) / z, up to k = 3, of z = c J.
 *
 * <p>Operators that are diagonal in a basis keep a number for each vector of it: Taylor's series for |z| below one, where the
 * recurrence would cancel, and the recurrence beyond. For any other operator the matrix is read off by its products with unit
 * vectors, and the functions come from Taylor's series of z / 2^s and s doublings. Source: Skaflestad, Wright, The scaling and
 * modified squaring method for matrix functions related to the exponential, 2009.
 *
 * @param parts of phi_0 to phi_3, real and imaginary or a matrix, so that their sums are those of the parts
 */
record PhiFunctions<T extends TFloating>(LinearOperator<T> linear, Class<T> type, List<Values> parts) {

    private static final int TERMS = 20;
    private static final int COUNT = 4;
    private static final String REAL = "real";
    private static final String IMAGINARY = "imaginary";
    private static final String MATRIX = "matrix";

    /** Adds phi0 to phi3 of {@code factor} J. */
    static <T extends TFloating> PhiFunctions<T> of(Ops tf, Problem<T> problem, Values linearData, double factor) {
        LinearOperator<T> linear = problem.requireLinear();
        Class<T> type = problem.type();
        Operand<T> scale = Floats.scalar(tf, type, factor);
        Optional<Eigenbasis<T>> basis = linear.eigenbasis();
        if (basis.isPresent()) {
            Eigenbasis.Numbers<T> z = basis.get().eigenvalues(tf, type, linearData);
            return new PhiFunctions<>(
                    linear, type, ofNumbers(tf, tf.math.mul(z.real(), scale), tf.math.mul(z.imaginary(), scale)));
        }
        int d = width(problem.shape());
        Operand<T> identity = ZeroFilled.matrices(tf, tf.fill(tf.constant(new int[] {d}), Floats.scalar(tf, type, 1)));
        // Rows of the product are J e_i: the transpose, as states are rows.
        Values functions = ofMatrix(tf, tf.math.mul(linear.apply(tf, linearData, identity), scale), identity);
        List<Values> parts = new ArrayList<>();
        for (int k = 0; k < COUNT; k++) {
            parts.add(Values.of(MATRIX, functions.get("phi" + k)));
        }
        return new PhiFunctions<>(linear, type, parts);
    }

    private static int width(Shape shape) {
        long width = shape.isUnknown() || shape.numDimensions() != 2 ? -1 : shape.get(1);
        if (width < 0) {
            throw new IllegalArgumentException("An exponential method cannot run on a state of shape " + shape
                    + ": give a state [batch, d] whose width d is known when the graph is built, or a linear part that is"
                    + " diagonal in some basis");
        }
        return Math.toIntExact(width);
    }

    /** Adds what products with w_0 phi_0 + w_1 phi_1 + ... read. */
    Values combined(Ops tf, double... weights) {
        Values sum = Values.empty();
        for (String name : parts.get(0).names()) {
            Operand<T> total = null;
            for (int k = 0; k < weights.length; k++) {
                if (weights[k] != 0) {
                    Operand<T> term = tf.math.mul(parts.get(k).get(name, type), Floats.scalar(tf, type, weights[k]));
                    total = total == null ? term : tf.math.add(total, term);
                }
            }
            sum = sum.with(name, Objects.requireNonNull(total, "weights"));
        }
        if (sum.contains(MATRIX)) {
            return sum;
        }
        Eigenbasis.Numbers<T> numbers = new Eigenbasis.Numbers<>(sum.get(REAL, type), sum.get(IMAGINARY, type));
        return linear.eigenbasis().orElseThrow().function(tf, numbers);
    }

    /** Adds the product of what {@link #combined} gave with every row. */
    static <T extends TFloating> Operand<T> product(
            Ops tf, LinearOperator<T> linear, Values function, Operand<T> rows) {
        return linear.eigenbasis()
                .map(basis -> basis.product(tf, function, rows))
                .orElseGet(() -> tf.linalg.matMul(rows, function.get(MATRIX, rows.type())));
    }

    private static <T extends TFloating> List<Values> ofNumbers(Ops tf, Operand<T> re, Operand<T> im) {
        Class<T> type = re.type();
        Operand<T> one = Floats.scalar(tf, type, 1);
        Operand<T> square = tf.math.add(tf.math.square(re), tf.math.square(im));
        Operand<TBool> small = tf.math.less(square, one);
        // Each branch gets numbers it can take; the other's are not used.
        Operand<T> zero = tf.zerosLike(re);
        Operand<T> nearRe = tf.select(small, re, zero);
        Operand<T> nearIm = tf.select(small, im, zero);
        Operand<T> divisor = tf.select(small, tf.onesLike(square), square);
        Operand<T> inverseRe = tf.math.div(re, divisor);
        Operand<T> inverseIm = tf.math.div(tf.math.neg(im), divisor);
        Operand<T> size = tf.math.exp(re);
        Operand<T> farRe = tf.math.mul(size, tf.math.cos(im));
        Operand<T> farIm = tf.math.mul(size, tf.math.sin(im));
        List<Values> functions = new ArrayList<>();
        functions.add(Values.of(REAL, farRe).with(IMAGINARY, farIm));
        for (int k = 1; k < COUNT; k++) {
            Operand<T> rest = tf.math.sub(farRe, Floats.scalar(tf, type, reciprocalFactorial(k - 1)));
            farRe = tf.math.sub(tf.math.mul(rest, inverseRe), tf.math.mul(farIm, inverseIm));
            farIm = tf.math.add(tf.math.mul(rest, inverseIm), tf.math.mul(farIm, inverseRe));
            Operand<T> sumRe = zero;
            Operand<T> sumIm = zero;
            for (int j = TERMS; j >= 0; j--) {
                Operand<T> productRe = tf.math.sub(tf.math.mul(sumRe, nearRe), tf.math.mul(sumIm, nearIm));
                sumIm = tf.math.add(tf.math.mul(sumRe, nearIm), tf.math.mul(sumIm, nearRe));
                sumRe = tf.math.add(productRe, Floats.scalar(tf, type, reciprocalFactorial(j + k)));
            }
            functions.add(
                    Values.of(REAL, tf.select(small, sumRe, farRe)).with(IMAGINARY, tf.select(small, sumIm, farIm)));
        }
        return functions;
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
