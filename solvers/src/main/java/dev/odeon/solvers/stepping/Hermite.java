package dev.odeon.solvers.stepping;

import dev.odeon.graph.Floats;
import java.util.function.UnaryOperator;
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
     */
    public static <T extends TFloating> UnaryOperator<Operand<T>> between(
            Ops tf, StepInput<T> input, Operand<T> start, Operand<T> next, Operand<T> end) {
        Operand<T> before = input.state();
        Operand<T> change = tf.math.sub(next, before);
        Operand<T> size = input.size().times(tf, 1);
        Operand<T> in = tf.math.sub(tf.math.mul(start, size), change);
        Operand<T> out = tf.math.sub(change, tf.math.mul(end, size));
        Operand<T> one = Floats.scalar(tf, before.type(), 1);
        return fraction -> {
            Operand<T> rest = tf.math.sub(one, fraction);
            Operand<T> bend = tf.math.add(tf.math.mul(in, rest), tf.math.mul(out, fraction));
            Operand<T> line = tf.math.add(before, tf.math.mul(change, fraction));
            return tf.math.add(line, tf.math.mul(bend, tf.math.mul(fraction, rest)));
        };
    }
}
