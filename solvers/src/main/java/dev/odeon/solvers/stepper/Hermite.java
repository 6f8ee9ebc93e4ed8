package dev.odeon.solvers.stepper;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/** Cubic Hermite interpolation between the ends of a step: dense output of order 3 for any method. */
public final class Hermite {

    private Hermite() {}

    /**
     * The interpolant of one step.
     *
     * @param start du/dt at the start of the step
     * @param end du/dt at its end
     * @return the coefficients of 1, theta, theta^2 and theta^3
     */
    public static <T extends TFloating> List<Operand<T>> between(
            Ops tf, StepInput<T> input, Operand<T> start, Operand<T> next, Operand<T> end) {
        Operand<T> change = tf.math.sub(next, input.state());
        Operand<T> size = input.size().times(tf, 1);
        Operand<T> in = tf.math.sub(tf.math.mul(start, size), change);
        Operand<T> out = tf.math.sub(change, tf.math.mul(end, size));
        // u + change theta + theta (1 - theta) (in (1 - theta) + out theta)
        return List.of(
                input.state(), tf.math.add(change, in), tf.math.sub(out, tf.math.add(in, in)), tf.math.sub(in, out));
    }
}
