package dev.odeon.datasets.dynamics;

import dev.odeon.datasets.pde.Sampling;
import dev.odeon.datasets.pde.Trajectories;
import java.util.Map;
import java.util.Objects;

/**
 * A chain of n equal masses between two walls, joined by equal springs, with friction.
 *
 * <p>x_i'' = stiffness (x_(i-1) - 2 x_i + x_(i+1)) - friction x_i', x_0 = x_(n+1) = 0. State [x_1, ..., x_n, x_1', ...,
 * x_n']. Without friction mode j swings as sin(i j pi / (n + 1)) with the frequency 2 sqrt(stiffness) sin(j pi / (2 n + 2)).
 * Initial displacements are normal, initial velocities 0. Source: J. Lagrange, Mecanique analytique, 1788.
 *
 * @param masses n, 1 or more
 * @param stiffness spring constant over mass, positive
 * @param friction damping rate, 0 or more
 * @param sampling burn-in, time between samples and their number
 * @param trajectories number of trajectories, 1 or more
 * @param seed chooses the random initial states
 */
public record CoupledOscillators(
        int masses, double stiffness, double friction, Sampling sampling, int trajectories, long seed) {
    public CoupledOscillators {
        if (masses < 1 || masses > 100_000) {
            throw new IllegalArgumentException("masses = " + masses + ": give 1 to 100000");
        }
        Simulation.requirePositive("stiffness", stiffness);
        if (!(friction >= 0) || Double.isInfinite(friction)) {
            throw new IllegalArgumentException("friction = " + friction + ": give 0 or more");
        }
        Objects.requireNonNull(sampling, "sampling");
    }

    /** {@return the default setting} */
    public static CoupledOscillators standard() {
        return new CoupledOscillators(8, 1, 0, new Sampling(0, 0.1, 201), 20, 0);
    }

    /** {@return these settings with other samples} */
    public CoupledOscillators withSampling(Sampling sampling) {
        return new CoupledOscillators(masses, stiffness, friction, sampling, trajectories, seed);
    }

    /** {@return these settings with another number of trajectories} */
    public CoupledOscillators withTrajectories(int trajectories) {
        return new CoupledOscillators(masses, stiffness, friction, sampling, trajectories, seed);
    }

    /** {@return these settings with other random initial states} */
    public CoupledOscillators withSeed(long seed) {
        return new CoupledOscillators(masses, stiffness, friction, sampling, trajectories, seed);
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
                        "equation", "x_i'' = stiffness (x_(i-1) - 2 x_i + x_(i+1)) - friction x_i'",
                        "masses", Integer.toString(masses),
                        "stiffness", Double.toString(stiffness),
                        "friction", Double.toString(friction)),
                0,
                sampling,
                trajectories,
                seed,
                random -> {
                    double[] y = new double[2 * masses];
                    for (int i = 0; i < masses; i++) {
                        y[i] = random.nextGaussian();
                    }
                    return y;
                },
                (t, y, f) -> {
                    for (int i = 0; i < masses; i++) {
                        double left = i == 0 ? 0 : y[i - 1];
                        double right = i == masses - 1 ? 0 : y[i + 1];
                        f[i] = y[masses + i];
                        f[masses + i] = stiffness * (left - 2 * y[i] + right) - friction * y[masses + i];
                    }
                });
    }
}
