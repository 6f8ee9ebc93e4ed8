package dev.odeon.models.grand;

/** The state from which the attention of graph diffusion is computed. */
public enum AttentionAt {
    /** A(u(t)), again at every evaluation: the nonlinear diffusion of the SINODE paper, equation 19. */
    CURRENT_STATE,
    /** A(u(0)), once for each solve: linear diffusion, faster, called GRAND-l. */
    INITIAL_STATE
}
