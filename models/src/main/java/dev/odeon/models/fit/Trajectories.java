package dev.odeon.models.fit;

import java.util.Arrays;
import java.util.Objects;
import org.tensorflow.ndarray.Shape;

/**
 * Samples of solutions at common times, from the first of which they start.
 *
 * <p>NaN stands for what nobody observed; of the start everything has to be known.
 */
public final class Trajectories {

    private final double[] times;
    /** Time by time, series by series. */
    private final double[] states;

    private final double[] units;
    private final int series;

    private Trajectories(double[] times, double[] states, double[] units, int series) {
        this.times = times;
        this.states = states;
        this.units = units;
        this.series = series;
    }

    /**
     * Several solutions.
     *
     * @param times [times], two or more, each after the one before or each before it
     * @param states [series][times][components]
     * @throws IllegalArgumentException if the lengths differ, a number is infinite, or one of a start is not known
     */
    public static Trajectories of(double[] times, double[][][] states) {
        if (states.length == 0 || states[0].length == 0 || states[0][0].length == 0) {
            throw new IllegalArgumentException(
                    "There are no states: give [series][times][components], one or more of each");
        }
        if (times.length < 2) {
            throw new IllegalArgumentException(times.length + " times make no solve: give the start and one more");
        }
        int components = states[0][0].length;
        double[] flat = new double[times.length * states.length * components];
        for (int s = 0; s < states.length; s++) {
            if (states[s].length != times.length) {
                throw new IllegalArgumentException("Series " + s + " has " + states[s].length + " states at "
                        + times.length + " times: give a state for each time, NaN where it was not observed");
            }
            for (int k = 0; k < times.length; k++) {
                require(states[s][k], components, s, k);
                System.arraycopy(states[s][k], 0, flat, (k * states.length + s) * components, components);
            }
        }
        double[] units = new double[components];
        Arrays.fill(units, 1);
        return new Trajectories(times.clone(), flat, units, states.length);
    }

    /**
     * One solution.
     *
     * @param states [times][components]
     * @throws IllegalArgumentException as for several
     */
    public static Trajectories of(double[] times, double[][] states) {
        return of(times, new double[][][] {states});
    }

    private static void require(double[] state, int components, int series, int time) {
        if (state.length != components) {
            throw new IllegalArgumentException("State " + time + " of series " + series + " has " + state.length
                    + " components, the first one " + components + ": give all of them the same");
        }
        for (double x : state) {
            if (Double.isInfinite(x) || (time == 0 && Double.isNaN(x))) {
                throw new IllegalArgumentException("State " + time + " of series " + series + " holds " + x
                        + (time == 0 ? ": a start has to be known whole" : ": give NaN for what was not observed"));
            }
        }
    }

    /**
     * The same with units in which errors of the components are measured: those of large ones count for no more then.
     *
     * @param ofComponents one positive number for each
     * @throws IllegalArgumentException if there are too few or too many, or one is not positive
     */
    public Trajectories withUnits(double... ofComponents) {
        Objects.requireNonNull(ofComponents, "ofComponents");
        if (ofComponents.length != units.length) {
            throw new IllegalArgumentException(
                    ofComponents.length + " units for " + units.length + " components: give one for each");
        }
        for (double unit : ofComponents) {
            if (!(unit > 0 && Double.isFinite(unit))) {
                throw new IllegalArgumentException("The unit of a component is " + unit + ": give a positive number");
            }
        }
        return new Trajectories(times, states, ofComponents.clone(), series);
    }

    /** [times]. */
    public double[] times() {
        return times.clone();
    }

    /** How many solutions. */
    public int series() {
        return series;
    }

    /** How many components a state has. */
    public int components() {
        return units.length;
    }

    /** [times, series, components]. */
    Shape shape() {
        return Shape.of(times.length, series, units.length);
    }

    /** The starts, [series, components]. */
    double[] starts() {
        return Arrays.copyOf(states, series * units.length);
    }

    /** What was observed, in units; zero where {@link #weights} is: of {@link #shape}. */
    double[] observed() {
        double[] observed = weights();
        for (int i = 0; i < observed.length; i++) {
            observed[i] = observed[i] == 0 ? 0 : states[i] * observed[i];
        }
        return observed;
    }

    /** How much an error counts: one over its unit where something was observed after the start, else zero; of {@link #shape}. */
    double[] weights() {
        double[] weights = new double[states.length];
        for (int i = series * units.length; i < weights.length; i++) {
            weights[i] = Double.isNaN(states[i]) ? 0 : 1 / units[i % units.length];
        }
        return weights;
    }

    /** How many numbers were observed after the start. */
    int count() {
        return (int) Arrays.stream(weights()).filter(w -> w > 0).count();
    }
}
