package dev.odeon.solvers.tableaux;

/**
 * The Runge-Kutta coefficients of a scheme whose stages are minimisers.
 *
 * <p>Stage m minimises sum_i gamma_mi / (2 h) |z - z_i|^2 + F(z) over the stages i before it, of which z_0 is the state, for
 * the field f = -F'. Its equation is z_m = sum_i (gamma_mi / S_m) z_i + (h / S_m) f(z_m) with S_m = sum_i gamma_mi, so that row m of
 * A is sum_i (gamma_mi / S_m) (row i) plus 1 / S_m on the diagonal; the last stage is the result. Source: Zaitzeff, Esedoglu,
 * Garikipati, Variational extrapolation of implicit schemes for general gradient flows, 2020; Xia, thesis, section 5.5.
 */
public final class Extrapolation {

    private Extrapolation() {}

    /**
     * The coefficients of a scheme.
     *
     * @param gamma row m has m + 1 entries, for the state and the stages before, in this order
     * @throws IllegalArgumentException if a row has another length, or its sum is not positive: then the stage is no minimiser
     */
    public static Butcher of(double[]... gamma) {
        double[][] rows = new double[gamma.length][gamma.length];
        for (int m = 0; m < gamma.length; m++) {
            double sum = sum(m, gamma[m]);
            for (int i = 0; i < m; i++) {
                for (int j = 0; j <= i; j++) {
                    rows[m][j] += gamma[m][i + 1] / sum * rows[i][j];
                }
            }
            rows[m][m] = 1 / sum;
        }
        return Butcher.stifflyAccurate(rows);
    }

    private static double sum(int m, double[] row) {
        if (row.length != m + 1) {
            throw new IllegalArgumentException("Row " + m + " has " + row.length + " entries: give " + (m + 1)
                    + ", for the state and each stage before");
        }
        double sum = 0;
        for (double weight : row) {
            sum += weight;
        }
        if (!(sum > 0)) {
            throw new IllegalArgumentException("The sum of row " + m + " is " + sum + ": it must be positive");
        }
        return sum;
    }
}
