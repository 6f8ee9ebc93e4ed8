package dev.odeon.solvers.forward.chosen;

import dev.odeon.graph.Floats;
import dev.odeon.solvers.stepper.StepInput;
import dev.odeon.solvers.steps.SaveAt;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.family.TFloating;

/** The adjoint of {@link DenseOutput}: from the gradients of the kept states to those of the coefficients of one step. */
final class DenseGradients {

    private DenseGradients() {}

    /**
     * Adds the gradients: for the coefficient of x^j the sum of x_k^j g_k over the times k that the step passed.
     *
     * @param end of the step
     * @param times to keep: [rows], or [rows, batch]
     * @param kept gradients g_k: [rows, batch, ...]
     */
    static <T extends TFloating> List<Operand<T>> of(
            Ops tf, SaveAt saveAt, StepInput<T> input, Operand<T> end, Operand<T> times, Operand<T> kept, int count) {
        Class<T> type = times.type();
        int direction = saveAt.direction();
        Operand<T> start = input.time();
        // Times of a sample may repeat its first one, which belongs to its first step.
        Operand<T> beyond = tf.select(
                tf.math.equal(start, Floats.scalar(tf, type, 0)),
                Floats.scalar(tf, type, direction * Double.NEGATIVE_INFINITY),
                start);
        Operand<T> size = input.size().times(tf, 1);
        Operand<T> rows = aligned(tf, times, kept);
        Operand<TBool> after = direction > 0 ? tf.math.greater(rows, beyond) : tf.math.less(rows, beyond);
        Operand<TBool> before = direction > 0 ? tf.math.lessEqual(rows, end) : tf.math.greaterEqual(rows, end);
        Operand<T> zero = Floats.scalar(tf, type, 0);
        // Samples that took no step have a size of zero.
        Operand<TBool> moved = tf.math.notEqual(size, zero);
        Operand<TBool> passed = tf.math.logicalAnd(tf.math.logicalAnd(after, before), moved);
        Operand<T> safe = tf.select(moved, size, Floats.scalar(tf, type, 1));
        Operand<T> fraction = tf.select(passed, tf.math.div(tf.math.sub(rows, start), safe), zero);
        Operand<T> power = tf.dtypes.cast(passed, type);
        Operand<T> gradients = tf.select(passed, kept, zero);
        List<Operand<T>> result = new ArrayList<>();
        for (int j = 0; j < count; j++) {
            result.add(tf.reduceSum(tf.math.mul(power, gradients), tf.constant(0)));
            power = tf.math.mul(power, fraction);
        }
        return result;
    }

    /** The times with as many axes as the kept states. */
    private static <T extends TFloating> Operand<T> aligned(Ops tf, Operand<T> times, Operand<T> kept) {
        int missing = kept.shape().numDimensions() - times.shape().numDimensions();
        Operand<T> result = times;
        for (int i = 0; i < missing; i++) {
            result = tf.expandDims(result, tf.constant(-1));
        }
        return result;
    }
}
