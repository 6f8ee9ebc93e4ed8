package dev.odeon.solvers.events;

import java.util.Objects;
import org.tensorflow.types.family.TFloating;

/**
 * The first zero crossing of a function ends the solve of a sample.
 *
 * <p>g crosses zero where its sign changes, from strictly below to zero or above (rising) or the other way (falling). A g
 * that is zero at the start of the interval has not crossed: it must leave zero and come back. Signs are compared at the
 * ends of each step and at evenly spaced points of its dense output, the {@code probes}; the first change counts, and is
 * then narrowed down on the dense output to the tolerance. Two crossings between neighbouring probes are not seen: bound
 * the step size, or take more probes, where g oscillates fast. A g that is no number where it is asked ends the solve with
 * NON_FINITE. Where samples share their steps, one that met its event rests at it, and the field is still evaluated there.
 *
 * <p>The event is as accurate as the dense output of the method, whatever the tolerance here. Source: Shampine, Thompson,
 * Event location for ordinary differential equations, 2000. Made by {@link #of} and changed by the {@code with} methods.
 *
 * @param function g
 * @param direction which crossings count
 * @param tolerance of the event's time, in units of time; the resolution of the element type bounds it from below
 * @param probes per step, at least 1 for the step's end
 */
public record StopEvent<T extends TFloating>(
        EventFunction<T> function, Direction direction, double tolerance, int probes) {

    /** Which crossings count. */
    public enum Direction {
        /** From negative to positive. */
        RISING,
        /** From positive to negative. */
        FALLING,
        /** Both. */
        EITHER
    }

    public StopEvent {
        Objects.requireNonNull(function, "function");
        Objects.requireNonNull(direction, "direction");
        if (!(tolerance >= 0) || !Double.isFinite(tolerance)) {
            throw new IllegalArgumentException(
                    "The tolerance of an event is " + tolerance + ": give a time that is not negative");
        }
        if (probes < 1 || probes > 64) {
            throw new IllegalArgumentException(
                    "An event is looked for at " + probes + " points of a step: give a number from 1 to 64");
        }
    }

    /** Crossings in either direction, to 1e-10 in time, with four probes. */
    public static <T extends TFloating> StopEvent<T> of(EventFunction<T> function) {
        return new StopEvent<>(function, Direction.EITHER, 1e-10, 4);
    }

    /** The same event of another function. */
    public StopEvent<T> with(EventFunction<T> other) {
        return new StopEvent<>(other, direction, tolerance, probes);
    }

    /** The same with another direction. */
    public StopEvent<T> with(Direction other) {
        return new StopEvent<>(function, other, tolerance, probes);
    }

    /** The same with another tolerance. */
    public StopEvent<T> withTolerance(double time) {
        return new StopEvent<>(function, direction, time, probes);
    }

    /** The same with another number of probes per step. */
    public StopEvent<T> withProbes(int number) {
        return new StopEvent<>(function, direction, tolerance, number);
    }
}
