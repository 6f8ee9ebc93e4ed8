package dev.odeon.solvers.tableaux;

import java.util.Optional;

/**
 * An implicit method with its error estimate, checked against the order conditions when it is made.
 *
 * @param order of the result
 * @param embedded the error estimate
 */
public record ImplicitTableau(Butcher coefficients, int order, Optional<Embedded> embedded) {

    public ImplicitTableau {
        OrderConditions.require(
                "weights", order, new double[][][] {coefficients.a()}, new double[][] {coefficients.b()});
        embedded.ifPresent(second -> requireEmbedded(second, coefficients));
    }

    private static void requireEmbedded(Embedded second, Butcher coefficients) {
        if (!coefficients.lowerTriangular()) {
            second.requireImplicit(coefficients);
        } else if (second.usesEndRate(coefficients.stages())) {
            throw new IllegalArgumentException(
                    "The rate at the end of a step takes no part in the estimate of an implicit method: give one"
                            + " embedded weight for each stage");
        } else {
            second.require(coefficients);
        }
    }

    /** A method without error estimate. */
    public static ImplicitTableau of(int order, Butcher coefficients) {
        return new ImplicitTableau(coefficients, order, Optional.empty());
    }

    /** With an error estimate of another order. */
    public ImplicitTableau embedded(int other, double... weights) {
        return new ImplicitTableau(coefficients, order, Optional.of(new Embedded(weights, other)));
    }
}
