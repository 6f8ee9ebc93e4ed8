package dev.odeon.datasets.pde;

import dev.odeon.datasets.DatasetsVersion;
import dev.odeon.datasets.Seeds;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/**
 * Simulates the diffusion equation u_t = diffusivity u_xx on a periodic interval, exactly up to rounding.
 *
 * <p>Mode k decays as exp(-diffusivity k^2 t), so no time step is involved. On n points central differences make it a
 * linear stiff system whose fastest rate is 4 diffusivity (n / length)^2. Source: J. Fourier, Theorie analytique de la
 * chaleur, 1822.
 *
 * @param diffusivity positive
 * @param grid the points
 * @param sampling burn-in, time between samples and their number
 * @param initial distribution of the random initial states of {@link #simulate()}
 * @param trajectories number of trajectories of {@link #simulate()}, 1 or more
 * @param seed chooses the random initial states
 */
public record Diffusion(
        double diffusivity, PeriodicGrid grid, Sampling sampling, RandomPhases initial, int trajectories, long seed) {
    public Diffusion {
        if (!(diffusivity > 0) || Double.isInfinite(diffusivity)) {
            throw new IllegalArgumentException("diffusivity = " + diffusivity + ": give a positive finite number");
        }
        Objects.requireNonNull(grid, "grid");
        Objects.requireNonNull(sampling, "sampling");
        Objects.requireNonNull(initial, "initial");
        if (trajectories < 1) {
            throw new IllegalArgumentException("trajectories = " + trajectories + ": give 1 or more");
        }
    }

    /** {@return the default setting: diffusivity 0.01 on 64 points of [0, 1), 20 trajectories of 51 times 0.02 apart} */
    public static Diffusion standard() {
        return new Diffusion(0.01, new PeriodicGrid(64, 1), new Sampling(0, 0.02, 51), new RandomPhases(2, 1), 20, 0);
    }

    /** {@return these settings with another seed and number of trajectories} */
    public Diffusion withTrajectories(int trajectories, long seed) {
        return new Diffusion(diffusivity, grid, sampling, initial, trajectories, seed);
    }

    /** {@return all trajectories from random smooth states} */
    public Trajectories simulate() {
        int rows = Math.multiplyExact(sampling.samples(), grid.points());
        double[] states = new double[Math.multiplyExact(trajectories, rows)];
        IntStream.range(0, trajectories)
                .parallel()
                .forEach(i -> run(initial.draw(Seeds.random(seed, i), grid.length()), states, i * rows));
        return new Trajectories(
                sampling.times(),
                states,
                trajectories,
                grid.points(),
                metadata("random phases, wavesPerLength " + initial.wavesPerLength() + ", rootMeanSquare "
                        + initial.rootMeanSquare()));
    }

    /**
     * Simulates one trajectory from a given state.
     *
     * @param state u as a function of x, evaluated on [0, length)
     * @return one trajectory
     */
    public Trajectories simulate(DoubleUnaryOperator state) {
        double[] states = new double[Math.multiplyExact(sampling.samples(), grid.points())];
        run(state, states, 0);
        return new Trajectories(sampling.times(), states, 1, grid.points(), metadata("given"));
    }

    private void run(DoubleUnaryOperator state, double[] states, int offset) {
        RealSpectrum transform = new RealSpectrum(grid.points());
        double[] spectrum = InitialState.on(grid, state);
        transform.forward(spectrum);
        double[] times = sampling.times();
        for (int sample = 0; sample < times.length; sample++) {
            double[] u = spectrum.clone();
            for (int entry = 0; entry < u.length; entry++) {
                double k = grid.waveNumber(transform.modeAt(entry));
                u[entry] *= Math.exp(-diffusivity * k * k * (sampling.burnIn() + times[sample]));
            }
            transform.inverse(u);
            System.arraycopy(u, 0, states, offset + sample * u.length, u.length);
        }
    }

    private Map<String, String> metadata(String initialName) {
        return Map.of(
                "equation", "u_t = diffusivity u_xx",
                "diffusivity", Double.toString(diffusivity),
                "length", Double.toString(grid.length()),
                "points", Integer.toString(grid.points()),
                "burnIn", Double.toString(sampling.burnIn()),
                "interval", Double.toString(sampling.interval()),
                "initial", initialName,
                "seed", Long.toString(seed),
                "method", "exact in Fourier space, float64",
                "version", DatasetsVersion.current());
    }
}
