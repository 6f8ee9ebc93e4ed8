package dev.odeon.adjoint.norms;

/** Which errors of the way back choose its steps. */
public enum ErrorNorm {
    /** Those of the state, of its adjoint, and of the gradients with respect to the parameters. */
    FULL,
    /**
     * Those of the state and of its adjoint: the gradients with respect to the parameters are integrals along the way, which
     * nothing else depends on.
     */
    SEMINORM
}
