package dev.odeon.ode.testing;

import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.SingularValueDecomposition;
import org.hipparchus.ode.ODEState;
import org.hipparchus.ode.OrdinaryDifferentialEquation;
import org.hipparchus.ode.nonstiff.DormandPrince853Integrator;

/** An independent solver for references, and what a problem makes of small errors. */
public final class Hipparchus {

    private static final int SEGMENTS = 30;

    private Hipparchus() {}

    /** The state at the end, to about twelve digits. */
    public static double[] end(Arithmetic.Equations equations, double[] start, double interval) {
        OrdinaryDifferentialEquation equation = new OrdinaryDifferentialEquation() {
            @Override
            public int getDimension() {
                return start.length;
            }

            @Override
            public double[] computeDerivatives(double t, double[] u) {
                return Arithmetic.rates(equations, u);
            }
        };
        return new DormandPrince853Integrator(1e-14, 10, 1e-13, 1e-13)
                .integrate(equation, new ODEState(0, start), interval)
                .getPrimaryState();
    }

    /**
     * The largest factor by which an error made at one of some times has grown at the end.
     *
     * <p>Errors are measured as a step control does it, in the root of the mean square of error / (atol + rtol |u|). The
     * derivatives of the flow over short segments come from differences, those over longer ones from their products.
     */
    public static double amplification(Arithmetic.Equations equations, double[] start, double interval, double ratio) {
        int width = start.length;
        double length = interval / SEGMENTS;
        double[][] states = new double[SEGMENTS + 1][];
        RealMatrix[] flows = new RealMatrix[SEGMENTS];
        states[0] = start;
        for (int k = 0; k < SEGMENTS; k++) {
            states[k + 1] = end(equations, states[k], length);
            flows[k] = MatrixUtils.createRealMatrix(width, width);
            for (int j = 0; j < width; j++) {
                double[] moved = states[k].clone();
                double change = 1e-6 * (ratio + Math.abs(moved[j]));
                moved[j] += change;
                double[] after = end(equations, moved, length);
                for (int i = 0; i < width; i++) {
                    flows[k].setEntry(i, j, (after[i] - states[k + 1][i]) / change);
                }
            }
        }
        RealMatrix flow = MatrixUtils.createRealIdentityMatrix(width);
        double largest = 1;
        for (int k = SEGMENTS - 1; k >= 0; k--) {
            flow = flow.multiply(flows[k]);
            RealMatrix scaled = flow.copy();
            for (int i = 0; i < width; i++) {
                for (int j = 0; j < width; j++) {
                    scaled.multiplyEntry(
                            i, j, (ratio + Math.abs(states[k][j])) / (ratio + Math.abs(states[SEGMENTS][i])));
                }
            }
            largest = Math.max(largest, new SingularValueDecomposition(scaled).getNorm());
        }
        return largest;
    }
}
