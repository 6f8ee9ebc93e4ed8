package dev.odeon.experiments.pde;

/** Where the Kuramoto-Sivashinsky equation u_t = -u u_x - u_xx - u_xxxx is solved, and its linear part there. */
public final class KuramotoSivashinskyRing {

    /** The length of the ring in the papers, on which the motion is chaotic. */
    public static final double LENGTH = 22;

    private KuramotoSivashinskyRing() {}

    /** The centred differences of -u_xx - u_xxxx: the coefficients of a stencil of five points. */
    public static double[] stencil(int points) {
        return stencil(points, LENGTH);
    }

    /** The same on a ring of another length. */
    public static double[] stencil(int points, double length) {
        double two = Math.pow(points / length, 2);
        double four = two * two;
        return new double[] {-four, 4 * four - two, -6 * four + 2 * two, 4 * four - two, -four};
    }
}
