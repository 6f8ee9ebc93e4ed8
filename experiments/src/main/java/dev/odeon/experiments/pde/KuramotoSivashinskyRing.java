package dev.odeon.experiments.pde;

/** Where the Kuramoto-Sivashinsky equation u_t = -u u_x - u_xx - u_xxxx is solved, and its linear part there. */
public final class KuramotoSivashinskyRing {

    /** The length of the ring, on which the motion is chaotic. */
    public static final double LENGTH = 22;

    private KuramotoSivashinskyRing() {}

    /** The centred differences of -u_xx - u_xxxx: the coefficients of a stencil of five points. */
    public static double[] stencil(int points) {
        double two = Math.pow(points / LENGTH, 2);
        double four = two * two;
        return new double[] {-four, 4 * four - two, -6 * four + 2 * two, 4 * four - two, -four};
    }
}
