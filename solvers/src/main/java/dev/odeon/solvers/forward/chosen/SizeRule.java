package dev.odeon.solvers.forward.chosen;

import dev.odeon.graph.Floats;
import dev.odeon.solvers.steps.PidController;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.family.TFloating;

/**
 * The next step size in units of the last, by the digital filter of a {@link PidController}.
 *
 * @param order of the error estimate, plus one
 */
record SizeRule<T extends TFloating>(PidController control, int order, Class<T> type) {

    /**
     * Adds the factor.
     *
     * @param error of the step just tried, scaled
     * @param last error of the last accepted step and
     * @param before of the one before
     * @param usable whether the step gave numbers
     */
    Operand<T> factor(
            Ops tf,
            Operand<T> error,
            Operand<T> last,
            Operand<T> before,
            Operand<TBool> usable,
            Operand<TBool> accepted) {
        PidController.Filter filter = control.filter();
        Operand<T> now = floored(tf, error);
        Operand<T> filtered = power(tf, now, filter.b1());
        if (filter.b2() != 0) {
            filtered = tf.math.mul(filtered, power(tf, last, filter.b2()));
        }
        if (filter.b3() != 0) {
            filtered = tf.math.mul(filtered, power(tf, before, filter.b3()));
        }
        Operand<T> safety = scalar(tf, control.safety());
        Operand<T> shrink = scalar(tf, control.shrink());
        Operand<T> grown = tf.math.minimum(tf.math.mul(filtered, safety), scalar(tf, control.grow()));
        // After a rejection the last error alone decides, so that the step surely shrinks.
        Operand<T> shrunk = tf.math.minimum(tf.math.mul(power(tf, now, 1), safety), safety);
        return tf.select(usable, tf.math.maximum(tf.select(accepted, grown, shrunk), shrink), shrink);
    }

    /** error^(-exponent / order) */
    private Operand<T> power(Ops tf, Operand<T> error, double exponent) {
        return tf.math.pow(error, scalar(tf, -exponent / order));
    }

    /** Far from zero, so that its powers stay numbers. */
    Operand<T> floored(Ops tf, Operand<T> error) {
        return tf.math.maximum(error, scalar(tf, 1e-10));
    }

    private Operand<T> scalar(Ops tf, double value) {
        return Floats.scalar(tf, type, value);
    }
}
