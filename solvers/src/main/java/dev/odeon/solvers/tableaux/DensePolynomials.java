package dev.odeon.solvers.tableaux;

import java.util.Arrays;

/**
 * The weights of a method's own dense output: one polynomial of the fraction theta of the step for each stage.
 *
 * @param weights for each stage (and the end of the step, if its rate takes part) the coefficients of theta, theta^2, ...
 */
public record DensePolynomials(double[][] weights) {

    public DensePolynomials {
        weights = Butcher.copied(weights);
    }

    /** A copy of the coefficients. */
    @Override
    public double[][] weights() {
        return Butcher.copied(weights);
    }

    /** How many rates take part. */
    public int rates() {
        return weights.length;
    }

    /** The highest power of theta. */
    public int degree() {
        return Arrays.stream(weights)
                .mapToInt(polynomial -> polynomial.length)
                .max()
                .orElse(0);
    }

    /** The coefficient of theta^power, from 1 on, in the weight of a rate. */
    public double weight(int rate, int power) {
        return power <= weights[rate].length ? weights[rate][power - 1] : 0;
    }

    /** The weight of a rate at the end of the step. */
    double atEnd(int rate) {
        return Arrays.stream(weights[rate]).sum();
    }
}
