package dev.odeon.datasets.pde;

import dev.odeon.datasets.DatasetsVersion;
import dev.odeon.datasets.Seeds;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.jtransforms.dht.DoubleDHT_2D;

/**
 * Simulates the Gray-Scott reaction in a periodic square: u_t = du Lap(u) - u v^2 + feed (1 - u), v_t = dv Lap(v) + u v^2 -
 * (feed + kill) v.
 *
 * <p>A state is u on n x n points, row by row, then v: 2 n^2 numbers. Spots and stripes grow over thousands of time units
 * while diffusion on the grid is fast: a stiff case in two dimensions. Initially u = 1 and v = 0 but for ten seeded smooth
 * spots with u = 1/2 and v = 1/4 in their middle.
 *
 * <p>Real Hartley transform in space (its functions are eigenfunctions of the Laplacian), {@link Etdrk4} in time, float64;
 * the products are not dealiased, so the grid must resolve the spots (about sqrt(dv / feed) wide). Sources: P. Gray, S.
 * Scott, Autocatalytic reactions in the isothermal, continuous stirred tank reactor, 1983; J. Pearson, Complex patterns in
 * a simple system, 1993, for the defaults.
 *
 * @param feed rate at which u is replaced, 0 or more
 * @param kill rate at which v is removed, 0 or more
 * @param du diffusivity of u, positive
 * @param dv diffusivity of v, positive
 * @param side points per side n and its length
 * @param step longest time step
 * @param sampling burn-in, time between samples and their number
 * @param trajectories number of trajectories, 1 or more
 * @param seed chooses the spots
 */
