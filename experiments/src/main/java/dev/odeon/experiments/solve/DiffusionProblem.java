package dev.odeon.experiments.solve;

import dev.odeon.solvers.VectorField;
import java.util.function.DoubleUnaryOperator;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat64;

/**
 * The diffusion equation on a ring of n points: u' = (u_(i-1) - 2 u_i + u_(i+1)) / dx^2 with dx = 1 / (n - 1).
 *
 * <p>It starts at the standard normal density on [0, 1], which jumps where the ring closes. Source: Xia, thesis, section
 * 5.4.1.
 *
 * @param points on the ring
 */
record DiffusionProblem(int points) {

    /** With the 128 points of the thesis. */
    static final DiffusionProblem THESIS = new DiffusionProblem(128);

    /** The distance of two points. */
    double spacing() {
        return 1.0 / (points - 1);
    }

    /** The largest magnitude of an eigenvalue. */
    double stiffness() {
        return 4 / (spacing() * spacing());
    }

    /** The right-hand side. */
    VectorField<TFloat64> field() {
        double perSquare = 1 / (spacing() * spacing());
        return (tf, t, u, theta) -> {
            Operand<TFloat64> neighbours = tf.math.add(
                    tf.roll(u, tf.constant(1), tf.constant(1)), tf.roll(u, tf.constant(-1), tf.constant(1)));
            return tf.math.mul(tf.math.sub(neighbours, tf.math.mul(u, tf.constant(2.0))), tf.constant(perSquare));
        };
    }

    /** The state at time 0. */
    double[] start() {
        double[] u = new double[points];
        for (int i = 0; i < points; i++) {
            double x = i * spacing();
            u[i] = Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
        }
        return u;
    }

    /** The exact state at a time: each Fourier mode decays on its own. */
    double[] exact(double time) {
        return filtered(start(), eigenvalue -> Math.exp(time * eigenvalue));
    }

    /** The exact solution of one backward Euler step of a size, from the start. */
    double[] backwardEuler(double size) {
        return filtered(start(), eigenvalue -> 1 / (1 - size * eigenvalue));
    }

    /**
     * A function of the operator, applied to a state by the discrete Fourier transform.
     *
     * @param function of the eigenvalues -4 sin^2(pi k / n) / dx^2
     */
    private double[] filtered(double[] u, DoubleUnaryOperator function) {
        double[] result = new double[points];
        for (int k = 0; k < points; k++) {
            double real = 0;
            double imaginary = 0;
            for (int i = 0; i < points; i++) {
                double angle = angle(k, i);
                real += u[i] * Math.cos(angle);
                imaginary -= u[i] * Math.sin(angle);
            }
            double sine = Math.sin(Math.PI * k / points);
            double factor = function.applyAsDouble(-stiffness() * sine * sine) / points;
            for (int i = 0; i < points; i++) {
                double angle = angle(k, i);
                result[i] += factor * (real * Math.cos(angle) - imaginary * Math.sin(angle));
            }
        }
        return result;
    }

    /** Reduced first, so that large products lose no digits. */
    private double angle(int k, int i) {
        return 2 * Math.PI * (k * i % points) / points;
    }
}
