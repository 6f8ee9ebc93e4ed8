package dev.odeon.solvers.events.search;

import dev.odeon.graph.Floats;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * What the values of g at the Chebyshev points of a piece of a step say about g on the whole piece.
 *
 * <p>The polynomial p through the values has its coefficients b in the Bernstein basis and d those of its slope, so that min b
 * <= p <= max b and min d <= p' <= max d. Its last Chebyshev coefficients bound g - p by a tail E, and the slope's error by 2
 * (n + 1)^2 E (Markov). Where all b lie beyond E on one side, g has no root; where all d lie beyond their bound on one side,
 * g is monotone. The bounds hold for functions whose Chebyshev coefficients fall from there on. Sources: Trefethen,
 * Approximation theory and approximation practice, 2013, chapter 8; Rouillier, Zimmermann, Efficient isolation of
 * polynomial's real roots, 2004.
 *
 * @param degree n, from 4 to 8; there are n + 1 points
 */
record PieceModel(int degree) {

    /** The lowest degree that shows whether the coefficients fall. */
    static final int LOWEST = 4;
    /** From here on rounding in the Bernstein basis would cost more than the degree gains. */
    static final int HIGHEST = 8;

    private static final double SAFETY = 2;
    /** Units in the last place that g itself may be off. */
    private static final double ROUNDING = 4;

    PieceModel {
        if (degree < LOWEST || degree > HIGHEST) {
            throw new IllegalArgumentException(
                    "A piece has the degree " + degree + ": give one from " + LOWEST + " to " + HIGHEST);
        }
    }

    /**
     * What is known of g on a piece.
     *
     * @param nonzero g has no root: a column
     * @param monotone g rises or falls all along: a column
     * @param zero g is zero at all points: a column
     */
    record Known(Operand<TBool> nonzero, Operand<TBool> monotone, Operand<TBool> zero) {
        Operand<TBool> anything(Ops tf) {
            return tf.math.logicalOr(tf.math.logicalOr(nonzero, monotone), zero);
        }
    }

    /** The points, as fractions of the piece from 0 to 1. */
    double[] points() {
        double[] points = new double[degree + 1];
        for (int j = 0; j <= degree; j++) {
            double half = Math.sin(j * Math.PI / (2 * degree));
            points[j] = half * half;
        }
        points[degree] = 1;
        return points;
    }

    /**
     * Adds the conclusions.
     *
     * @param values of g at the points: [degree + 1, batch, 1, ...]
     */
    <T extends TFloating> Known of(Ops tf, Operand<T> values) {
        Class<T> type = values.type();
        double[][] bernstein = bernstein();
        double[][] slope = slope(bernstein);
        int tail = degree < 6 ? 2 : 3;
        double[][] rows = new double[degree + 1 + degree + tail][];
        System.arraycopy(bernstein, 0, rows, 0, degree + 1);
        System.arraycopy(slope, 0, rows, degree + 1, degree);
        System.arraycopy(chebyshev(), degree + 1 - tail, rows, 2 * degree + 1, tail);
        Operand<T> all = products(tf, rows, values);
        Operand<T> largest = tf.max(tf.math.abs(values), tf.constant(0));
        Operand<T> rest = tf.math.mul(
                tf.sum(tf.math.abs(rows(tf, all, 2 * degree + 1, tail)), tf.constant(0)),
                Floats.scalar(tf, type, SAFETY));
        double unit = ROUNDING * Floats.epsilon(type);
        Operand<T> ofValue =
                tf.math.add(rest, tf.math.mul(largest, Floats.scalar(tf, type, unit * largestRow(bernstein))));
        Operand<T> ofSlope = tf.math.add(
                tf.math.mul(rest, Floats.scalar(tf, type, 2.0 * (degree + 1) * (degree + 1))),
                tf.math.mul(largest, Floats.scalar(tf, type, unit * largestRow(slope))));
        return new Known(
                oneSided(tf, rows(tf, all, 0, degree + 1), ofValue),
                oneSided(tf, rows(tf, all, degree + 1, degree), ofSlope),
                tf.math.equal(largest, Floats.scalar(tf, type, 0)));
    }

