package dev.odeon.solvers.solve;

import dev.odeon.graph.Values;
import dev.odeon.solvers.steps.Jumps;
import dev.odeon.solvers.steps.KnownSteps;
import dev.odeon.solvers.steps.PidController;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * One forward solve: from an initial state to a {@link ForwardResult}.
 *
 * <p>The loops themselves stay apart: that of known sizes is lean because it chooses nothing.
 */
public sealed interface ForwardSolve<T extends TFloating> permits KnownSolve, ChosenSolve, JoinedSolve {

    /**
     * The solve that settings ask for.
     *
     * @throws IllegalArgumentException if they do not go together, or with the gradient
     */
    static <T extends TFloating> ForwardSolve<T> of(
            Ops tf, SolveSettings<T> settings, Differentiation differentiation) {
        // Whether the method chooses steps comes first: complaints about the control would be of no use without.
        if (settings.control() instanceof PidController control) {
            ChosenSolve.estimate(settings.method(), control);
        }
        requireEstimate(settings);
        differentiation.require(tf, settings);
        return settings.control() instanceof KnownSteps steps
                ? KnownSolve.of(settings, steps, differentiation)
                : new ChosenSolve<>(settings, differentiation);
    }

    private static void requireEstimate(SolveSettings<?> settings) {
        if (settings.estimates() == SolveSettings.Estimates.UNTOLD) {
            return;
        }
        if (settings.control() instanceof PidController) {
            throw new IllegalArgumentException(
                    "PidController keeps the estimated error of each step within its tolerances:"
                            + " withErrorEstimate is for FixedSteps and StepsPerInterval");
        }
        if (settings.method().embedded().isEmpty()) {
            throw new IllegalArgumentException("The method " + settings.method().name()
                    + " has no error estimate: leave out withErrorEstimate and compare with a solve of half the step, or take"
                    + " a method with one such as tsit5, imex-rk3 or kvaerno5");
        }
    }

    /**
     * The solve of a field that jumps.
     *
     * @param settings whose field and event are given times, and not offsets from the start
     * @throws IllegalArgumentException if the settings do not go together, or with the jumps, or with the gradient
     */
    static <T extends TFloating> ForwardSolve<T> of(
            Ops tf, SolveSettings<T> settings, Jumps<T> jumps, Differentiation differentiation) {
        return jumps instanceof Jumps.Given<T> given && !given.touch(settings.saveAt())
                ? of(tf, settings.countedFromStart(), differentiation)
                : new JoinedSolve<>(settings, jumps, differentiation);
    }

    /**
     * Adds the solve to the graph.
     *
     * @param u0 initial state, first axis batch
     * @param theta parameters and data of the field
     */
    ForwardResult<T> run(Ops tf, Operand<T> u0, Values theta);
}
