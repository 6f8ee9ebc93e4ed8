package dev.odeon.datasets.pde;

/**
 * Evenly spaced points on a periodic interval [0, length).
 *
 * @param points number of points, even and at least 4 (the real transform pairs cosines with sines)
 * @param length length of the interval, positive
 */
public record PeriodicGrid(int points, double length) {
    public PeriodicGrid {
        if (points < 4 || points % 2 != 0) {
            throw new IllegalArgumentException(
                    "points = " + points + ": a periodic grid needs an even number, 4 or more");
        }
        if (!(length > 0) || Double.isInfinite(length)) {
            throw new IllegalArgumentException("length = " + length + ": give a positive finite length");
        }
    }

    /** {@return the distance between neighbouring points} */
    public double spacing() {
        return length / points;
    }

    /** {@return the coordinates of the points, of length {@code points}, starting at 0} */
    public double[] coordinates() {
        double[] x = new double[points];
        for (int i = 0; i < points; i++) {
            x[i] = i * spacing();
        }
        return x;
    }

    /**
     * Angular wave number of one Fourier mode.
     *
     * @param mode index of the mode, 0 to points / 2
     * @return 2 pi mode / length
     */
    public double waveNumber(int mode) {
        return 2 * Math.PI * mode / length;
    }

    /** {@return the same interval with {@code factor} times as many points} */
    PeriodicGrid refined(int factor) {
        return new PeriodicGrid(Math.multiplyExact(points, factor), length);
    }
}
