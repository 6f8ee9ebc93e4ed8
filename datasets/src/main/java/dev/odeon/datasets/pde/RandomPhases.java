package dev.odeon.datasets.pde;

import java.util.Random;
import java.util.function.DoubleUnaryOperator;

/**
 * Random smooth initial states with a prescribed spectrum: fixed amplitudes, random phases, zero mean.
 *
 * <p>The energy of mode k is proportional to k^4 exp(-(k / k0)^2), which is greatest at k = 1.41 k0 and falls off faster
 * than any power; the phases are uniform on the circle. The sum is scaled to a given root mean square. This is the usual
 * start of decaying Burgers turbulence: within about 1 / (2 pi k0 rms) time units it steepens into fronts, which then
 * travel, merge and decay.
 *
 * <p>Source: R. Maulik, O. San, Explicit and implicit LES closures for Burgers turbulence, 2018, who take k0 = 10 and a
 * root mean square of 1 on [0, 2 pi).
 *
 * @param wavesPerLength k0, in waves per length of the interval, positive
 * @param rootMeanSquare root mean square of the state, positive
 */
public record RandomPhases(double wavesPerLength, double rootMeanSquare) {
    // exp(-6.5^2) is below the rounding of the largest amplitude.
    private static final double REACH = 6.5;

    public RandomPhases {
        if (!(wavesPerLength > 0) || wavesPerLength > 1e6) {
            throw new IllegalArgumentException(
                    "wavesPerLength = " + wavesPerLength + ": give a number in (0, 1000000]");
        }
        if (!(rootMeanSquare > 0) || Double.isInfinite(rootMeanSquare)) {
            throw new IllegalArgumentException(
                    "rootMeanSquare = " + rootMeanSquare + ": give a positive finite number");
        }
    }

    /**
     * Draws one state.
     *
     * @param random source of the phases
     * @param length length of the periodic interval
     * @return u as a function of x
     */
    DoubleUnaryOperator draw(Random random, double length) {
        int modes = Math.max(1, (int) Math.ceil(REACH * wavesPerLength));
        double[] amplitudes = new double[modes];
        double[] phases = new double[modes];
        double sum = 0;
        for (int i = 0; i < modes; i++) {
            double k = (i + 1) / wavesPerLength;
            amplitudes[i] = k * k * Math.exp(-k * k / 2);
            phases[i] = 2 * Math.PI * random.nextDouble();
            sum += amplitudes[i] * amplitudes[i] / 2;
        }
        double scale = rootMeanSquare / Math.sqrt(sum);
        double base = 2 * Math.PI / length;
        return x -> {
            double u = 0;
            for (int i = 0; i < modes; i++) {
                u += amplitudes[i] * Math.cos(base * (i + 1) * x + phases[i]);
            }
            return scale * u;
        };
    }
}
