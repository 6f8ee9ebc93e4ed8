package dev.odeon.solvers.tableaux;

import java.util.Arrays;

/**
 * The coefficients A, b, c of a Runge-Kutta method, checked when they are made.
 *
 * @param a [stages][stages], lower triangular
 * @param b weights of the stages, summing to one
 * @param c times of the stages as fractions of a step, the row sums of {@code a}
 */
public record Butcher(double[][] a, double[] b, double[] c) {

    private static final double TOLERANCE = 1e-13;

    public Butcher {
        if (a.length != b.length || b.length != c.length) {
            throw new IllegalArgumentException("A has " + a.length + " rows, b " + b.length + " and c " + c.length
                    + " entries: a method needs as many of each as it has stages");
        }
        requireSum("b", b, 1);
        for (int i = 0; i < a.length; i++) {
            requireSum("row " + i + " of A", a[i], c[i]);
            for (int j = i + 1; j < a[i].length; j++) {
                if (a[i][j] != 0) {
                    throw new IllegalArgumentException("A[" + i + "][" + j + "] is " + a[i][j]
                            + ": stages are computed one after the other, so A must be lower triangular");
                }
            }
        }
    }

    /** Coefficients whose times are the row sums of {@code a}. */
    public static Butcher of(double[][] a, double... b) {
        double[] c = new double[a.length];
        for (int i = 0; i < a.length; i++) {
            c[i] = Arrays.stream(a[i]).sum();
        }
        return new Butcher(a, b, c);
    }

    /** The number of stages. */
    public int stages() {
        return b.length;
    }

    /** Throws if a stage depends on itself. */
    public void requireExplicit(String method) {
        for (int i = 0; i < stages(); i++) {
            if (a[i][i] != 0) {
                throw new IllegalArgumentException(method + " has " + a[i][i] + " at A[" + i + "][" + i
                        + "]: an explicit part has zeros on the diagonal");
            }
        }
    }

    private static void requireSum(String what, double[] numbers, double expected) {
        double sum = Arrays.stream(numbers).sum();
        if (!(Math.abs(sum - expected)
                <= TOLERANCE * Math.max(1, Arrays.stream(numbers).map(Math::abs).sum()))) {
            throw new IllegalArgumentException(
                    "The sum of " + what + " is " + sum + ", not " + expected + ": check the coefficients");
        }
    }
}
