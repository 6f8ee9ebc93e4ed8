package dev.odeon.datasets.dynamics;

import dev.odeon.datasets.pde.Sampling;
import dev.odeon.datasets.pde.Trajectories;
import java.util.Map;
import java.util.Objects;

/**
 * The density in a white dwarf: phi'' + (2 / r) phi' + (phi^2 - c)^(3/2) = 0, phi(0) = 1, phi'(0) = 0.
 *
 * <p>State [phi, phi', c], of which the last one stands still; "time" is the dimensionless radius r, which begins at 0.05 with the series 1 - (1 - c)^(3/2) r^2 / 6
 * + (1 - c)^2 r^4 / 40. Where phi^2 falls below c the star ends and the last term is 0. For c = 0 this is the Lane-Emden
 * equation of index 3, whose phi vanishes at r = 6.8968. c is uniform in [centre - spread, centre + spread], one for each
 * trajectory. Source: S. Chandrasekhar, An introduction to the study of stellar structure, 1939.
 *
 * @param centre mean of c, from 0 to below 1
 * @param spread variation of c, 0 or more; all c must lie in [0, 1)
 * @param sampling burn-in, time between samples and their number
 * @param trajectories number of trajectories, 1 or more
 * @param seed chooses the random initial states
 */
public record WhiteDwarf(double centre, double spread, Sampling sampling, int trajectories, long seed) {
    private static final double START = 0.05;

    public WhiteDwarf {
        if (!(spread >= 0 && centre - spread >= 0 && centre + spread < 1)) {
            throw new IllegalArgumentException(
                    "centre = " + centre + ", spread = " + spread + ": give c within [0, 1)");
        }
        Objects.requireNonNull(sampling, "sampling");
    }

    /** {@return the default setting} */
    public static WhiteDwarf standard() {
        return new WhiteDwarf(0.01, 0, new Sampling(0, 0.05, 106), 1, 0);
    }

    /** {@return these settings with other samples} */
    public WhiteDwarf withSampling(Sampling sampling) {
        return new WhiteDwarf(centre, spread, sampling, trajectories, seed);
    }

    /** {@return these settings with another number of trajectories} */
    public WhiteDwarf withTrajectories(int trajectories) {
        return new WhiteDwarf(centre, spread, sampling, trajectories, seed);
    }

    /** {@return these settings with other random initial states} */
    public WhiteDwarf withSeed(long seed) {
        return new WhiteDwarf(centre, spread, sampling, trajectories, seed);
    }

    private static double[] begin(double c) {
        double q = 1 - c;
        double second = q * Math.sqrt(q) / 6;
        double fourth = q * q / 40;
        double r2 = START * START;
        return new double[] {1 - second * r2 + fourth * r2 * r2, START * (4 * fourth * r2 - 2 * second), c};
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
                        "equation", "phi'' + (2 / r) phi' + (phi^2 - c)^(3/2) = 0, state phi, phi', c",
                        "centre", Double.toString(centre),
                        "spread", Double.toString(spread)),
                START,
                sampling,
                trajectories,
                seed,
                random -> begin(centre + spread * (2 * random.nextDouble() - 1)),
                (r, y, f) -> {
                    double rest = Math.max(0, y[0] * y[0] - y[2]);
                    f[0] = y[1];
                    f[1] = -2 / r * y[1] - rest * Math.sqrt(rest);
                });
    }
}
