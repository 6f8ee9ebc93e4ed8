package dev.odeon.solvers;

/**
 * A method of integration: its name, its order and its coefficients.
 *
 * <p>Each family is one record and has one engine. {@link Methods} lists all methods.
 */
public sealed interface Method
        permits RungeKutta,
                ImplicitRungeKutta,
                AdamsBashforth,
                AdamsBashforthMoulton,
                BackwardDifferentiation,
                ImexMultistep,
                ExponentialRungeKutta {

    /** The name used on the command line. */
    String name();

    /** The order of convergence. */
    int order();

    /** What becomes of the linear part of a split field. */
    LinearPart linearPart();

    /** Which step sizes the method can take. */
    StepSizes stepSizes();

    /** What becomes of the linear part of a split field. */
    enum LinearPart {
        /** It is solved for, or exponentiated; the method needs a {@link SplitField}. */
        SEPARATE,
        /** It is added to the nonlinear part; the method takes the field whole. */
        ADDED
    }

    /** Which step sizes a method can take. */
    enum StepSizes {
        /** Sizes known before the solve. */
        FIXED,
        /** Also sizes chosen by an error estimate during the solve. */
        ADAPTIVE
    }
}
