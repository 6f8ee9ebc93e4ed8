package dev.odeon.datasets.pde;

/** How the product in the nonlinear term is kept from folding high modes back onto low ones. */
public enum Dealiasing {
    /**
     * All modes take part.
     *
     * <p>Right where the grid resolves the solution to rounding, so that there is nothing to fold back; it then keeps the
     * full accuracy of the grid.
     */
    NONE,

    /**
     * Only the lower two thirds of the modes enter the product and receive its result.
     *
     * <p>Right where the spectrum reaches the end of the grid (fronts, coarse grids); a third of the resolution is given
     * up. Source: S. A. Orszag, On the elimination of aliasing in finite-difference schemes by filtering high-wavenumber
     * components, 1971.
     */
    TWO_THIRDS;

    /** {@return the highest mode that takes part on a grid of {@code points} points} */
    int highestMode(int points) {
        return switch (this) {
            case NONE -> points / 2;
            // Strictly below a third of the points: only then does no sum of two modes fold back into the range.
            case TWO_THIRDS -> (points - 1) / 3;
        };
    }
}