public record GrayScott(
        double feed,
        double kill,
        double du,
        double dv,
        PeriodicGrid side,
        double step,
        Sampling sampling,
        int trajectories,
        long seed) {
    private static final int SPOTS = 10;

    public GrayScott {
        if (!(feed >= 0 && kill >= 0 && du > 0 && dv > 0) || Double.isInfinite(feed + kill + du + dv)) {
            throw new IllegalArgumentException("feed = " + feed + ", kill = " + kill + ", du = " + du + ", dv = " + dv
                    + ": give finite numbers, the first two 0 or more, the others positive");
        }
        Objects.requireNonNull(side, "side");
        Objects.requireNonNull(sampling, "sampling");
        if (!(step > 0) || Double.isInfinite(step)) {
            throw new IllegalArgumentException("step = " + step + ": give a positive finite time step");
        }
        if (trajectories < 1 || side.points() > 4096) {
            throw new IllegalArgumentException("trajectories = " + trajectories + ", points = " + side.points()
                    + ": give 1 or more trajectories and at most 4096 points per side");
        }
    }

    /** {@return the default setting: spots on 64 x 64 points, 21 times 50 apart} */
    public static GrayScott standard() {
        return new GrayScott(0.04, 0.06, 2e-5, 1e-5, new PeriodicGrid(64, 1), 1, new Sampling(0, 50, 21), 1, 0);
    }

    /** {@return these settings with other samples} */
    public GrayScott withSampling(Sampling sampling) {
        return new GrayScott(feed, kill, du, dv, side, step, sampling, trajectories, seed);
    }

    /** {@return these settings with another longest time step} */
    public GrayScott withStep(double step) {
        return new GrayScott(feed, kill, du, dv, side, step, sampling, trajectories, seed);
    }

    /** {@return these settings with another grid} */
    public GrayScott withSide(PeriodicGrid side) {
        return new GrayScott(feed, kill, du, dv, side, step, sampling, trajectories, seed);
    }

    /** {@return these settings with another seed and number of trajectories} */
    public GrayScott withTrajectories(int trajectories, long seed) {
        return new GrayScott(feed, kill, du, dv, side, step, sampling, trajectories, seed);
    }

    /**
     * Simulates from random spots.
     *
     * @return all trajectories, states of 2 n^2 numbers; equal settings give equal bits on equal machines
     * @throws IllegalArgumentException if the step is so long that the numbers overflow
     */
    public Trajectories simulate() {
        int size = 2 * side.points() * side.points();
        int rows = Math.multiplyExact(sampling.samples(), size);
        double[] states = new double[Math.multiplyExact(trajectories, rows)];
        IntStream.range(0, trajectories).parallel().forEach(i -> run(spots(Seeds.random(seed, i)), states, i * rows));
        return new Trajectories(sampling.times(), states, trajectories, size, metadata("ten smooth spots"));
    }

    /**
     * Simulates one trajectory from a given state.
     *
     * @param state u row by row, then v
     * @return one trajectory
     */
    public Trajectories simulate(double[] state) {
        int size = 2 * side.points() * side.points();
        if (state.length != size) {
            throw new IllegalArgumentException("state has " + state.length + " numbers: give 2 n^2 = " + size);
        }
        double[] states = new double[Math.multiplyExact(sampling.samples(), size)];
        run(state.clone(), states, 0);
        return new Trajectories(sampling.times(), states, 1, size, metadata("given"));
    }

    private double[] spots(Random random) {
        int n = side.points();
        double[] state = new double[2 * n * n];
        Arrays.fill(state, 0, n * n, 1);
        double width = 0.04 * side.length();
        for (int spot = 0; spot < SPOTS; spot++) {
            double x = side.length() * random.nextDouble();
            double y = side.length() * random.nextDouble();
            for (int i = 0; i < n * n; i++) {
                int row = i / n;
                int column = i % n;
                double dx = distance(row * side.spacing() - x);
                double dy = distance(column * side.spacing() - y);
                double height = Math.exp(-(dx * dx + dy * dy) / (width * width));
                state[i] = Math.min(state[i], 1 - 0.5 * height);
                state[n * n + i] = Math.max(state[n * n + i], 0.25 * height);
            }
        }
        return state;
    }

    private double distance(double d) {
        double folded = Math.abs(d) % side.length();
        return Math.min(folded, side.length() - folded);
    }

    private void run(double[] state, double[] states, int offset) {
        int n = side.points();
        DoubleDHT_2D transform = new DoubleDHT_2D(n, n);
        double[] v = state;
        both(v, transform::forward);
        double[] eigenvalues = eigenvalues();
        Etdrk4.Nonlinearity reaction = reaction(transform);
        if (sampling.burnIn() > 0) {
            advance(v, eigenvalues, sampling.burnIn(), 1, reaction);
        }
        for (int sample = 0; sample < sampling.samples(); sample++) {
            if (sample > 0) {
                advance(v, eigenvalues, sampling.interval(), sample, reaction);
            }
            double[] field = v.clone();
            both(field, part -> transform.inverse(part, true));
            System.arraycopy(field, 0, states, offset + sample * field.length, field.length);
        }
    }

    private void advance(double[] v, double[] eigenvalues, double interval, int sample, Etdrk4.Nonlinearity reaction) {
        long steps = Math.max(1, (long) Math.ceil(interval / step * (1 - 1e-12)));
        Etdrk4 stepper = new Etdrk4(eigenvalues, interval / steps, reaction);
        for (long i = 0; i < steps; i++) {
            stepper.step(v);
        }
        for (double value : v) {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("step = " + step + ": the simulation overflowed before sample "
                        + sample + "; choose a shorter step");
            }
        }
    }

    private double[] eigenvalues() {
        int n = side.points();
        double[] eigenvalues = new double[2 * n * n];
        for (int i = 0; i < n * n; i++) {
            double kx = side.waveNumber(Math.min(i / n, n - i / n));
            double ky = side.waveNumber(Math.min(i % n, n - i % n));
            eigenvalues[i] = -du * (kx * kx + ky * ky) - feed;
            eigenvalues[n * n + i] = -dv * (kx * kx + ky * ky) - feed - kill;
        }
        return eigenvalues;
    }

    private Etdrk4.Nonlinearity reaction(DoubleDHT_2D transform) {
        int half = side.points() * side.points();
        return (v, result) -> {
            System.arraycopy(v, 0, result, 0, v.length);
            both(result, part -> transform.inverse(part, true));
            for (int i = 0; i < half; i++) {
                double rate = result[i] * result[half + i] * result[half + i];
                result[i] = feed - rate;
                result[half + i] = rate;
            }
            both(result, transform::forward);
        };
    }

    private interface Transform {
        void apply(double[] field);
    }

    private void both(double[] state, Transform transform) {
        int half = state.length / 2;
        double[] part = new double[half];
        for (int from = 0; from < state.length; from += half) {
            System.arraycopy(state, from, part, 0, half);
            transform.apply(part);
            System.arraycopy(part, 0, state, from, half);
        }
    }

    private Map<String, String> metadata(String initialName) {
        return Map.ofEntries(
                Map.entry(
                        "equation",
                        "u_t = du Lap(u) - u v^2 + feed (1 - u), v_t = dv Lap(v) + u v^2 - (feed + kill) v"),
                Map.entry("feed", Double.toString(feed)),
                Map.entry("kill", Double.toString(kill)),
                Map.entry("du", Double.toString(du)),
                Map.entry("dv", Double.toString(dv)),
                Map.entry("points", Integer.toString(side.points())),
                Map.entry("length", Double.toString(side.length())),
                Map.entry("step", Double.toString(step)),
                Map.entry("burnIn", Double.toString(sampling.burnIn())),
                Map.entry("interval", Double.toString(sampling.interval())),
                Map.entry("initial", initialName),
                Map.entry("seed", Long.toString(seed)),
                Map.entry("method", "Hartley pseudo-spectral, ETDRK4, float64"),
                Map.entry("version", DatasetsVersion.current()));
    }
}
