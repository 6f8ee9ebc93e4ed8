package dev.odeon.datasets.dynamics;

import dev.odeon.datasets.pde.Sampling;
import dev.odeon.datasets.pde.Trajectories;
import java.util.Map;
import java.util.Objects;

/**
 * Two weightless rods with masses at their ends, hanging one from the other, without friction.
 *
 * <p>State [angle 1, angle 2, angular velocity 1, angular velocity 2], angles from the vertical in radians; SI units. The
 * energy stays constant. Initial states are at rest at angles uniform in [-range, range]. The equations are those of L.
 * Landau, E. Lifshitz, Mechanics, 1960, chapter 1, solved for the accelerations.
 *
 * @param mass1 upper mass, positive
 * @param mass2 lower mass, positive
 * @param length1 upper rod, positive
 * @param length2 lower rod, positive
 * @param gravity acceleration, positive
 * @param range largest initial angle, positive
 * @param sampling burn-in, time between samples and their number
 * @param trajectories number of trajectories, 1 or more
 * @param seed chooses the random initial states
 */
public record DoublePendulum(
        double mass1,
        double mass2,
        double length1,
        double length2,
        double gravity,
        double range,
        Sampling sampling,
        int trajectories,
        long seed) {
    public DoublePendulum {
        Simulation.requirePositive("mass1", mass1);
        Simulation.requirePositive("mass2", mass2);
        Simulation.requirePositive("length1", length1);
        Simulation.requirePositive("length2", length2);
        Simulation.requirePositive("gravity", gravity);
        Simulation.requirePositive("range", range);
        Objects.requireNonNull(sampling, "sampling");
    }

    /** {@return the default setting} */
    public static DoublePendulum standard() {
        return new DoublePendulum(1, 1, 1, 1, 9.81, Math.PI / 2, new Sampling(0, 0.02, 501), 20, 0);
    }

    /** {@return these settings with other samples} */
    public DoublePendulum withSampling(Sampling sampling) {
        return new DoublePendulum(mass1, mass2, length1, length2, gravity, range, sampling, trajectories, seed);
    }

    /** {@return these settings with another number of trajectories} */
    public DoublePendulum withTrajectories(int trajectories) {
        return new DoublePendulum(mass1, mass2, length1, length2, gravity, range, sampling, trajectories, seed);
    }

    /** {@return these settings with other random initial states} */
    public DoublePendulum withSeed(long seed) {
        return new DoublePendulum(mass1, mass2, length1, length2, gravity, range, sampling, trajectories, seed);
    }

    /**
     * The energy of a state.
     *
     * @param y the state
     * @return kinetic and potential energy, the latter 0 at the height of the pivot
     */
    public double energy(double[] y) {
        double v1 = length1 * y[2];
        double v2 = length2 * y[3];
        double kinetic =
                0.5 * mass1 * v1 * v1 + 0.5 * mass2 * (v1 * v1 + v2 * v2 + 2 * v1 * v2 * Math.cos(y[0] - y[1]));
        double height1 = -length1 * Math.cos(y[0]);
        return kinetic + gravity * (mass1 * height1 + mass2 * (height1 - length2 * Math.cos(y[1])));
    }

    private void accelerate(double[] y, double[] f) {
        double cosine = Math.cos(y[0] - y[1]);
        double sine = Math.sin(y[0] - y[1]);
        // M (a1, a2) = (r1, r2), the mass matrix being symmetric and positive.
        double m11 = (mass1 + mass2) * length1;
        double m12 = mass2 * length2 * cosine;
        double m21 = length1 * cosine;
        double r1 = -mass2 * length2 * y[3] * y[3] * sine - (mass1 + mass2) * gravity * Math.sin(y[0]);
        double r2 = length1 * y[2] * y[2] * sine - gravity * Math.sin(y[1]);
        double determinant = m11 * length2 - m12 * m21;
        f[0] = y[2];
        f[1] = y[3];
        f[2] = (r1 * length2 - m12 * r2) / determinant;
        f[3] = (m11 * r2 - m21 * r1) / determinant;
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
                        "equation", "double pendulum, state angle1, angle2, velocity1, velocity2",
                        "mass1", Double.toString(mass1),
                        "mass2", Double.toString(mass2),
                        "length1", Double.toString(length1),
                        "length2", Double.toString(length2),
                        "gravity", Double.toString(gravity),
                        "range", Double.toString(range)),
                0,
                sampling,
                trajectories,
                seed,
                random ->
                        new double[] {range * (2 * random.nextDouble() - 1), range * (2 * random.nextDouble() - 1), 0, 0
                        },
                (t, y, f) -> accelerate(y, f));
    }
}
