package dev.odeon.solvers.linear;

import dev.odeon.solvers.linear.report.FailureKnown;
import java.util.Optional;
import org.tensorflow.types.family.TFloating;

/**
 * What an operator can do beyond its products and solves.
 *
 * <p>Steppers and other operators ask for these, never for a class: a multiple or another wrapper passes them on.
 */
public interface OperatorCapabilities<T extends TFloating> {

    /**
     * Whether a factor costs no more than a solve: then it is made anew in every chosen step, which may have any size, and
     * is not counted. Other factors are kept, and chosen sizes are those whose factors exist.
     */
    default boolean variesFreely() {
        return false;
    }

    /** When a failure is known: what tells a stepper where to look without cost. */
    default FailureKnown failureKnown() {
        return FailureKnown.BY_FACTOR;
    }

    /** Whether a solve has no iteration of its own, so that it is linear in its right-hand side to rounding. */
    default boolean solvesDirectly() {
        return failureKnown() == FailureKnown.BY_FACTOR;
    }

    /**
     * The same operator with factors that can have another alpha for every sample, at one number per sample and component.
     *
     * <p>For operators diagonal in some basis; a full matrix would need one factor for every sample, which this library
     * never makes. Empty where one factor serves the whole batch.
     */
    default Optional<LinearOperator<T>> solvedBySample() {
        return Optional.empty();
    }

    /** A basis in which J is diagonal; empty where none is known that is cheap to go to. */
    default Optional<Eigenbasis<T>> eigenbasis() {
        return Optional.empty();
    }
}
