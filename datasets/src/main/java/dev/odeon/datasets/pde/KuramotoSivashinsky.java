package dev.odeon.datasets.pde;

import dev.odeon.datasets.DatasetsVersion;
import dev.odeon.datasets.Seeds;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;

/**
 * Simulates u_t = -u u_x - u_xx - u_xxxx on a periodic interval, the textbook case of chaos in a stiff equation.
 *
 * <p>The second derivative feeds long waves, the fourth damps short ones, the product carries energy from the former to
 * the latter. At length 22 the motion is chaotic with a mean of u^2 of 1.41 and |u| below 3.2; from the small random state that
 * {@link #simulate()} starts with, it gets there within about 100 time units, which the burn-in should cover.
 *
 * <p>Fourier in space, {@link Etdrk4} in time, float64. The defaults agree with a solution by Chebfun to better than 1e-6
 * over 10 time units; beyond a few Lyapunov times (about 20 each) no two programs agree on a chaotic path, only on its
 * statistics. On 64 points at length 22 the highest mode carries next to nothing, hence no dealiasing by default.
 *
 * <p>Sources: Y. Kuramoto, T. Tsuzuki, Persistent propagation of concentration waves in dissipative media far from thermal
 * equilibrium, 1976; P. Cvitanovic, R. L. Davidchack, E. Siminos, On the state space geometry of the
 * Kuramoto-Sivashinsky flow in a periodic domain, 2010 (length 22).
 *
 * @param length length of the interval, positive
 * @param discretisation grid and time step
 * @param sampling burn-in, time between samples and their number
 * @param seed chooses the random initial state of {@link #simulate()}
 */
public record KuramotoSivashinsky(double length, Discretisation discretisation, Sampling sampling, long seed) {
    private static final int RANDOM_MODES = 4;
    private static final double RANDOM_AMPLITUDE = 0.5;

    public KuramotoSivashinsky {
        Objects.requireNonNull(discretisation, "discretisation");
        Objects.requireNonNull(sampling, "sampling");
        new PeriodicGrid(discretisation.points(), length);
    }

    /** {@return length 22, 64 points, 4000 samples every 0.2 after a burn-in of 200, seed 0} */
    public static KuramotoSivashinsky standard() {
        return new KuramotoSivashinsky(
                22, new Discretisation(64, 1, 0.025, Dealiasing.NONE), new Sampling(200, 0.2, 4000), 0);
    }

    /** {@return these settings on another interval} */
    public KuramotoSivashinsky withLength(double length) {
        return new KuramotoSivashinsky(length, discretisation, sampling, seed);
    }

    /** {@return these settings with another grid or step} */
    public KuramotoSivashinsky withDiscretisation(Discretisation discretisation) {
        return new KuramotoSivashinsky(length, discretisation, sampling, seed);
    }

    /** {@return these settings with another number of reported points} */
    public KuramotoSivashinsky withPoints(int points) {
        return withDiscretisation(discretisation.withPoints(points));
    }

    /** {@return these settings with other samples} */
    public KuramotoSivashinsky withSampling(Sampling sampling) {
        return new KuramotoSivashinsky(length, discretisation, sampling, seed);
    }

    /** {@return these settings with another number of samples} */
    public KuramotoSivashinsky withSamples(int samples) {
        return withSampling(sampling.withSamples(samples));
    }

    /** {@return these settings with another random initial state} */
    public KuramotoSivashinsky withSeed(long seed) {
        return new KuramotoSivashinsky(length, discretisation, sampling, seed);
    }

    /** {@return the reported grid} */
    public PeriodicGrid grid() {
        return new PeriodicGrid(discretisation.points(), length);
    }

    /**
     * Simulates from the random smooth state that the seed chooses.
     *
     * @return one trajectory; equal settings give equal bits on equal machines
     * @throws IllegalArgumentException if the step is so long, or the grid so coarse, that the numbers overflow
     */
    public Trajectories simulate() {
        Random random = Seeds.random(seed, 0);
        double[] amplitudes = new double[RANDOM_MODES];
        double[] phases = new double[RANDOM_MODES];
        for (int i = 0; i < RANDOM_MODES; i++) {
            amplitudes[i] = RANDOM_AMPLITUDE * random.nextGaussian();
            phases[i] = 2 * Math.PI * random.nextDouble();
        }
        PeriodicGrid grid = grid();
        return run(
                x -> {
                    double u = 0;
                    for (int i = 0; i < RANDOM_MODES; i++) {
                        u += amplitudes[i] * Math.cos(grid.waveNumber(i + 1) * x + phases[i]);
                    }
                    return u;
                },
                "random modes 1 to " + RANDOM_MODES);
    }

    /**
     * Simulates from a given state.
     *
     * @param initial u as a function of x, evaluated on [0, length); smooth and periodic, or the accuracy is lost
     * @return one trajectory
     * @throws IllegalArgumentException if the step is so long, or the grid so coarse, that the numbers overflow
     */
    public Trajectories simulate(DoubleUnaryOperator initial) {
        return run(initial, "given");
    }

    private Trajectories run(DoubleUnaryOperator initial, String initialName) {
        SpectralSimulation simulation = new SpectralSimulation(length, discretisation, k -> k * k - k * k * k * k);
        double[] states = new double[Math.multiplyExact(sampling.samples(), discretisation.points())];
        simulation.run(InitialState.on(simulation.grid(), initial), sampling, states, 0);
        return new Trajectories(sampling.times(), states, 1, discretisation.points(), metadata(initialName));
    }

    private Map<String, String> metadata(String initialName) {
        Map<String, String> metadata = new TreeMap<>(SimulationMetadata.of(discretisation, sampling, seed));
        metadata.put("equation", "u_t = -u u_x - u_xx - u_xxxx");
        metadata.put("length", Double.toString(length));
        metadata.put("initial", initialName);
        metadata.put("version", DatasetsVersion.current());
        return metadata;
    }
}
