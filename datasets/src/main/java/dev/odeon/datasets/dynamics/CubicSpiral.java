package dev.odeon.datasets.dynamics;

import dev.odeon.datasets.pde.Sampling;
import dev.odeon.datasets.pde.Trajectories;
import java.util.Map;
import java.util.Objects;

/**
 * A spiral in the plane: y' = A y^3, entry by entry, A = [[-damping, turn], [-turn, -damping]].
 *
 * <p>State [y1, y2]. Initial states lie on the circle of radius 2, at an angle drawn uniformly from [-spread, spread]. The
 * defaults are the demonstration of R. Chen, Y. Rubanova, J. Bettencourt, D. Duvenaud, Neural ordinary differential
 * equations, 2018.
 *
 * @param damping how fast it shrinks, 0 or more
 * @param turn how fast it turns, not 0
 * @param spread variation of the initial angle, 0 to pi
 * @param sampling burn-in, time between samples and their number
 * @param trajectories number of trajectories, 1 or more
 * @param seed chooses the random initial states
 */
public record CubicSpiral(double damping, double turn, double spread, Sampling sampling, int trajectories, long seed) {
    public CubicSpiral {
        if (!(damping >= 0) || !(Math.abs(turn) > 0) || Double.isInfinite(damping + turn)) {
            throw new IllegalArgumentException(
                    "damping = " + damping + ", turn = " + turn + ": give 0 or more, and a number other than 0");
        }
        if (!(spread >= 0 && spread <= Math.PI)) {
            throw new IllegalArgumentException("spread = " + spread + ": give 0 to pi");
        }
        Objects.requireNonNull(sampling, "sampling");
    }

    /** {@return the default setting} */
    public static CubicSpiral standard() {
        return new CubicSpiral(0.1, 2, 0, new Sampling(0, 0.025, 1001), 1, 0);
    }

    /** {@return these settings with other samples} */
    public CubicSpiral withSampling(Sampling sampling) {
        return new CubicSpiral(damping, turn, spread, sampling, trajectories, seed);
    }

    /** {@return these settings with another number of trajectories} */
    public CubicSpiral withTrajectories(int trajectories) {
        return new CubicSpiral(damping, turn, spread, sampling, trajectories, seed);
    }

    /** {@return these settings with other random initial states} */
    public CubicSpiral withSeed(long seed) {
        return new CubicSpiral(damping, turn, spread, sampling, trajectories, seed);
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
                        "equation", "y' = A y^3, A = [[-damping, turn], [-turn, -damping]]",
                        "damping", Double.toString(damping),
                        "turn", Double.toString(turn),
                        "spread", Double.toString(spread)),
                0,
                sampling,
                trajectories,
                seed,
                random -> {
                    double angle = spread * (2 * random.nextDouble() - 1);
                    return new double[] {2 * Math.cos(angle), 2 * Math.sin(angle)};
                },
                (t, y, f) -> {
                    double p = y[0] * y[0] * y[0];
                    double q = y[1] * y[1] * y[1];
                    f[0] = -damping * p + turn * q;
                    f[1] = -turn * p - damping * q;
                });
    }
}
