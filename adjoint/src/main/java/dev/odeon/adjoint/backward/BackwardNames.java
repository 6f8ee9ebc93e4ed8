package dev.odeon.adjoint.backward;

import dev.odeon.solvers.forward.LoopNames;

/** The names under which the loops of a way back carry their values, beside those of {@link LoopNames}. */
public final class BackwardNames {

    /** The number of the round: of a way back over steps counted up, of the backsolve adjoint how many are still to be done. */
    public static final String ROUND = "round";

    /** The gradient with respect to the state. */
    public static final String LAMBDA = "lambda";

    /** Prefix of the gradients with respect to the memory. */
    public static final String MEMORY_LAMBDA = "lambda of ";

    /** Prefix of the gradients with respect to the differentiable invariants. */
    public static final String MU = "mu/";

    private static final String GRADIENT = "gradient of ";

    /** The invariant that holds the gradient with respect to the kept states. */
    public static final String KEPT_GRADIENT = gradientOf(LoopNames.KEPT);

    private BackwardNames() {}

    /** The invariant that holds the gradient with respect to a result of the forward loop. */
    static String gradientOf(String result) {
        return GRADIENT + result;
    }

    /** The name of the gradient with respect to something the forward loop carries from step to step. */
    static String lambdaOf(String carriedForward) {
        return carriedForward.equals(LoopNames.STATE) ? LAMBDA : MEMORY_LAMBDA + carriedForward;
    }
}
