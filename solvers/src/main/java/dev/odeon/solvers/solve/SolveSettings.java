package dev.odeon.solvers.solve;

import dev.odeon.solvers.Method;
import dev.odeon.solvers.events.StopEvent;
import dev.odeon.solvers.forward.SampleClock;
import dev.odeon.solvers.stepper.Origin;
import dev.odeon.solvers.stepper.Problem;
import dev.odeon.solvers.steps.SaveAt;
import dev.odeon.solvers.steps.StepControl;
import dev.odeon.solvers.steps.TimeResolution;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tensorflow.types.family.TFloating;

/**
 * What a forward solve is asked to do.
 *
 * @param problem the field, split as the method needs it, and the event are given offsets from the start of the interval
 * @param method of integration
 * @param control of the step sizes
 * @param saveAt the interval and what is kept of it
 * @param event that ends the solve; null for none
 * @param clock of the samples, on which the problem is; null where the samples share their times
 * @param estimates what is told of the errors of steps of known sizes
 */
public record SolveSettings<T extends TFloating>(
        Problem<T> problem,
        Method method,
        StepControl control,
        SaveAt saveAt,
        @Nullable StopEvent<T> event,
        @Nullable SampleClock<T> clock,
        Estimates estimates) {

    /** What is told of the errors that steps of known sizes estimate. */
    public enum Estimates {
        /** Nothing: they are not computed. */
        UNTOLD,
        /** The largest of each sample. */
        LARGEST
    }

    /** Checks that nothing but event and clock is missing. */
    public SolveSettings {
        Objects.requireNonNull(problem, "problem");
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(control, "control");
        Objects.requireNonNull(saveAt, "saveAt");
        Objects.requireNonNull(estimates, "estimates");
    }

    /** A solve whose samples share their times, without event. */
    public SolveSettings(Problem<T> problem, Method method, StepControl control, SaveAt saveAt) {
        this(problem, method, control, saveAt, null, null, Estimates.UNTOLD);
    }

    /**
     * The same where the field and the event look at times: the loops, which count from the start of the interval, give them
     * these.
     *
     * @throws IllegalArgumentException if the element type does not tell the times apart
     */
    public SolveSettings<T> countedFromStart() {
        new TimeResolution(problem.type()).require(saveAt, control);
        Origin origin = new Origin(saveAt.start());
        StopEvent<T> timed = event;
        StopEvent<T> counted = timed == null || origin.time() == 0
                ? timed
                : timed.with(
                        (tf, offset, u, theta) -> timed.function().evaluate(tf, origin.absolute(tf, offset), u, theta));
        return new SolveSettings<>(origin.of(problem), method, control, saveAt, counted, clock, estimates);
    }

    /** The same by another method, of which other states are kept. */
    public SolveSettings<T> with(Method other, SaveAt kept) {
        return new SolveSettings<>(problem, other, control, kept, event, clock, estimates);
    }

    /** The same with another control of the step sizes. */
    public SolveSettings<T> with(StepControl other) {
        return new SolveSettings<>(problem, method, other, saveAt, event, clock, estimates);
    }

    /** The same for another form of the problem. */
    SolveSettings<T> with(Problem<T> other) {
        return new SolveSettings<>(other, method, control, saveAt, event, clock, estimates);
    }
}
