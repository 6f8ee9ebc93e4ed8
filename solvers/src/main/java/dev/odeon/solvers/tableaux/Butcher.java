package dev.odeon.solvers.tableaux;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The coefficients A, b, c of a Runge-Kutta method, checked when they are made.
 *
 * <p>Never changed: arrays are copied on their way in and out. Single numbers are read by index.
 *
 * @param a [stages][stages]
 * @param b weights of the stages, summing to one
 * @param c times of the stages as fractions of a step, the row sums of {@code a}
 */
public record Butcher(double[][] a, double[] b, double[] c) {

    private static final double TOLERANCE = 1e-12;

    public Butcher {
        a = copied(a);
        b = b.clone();
        c = c.clone();
        if (a.length != b.length || b.length != c.length) {
            throw new IllegalArgumentException("A has " + a.length + " rows, b " + b.length + " and c " + c.length
                    + " entries: a method needs as many of each as it has stages");
        }
        requireSum("b", b, 1);
        for (int i = 0; i < a.length; i++) {
            if (a[i].length != b.length) {
                throw new IllegalArgumentException(
                        "Row " + i + " of A has " + a[i].length + " entries, not " + b.length + ": A must be square");
            }
            requireSum("row " + i + " of A", a[i], c[i]);
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

    /** Coefficients whose rows are filled up with zeros on the right; the weights are the last row. */
    public static Butcher stifflyAccurate(double[]... rows) {
        double[][] a = filled(rows, rows.length);
        return of(a, a[rows.length - 1]);
    }

    /** Coefficients with an empty first row whose other rows are filled up with zeros on the right. */
    public static Butcher explicit(double[] b, double[]... rows) {
        double[][] all = new double[rows.length + 1][];
        all[0] = new double[0];
        System.arraycopy(rows, 0, all, 1, rows.length);
        return of(filled(all, b.length), b);
    }

    private static double[][] filled(double[][] rows, int stages) {
        double[][] a = new double[rows.length][];
        for (int i = 0; i < rows.length; i++) {
            a[i] = Arrays.copyOf(rows[i], stages);
        }
        return a;
    }

    static double[][] copied(double[][] rows) {
        return Arrays.stream(rows).map(double[]::clone).toArray(double[][]::new);
    }

    /** A copy of A. */
    @Override
    public double[][] a() {
        return copied(a);
    }

    /** A copy of b. */
    @Override
    public double[] b() {
        return b.clone();
    }

    /** A copy of c. */
    @Override
    public double[] c() {
        return c.clone();
    }

    /** a_ij. */
    public double a(int i, int j) {
        return a[i][j];
    }

    /** A copy of row i of A. */
    public double[] row(int i) {
        return a[i].clone();
    }

    /** b_i. */
    public double b(int i) {
        return b[i];
    }

    /** c_i. */
    public double c(int i) {
        return c[i];
    }

    /** How many stages depend on themselves. */
    public int implicitStages() {
        return (int) IntStream.range(0, stages()).filter(i -> a[i][i] != 0).count();
    }

    /** The number of stages. */
    public int stages() {
        return b.length;
    }

    /** Whether each stage depends only on itself and those before it. */
    public boolean lowerTriangular() {
        return zeroFrom(1);
    }

    /** Throws if a stage depends on itself or a later one. */
    void requireExplicit() {
        if (!zeroFrom(0)) {
            throw new IllegalArgumentException(
                    "A stage of the explicit part depends on itself or a later one: A must be"
                            + " zero on and above the diagonal");
        }
    }

    /** Throws if a stage depends on a later one. */
    void requireLowerTriangular() {
        if (!lowerTriangular()) {
            throw new IllegalArgumentException(
                    "Stages are computed one after the other, so A must be zero above the diagonal");
        }
    }

    /** Whether the last stage is the state at the end of the step. */
    public boolean stifflyAccurate() {
        int last = stages() - 1;
        for (int j = 0; j <= last; j++) {
            if (Math.abs(a[last][j] - b[j]) > TOLERANCE) {
                return false;
            }
        }
        return true;
    }

    private boolean zeroFrom(int offset) {
        for (int i = 0; i < a.length; i++) {
            for (int j = i + offset; j < a.length; j++) {
                if (a[i][j] != 0) {
                    return false;
                }
            }
        }
        return true;
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
