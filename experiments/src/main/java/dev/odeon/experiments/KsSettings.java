package dev.odeon.experiments;

import dev.odeon.adjoint.Gradient;
import dev.odeon.graph.Compilation;
import dev.odeon.solvers.Method;

/**
 * What a Kuramoto-Sivashinsky training run is made of.
 *
 * @param grid points in space
 * @param dt step size
 * @param interval time between samples
 * @param rate first learning rate
 */
record KsSettings(
        int grid,
        Method method,
        double dt,
        double interval,
        int epochs,
        int batch,
        double rate,
        Compilation compilation,
        Gradient gradient,
        long seed) {
    KsSettings {
        if (grid < 8 || grid % 2 != 0) {
            throw new IllegalArgumentException("--grid is " + grid + ": give an even number, 8 or more");
        }
        if (!(dt > 0) || !Double.isFinite(dt)) {
            throw new IllegalArgumentException("--dt is " + dt + ": give a positive, finite step size");
        }
        if (epochs < 1 || batch < 1) {
            throw new IllegalArgumentException(
                    "--epochs is " + epochs + " and --batch " + batch + ": both must be positive");
        }
        if (!(rate > 0) || !Double.isFinite(rate)) {
            throw new IllegalArgumentException("--rate is " + rate + ": give a positive, finite learning rate");
        }
    }

    /** The learning rate at a fraction of the run: half a cosine down to zero. */
    double rateAt(double progress) {
        return rate * 0.5 * (1 + Math.cos(Math.PI * progress));
    }
}
