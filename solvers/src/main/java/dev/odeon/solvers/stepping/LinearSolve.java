package dev.odeon.solvers.stepping;

import dev.odeon.graph.Values;
import dev.odeon.solvers.linear.LinearOperator;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/** One solve with the factor of I - alpha J, differentiable in the data of J although the factor is a constant. */
public final class LinearSolve {

    private LinearSolve() {}

    /**
     * Adds the solution x of (I - alpha J) x = rhs.
     *
     * <p>Where J is trainable, alpha (J x - J x) is added to the right-hand side, one of the two cut off from gradients: its
     * value is zero, and its derivative alpha dJ x is what the factor does not show.
     */
    public static <T extends TFloating> Operand<T> of(
            Ops tf, LinearOperator<T> linear, StepInput<T> input, Values factor, Operand<T> alpha, Operand<T> rhs) {
        if (input.linearData().differentiable().isEmpty() || !input.differentiated()) {
            return linear.solve(tf, factor, rhs);
        }
        Operand<T> solved = tf.stopGradient(linear.solve(tf, factor, rhs));
        Operand<T> product = linear.apply(tf, input.linearData(), solved);
        Operand<T> zero = tf.math.mul(tf.math.sub(product, tf.stopGradient(product)), alpha);
        return linear.solve(tf, factor, tf.math.add(rhs, zero));
    }
}
