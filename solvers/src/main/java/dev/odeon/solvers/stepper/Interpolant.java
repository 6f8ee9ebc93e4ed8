package dev.odeon.solvers.stepper;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/** The polynomial of a step's dense output. */
public final class Interpolant {

    private Interpolant() {}

    /**
     * The state at a fraction of the step, by Horner's rule.
     *
     * @param coefficients of 1, theta, theta^2, ...
     * @param fraction theta, which broadcasts against the coefficients
     */
    public static <T extends TFloating> Operand<T> at(
            Ops tf, List<? extends Operand<T>> coefficients, Operand<T> fraction) {
        Operand<T> state = coefficients.get(coefficients.size() - 1);
        for (int k = coefficients.size() - 2; k >= 0; k--) {
            state = tf.math.add(tf.math.mul(state, fraction), coefficients.get(k));
        }
        return state;
    }
}
