package dev.odeon.solvers.steps;

import dev.odeon.solvers.tolerances.Attainable;
import dev.odeon.solvers.tolerances.Tolerance;
import java.util.Objects;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.family.TFloating;

/**
 * Step sizes chosen by an error estimate, so that the scaled error of each step stays near one.
 *
 * <p>The error of a step is scaled by atol + rtol max(|u_n|, |u_(n+1)|). After a step of scaled error e_n the next size is
 * h safety e_n^(-b1/k) e_(n-1)^(-b2/k) e_(n-2)^(-b3/k) with k the order of the estimate plus one; an error above one rejects
 * the step. Source: Soederlind, Digital filters in adaptive time-stepping, 2003. Made by {@link #of} and changed by the
 * {@code with} methods.
 *
 * <p>Where components differ much in size, each takes a tolerance of its own, {@link #withAbsolute}: a tolerance that
 * suits the smallest makes the steps of all of them too small, one that suits the largest loses the smallest.
 *
 * @param rtol relative tolerance; one below four roundings of the element type counts as four roundings, which the log says
 * @param atol absolute tolerance, in units of the state
 * @param filter the exponents b
 * @param norm how the errors of the components become one number
 * @param scope whether all samples share their steps
 * @param safety factor by which the size stays below the predicted
 * @param shrink smallest and
 * @param grow largest factor from one size to the next
 * @param first the first size; zero to estimate it (Hairer, Norsett, Wanner, Solving Ordinary Differential Equations I, II.4)
 * @param smallest no step is smaller, unless it ends the interval; where a smaller one is needed, the solve ends with
 *     STEP_UNDERFLOW. Zero for what the time can resolve: 16 roundings of the time since the start, and 1e-24 of the interval there; on a
 *     ladder of sizes 1e-9 of the interval
 * @param largest no step is larger
 * @param maxSteps steps tried, rejected ones included, before the solve ends with MAX_STEPS
 */
