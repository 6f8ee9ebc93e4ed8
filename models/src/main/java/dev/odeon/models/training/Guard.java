package dev.odeon.models.training;

import dev.odeon.graph.Values;
import dev.odeon.solvers.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * Keeps a failed iteration from changing anything.
 *
 * <p>What passes {@link #kept} exists only in good iterations. In others it is dead in TensorFlow's sense: no operation runs
 * that reads it or waits for it, neither an assignment nor an optimiser's kernel. So nothing is copied, and nothing selected.
 */
final class Guard {

    private final Operand<TBool> good;

    /** @param good scalar, from {@link #good} */
    Guard(Operand<TBool> good) {
        this.good = good;
    }

    /**
     * Whether all solves did what they were asked for, and loss and gradients are finite: scalar.
     *
     * <p>A gradient is finite here if the sum of its components is: one kernel, and the sum overflows only where nothing could
     * be learned from it.
     */
    static <T extends TFloating> Operand<TBool> good(
            Ops tf, Operand<T> loss, List<Operand<TInt32>> outcomes, Values gradients) {
        List<Operand<T>> sums = new ArrayList<>();
        sums.add(loss);
        for (Operand<?> gradient : gradients.operands()) {
            sums.add(as(tf, tf.reduceSum(gradient, axes(tf, gradient)), loss.type()));
        }
        List<Operand<TBool>> all = new ArrayList<>();
        all.add(whole(tf, tf.math.isFinite(tf.stack(sums))));
        if (!outcomes.isEmpty()) {
            Operand<TBool> table = tf.constant(successes());
            for (Operand<TInt32> outcome : outcomes) {
                all.add(whole(tf, tf.gather(table, outcome, tf.constant(0))));
            }
        }
        return all.stream().reduce(tf.math::logicalAnd).orElseThrow();
    }

    @SuppressWarnings("unchecked") // checked by comparing the element types
    private static <T extends TFloating> Operand<T> as(Ops tf, Operand<?> sum, Class<T> type) {
        return sum.type().equals(type) ? (Operand<T>) sum : tf.dtypes.cast(sum, type);
    }

    /** By the codes of the outcomes. */
    private static boolean[] successes() {
        int size = 1
                + Arrays.stream(Outcome.values()).mapToInt(Outcome::code).max().orElse(0);
        boolean[] successes = new boolean[size];
        Arrays.stream(Outcome.values()).forEach(outcome -> successes[outcome.code()] = outcome.successful());
        return successes;
    }

    private static Operand<TBool> whole(Ops tf, Operand<TBool> each) {
        return each.shape().numDimensions() == 0 ? each : tf.reduceAll(each, axes(tf, each));
    }

    private static Operand<TInt32> axes(Ops tf, Operand<?> operand) {
        return tf.constant(IntStream.range(0, operand.shape().numDimensions()).toArray());
    }

    /** A tensor that is there in good iterations only. */
    Operand<? extends TFloating> kept(Ops tf, Operand<?> value) {
        // Whoever waits for a Switch waits for both of its sides; an operation behind one side is dead with it.
        return tf.identity(tf.switchCond(floating(value), good).outputTrue());
    }

    /** All of these, in good iterations only. */
    Values kept(Ops tf, Values values) {
        Values kept = Values.empty();
        for (String name : values.names()) {
            kept = kept.with(name, kept(tf, values.get(name)));
        }
        return kept;
    }

    @SuppressWarnings("unchecked") // gradients and states are floating point
    private static Operand<? extends TFloating> floating(Operand<?> operand) {
        return (Operand<? extends TFloating>) operand;
    }
}
