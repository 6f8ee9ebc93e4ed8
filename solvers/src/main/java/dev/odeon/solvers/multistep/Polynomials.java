package dev.odeon.solvers.multistep;

/**
 * Coefficients of multistep formulas on uneven grids: values, derivatives and integrals of Lagrange's polynomials.
 *
 * <p>Time is measured in units of the current step, from its start: the new time is 1, the last is 0, those before are
 * negative.
 */
public final class Polynomials {

    private Polynomials() {}

    /**
     * The last times.
     *
     * @param sizes of the current step and of those before it, the newest first
     * @param count how many times, the newest (zero) first
     */
    public static double[] past(double[] sizes, int count) {
        double[] nodes = new double[count];
        for (int j = 1; j < count; j++) {
            nodes[j] = nodes[j - 1] - sizes[j] / sizes[0];
        }
        return nodes;
    }

    /** The last times, preceded by the new one. */
    public static double[] withNew(double[] past, int count) {
        double[] nodes = new double[count];
        nodes[0] = 1;
        System.arraycopy(past, 0, nodes, 1, count - 1);
        return nodes;
    }

    /** PreparedWeights by which values at the nodes give the value of their polynomial at a point. */
    public static double[] values(double[] nodes, double at) {
        double[] weights = new double[nodes.length];
        for (int j = 0; j < nodes.length; j++) {
            weights[j] = evaluate(basis(nodes, j), at);
        }
        return weights;
    }

    /** PreparedWeights by which values at the nodes give the derivative of their polynomial at a point. */
    public static double[] derivatives(double[] nodes, double at) {
        double[] weights = new double[nodes.length];
        for (int j = 0; j < nodes.length; j++) {
            double[] basis = basis(nodes, j);
            double[] slope = new double[Math.max(1, basis.length - 1)];
            for (int k = 1; k < basis.length; k++) {
                slope[k - 1] = k * basis[k];
            }
            weights[j] = evaluate(slope, at);
        }
        return weights;
    }

    /**
     * PreparedWeights d by which the new value and the last ones give the derivative of their polynomial at the new time.
     *
     * @param sizes of the current step and of those before it, the newest first
     * @param count how many of the last values
     */
    public static double[] backward(double[] sizes, int count) {
        return derivatives(withNew(past(sizes, count), count + 1), 1);
    }

    /** PreparedWeights -d_j / d_0 by which the last values give the new one whose derivative is zero, from {@link #backward}. */
    public static double[] atRest(double[] d) {
        double[] weights = new double[d.length - 1];
        for (int j = 0; j < weights.length; j++) {
            weights[j] = -d[j + 1] / d[0];
        }
        return weights;
    }

    /** PreparedWeights by which values at the nodes give the integral of their polynomial over the current step. */
    public static double[] integrals(double[] nodes) {
        double[] weights = new double[nodes.length];
        for (int j = 0; j < nodes.length; j++) {
            double[] basis = basis(nodes, j);
            for (int k = 0; k < basis.length; k++) {
                weights[j] += basis[k] / (k + 1);
            }
        }
        return weights;
    }

    /** The polynomial that is one at a node and zero at the others, lowest power first. */
    private static double[] basis(double[] nodes, int own) {
        double[] polynomial = {1};
        for (int j = 0; j < nodes.length; j++) {
            if (j != own) {
                double scale = 1 / (nodes[own] - nodes[j]);
                double[] product = new double[polynomial.length + 1];
                for (int k = 0; k < polynomial.length; k++) {
                    product[k] -= polynomial[k] * nodes[j] * scale;
                    product[k + 1] += polynomial[k] * scale;
                }
                polynomial = product;
            }
        }
        return polynomial;
    }

    private static double evaluate(double[] polynomial, double x) {
        double value = 0;
        for (int k = polynomial.length - 1; k >= 0; k--) {
            value = value * x + polynomial[k];
        }
        return value;
    }
}
