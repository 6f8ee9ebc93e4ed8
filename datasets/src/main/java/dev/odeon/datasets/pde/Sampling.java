package dev.odeon.datasets.pde;

/**
 * Which moments of a simulation are kept.
 *
 * <p>The first sample is taken when the burn-in is over and carries the time 0.
 *
 * @param burnIn time that is simulated first and thrown away, 0 or more
 * @param interval time between two samples, positive
 * @param samples number of samples, the first one included, 1 or more
 */
public record Sampling(double burnIn, double interval, int samples) {
    public Sampling {
        if (!(burnIn >= 0) || Double.isInfinite(burnIn)) {
            throw new IllegalArgumentException("burnIn = " + burnIn + ": give a time of 0 or more");
        }
        if (!(interval > 0) || Double.isInfinite(interval)) {
            throw new IllegalArgumentException("interval = " + interval + ": give a positive finite time");
        }
        if (samples < 1) {
            throw new IllegalArgumentException("samples = " + samples + ": give 1 or more");
        }
    }

    /** {@return these settings with another burn-in} */
    public Sampling withBurnIn(double burnIn) {
        return new Sampling(burnIn, interval, samples);
    }

    /** {@return these settings with another time between samples} */
    public Sampling withInterval(double interval) {
        return new Sampling(burnIn, interval, samples);
    }

    /** {@return these settings with another number of samples} */
    public Sampling withSamples(int samples) {
        return new Sampling(burnIn, interval, samples);
    }

    /** {@return the times of the samples, counted from the end of the burn-in} */
    public double[] times() {
        double[] times = new double[samples];
        for (int i = 0; i < samples; i++) {
            times[i] = i * interval;
        }
        return times;
    }
}
