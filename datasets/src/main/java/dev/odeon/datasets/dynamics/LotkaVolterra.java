package dev.odeon.datasets.dynamics;

import dev.odeon.datasets.pde.Sampling;
import dev.odeon.datasets.pde.Trajectories;
import java.util.Map;
import java.util.Objects;

/**
 * Hares x and lynxes y: x' = a x - b x y, y' = d x y - c y.
 *
 * <p>State [x, y], in thousands of pelts; time in years. d x - c ln x + b y - a ln y stays constant. The defaults are fitted
 * to the pelts that the Hudson's Bay Company took in from 1900 to 1920. Initial states are those of 1900, each multiplied by
 * the exponential of a normal number of deviation {@code spread}. Sources: A. Lotka, Elements of physical biology, 1925; V.
 * Volterra, Variazioni e fluttuazioni del numero d'individui in specie animali conviventi, 1926; for the defaults B.
 * Carpenter, Predator-prey population dynamics: the Lotka-Volterra model in Stan, 2018.
 *
 * @param a growth of the hares, positive
 * @param b hares lost per lynx, positive
 * @param c decay of the lynxes, positive
 * @param d lynxes gained per hare, positive
 * @param spread variation of the initial states, 0 or more
 * @param sampling burn-in, time between samples and their number
 * @param trajectories number of trajectories, 1 or more
 * @param seed chooses the random initial states
 */
public record LotkaVolterra(
        double a, double b, double c, double d, double spread, Sampling sampling, int trajectories, long seed) {
    public LotkaVolterra {
        Simulation.requirePositive("a", a);
        Simulation.requirePositive("b", b);
        Simulation.requirePositive("c", c);
        Simulation.requirePositive("d", d);
        if (!(spread >= 0) || spread > 10) {
            throw new IllegalArgumentException("spread = " + spread + ": give 0 to 10");
        }
        Objects.requireNonNull(sampling, "sampling");
    }

    /** {@return the default setting} */
    public static LotkaVolterra standard() {
        return new LotkaVolterra(0.55, 0.028, 0.80, 0.024, 0.1, new Sampling(0, 0.25, 81), 20, 0);
    }

    /** {@return these settings with other samples} */
    public LotkaVolterra withSampling(Sampling sampling) {
        return new LotkaVolterra(a, b, c, d, spread, sampling, trajectories, seed);
    }

    /** {@return these settings with another number of trajectories} */
    public LotkaVolterra withTrajectories(int trajectories) {
        return new LotkaVolterra(a, b, c, d, spread, sampling, trajectories, seed);
    }

    /** {@return these settings with other random initial states} */
    public LotkaVolterra withSeed(long seed) {
        return new LotkaVolterra(a, b, c, d, spread, sampling, trajectories, seed);
    }

    /**
     * Simulates.
     *
     * @return all trajectories; equal settings give equal numbers
     * @throws IllegalArgumentException if the numbers overflow
     */
    public Trajectories simulate() {
        return Simulation.run(
                Map.of(
                        "equation", "x' = a x - b x y, y' = d x y - c y",
                        "a", Double.toString(a),
                        "b", Double.toString(b),
                        "c", Double.toString(c),
                        "d", Double.toString(d),
                        "spread", Double.toString(spread)),
                0,
                sampling,
                trajectories,
                seed,
                random -> new double[] {
                    33.956 * Math.exp(spread * random.nextGaussian()), 5.933 * Math.exp(spread * random.nextGaussian())
                },
                (t, y, f) -> {
                    f[0] = a * y[0] - b * y[0] * y[1];
                    f[1] = d * y[0] * y[1] - c * y[1];
                });
    }
}