    private static <T extends TFloating> Operand<TBool> oneSided(Ops tf, Operand<T> coefficients, Operand<T> bound) {
        Operand<TInt32> axis = tf.constant(0);
        return tf.math.logicalOr(
                tf.math.greater(tf.min(coefficients, axis), bound),
                tf.math.less(tf.max(coefficients, axis), tf.math.neg(bound)));
    }

    private static <T extends TFloating> Operand<T> rows(Ops tf, Operand<T> all, int from, int count) {
        return tf.gather(all, tf.range(tf.constant(from), tf.constant(from + count), tf.constant(1)), tf.constant(0));
    }

    /** By sums of products: a matrix product may be rounded to fewer digits on a GPU. */
    private <T extends TFloating> Operand<T> products(Ops tf, double[][] rows, Operand<T> values) {
        double[] flat = new double[rows.length * (degree + 1)];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(rows[i], 0, flat, i * (degree + 1), degree + 1);
        }
        Operand<T> matrix = Floats.constant(tf, values.type(), Shape.of(rows.length, degree + 1), flat);
        Operand<TInt32> ones =
                tf.onesLike(tf.slice(tf.shape(values), tf.constant(new int[] {1}), tf.constant(new int[] {-1})));
        Operand<TInt32> shape =
                tf.concat(List.of(tf.constant(new int[] {rows.length, degree + 1}), ones), tf.constant(0));
        return tf.sum(tf.math.mul(tf.reshape(matrix, shape), tf.expandDims(values, tf.constant(0))), tf.constant(1));
    }

    /** Values to Chebyshev coefficients: the discrete cosine transform. */
    private double[][] chebyshev() {
        double[][] rows = new double[degree + 1][degree + 1];
        for (int k = 0; k <= degree; k++) {
            for (int j = 0; j <= degree; j++) {
                double weight = (k == 0 || k == degree ? 1.0 : 2.0) / degree * (j == 0 || j == degree ? 0.5 : 1);
                rows[k][j] = weight * Math.cos(Math.PI * k * (degree - j) / degree);
            }
        }
        return rows;
    }

    /** Values to Bernstein coefficients. */
    private double[][] bernstein() {
        double[][] chebyshev = chebyshev();
        double[][] rows = new double[degree + 1][degree + 1];
        for (int k = 0; k <= degree; k++) {
            double[] ofBasis = elevated(chebyshevInBernstein(k));
            for (int i = 0; i <= degree; i++) {
                for (int j = 0; j <= degree; j++) {
                    rows[i][j] += ofBasis[i] * chebyshev[k][j];
                }
            }
        }
        return rows;
    }

    /** Bernstein coefficients to those of the slope. */
    private double[][] slope(double[][] bernstein) {
        double[][] rows = new double[degree][degree + 1];
        for (int i = 0; i < degree; i++) {
            for (int j = 0; j <= degree; j++) {
                rows[i][j] = degree * (bernstein[i + 1][j] - bernstein[i][j]);
            }
        }
        return rows;
    }

    /** T_k(2 x - 1) = sum over i of (-1)^(k-i) C(2k, 2i) / C(k, i) times the Bernstein polynomials of degree k. */
    private static double[] chebyshevInBernstein(int k) {
        double[] coefficients = new double[k + 1];
        for (int i = 0; i <= k; i++) {
            coefficients[i] = ((k - i) % 2 == 0 ? 1 : -1) * binomial(2 * k, 2 * i) / binomial(k, i);
        }
        return coefficients;
    }

    /** The same polynomial in the basis of this degree. */
    private double[] elevated(double[] coefficients) {
        double[] now = coefficients;
        for (int n = coefficients.length; n <= degree; n++) {
            double[] next = new double[n + 1];
            for (int i = 0; i <= n; i++) {
                double share = (double) i / n;
                next[i] = (i > 0 ? share * now[i - 1] : 0) + (i < n ? (1 - share) * now[i] : 0);
            }
            now = next;
        }
        return now;
    }

    private static double binomial(int n, int k) {
        double value = 1;
        for (int i = 1; i <= k; i++) {
            value = value * (n - k + i) / i;
        }
        return value;
    }

    private static double largestRow(double[][] rows) {
        double largest = 0;
        for (double[] row : rows) {
            double sum = 0;
            for (double entry : row) {
                sum += Math.abs(entry);
            }
            largest = Math.max(largest, sum);
        }
        return largest;
    }
}
