package dev.odeon.experiments.solve;

import dev.odeon.solvers.VectorField;
import org.tensorflow.types.TFloat64;

/** The two scalar equations of figure 5.2 with h(0) = 1 and their exact solutions. */
enum ScalarEquation {
    /** Errors grow with exp(3 t). Source: Xia, thesis, equation 5.10. */
    UNSTABLE(
            "h' = 3 h - 2 cos t - 4 sin t",
            "every error grows with exp(3 t), also that of an inner solve that stops early, which adds to the error of the step or"
                    + " cancels a part of it; with tighter tolerances it settles at the error of backward-euler") {
        @Override
        VectorField<TFloat64> field() {
            return (tf, t, u, theta) -> tf.math.sub(
                    tf.math.mul(u, tf.constant(3.0)),
                    tf.math.add(
                            tf.math.mul(tf.math.cos(t), tf.constant(2.0)),
                            tf.math.mul(tf.math.sin(t), tf.constant(4.0))));
        }

        @Override
        double exact(double t) {
            return Math.cos(t) + Math.sin(t);
        }
    },
    /** Errors decay with exp(-50 t). Source: Xia, thesis, equation 5.11. */
    STIFF("h' = -50 (h - cos t)", "") {
        @Override
        VectorField<TFloat64> field() {
            return (tf, t, u, theta) -> tf.math.mul(tf.math.sub(u, tf.math.cos(t)), tf.constant(-50.0));
        }

        @Override
        double exact(double t) {
            return (2500 * Math.cos(t) + 50 * Math.sin(t) + Math.exp(-50 * t)) / 2501;
        }
    };

    private final String formula;
    private final String note;

    ScalarEquation(String formula, String note) {
        this.formula = formula;
        this.note = note;
    }

    /** How to read its errors; empty where they speak for themselves. */
    String note() {
        return note;
    }

    /** In writing. */
    String formula() {
        return formula;
    }

    /** The right-hand side. */
    abstract VectorField<TFloat64> field();

    /** The solution at a time. */
    abstract double exact(double t);
}
