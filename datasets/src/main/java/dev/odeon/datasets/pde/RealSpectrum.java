package dev.odeon.datasets.pde;

import org.jtransforms.fft.DoubleFFT_1D;

/**
 * Real fields to half spectra and back, in place.
 *
 * <p>Of a field of n real values only the modes 0 to n/2 are kept, packed into n numbers: entries 0 and 1 hold the real
 * modes 0 and n/2, entries 2k and 2k+1 the real and imaginary part of mode k. The other half is the conjugate and does not
 * exist as numbers, so no rounding can ever break the symmetry and let an imaginary part of the field grow.
 */
final class RealSpectrum {
    private final int points;
    private final DoubleFFT_1D fft;

    RealSpectrum(int points) {
        this.points = points;
        fft = new DoubleFFT_1D(points);
    }

    /** Replaces the values of a field by its packed spectrum. */
    void forward(double[] field) {
        fft.realForward(field);
    }

    /** Replaces a packed spectrum by the values of its field. */
    void inverse(double[] spectrum) {
        fft.realInverse(spectrum, true);
    }

    /** {@return the mode whose real or imaginary part stands at {@code entry}} */
    int modeAt(int entry) {
        return entry == 1 ? points / 2 : entry / 2;
    }

    /** Zeroes all modes above {@code highest}, 0 to points / 2 - 1. */
    void cut(double[] spectrum, int highest) {
        spectrum[1] = 0;
        for (int entry = 2 * (highest + 1); entry < points; entry++) {
            spectrum[entry] = 0;
        }
    }
}
