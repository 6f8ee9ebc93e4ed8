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
import org.tensorflow.types.TFloat64;
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

    /** Whether all solves did what they were asked for, and the loss is finite: scalar. */
    static <T extends TFloating> Operand<TBool> good(Ops tf, Operand<T> loss, List<Operand<TInt32>> outcomes) {
        List<Operand<TBool>> all = new ArrayList<>();
        all.add(whole(tf, tf.math.isFinite(loss)));
        if (!outcomes.isEmpty()) {
            Operand<TBool> table = tf.constant(successes());
            for (Operand<TInt32> outcome : outcomes) {
                all.add(whole(tf, tf.gather(table, outcome, tf.constant(0))));
            }
        }
        return all.stream().reduce(tf.math::logicalAnd).orElseThrow();
    }

    /**
     * Whether what an optimiser receives and what states become can be worked with: scalar.
     *
     * <p>Of a gradient the sum of squares must be finite, in its own type, because optimisers keep squares; of everything else
     * the sum of its numbers. One reduction each.
     *
     * @param gradients joined and clipped
     * @param besides new values of states and the like; floating-point ones are looked at
     */
    static Operand<TBool> finite(Ops tf, Values gradients, Values besides) {
        List<Operand<TFloat64>> sums = new ArrayList<>();
        for (Operand<?> gradient : gradients.operands()) {
            sums.add(sum(tf, tf.math.square(floating(gradient))));
        }
        for (Operand<?> other : besides.operands()) {
            if (TFloating.class.isAssignableFrom(other.type())) {
                sums.add(sum(tf, floating(other)));
            }
        }
        return sums.isEmpty() ? tf.constant(true) : whole(tf, tf.math.isFinite(tf.stack(sums)));
    }

    private static Operand<TFloat64> sum(Ops tf, Operand<? extends TFloating> numbers) {
        return tf.dtypes.cast(tf.reduceSum(numbers, axes(tf, numbers)), TFloat64.class);
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
