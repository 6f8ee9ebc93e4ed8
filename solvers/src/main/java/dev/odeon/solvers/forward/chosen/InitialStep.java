package dev.odeon.solvers.forward.chosen;

import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import dev.odeon.solvers.stepper.Problem;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * The first step size, from the sizes of the state, its rate, and the change of the rate along one Euler step.
 *
 * <p>Two evaluations. Source: Hairer, Norsett, Wanner, Solving Ordinary Differential Equations I, 1993, II.4.
 */
final class InitialStep {

    /** Evaluations of the field. */
    static final int EVALUATIONS = 2;

    private InitialStep() {}

    /** Adds the estimate, without sign. */
    static <T extends TFloating> Operand<T> estimate(
            Ops tf,
            Problem<T> problem,
            ControlScope scope,
            int order,
            int direction,
            Operand<T> t0,
            Operand<T> u0,
            Values theta,
            Values linearData) {
        Class<T> type = problem.type();
        Operand<T> scale = scope.scale(tf, u0, u0);
        Operand<T> rate = problem.rate(tf, t0, u0, theta, linearData);
        Operand<T> ofState = scope.norm(tf, tf.math.divNoNan(u0, scale));
        Operand<T> ofRate = scope.norm(tf, tf.math.divNoNan(rate, scale));
        Operand<T> tiny = Floats.scalar(tf, type, 1e-6);
        var small = tf.math.logicalOr(
                tf.math.less(ofState, Floats.scalar(tf, type, 1e-5)),
                tf.math.less(ofRate, Floats.scalar(tf, type, 1e-5)));
        Operand<T> guess =
                tf.select(small, tiny, tf.math.mul(tf.math.divNoNan(ofState, ofRate), Floats.scalar(tf, type, 0.01)));
        Operand<T> signed = tf.math.mul(guess, Floats.scalar(tf, type, direction));
        Operand<T> euler = tf.math.add(u0, tf.math.mul(rate, signed));
        Operand<T> after = problem.rate(tf, tf.math.add(t0, signed), euler, theta, linearData);
        Operand<T> curvature = tf.math.div(scope.norm(tf, tf.math.divNoNan(tf.math.sub(after, rate), scale)), guess);
        Operand<T> steepest = tf.math.maximum(ofRate, curvature);
        Operand<T> floor = Floats.scalar(tf, type, 1e-15);
        Operand<T> other = tf.select(
                tf.math.lessEqual(steepest, floor),
                tf.math.maximum(tiny, tf.math.mul(guess, Floats.scalar(tf, type, 1e-3))),
                tf.math.pow(
                        tf.math.div(Floats.scalar(tf, type, 0.01), tf.math.maximum(steepest, floor)),
                        Floats.scalar(tf, type, 1.0 / order)));
        Operand<T> size = tf.math.minimum(tf.math.mul(guess, Floats.scalar(tf, type, 100)), other);
        // A field without numbers fails in the loop, at a size that can be computed with.
        return tf.select(tf.math.isFinite(size), size, tiny);
    }
}
