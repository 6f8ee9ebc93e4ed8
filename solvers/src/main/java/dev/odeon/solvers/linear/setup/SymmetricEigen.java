package dev.odeon.solvers.linear.setup;

import java.util.Arrays;

/**
 * Eigenvalues and orthonormal eigenvectors of a symmetric matrix: A = V diag(values) V^T.
 *
 * <p>Cyclic Jacobi rotations: accurate to rounding for small eigenvalues too, about 50 d^3 operations. Source: Golub, Van
 * Loan, Matrix Computations, 2013, section 8.5.
 *
 * @param values in no particular order
 * @param vectors one in each column, in the order of the values
 */
public record SymmetricEigen(double[] values, double[][] vectors) {

    private static final int SWEEPS = 60;

    public SymmetricEigen {
        values = values.clone();
        vectors = copied(vectors);
    }

    /** A copy of the eigenvalues. */
    @Override
    public double[] values() {
        return values.clone();
    }

    /** A copy of the eigenvectors. */
    @Override
    public double[][] vectors() {
        return copied(vectors);
    }

    private static double[][] copied(double[][] rows) {
        return Arrays.stream(rows).map(double[]::clone).toArray(double[][]::new);
    }

    /**
     * The decomposition of a symmetric matrix, which is not changed.
     *
     * @throws IllegalStateException if the rotations do not converge, which symmetric matrices of finite numbers do
     */
    public static SymmetricEigen of(double[][] symmetric) {
        int d = symmetric.length;
        double[][] a = new double[d][];
        // The transpose of V: a rotation of two columns of V is one of two rows here.
        double[][] rows = new double[d][d];
        double scale = 0;
        for (int i = 0; i < d; i++) {
            a[i] = symmetric[i].clone();
            rows[i][i] = 1;
            for (double entry : a[i]) {
                scale = Math.max(scale, Math.abs(entry));
            }
        }
        double negligible = scale * Math.ulp(1.0) / 16;
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            int rotations = 0;
            for (int p = 0; p < d; p++) {
                for (int q = p + 1; q < d; q++) {
                    if (Math.abs(a[p][q]) > negligible) {
                        rotate(a, rows, p, q);
                        rotations++;
                    }
                }
            }
            if (rotations == 0) {
                return result(a, rows);
            }
        }
        throw new IllegalStateException("The eigenvalues of a symmetric matrix of " + d + " rows did not converge in "
                + SWEEPS + " sweeps: check that its entries are finite");
    }

    private static void rotate(double[][] a, double[][] rows, int p, int q) {
        double[] rowP = a[p];
        double[] rowQ = a[q];
        double theta = (rowQ[q] - rowP[p]) / (2 * rowP[q]);
        double t = Math.copySign(1, theta) / (Math.abs(theta) + Math.hypot(1, theta));
        double cosine = 1 / Math.hypot(1, t);
        double sine = t * cosine;
        double shift = t * rowP[q];
        double diagonalP = rowP[p] - shift;
        double diagonalQ = rowQ[q] + shift;
        mix(rowP, rowQ, cosine, sine);
        mix(rows[p], rows[q], cosine, sine);
        rowP[p] = diagonalP;
        rowQ[q] = diagonalQ;
        rowP[q] = 0;
        rowQ[p] = 0;
        for (int k = 0; k < a.length; k++) {
            if (k != p && k != q) {
                a[k][p] = rowP[k];
                a[k][q] = rowQ[k];
            }
        }
    }

    private static void mix(double[] x, double[] y, double cosine, double sine) {
        for (int k = 0; k < x.length; k++) {
            double first = x[k];
            double second = y[k];
            x[k] = cosine * first - sine * second;
            y[k] = sine * first + cosine * second;
        }
    }

    private static SymmetricEigen result(double[][] a, double[][] rows) {
        int d = a.length;
        double[] values = new double[d];
        double[][] vectors = new double[d][d];
        for (int i = 0; i < d; i++) {
            values[i] = a[i][i];
            for (int k = 0; k < d; k++) {
                vectors[k][i] = rows[i][k];
            }
        }
        return new SymmetricEigen(values, vectors);
    }
}
