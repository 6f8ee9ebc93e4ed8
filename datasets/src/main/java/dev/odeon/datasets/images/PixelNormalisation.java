package dev.odeon.datasets.images;

import java.util.Arrays;

/**
 * Turns bytes into numbers: (byte / 255 - mean) / deviation, channel by channel.
 *
 * @param mean one number per channel; not copied
 * @param deviation one positive number per channel; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // A few numbers that a loop over all pixels reads.
public record PixelNormalisation(double[] mean, double[] deviation) {
    private static final double WHITE = 255;

    public PixelNormalisation {
        if (mean.length == 0 || mean.length != deviation.length) {
            throw new IllegalArgumentException(
                    mean.length + " means and " + deviation.length + " deviations: give one of each per channel");
        }
        for (double each : deviation) {
            if (!(each > 0)) {
                throw new IllegalArgumentException("deviation = " + each + ": give positive numbers");
            }
        }
    }

    /** {@return numbers from 0 to 1, for images of this many channels} */
    public static PixelNormalisation unit(int channels) {
        double[] ones = new double[channels];
        Arrays.fill(ones, 1);
        return new PixelNormalisation(new double[channels], ones);
    }

    /**
     * Fits mean 0 and standard deviation 1, channel by channel.
     *
     * @param train the training images, one at least
     * @return the normalisation; a channel that never changes is only shifted
     */
    public static PixelNormalisation standard(ImageSet train) {
        int channels = train.channels();
        long[] sum = new long[channels];
        long[] squares = new long[channels];
        for (int i = 0; i < train.pixels().length; i++) {
            int value = Byte.toUnsignedInt(train.pixels()[i]);
            sum[i % channels] += value;
            squares[i % channels] += (long) value * value;
        }
        double count = (double) train.pixels().length / channels;
        double[] mean = new double[channels];
        double[] deviation = new double[channels];
        for (int c = 0; c < channels; c++) {
            mean[c] = sum[c] / count / WHITE;
            // Sums of whole numbers are exact, so the difference loses nothing that matters.
            double variance = squares[c] / count / (WHITE * WHITE) - mean[c] * mean[c];
            deviation[c] = variance > 0 ? Math.sqrt(variance) : 1;
        }
        return new PixelNormalisation(mean, deviation);
    }

    double apply(int value, int channel) {
        return (value / WHITE - mean[channel]) / deviation[channel];
    }
}
