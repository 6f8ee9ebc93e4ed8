package dev.odeon.solvers.linear;

/**
 * The eigenvalues of a real circulant matrix, in Java: lambda_k = sum_j column_j exp(-2 pi i j k / d).
 *
 * @param real [d]
 * @param imaginary [d]
 */
record Spectrum(double[] real, double[] imaginary) {

    /** Of the matrix with a given first column; d operations for each entry that is not zero. */
    static Spectrum of(double[] column) {
        int d = column.length;
        double[] real = new double[d];
        double[] imaginary = new double[d];
        for (int j = 0; j < d; j++) {
            if (column[j] != 0) {
                for (int k = 0; k < d; k++) {
                    double angle = 2 * Math.PI * ((long) j * k % d) / d;
                    real[k] += column[j] * Math.cos(angle);
                    imaginary[k] -= column[j] * Math.sin(angle);
                }
            }
        }
        return new Spectrum(real, imaginary);
    }

    /** Of the inverse of I - alpha J; NaN where an eigenvalue of it cancels to the rounding given. */
    Spectrum inverted(double alpha, double rounding) {
        int d = real.length;
        double[] re = new double[d];
        double[] im = new double[d];
        for (int k = 0; k < d; k++) {
            double a = 1 - alpha * real[k];
            double b = -alpha * imaginary[k];
            double size = Math.hypot(a, b);
            boolean cancelled = !(size > rounding * (1 + Math.abs(alpha) * Math.hypot(real[k], imaginary[k])));
            re[k] = cancelled ? Double.NaN : a / size / size;
            im[k] = cancelled ? Double.NaN : -b / size / size;
        }
        return new Spectrum(re, im);
    }

    boolean finite() {
        for (double value : real) {
            if (!Double.isFinite(value)) {
                return false;
            }
        }
        return true;
    }

    /** The first column of the matrix with these eigenvalues; d^2 operations. */
    double[] column() {
        int d = real.length;
        double[] cosines = new double[d];
        double[] sines = new double[d];
        for (int i = 0; i < d; i++) {
            cosines[i] = Math.cos(2 * Math.PI * i / d);
            sines[i] = Math.sin(2 * Math.PI * i / d);
        }
        double[] column = new double[d];
        for (int j = 0; j < d; j++) {
            double sum = 0;
            for (int k = 0; k < d; k++) {
                int angle = (int) ((long) j * k % d);
                sum += real[k] * cosines[angle] - imaginary[k] * sines[angle];
            }
            column[j] = sum / d;
        }
        return column;
    }
}
