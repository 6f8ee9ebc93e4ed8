package dev.odeon.solvers.tableaux;

/**
 * A second set of weights; the difference of the two results estimates the error.
 *
 * <p>The difference of the weights is the same for both parts of a pair, so that the estimate is one sum over whole
 * rates: where the parts have weights of their own, those of the implicit part's second result differ accordingly.
 *
 * @param weights of the stages of the (explicit) part; one more than stages if the rate at the end of the step takes part;
 *     where stages are solved together two more, because the second result is itself implicit, which damps its error:
 *     first the rate at the start of the step, last that of the second result
 * @param order of the second result
 */
public record Embedded(double[] weights, int order) {

    public Embedded {
        weights = weights.clone();
    }

    /** A copy of the weights. */
    @Override
    public double[] weights() {
        return weights.clone();
    }

    /** The weight of a rate. */
    public double weight(int i) {
        return weights[i];
    }

    /** How many rates take part. */
    public int rates() {
        return weights.length;
    }

    /** Whether the rate at the end of the step takes part. */
    public boolean usesEndRate(int stages) {
        return weights.length == stages + 1;
    }

    /** Throws if the weights do not fit the coefficients or miss an order condition. */
    void require(Butcher... parts) {
        int stages = parts[0].stages();
        if (weights.length != stages && !usesEndRate(stages)) {
            throw new IllegalArgumentException("There are " + weights.length + " embedded weights for " + stages
                    + " stages: give one for each stage, and one more if the rate at the end takes part");
        }
        double[][][] a = new double[parts.length][][];
        double[][] b = new double[parts.length][];
        for (int p = 0; p < parts.length; p++) {
            a[p] = usesEndRate(stages) ? extended(parts[p]) : parts[p].a();
            b[p] = weights.clone();
            for (int i = 0; i < stages && p > 0; i++) {
                b[p][i] += parts[p].b(i) - parts[0].b(i);
            }
        }
        OrderConditions.require("embedded weights", order, a, b);
    }

    /** Throws if the weights are not those of an implicit second result, or miss an order condition. */
    void requireImplicit(Butcher part) {
        int stages = part.stages();
        if (weights.length != stages + 2) {
            throw new IllegalArgumentException("There are " + weights.length + " embedded weights for " + stages
                    + " stages solved together: give one for the rate at the start, one for each stage, and one for the rate"
                    + " of the second result");
        }
        OrderConditions.require(
                "embedded weights", order, new double[][][] {surrounded(part)}, new double[][] {weights});
    }

    /** The coefficients with the start of the step before and the second result after them. */
    private double[][] surrounded(Butcher part) {
        int stages = part.stages();
        double[][] a = new double[stages + 2][stages + 2];
        for (int i = 0; i < stages; i++) {
            System.arraycopy(part.row(i), 0, a[i + 1], 1, stages);
        }
        a[stages + 1] = weights.clone();
        return a;
    }

    /** The coefficients with the end of the step as a further stage. */
    private static double[][] extended(Butcher part) {
        int stages = part.stages();
        double[][] a = new double[stages + 1][];
        for (int i = 0; i < stages; i++) {
            a[i] = java.util.Arrays.copyOf(part.row(i), stages + 1);
        }
        a[stages] = java.util.Arrays.copyOf(part.b(), stages + 1);
        return a;
    }
}
