package dev.odeon.datasets.pde;

/** Measures orders of convergence. */
final class ConvergenceSlope {
    private ConvergenceSlope() {}

    /** {@return the slope of -log(error) against log(steps), by least squares} */
    static double of(int[] steps, double[] errors) {
        double meanX = 0;
        double meanY = 0;
        for (int i = 0; i < steps.length; i++) {
            meanX += Math.log(steps[i]) / steps.length;
            meanY += Math.log(errors[i]) / steps.length;
        }
        double covariance = 0;
        double variance = 0;
        for (int i = 0; i < steps.length; i++) {
            double x = Math.log(steps[i]) - meanX;
            covariance += x * (Math.log(errors[i]) - meanY);
            variance += x * x;
        }
        return -covariance / variance;
    }
}