public record PidController(
        Tolerance rtol,
        Tolerance atol,
        Filter filter,
        Norm norm,
        Scope scope,
        double safety,
        double shrink,
        double grow,
        double first,
        double smallest,
        double largest,
        int maxSteps)
        implements StepControl {

    /** Below so many roundings an error is that of the arithmetic. */
    private static final int ROUNDINGS = 4;

    /** How the errors of the components become one number. */
    public enum Norm {
        /**
         * The root of the mean square: the usual choice.
         *
         * <p>Over a batch that shares its steps the mean is over all samples, so that n - 1 samples at rest hide the error of
         * the one that moves up to a factor of the root of n. Measured with tsit5 at a tolerance of 1e-6 to t = 10 on one
         * harmonic oscillator that moves among 10^6 at rest: an error of 8e-3, and 1.4e-6 by {@link #LARGEST}. Take this, or
         * {@link Scope#EACH_SAMPLE}, where few samples of many move or all of them must meet the tolerance.
         */
        ROOT_MEAN_SQUARE,
        /** The largest: every component of every sample meets the tolerance, however large the batch. */
        LARGEST
    }

    /** Whether all samples share their steps. */
    public enum Scope {
        /** One time and one size for the batch, from a norm over all of it; see {@link Norm} for large batches. */
        WHOLE_BATCH,
        /** Each sample has its own time, size and norm; finished samples rest. For batches of mixed stiffness. */
        EACH_SAMPLE
    }

    /**
     * The exponents of a digital filter on the errors of the last three steps.
     *
     * @param b1 of the last error
     * @param b2 of the one before
     * @param b3 of the one before that
     */
    public record Filter(double b1, double b2, double b3) {
        /** The elementary controller: the last error alone. */
        public static final Filter I = new Filter(1, 0, 0);
        /** H211PI: smooth sizes at little cost, a good default for stiff problems. */
        public static final Filter H211PI = new Filter(1 / 6.0, 1 / 6.0, 0);
        /** PI.4.2: smooth sizes. */
        public static final Filter PI42 = new Filter(3 / 5.0, -1 / 5.0, 0);
        /** PI of Gustafsson, with 0.7 and -0.4. */
        public static final Filter PI = new Filter(0.7, -0.4, 0);
        /** H312PID: smoothest sizes, for problems of slowly changing difficulty. */
        public static final Filter H312PID = new Filter(1 / 18.0, 1 / 9.0, 1 / 18.0);
    }

    public PidController {
        Objects.requireNonNull(rtol, "rtol");
        Objects.requireNonNull(atol, "atol");
        Objects.requireNonNull(filter, "filter");
        Objects.requireNonNull(norm, "norm");
        Objects.requireNonNull(scope, "scope");
        require(rtol.plus(atol).smallest() > 0, "tolerances", rtol + ", " + atol);
        require(safety > 0 && safety <= 1, "safety", safety + "");
        require(shrink > 0 && shrink < 1, "smallest factor", shrink + "");
        require(grow > 1, "largest factor", grow + "");
        require(first >= 0 && Double.isFinite(first), "first size", first + "");
        require(smallest >= 0 && smallest < largest, "range of sizes", smallest + " to " + largest);
        require(maxSteps >= 1, "number of steps", maxSteps + "");
    }

    private static void require(boolean fine, String what, String value) {
        if (!fine) {
            throw new IllegalArgumentException(
                    "The " + what + " of the step control cannot be " + value
                            + ": tolerances are zero or positive and of no component both zero, factors shrink < 1 < grow, sizes positive");
        }
    }

    /** Tolerances of all components, and everything else as usual. */
    public static PidController of(double rtol, double atol) {
        return of(Tolerance.of(rtol), Tolerance.of(atol));
    }

    /** Tolerances of each component, and everything else as usual. */
    public static PidController of(Tolerance rtol, Tolerance atol) {
        return new PidController(
                rtol,
                atol,
                Filter.I,
                Norm.ROOT_MEAN_SQUARE,
                Scope.WHOLE_BATCH,
                0.9,
                0.2,
                5,
                0,
                0,
                Double.POSITIVE_INFINITY,
                100_000);
    }

    /**
     * The same with an absolute tolerance for each component of samples of one axis, or one for all.
     *
     * @param ofComponents in units of the state
     */
    public PidController withAbsolute(double... ofComponents) {
        return withAbsolute(Tolerance.of(ofComponents));
    }

    /** The same with another absolute tolerance. */
    public PidController withAbsolute(Tolerance other) {
        return new PidController(
                rtol, other, filter, norm, scope, safety, shrink, grow, first, smallest, largest, maxSteps);
    }

    /** The same with a relative tolerance for each component of samples of one axis, or one for all. */
    public PidController withRelative(double... ofComponents) {
        return withRelative(Tolerance.of(ofComponents));
    }

    /** The same with another relative tolerance. */
    public PidController withRelative(Tolerance other) {
        return new PidController(
                other, atol, filter, norm, scope, safety, shrink, grow, first, smallest, largest, maxSteps);
    }

    /**
     * The same with tolerances that an element type can meet, for states of a shape.
     *
     * @param state first axis batch
     * @throws IllegalArgumentException if the tolerances do not spread over the state of one sample
     */
    public PidController attainable(Class<? extends TFloating> type, Shape state) {
        rtol.requireFits(state);
        atol.requireFits(state);
        double least = Attainable.least(type, ROUNDINGS);
        Tolerance raised = rtol.atLeast(least);
        if (raised.equals(rtol)) {
            return this;
        }
        // An absolute tolerance alone is met by numbers of about one.
        if (rtol.largest() > 0 || atol.smallest() < least) {
            Attainable.tell("relative tolerance of the step control", rtol, type, ROUNDINGS);
        }
        return withRelative(raised);
    }

    /** The same with another filter. */
    public PidController with(Filter other) {
        return new PidController(
                rtol, atol, other, norm, scope, safety, shrink, grow, first, smallest, largest, maxSteps);
    }

    /** The same with another norm. */
    public PidController with(Norm other) {
        return new PidController(
                rtol, atol, filter, other, scope, safety, shrink, grow, first, smallest, largest, maxSteps);
    }

    /** The same with another scope. */
    public PidController with(Scope other) {
        return new PidController(
                rtol, atol, filter, norm, other, safety, shrink, grow, first, smallest, largest, maxSteps);
    }

    /** The same with another safety and other limits of the change of size. */
    public PidController withFactors(double newSafety, double newShrink, double newGrow) {
        return new PidController(
                rtol, atol, filter, norm, scope, newSafety, newShrink, newGrow, first, smallest, largest, maxSteps);
    }

    /** The same with a given first size, zero to estimate it. */
    public PidController withFirst(double size) {
        return new PidController(
                rtol, atol, filter, norm, scope, safety, shrink, grow, size, smallest, largest, maxSteps);
    }

    /** The same with other bounds of the size. */
    public PidController within(double newSmallest, double newLargest) {
        return new PidController(
                rtol, atol, filter, norm, scope, safety, shrink, grow, first, newSmallest, newLargest, maxSteps);
    }

    /** The same with another bound of the number of steps. */
    public PidController withMaxSteps(int steps) {
        return new PidController(
                rtol, atol, filter, norm, scope, safety, shrink, grow, first, smallest, largest, steps);
    }
}
