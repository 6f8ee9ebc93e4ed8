package dev.odeon.solvers.tableaux;

/**
 * A second set of weights; the difference of the two results estimates the error.
 *
 * @param weights of the stages; one more than stages if the rate at the end of the step takes part
 * @param order of the second result
 */
public record Embedded(double[] weights, int order) {

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
            b[p] = weights;
        }
        OrderConditions.require("embedded weights", order, a, b);
    }

    /** The coefficients with the end of the step as a further stage. */
    static double[][] extended(Butcher part) {
        int stages = part.stages();
        double[][] a = new double[stages + 1][];
        for (int i = 0; i < stages; i++) {
            a[i] = java.util.Arrays.copyOf(part.a()[i], stages + 1);
        }
        a[stages] = java.util.Arrays.copyOf(part.b(), stages + 1);
        return a;
    }
}
