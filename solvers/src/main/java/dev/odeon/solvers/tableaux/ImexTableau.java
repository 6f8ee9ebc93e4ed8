package dev.odeon.solvers.tableaux;

import java.util.Optional;

/**
 * An explicit part for G and an implicit part for J, checked against the order and coupling conditions when it is made.
 *
 * @param explicit strictly lower triangular coefficients of G
 * @param implicit lower triangular coefficients of J; zeros on the diagonal are explicit stages
 * @param order of the result
 * @param embedded the error estimate, with the same weights for both parts
 */
public record ImexTableau(Butcher explicit, Butcher implicit, int order, Optional<Embedded> embedded) {

    public ImexTableau {
        explicit.requireExplicit();
        implicit.requireLowerTriangular();
        if (explicit.stages() != implicit.stages()) {
            throw new IllegalArgumentException("There are " + explicit.stages() + " explicit and " + implicit.stages()
                    + " implicit stages: both parts need the same number");
        }
        OrderConditions.require("weights", order, new double[][][] {explicit.a(), implicit.a()}, new double[][] {
            explicit.b(), implicit.b()
        });
        embedded.ifPresent(second -> second.require(explicit, implicit));
    }

    /** A method without error estimate. */
    public static ImexTableau of(int order, Butcher explicit, Butcher implicit) {
        return new ImexTableau(explicit, implicit, order, Optional.empty());
    }

    /** With an error estimate of another order. */
    public ImexTableau embedded(int other, double... weights) {
        return new ImexTableau(explicit, implicit, order, Optional.of(new Embedded(weights, other)));
    }
}
