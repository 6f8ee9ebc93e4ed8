package dev.odeon.datasets.pde;

import java.util.function.DoubleUnaryOperator;

/** Evaluates initial states on a grid. */
final class InitialState {
    private InitialState() {}

    static double[] on(PeriodicGrid grid, DoubleUnaryOperator state) {
        double[] u = new double[grid.points()];
        for (int i = 0; i < u.length; i++) {
            u[i] = state.applyAsDouble(i * grid.spacing());
            if (!Double.isFinite(u[i])) {
                throw new IllegalArgumentException("the initial state is " + u[i] + " at x = " + i * grid.spacing()
                        + ": give a function that is finite on [0, " + grid.length() + ")");
            }
        }
        return u;
    }
}
