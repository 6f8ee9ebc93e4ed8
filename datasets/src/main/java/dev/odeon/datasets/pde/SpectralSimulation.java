package dev.odeon.datasets.pde;

import java.util.function.DoubleUnaryOperator;

/**
 * The stepper under the simulators: u_t = -u u_x + L u on a periodic interval, L acting on each mode by a real factor.
 *
 * <p>Fourier in space, {@link Etdrk4} in time, float64 throughout. Not safe for use by several threads at once.
 */
final class SpectralSimulation {
    private final Discretisation discretisation;
    private final PeriodicGrid grid;
    private final RealSpectrum transform;
    private final Advection advection;
    private final double[] eigenvalues;

    /**
     * Prepares a simulation.
     *
     * @param length length of the interval
     * @param discretisation grid and step
     * @param symbol the factor of L as a function of the wave number
     */
    SpectralSimulation(double length, Discretisation discretisation, DoubleUnaryOperator symbol) {
        this.discretisation = discretisation;
        grid = new PeriodicGrid(discretisation.points(), length).refined(discretisation.refinement());
        transform = new RealSpectrum(grid.points());
        advection = new Advection(grid, transform, discretisation.dealiasing());
        eigenvalues = new double[grid.points()];
        for (int entry = 0; entry < eigenvalues.length; entry++) {
            eigenvalues[entry] = symbol.applyAsDouble(grid.waveNumber(transform.modeAt(entry)));
        }
    }

    /** {@return the grid that is computed on} */
    PeriodicGrid grid() {
        return grid;
    }

    /**
     * Runs from an initial state and stores the samples.
     *
     * @param initial the state at the start of the burn-in, on {@link #grid()}
     * @param sampling which samples to keep
     * @param states receives the samples, row by row
     * @param offset where the first sample goes
     */
    void run(double[] initial, Sampling sampling, double[] states, int offset) {
        double[] v = initial.clone();
        transform.forward(v);
        if (sampling.burnIn() > 0) {
            advance(v, sampling.burnIn(), 1, -sampling.burnIn(), states, -1);
        }
        store(v, 0, states, offset);
        if (sampling.samples() > 1) {
            advance(v, sampling.interval(), sampling.samples() - 1, 0, states, offset + discretisation.points());
        }
    }

    /** Advances by {@code count} intervals, storing the state after each one unless {@code offset} is negative. */
    private void advance(double[] v, double interval, int count, double start, double[] states, int offset) {
        long substeps = substeps(interval);
        Etdrk4 stepper = new Etdrk4(eigenvalues, interval / substeps, advection);
        for (int i = 0; i < count; i++) {
            for (long s = 0; s < substeps; s++) {
                stepper.step(v);
            }
            double time = start + (i + 1) * interval;
            if (offset >= 0) {
                store(v, time, states, offset + i * discretisation.points());
            } else {
                requireFinite(v, time);
            }
        }
    }

    private long substeps(double interval) {
        // A hair of slack, so that 0.2 / 0.05 is 4 steps and not 5.
        return Math.max(1, (long) Math.ceil(interval / discretisation.step() * (1 - 1e-12)));
    }

    private void store(double[] v, double time, double[] states, int offset) {
        requireFinite(v, time);
        double[] field = v.clone();
        transform.inverse(field);
        for (int i = 0; i < discretisation.points(); i++) {
            states[offset + i] = field[i * discretisation.refinement()];
        }
    }

    private void requireFinite(double[] v, double time) {
        for (double value : v) {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("step = " + discretisation.step() + ", points = " + grid.points()
                        + ": the simulation overflowed before time " + time
                        + "; choose a shorter step or a finer grid");
            }
        }
    }
}
