package dev.odeon.adjoint.differentiation;

import dev.odeon.solvers.Method;
import dev.odeon.solvers.linear.LinearOperator;
import dev.odeon.solvers.solve.SolveSettings;
import dev.odeon.solvers.steps.PidController;
import dev.odeon.solvers.steps.SaveAt;
import java.util.Optional;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/** What several gradients require of a solve; all throw an {@code IllegalArgumentException} with the remedy. */
final class Requirements {

    private Requirements() {}

    /** No events, which depend on everything when they happen, and no estimates, for which steps remember more. */
    static void noEvent(SolveSettings<?> settings) {
        withoutGradient(settings).ifPresent(reason -> {
            throw new IllegalArgumentException(reason);
        });
    }

    /** Why a solve has no gradient whichever is chosen, and the remedy; empty if it may have one. */
    static Optional<String> withoutGradient(SolveSettings<?> settings) {
        if (settings.estimates() != SolveSettings.Estimates.UNTOLD) {
            return Optional.of(
                    "The largest estimated error is told of solves without gradient: take"
                            + " Gradient.NONE with withErrorEstimate, in a solve of its own beside the one that is differentiated");
        }
        return settings.event() == null
                ? Optional.empty()
                : Optional.of("Events have no gradient: take Gradient.NONE, and for a gradient solve again to the times"
                        + " that were found, without withEvent");
    }

    /** States at points of time alone: no events and no solutions as functions of time. */
    static void pointsOnly(SolveSettings<?> settings, String label) {
        noEvent(settings);
        if (settings.saveAt().intermediate() == SaveAt.Kept.DENSE) {
            throw new IllegalArgumentException("Solutions as functions of time have no " + label
                    + ": take Gradient.DISCRETE_ADJOINT, or keep states at given times with SaveAt.times");
        }
    }

    /** Chosen steps that are not kept themselves. */
    static void givenTimes(SolveSettings<?> settings, String label) {
        if (settings.control() instanceof PidController && settings.saveAt().intermediate() == SaveAt.Kept.STEPS) {
            throw new IllegalArgumentException("The states at the chosen steps themselves have no " + label
                    + ": take Gradient.DISCRETE_ADJOINT, or keep states at given times with SaveAt.times");
        }
    }

    /** An exponential of numbers. */
    static <T extends TFloating> void constantExponential(Ops tf, SolveSettings<T> settings) {
        Method method = settings.method();
        LinearOperator<T> linear = settings.problem().linear();
        if (method.exponentiates()
                && linear != null
                && !linear.data(tf, settings.problem().type()).differentiable().isEmpty()) {
            throw new IllegalArgumentException("The method " + method.name()
                    + " cannot differentiate the exponential of a trainable linear part: make the operator from numbers, or"
                    + " take an IMEX method");
        }
    }
}
