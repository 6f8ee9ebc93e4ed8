package dev.odeon.experiments.bench.adjoint;

import dev.odeon.datasets.dynamics.CoupledOscillators;
import dev.odeon.datasets.dynamics.DoublePendulum;
import dev.odeon.datasets.dynamics.WhiteDwarf;
import dev.odeon.datasets.pde.Sampling;
import dev.odeon.datasets.pde.Trajectories;
import java.util.List;

/**
 * A system whose field a network learns.
 *
 * <p>The three that the reversible adjoint was compared on first. Source: McCallum, Foster, Efficient, Accurate and Stable
 * Gradients for Neural ODEs, 2024.
 *
 * @param name in file names
 * @param title in pictures
 * @param interval of time over which gradients are measured
 * @param horizon of time over which it is trained
 * @param dimension of a state
 * @param moving how many components, the first ones, are not constant
 * @param simulation of the true system
 */
record Dynamics(
        String name, String title, double interval, double horizon, int dimension, int moving, Simulation simulation) {

    /** Simulates the true system. */
    @FunctionalInterface
    interface Simulation {
        Trajectories run(Sampling sampling, int trajectories);
    }

    /** All systems. */
    static List<Dynamics> all() {
        return List.of(
                new Dynamics(
                        "white-dwarf",
                        "White dwarf",
                        5,
                        3,
                        3,
                        2,
                        (sampling, trajectories) -> new WhiteDwarf(0.1, 0.1, sampling, trajectories, 0).simulate()),
                new Dynamics(
                        "oscillators",
                        "Coupled oscillators",
                        10,
                        5,
                        16,
                        16,
                        (sampling, trajectories) -> CoupledOscillators.standard()
                                .withSampling(sampling)
                                .withTrajectories(trajectories)
                                .simulate()),
                new Dynamics(
                        "double-pendulum",
                        "Double pendulum",
                        10,
                        1,
                        4,
                        4,
                        (sampling, trajectories) -> DoublePendulum.standard()
                                .withSampling(sampling)
                                .withTrajectories(trajectories)
                                .simulate()));
    }

    /** A network in the place of the field. */
    NeuralField field(int hidden) {
        return new NeuralField(dimension, moving, hidden);
    }
}
