package dev.odeon.solvers.linear.setup;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A square matrix A with its rows exchanged, as the product of a lower and an upper triangle: row i of L U is row
 * {@code permutation[i]} of A.
 *
 * <p>Gaussian elimination with partial pivoting, 2/3 d^3 operations.
 */
public final class LuFactors {

    /** Below this many entries a parallel loop costs more than it saves. */
    private static final int PARALLEL = 1 << 14;

    private final double[][] factors;
    private final int[] permutation;

    private LuFactors(double[][] factors, int[] permutation) {
        this.factors = factors;
        this.permutation = permutation;
    }

    /** The factors of a square matrix, which is not changed. */
    public static LuFactors of(double[][] matrix) {
        int d = matrix.length;
        double[][] a = new double[d][];
        for (int i = 0; i < d; i++) {
            a[i] = matrix[i].clone();
        }
        int[] permutation = IntStream.range(0, d).toArray();
        for (int k = 0; k < d; k++) {
            int pivot = k;
            for (int i = k + 1; i < d; i++) {
                if (Math.abs(a[i][k]) > Math.abs(a[pivot][k])) {
                    pivot = i;
                }
            }
            double[] row = a[pivot];
            a[pivot] = a[k];
            a[k] = row;
            int index = permutation[pivot];
            permutation[pivot] = permutation[k];
            permutation[k] = index;
            if (row[k] != 0) {
                int column = k;
                rows(k + 1, d, d - k).forEach(i -> eliminate(a[i], row, column));
            }
        }
        return new LuFactors(a, permutation);
    }

    private static void eliminate(double[] target, double[] pivotRow, int k) {
        double ratio = target[k] / pivotRow[k];
        target[k] = ratio;
        if (ratio != 0) {
            for (int j = k + 1; j < target.length; j++) {
                target[j] -= ratio * pivotRow[j];
            }
        }
    }

    private static IntStream rows(int from, int to, int width) {
        IntStream rows = IntStream.range(from, to);
        return (long) (to - from) * width > PARALLEL ? rows.parallel() : rows;
    }

    /** L, with ones on its diagonal. */
    public double[][] lower() {
        int d = factors.length;
        double[][] lower = new double[d][d];
        for (int i = 0; i < d; i++) {
            System.arraycopy(factors[i], 0, lower[i], 0, i);
            lower[i][i] = 1;
        }
        return lower;
    }

    /** U. */
    public double[][] upper() {
        int d = factors.length;
        double[][] upper = new double[d][d];
        for (int i = 0; i < d; i++) {
            System.arraycopy(factors[i], i, upper[i], i, d - i);
        }
        return upper;
    }

    /** For each row of L U the row of A it is. */
    public int[] permutation() {
        return permutation.clone();
    }

    /** The inverse of A, 4/3 d^3 operations; not finite if a pivot is zero. */
    public double[][] inverse() {
        int d = factors.length;
        // Row by row: x = e L^-1 after e U^-1 needs only rows of the factors, so that memory is read in order.
        double[][] inverse = new double[d][d];
        rows(0, d, d * d).forEach(r -> {
            double[] x = new double[d];
            x[r] = 1;
            for (int j = r; j < d; j++) {
                double value = x[j] / factors[j][j];
                x[j] = value;
                for (int k = j + 1; k < d; k++) {
                    x[k] -= value * factors[j][k];
                }
            }
            for (int j = d - 1; j > 0; j--) {
                double value = x[j];
                for (int k = 0; k < j; k++) {
                    x[k] -= value * factors[j][k];
                }
            }
            for (int j = 0; j < d; j++) {
                inverse[r][permutation[j]] = x[j];
            }
        });
        return inverse;
    }

    /**
     * An estimate of 1 / |A^-1 D| in the maximum norm, never below the truth.
     *
     * <p>With the sizes of the rows in D, rows of different size say nothing: stiff and slow components make such rows. Two
     * rounds of inverse iteration from a fixed vector; zero if a pivot is zero or not finite. Source: Skeel, Scaling for
     * numerical stability in Gaussian elimination, 1979.
     *
     * @param sizes diagonal of D: the sum of the magnitudes of all terms in each row of A, before any cancelled
     */
    public double reciprocalCondition(double[] sizes) {
        int d = factors.length;
        for (int i = 0; i < d; i++) {
            if (factors[i][i] == 0 || !Double.isFinite(factors[i][i])) {
                return 0;
            }
        }
        double[] x = new double[d];
        for (int i = 0; i < d; i++) {
            x[i] = Math.cos((double) i * i) + 1.5;
        }
        double growth = 0;
        for (int round = 0; round < 2; round++) {
            growth = Math.max(growth, normalised(x, rhs -> solveScaled(rhs, sizes)));
            normalised(x, rhs -> solveScaledTransposed(rhs, sizes));
        }
        growth = Math.max(growth, normalised(x, rhs -> solveScaled(rhs, sizes)));
        double reciprocal = 1 / growth;
        return Double.isFinite(reciprocal) ? reciprocal : 0;
    }

    private static double normalised(double[] x, java.util.function.Consumer<double[]> solve) {
        double before = largest(x);
        solve.accept(x);
        double after = largest(x);
        for (int i = 0; i < x.length; i++) {
            x[i] /= after;
        }
        return after / before;
    }

    private void solveScaled(double[] x, double[] sizes) {
        scale(x, sizes);
        solve(x);
    }

    private void solveScaledTransposed(double[] x, double[] sizes) {
        solveTransposed(x);
        scale(x, sizes);
    }

    private static void scale(double[] x, double[] sizes) {
        for (int i = 0; i < x.length; i++) {
            x[i] *= sizes[i];
        }
    }

    private void solve(double[] x) {
        int d = x.length;
        double[] b = x.clone();
        for (int i = 0; i < d; i++) {
            double sum = b[permutation[i]];
            for (int k = 0; k < i; k++) {
                sum -= factors[i][k] * x[k];
            }
            x[i] = sum;
        }
        for (int i = d - 1; i >= 0; i--) {
            double sum = x[i];
            for (int k = i + 1; k < d; k++) {
                sum -= factors[i][k] * x[k];
            }
            x[i] = sum / factors[i][i];
        }
    }

    private void solveTransposed(double[] x) {
        int d = x.length;
        double[] y = x.clone();
        for (int i = 0; i < d; i++) {
            y[i] /= factors[i][i];
            for (int k = i + 1; k < d; k++) {
                y[k] -= factors[i][k] * y[i];
            }
        }
        for (int i = d - 1; i >= 0; i--) {
            for (int k = 0; k < i; k++) {
                y[k] -= factors[i][k] * y[i];
            }
        }
        for (int i = 0; i < d; i++) {
            x[permutation[i]] = y[i];
        }
    }

    private static double largest(double[] x) {
        return Arrays.stream(x).map(Math::abs).max().orElse(0);
    }
}
