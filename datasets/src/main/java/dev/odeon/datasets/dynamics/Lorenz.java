package dev.odeon.datasets.dynamics;

import dev.odeon.datasets.pde.Sampling;
import dev.odeon.datasets.pde.Trajectories;
import java.util.Map;
import java.util.Objects;

/**
 * The Lorenz system x' = sigma (y - x), y' = x (rho - z) - y, z' = x y - beta z.
 *
 * <p>State [x, y, z]; chaotic for the defaults: after about 20 time units nothing of the initial state is left but the
 * attractor. Initial states are normal, around (0, 0, rho - 1). Source: E. Lorenz, Deterministic nonperiodic flow, 1963.
 *
 * @param sigma Prandtl number, positive
 * @param rho Rayleigh number over its critical value, positive
 * @param beta aspect of the rolls, positive
 * @param sampling burn-in, time between samples and their number
 * @param trajectories number of trajectories, 1 or more
 * @param seed chooses the random initial states
 */
public record Lorenz(double sigma, double rho, double beta, Sampling sampling, int trajectories, long seed) {
    public Lorenz {
        Simulation.requirePositive("sigma", sigma);
        Simulation.requirePositive("rho", rho);
        Simulation.requirePositive("beta", beta);
        Objects.requireNonNull(sampling, "sampling");
    }

    /** {@return the default setting} */
    public static Lorenz standard() {
        return new Lorenz(10, 28, 8.0 / 3, new Sampling(10, 0.02, 1001), 10, 0);
    }

    /** {@return these settings with other samples} */
    public Lorenz withSampling(Sampling sampling) {
        return new Lorenz(sigma, rho, beta, sampling, trajectories, seed);
    }

    /** {@return these settings with another number of trajectories} */
    public Lorenz withTrajectories(int trajectories) {
        return new Lorenz(sigma, rho, beta, sampling, trajectories, seed);
    }

    /** {@return these settings with other random initial states} */
    public Lorenz withSeed(long seed) {
        return new Lorenz(sigma, rho, beta, sampling, trajectories, seed);
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
                        "equation", "x' = sigma (y - x), y' = x (rho - z) - y, z' = x y - beta z",
                        "sigma", Double.toString(sigma),
                        "rho", Double.toString(rho),
                        "beta", Double.toString(beta)),
                0,
                sampling,
                trajectories,
                seed,
                random -> new double[] {random.nextGaussian(), random.nextGaussian(), rho - 1 + random.nextGaussian()},
                (t, y, f) -> {
                    f[0] = sigma * (y[1] - y[0]);
                    f[1] = y[0] * (rho - y[2]) - y[1];
                    f[2] = y[0] * y[1] - beta * y[2];
                });
    }
}
