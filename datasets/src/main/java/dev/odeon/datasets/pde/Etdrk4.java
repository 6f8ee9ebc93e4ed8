package dev.odeon.datasets.pde;

import java.util.Objects;

/**
 * Integrates v' = L v + N(v) with fixed steps, where L is diagonal and real and may be as stiff as it likes.
 *
 * <p>Fourth order; L is integrated exactly, N by four stages. Where N excites very stiff modes, the order shows in full
 * only at steps that resolve them; longer steps stay stable and accurate, but gain less from being halved. The state is a plain array, one eigenvalue per entry, which
 * suits the packed spectrum of a real field. An instance holds work arrays: use one per thread.
 *
 * <p>Sources: S. M. Cox, P. C. Matthews, Exponential time differencing for stiff systems, 2002 (the method);
 * A.-K. Kassam, L. N. Trefethen, Fourth-order time-stepping for stiff PDEs, 2005 (its coefficients as averages over a
 * circle in the complex plane, which avoids their cancellation for small eigenvalues).
 */
public final class Etdrk4 {
    // The averages converge geometrically with the number of points: 32 on the half circle reach rounding.
    private static final int CONTOUR_POINTS = 32;

    /** The part of the equation that is integrated by stages. */
    @FunctionalInterface
    public interface Nonlinearity {
        /**
         * Evaluates N.
         *
         * @param v the state; not to be changed
         * @param result receives N(v); never the same array as {@code v}
         */
        void evaluate(double[] v, double[] result);
    }

    private final Nonlinearity nonlinearity;
    private final int size;
    private final double[] full;
    private final double[] half;
    private final double[] stage;
    private final double[] first;
    private final double[] middle;
    private final double[] last;
    private final double[] a;
    private final double[] b;
    private final double[] c;
    private final double[] nv;
    private final double[] na;
    private final double[] nb;
    private final double[] nc;

    /**
     * Prepares the coefficients for one step size.
     *
     * @param eigenvalues diagonal of L, one finite entry per entry of the state
     * @param step the time step, positive
     * @param nonlinearity the part N
     */
    public Etdrk4(double[] eigenvalues, double step, Nonlinearity nonlinearity) {
        if (!(step > 0) || Double.isInfinite(step)) {
            throw new IllegalArgumentException("step = " + step + ": give a positive finite time step");
        }
        this.nonlinearity = Objects.requireNonNull(nonlinearity, "nonlinearity");
        size = eigenvalues.length;
        full = new double[size];
        half = new double[size];
        stage = new double[size];
        first = new double[size];
        middle = new double[size];
        last = new double[size];
        a = new double[size];
        b = new double[size];
        c = new double[size];
        nv = new double[size];
        na = new double[size];
        nb = new double[size];
        nc = new double[size];
        for (int i = 0; i < size; i++) {
            if (!Double.isFinite(eigenvalues[i])) {
                throw new IllegalArgumentException(
                        "eigenvalues[" + i + "] = " + eigenvalues[i] + ": give finite eigenvalues");
            }
            prepare(i, step * eigenvalues[i], step);
        }
    }

    /**
     * Advances a state by one step.
     *
     * @param v the state, replaced by the state one step later; as long as the eigenvalues
     */
    public void step(double[] v) {
        if (v.length != size) {
            throw new IllegalArgumentException(
                    "v has " + v.length + " entries: give as many as there are eigenvalues, " + size);
        }
        nonlinearity.evaluate(v, nv);
        for (int i = 0; i < size; i++) {
            a[i] = half[i] * v[i] + stage[i] * nv[i];
        }
        nonlinearity.evaluate(a, na);
        for (int i = 0; i < size; i++) {
            b[i] = half[i] * v[i] + stage[i] * na[i];
        }
        nonlinearity.evaluate(b, nb);
        for (int i = 0; i < size; i++) {
            c[i] = half[i] * a[i] + stage[i] * (2 * nb[i] - nv[i]);
        }
        nonlinearity.evaluate(c, nc);
        for (int i = 0; i < size; i++) {
            v[i] = full[i] * v[i] + first[i] * nv[i] + middle[i] * (na[i] + nb[i]) + last[i] * nc[i];
        }
    }

    /**
     * Averages the five coefficient functions over a circle of radius 1 around z.
     *
     * <p>z is real, so that the upper half of the circle and the real parts are enough.
     */
    private void prepare(int i, double z, double step) {
        full[i] = Math.exp(z);
        half[i] = Math.exp(z / 2);
        double sumStage = 0;
        double sumFirst = 0;
        double sumMiddle = 0;
        double sumLast = 0;
        for (int j = 0; j < CONTOUR_POINTS; j++) {
            double angle = Math.PI * (j + 0.5) / CONTOUR_POINTS;
            Complex r = new Complex(z + Math.cos(angle), Math.sin(angle));
            Complex e = r.exp();
            Complex r2 = r.times(r);
            Complex r3 = r2.times(r);
            sumStage += r.times(0.5).exp().plus(-1).over(r).re();
            sumFirst += r2.plus(r.times(-3))
                    .plus(4)
                    .times(e)
                    .plus(r.times(-1))
                    .plus(-4)
                    .over(r3)
                    .re();
            sumMiddle += r.plus(-2).times(e).plus(r).plus(2).over(r3).re();
            sumLast += r.times(-1)
                    .plus(4)
                    .times(e)
                    .plus(r2.times(-1))
                    .plus(r.times(-3))
                    .plus(-4)
                    .over(r3)
                    .re();
        }
        stage[i] = step * sumStage / CONTOUR_POINTS;
        first[i] = step * sumFirst / CONTOUR_POINTS;
        middle[i] = 2 * step * sumMiddle / CONTOUR_POINTS;
        last[i] = step * sumLast / CONTOUR_POINTS;
    }
}
