package dev.odeon.datasets.pde;

import dev.odeon.datasets.DatasetsVersion;
import dev.odeon.datasets.Seeds;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/**
 * Simulates the viscous Burgers equation u_t = -u u_x + nu u_xx on a periodic interval, from many initial states.
 *
 * <p>Waves steepen into fronts of a width of about 4 nu / jump, which the grid that is computed on has to resolve: raise
 * the refinement when you lower the viscosity or raise the velocity. Trajectories are independent of each other and are
 * simulated in parallel; trajectory i depends on the seed and on i only.
 *
 * <p>Fourier in space, {@link Etdrk4} in time, float64. The defaults are the setting of H. Zhang, Y. Liu, R. Maulik,
 * Semi-implicit neural ordinary differential equations, 2024: viscosity 8e-4 on [0, 1), 100 trajectories of 51 times 0.1
 * apart. The paper leaves the initial states open; here they are {@link RandomPhases} of low wave number.
 *
 * @param viscosity nu, positive
 * @param length length of the interval, positive
 * @param discretisation grid and time step
 * @param sampling burn-in, time between samples and their number
 * @param initial distribution of the random initial states of {@link #simulate()}
 * @param trajectories number of trajectories of {@link #simulate()}, 1 or more
 * @param seed chooses the random initial states
 */
public record Burgers(
        double viscosity,
        double length,
        Discretisation discretisation,
        Sampling sampling,
        RandomPhases initial,
        int trajectories,
        long seed) {
    public Burgers {
        if (!(viscosity > 0) || Double.isInfinite(viscosity)) {
            throw new IllegalArgumentException("viscosity = " + viscosity + ": give a positive finite number");
        }
        Objects.requireNonNull(discretisation, "discretisation");
        Objects.requireNonNull(sampling, "sampling");
        Objects.requireNonNull(initial, "initial");
        if (trajectories < 1) {
            throw new IllegalArgumentException("trajectories = " + trajectories + ": give 1 or more");
        }
        new PeriodicGrid(discretisation.points(), length);
    }

    /** {@return the default setting: 100 trajectories of 51 states of 512 points, seed 0} */
    public static Burgers standard() {
        return new Burgers(
                8e-4,
                1,
                new Discretisation(512, 2, 2.5e-3, Dealiasing.TWO_THIRDS),
                new Sampling(0, 0.1, 51),
                new RandomPhases(2, 0.25),
                100,
                0);
    }

    /** {@return these settings with another viscosity} */
    public Burgers withViscosity(double viscosity) {
        return new Burgers(viscosity, length, discretisation, sampling, initial, trajectories, seed);
    }

    /** {@return these settings on another interval} */
    public Burgers withLength(double length) {
        return new Burgers(viscosity, length, discretisation, sampling, initial, trajectories, seed);
    }

    /** {@return these settings with another grid or step} */
    public Burgers withDiscretisation(Discretisation discretisation) {
        return new Burgers(viscosity, length, discretisation, sampling, initial, trajectories, seed);
    }

    /** {@return these settings with another number of reported points, computed on at least as fine a grid as before} */
    public Burgers withPoints(int points) {
        int computed = discretisation.points() * discretisation.refinement();
        int refinement = Math.max(1, (computed + points - 1) / Math.max(1, points));
        return withDiscretisation(discretisation.withPoints(points).withRefinement(refinement));
    }

    /** {@return these settings with other samples} */
    public Burgers withSampling(Sampling sampling) {
        return new Burgers(viscosity, length, discretisation, sampling, initial, trajectories, seed);
    }

    /** {@return these settings with another distribution of the initial states} */
    public Burgers withInitial(RandomPhases initial) {
        return new Burgers(viscosity, length, discretisation, sampling, initial, trajectories, seed);
    }

    /** {@return these settings with another number of trajectories} */
    public Burgers withTrajectories(int trajectories) {
        return new Burgers(viscosity, length, discretisation, sampling, initial, trajectories, seed);
    }

    /** {@return these settings with other random initial states} */
    public Burgers withSeed(long seed) {
        return new Burgers(viscosity, length, discretisation, sampling, initial, trajectories, seed);
    }

    /** {@return the reported grid} */
    public PeriodicGrid grid() {
        return new PeriodicGrid(discretisation.points(), length);
    }

    /**
     * Simulates from random smooth states.
     *
     * @return all trajectories; equal settings give equal bits on equal machines
     * @throws IllegalArgumentException if the step is so long, or the grid so coarse, that the numbers overflow
     */
    public Trajectories simulate() {
        int rows = Math.multiplyExact(sampling.samples(), discretisation.points());
        double[] states = new double[Math.multiplyExact(trajectories, rows)];
        IntStream.range(0, trajectories).parallel().forEach(i -> {
            // A stream of its own: trajectory i stays the same when their number changes.
            Random random = Seeds.random(seed, i);
            run(initial.draw(random, length), states, i * rows);
        });
        return new Trajectories(
                sampling.times(),
                states,
                trajectories,
                discretisation.points(),
                metadata("random phases, wavesPerLength " + initial.wavesPerLength() + ", rootMeanSquare "
                        + initial.rootMeanSquare()));
    }

    /**
     * Simulates one trajectory from a given state.
     *
     * @param state u as a function of x, evaluated on [0, length); smooth and periodic, or the accuracy is lost
     * @return one trajectory
     * @throws IllegalArgumentException if the step is so long, or the grid so coarse, that the numbers overflow
     */
    public Trajectories simulate(DoubleUnaryOperator state) {
        double[] states = new double[Math.multiplyExact(sampling.samples(), discretisation.points())];
        run(state, states, 0);
        return new Trajectories(sampling.times(), states, 1, discretisation.points(), metadata("given"));
    }

    private void run(DoubleUnaryOperator state, double[] states, int offset) {
        SpectralSimulation simulation = new SpectralSimulation(length, discretisation, k -> -viscosity * k * k);
        simulation.run(InitialState.on(simulation.grid(), state), sampling, states, offset);
    }

    private Map<String, String> metadata(String initialName) {
        Map<String, String> metadata = new TreeMap<>(SimulationMetadata.of(discretisation, sampling, seed));
        metadata.put("equation", "u_t = -u u_x + viscosity u_xx");
        metadata.put("viscosity", Double.toString(viscosity));
        metadata.put("length", Double.toString(length));
        metadata.put("initial", initialName);
        metadata.put("version", DatasetsVersion.current());
        return metadata;
    }
}
