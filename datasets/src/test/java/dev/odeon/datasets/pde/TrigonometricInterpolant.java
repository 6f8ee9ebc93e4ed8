package dev.odeon.datasets.pde;

/** Evaluates a periodic field between its grid points, by a plain Fourier sum that shares no code with the simulators. */
final class TrigonometricInterpolant {
    private final double[] cosines;
    private final double[] sines;
    private final double base;

    TrigonometricInterpolant(double[] field, double length) {
        int n = field.length;
        base = 2 * Math.PI / length;
        cosines = new double[n / 2 + 1];
        sines = new double[n / 2 + 1];
        for (int k = 0; k <= n / 2; k++) {
            double scale = (k == 0 || k == n / 2 ? 1.0 : 2.0) / n;
            for (int i = 0; i < n; i++) {
                double angle = 2 * Math.PI * ((long) k * i % n) / n;
                cosines[k] += scale * field[i] * Math.cos(angle);
                sines[k] += scale * field[i] * Math.sin(angle);
            }
        }
    }

    double at(double x) {
        double sum = 0;
        for (int k = 0; k < cosines.length; k++) {
            sum += cosines[k] * Math.cos(k * base * x) + sines[k] * Math.sin(k * base * x);
        }
        return sum;
    }

    /** {@return the mean of the square of the derivative of the given order} */
    double meanSquareOfDerivative(int order) {
        double sum = 0;
        for (int k = 1; k < cosines.length; k++) {
            sum += Math.pow(k * base, 2 * order) * (cosines[k] * cosines[k] + sines[k] * sines[k]) / 2;
        }
        return sum;
    }
}
