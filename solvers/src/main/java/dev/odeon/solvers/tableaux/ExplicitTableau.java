package dev.odeon.solvers.tableaux;

import java.util.Optional;

/**
 * An explicit method with its error estimate and dense output, checked against the order conditions when it is made.
 *
 * @param order of the result
 * @param embedded the error estimate
 * @param dense output of its own
 */
public record ExplicitTableau(
        Butcher coefficients, int order, Optional<Embedded> embedded, Optional<DensePolynomials> dense) {

    public ExplicitTableau {
        coefficients.requireExplicit();
        OrderConditions.require(
                "weights", order, new double[][][] {coefficients.a()}, new double[][] {coefficients.b()});
        embedded.ifPresent(second -> second.require(coefficients));
        dense.ifPresent(polynomials -> requireEnds(coefficients, polynomials));
    }

    /** A method without error estimate. */
    public static ExplicitTableau of(int order, Butcher coefficients) {
        return new ExplicitTableau(coefficients, order, Optional.empty(), Optional.empty());
    }

    /** With an error estimate of another order. */
    public ExplicitTableau embedded(int other, double... weights) {
        return new ExplicitTableau(coefficients, order, Optional.of(new Embedded(weights, other)), dense);
    }

    /**
     * With dense output.
     *
     * @param polynomials for each stage (and the end of the step, if its rate takes part) the coefficients of theta,
     *     theta^2, ... of its weight at the fraction theta of the step
     */
    public ExplicitTableau dense(double[]... polynomials) {
        return new ExplicitTableau(coefficients, order, embedded, Optional.of(new DensePolynomials(polynomials)));
    }

    /** At the end of the step, dense output must be the result. */
    private static void requireEnds(Butcher coefficients, DensePolynomials polynomials) {
        for (int i = 0; i < polynomials.rates(); i++) {
            double end = polynomials.atEnd(i);
            double weight = i < coefficients.stages() ? coefficients.b(i) : 0;
            if (!(Math.abs(end - weight) <= 1e-9)) {
                throw new IllegalArgumentException("Dense output ends with the weight " + end + " for stage " + i
                        + ", the method with " + weight + ": check the polynomials");
            }
        }
    }
}
