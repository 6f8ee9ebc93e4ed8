package dev.odeon.solvers.events;

import java.util.Objects;
import org.tensorflow.types.family.TFloating;

/**
 * The first zero crossing of a function ends the solve of a sample.
 *
 * <p>g crosses zero where its sign changes, rising or falling as the solve proceeds, also backward in time. The first change
 * in the direction that counts is found, wherever it lies in a step, however many others follow it there, and narrowed down to
 * the tolerance. The time reported is that behind the change, so that a solve from there does not meet the same one again.
 *
 * <p>g is asked at the probes of each step, on its dense output. A polynomial through the values and the rest of its Chebyshev
 * series bound g and its slope; a step in which these show no zero, or none but a single one that does not count, is passed.
 * Any other is gone through from its start in pieces, which are halved until the bounds show that g has no zero on the piece
 * or is monotone there. What is found is therefore the first change of sign of g along the dense output under these
 * conditions:
 *
 * <ul>
 *   <li>g is sampled, so that a bump much narrower than the gap between neighbouring probes, of which no sample shows
 *       anything, is not seen: take more probes or bound the step where g has such bumps. The bounds are proven for functions
 *       whose Chebyshev coefficients on a piece fall beyond the degree of its polynomial (at most eight), and hold exactly for
 *       polynomials g of no higher degree along the step.
 *   <li>Zeros nearer to each other than the tolerance, or than g and time are resolved in the element type, are not told apart.
 *   <li>Jumps and poles of g at which the sign changes are crossings. They take thirty to fifty pieces, and so do kinks near
 *       zero. After 200 pieces in one step the rest of it is judged by the signs of g at nine points of each piece.
 *   <li>A zero that g only touches, without another sign behind it, is no crossing. In floating point g may change its sign
 *       there nevertheless, by rounding, and then counts. A g that reaches zero and stays there has crossed, and so has one that
 *       is zero exactly at the end of the interval, because what follows is not known.
 * </ul>
 *
 * <p>A g that is zero at the start of the interval has not crossed, unless {@link AtStart} says otherwise: it must leave zero
 * and come back. A g that is no number before its first crossing ends the solve with NON_FINITE. Where samples share their
 * steps, one that met its event rests at it, and the field is still evaluated there. g need not be differentiable.
 *
 * <p>The event is as accurate as the dense output of the method, whatever the tolerance here. Sources: Shampine, Thompson,
 * Event location for ordinary differential equations, 2000; for the bounds Trefethen, Approximation theory and approximation
 * practice, 2013. Made by {@link #of} and changed by the {@code with} methods.
 *
 * @param function g
 * @param direction which crossings count
 * @param start what a g means that is zero, or beyond zero, at the start of the interval
 * @param tolerance of the event's time, in units of time; the resolution of the element type bounds it from below
 * @param probes per step, from 4 to 64; beyond eight the step is looked at in several parts
 */
public record StopEvent<T extends TFloating>(
        EventFunction<T> function, Direction direction, AtStart start, double tolerance, int probes) {

    private static final int FEWEST_PROBES = 4;
    private static final int MOST_PROBES = 64;

    /** Which crossings count; in the order of the solve, also backward in time. */
    public enum Direction {
        /** From negative to positive. */
        RISING,
        /** From positive to negative. */
        FALLING,
        /** Both. */
        EITHER
    }

    /** What is an event at the start of the interval. */
    public enum AtStart {
        /** Nothing: the first crossing after the start is looked for. */
        PASSED,
        /** A g that is zero there, in any direction. */
        ZERO,
        /**
         * A g that is zero there or on the side to which the crossings that count lead: above for RISING, below for FALLING,
         * neither for EITHER.
         */
        REACHED
    }

    public StopEvent {
        Objects.requireNonNull(function, "function");
        Objects.requireNonNull(direction, "direction");
        Objects.requireNonNull(start, "start");
        if (!(tolerance >= 0) || !Double.isFinite(tolerance)) {
            throw new IllegalArgumentException(
                    "The tolerance of an event is " + tolerance + ": give a time that is not negative");
        }
        if (probes < FEWEST_PROBES || probes > MOST_PROBES) {
            throw new IllegalArgumentException("An event is looked for at " + probes
                    + " points of a step: give a number from " + FEWEST_PROBES + " to " + MOST_PROBES);
        }
    }

    /** Crossings in either direction after the start, to 1e-10 in time, with six probes. */
    public static <T extends TFloating> StopEvent<T> of(EventFunction<T> function) {
        return new StopEvent<>(function, Direction.EITHER, AtStart.PASSED, 1e-10, 6);
    }

    /** The same event of another function. */
    public StopEvent<T> with(EventFunction<T> other) {
        return new StopEvent<>(other, direction, start, tolerance, probes);
    }

    /** The same with another direction. */
    public StopEvent<T> with(Direction other) {
        return new StopEvent<>(function, other, start, tolerance, probes);
    }

    /** The same with another meaning of the start. */
    public StopEvent<T> with(AtStart other) {
        return new StopEvent<>(function, direction, other, tolerance, probes);
    }

    /** The same with another tolerance. */
    public StopEvent<T> withTolerance(double time) {
        return new StopEvent<>(function, direction, start, time, probes);
    }

    /** The same with another number of probes per step. */
    public StopEvent<T> withProbes(int number) {
        return new StopEvent<>(function, direction, start, tolerance, number);
    }
}
