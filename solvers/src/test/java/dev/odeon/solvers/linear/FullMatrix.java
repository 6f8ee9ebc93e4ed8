package dev.odeon.solvers.linear;

/** The arithmetic of full matrices on rows, in Java: what the operators are compared with. */
final class FullMatrix {

    private FullMatrix() {}

    /** M x for every row x of [batch, d], flat. */
    static double[] product(double[][] matrix, double[] rows) {
        int d = matrix.length;
        double[] product = new double[rows.length];
        for (int start = 0; start < rows.length; start += d) {
            for (int i = 0; i < d; i++) {
                for (int j = 0; j < d; j++) {
                    product[start + i] += matrix[i][j] * rows[start + j];
                }
            }
        }
        return product;
    }

    static double[][] transposed(double[][] matrix) {
        double[][] transposed = new double[matrix.length][matrix.length];
        for (int i = 0; i < matrix.length; i++) {
            for (int j = 0; j < matrix.length; j++) {
                transposed[j][i] = matrix[i][j];
            }
        }
        return transposed;
    }

    /** I - alpha J. */
    static double[][] shifted(double[][] matrix, double alpha) {
        double[][] system = new double[matrix.length][matrix.length];
        for (int i = 0; i < matrix.length; i++) {
            for (int j = 0; j < matrix.length; j++) {
                system[i][j] = (i == j ? 1 : 0) - alpha * matrix[i][j];
            }
        }
        return system;
    }

    /** The greatest residual of a row, relative to |A| |x| + |b|; NaN where the solution is. */
    static double residual(double[][] system, double[] x, double[] b) {
        double[] product = product(system, x);
        double residual = 0;
        double size = 0;
        double norm = 0;
        for (double[] row : system) {
            double sum = 0;
            for (double entry : row) {
                sum += Math.abs(entry);
            }
            norm = Math.max(norm, sum);
        }
        for (int i = 0; i < b.length; i++) {
            residual = Math.max(residual, Math.abs(product[i] - b[i]));
            size = Math.max(size, norm * Math.abs(x[i]) + Math.abs(b[i]));
        }
        return residual / size;
    }
}
