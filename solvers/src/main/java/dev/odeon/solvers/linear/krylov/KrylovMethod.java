package dev.odeon.solvers.linear.krylov;

/** Which Krylov iteration. */
public enum KrylovMethod {
    /**
     * Conjugate gradients: for I - alpha J symmetric and positive definite, with a preconditioner that is both, too.
     *
     * <p>Reports a breakdown where it meets a direction of negative curvature. Source: Hestenes, Stiefel, Methods of
     * Conjugate Gradients for Solving Linear Systems, 1952.
     */
    CG,
    /**
     * Stabilised bi-conjugate gradients, preconditioned from the right: for any matrix, with little memory.
     *
     * <p>Starts anew from the present residual where its shadow residual has become orthogonal to it. Source: van der
     * Vorst, Bi-CGSTAB: A Fast and Smoothly Converging Variant of Bi-CG, 1992.
     */
    BICGSTAB,
    /**
     * The generalised minimal residual method, preconditioned from the right and restarted: for any matrix.
     *
     * <p>The residual never grows; between restarts there is no breakdown short of a singular matrix. Source: Saad,
     * Schultz, GMRES: A Generalized Minimal Residual Algorithm for Solving Nonsymmetric Linear Systems, 1986.
     */
    GMRES
}
