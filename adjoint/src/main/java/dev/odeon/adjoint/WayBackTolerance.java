package dev.odeon.adjoint;

import org.jspecify.annotations.Nullable;

/** Checks the tolerance of a way back. */
final class WayBackTolerance {

    private WayBackTolerance() {}

    /** Throws if a tolerance is given that allows nothing. */
    static void require(@Nullable Double tolerance) {
        if (tolerance != null && !(tolerance > 0)) {
            throw new IllegalArgumentException("The tolerance of the way back is " + tolerance
                    + ": give a positive number such as 1e-3, or infinity to compare nothing");
        }
    }
}
