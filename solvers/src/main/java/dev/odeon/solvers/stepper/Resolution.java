package dev.odeon.solvers.stepper;

import dev.odeon.solvers.tolerances.Tolerance;

/**
 * What the step control resolves: errors of atol + rtol |u|, of which an inner iteration may spoil only a small part.
 *
 * @param rtol relative
 * @param atol absolute
 */
public record Resolution(Tolerance rtol, Tolerance atol) {

    /** The part of it that an inner iteration may leave undone. */
    public static final double SHARE = 0.01;
}
