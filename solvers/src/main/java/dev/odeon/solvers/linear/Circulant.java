package dev.odeon.solvers.linear;

import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.family.TFloating;

/**
 * J as a periodic stencil: a finite difference on a ring of d points.
 *
 * <p>The inverse of I - alpha J is circulant too; its first column is computed from the eigenvalues when the graph is
 * built, and a solve is one matrix product with a constant.
 */
public final class Circulant<T extends TFloating> implements LinearOperator<T> {

    private static final String MATRIX = "matrix";
    private static final String INVERSE = "inverse";

    private final double[] column;

    private Circulant(double[] column) {
        this.column = column;
    }

    /**
     * A stencil centred on each point.
     *
     * @param points d, at least the stencil's length
     * @param stencil odd number of coefficients; (J u)_i is the sum of stencil_k u_(i + k - centre)
     */
    public static <T extends TFloating> Circulant<T> stencil(int points, double... stencil) {
        if (stencil.length % 2 == 0 || stencil.length > points) {
            throw new IllegalArgumentException("A stencil of " + stencil.length + " coefficients on " + points
                    + " points: give an odd number of coefficients, at most one per point");
        }
        int centre = stencil.length / 2;
        double[] column = new double[points];
        for (int k = 0; k < stencil.length; k++) {
            column[Math.floorMod(centre - k, points)] += stencil[k];
        }
        return new Circulant<>(column);
    }

    @Override
    public Values data(Ops tf, Class<T> type) {
        return Values.empty().withConstant(MATRIX, matrix(tf, type, column));
    }

    @Override
    public Operand<T> apply(Ops tf, Values data, Operand<T> u) {
        return tf.linalg.matMul(u, data.get(MATRIX, u.type()), MatMul.transposeB(true));
    }

    @Override
    public Operand<T> applyTransposed(Ops tf, Values data, Operand<T> u) {
        return tf.linalg.matMul(u, data.get(MATRIX, u.type()));
    }

    @Override
    public Values factor(Ops tf, Class<T> type, Values data, double alpha) {
        return Values.empty().withConstant(INVERSE, matrix(tf, type, inverseColumn(alpha)));
    }

    @Override
    public Operand<T> solve(Ops tf, Values factor, Operand<T> rhs) {
        return tf.linalg.matMul(rhs, factor.get(INVERSE, rhs.type()), MatMul.transposeB(true));
    }

    @Override
    public Operand<T> solveTransposed(Ops tf, Values factor, Operand<T> rhs) {
        return tf.linalg.matMul(rhs, factor.get(INVERSE, rhs.type()));
    }

    /** The first column of the inverse of I - alpha J by a discrete Fourier transform; d^2 operations, once. */
    private double[] inverseColumn(double alpha) {
        int d = column.length;
        double[] cosines = new double[d];
        double[] sines = new double[d];
        for (int i = 0; i < d; i++) {
            cosines[i] = Math.cos(2 * Math.PI * i / d);
            sines[i] = Math.sin(2 * Math.PI * i / d);
        }
        double[] inverse = new double[d];
        for (int k = 0; k < d; k++) {
            double real = 1;
            double imaginary = 0;
            for (int j = 0; j < d; j++) {
                if (column[j] != 0) {
                    int angle = (int) ((long) j * k % d);
                    real -= alpha * column[j] * cosines[angle];
                    imaginary += alpha * column[j] * sines[angle];
                }
            }
            double norm = (real * real + imaginary * imaginary) * d;
            for (int j = 0; j < d; j++) {
                int angle = (int) ((long) j * k % d);
                inverse[j] += (real * cosines[angle] + imaginary * sines[angle]) / norm;
            }
        }
        return inverse;
    }

    private static <T extends TFloating> Operand<T> matrix(Ops tf, Class<T> type, double[] column) {
        int d = column.length;
        double[] flat = new double[d * d];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                flat[i * d + j] = column[Math.floorMod(i - j, d)];
            }
        }
        return Floats.constant(tf, type, Shape.of(d, d), flat);
    }
}
