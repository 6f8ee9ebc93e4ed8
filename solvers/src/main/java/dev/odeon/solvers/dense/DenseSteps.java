package dev.odeon.solvers.dense;

import dev.odeon.graph.Floats;
import dev.odeon.solvers.stepper.Interpolant;
import dev.odeon.solvers.steps.SaveAt;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.GatherNd;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.op.core.Stack;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;
import org.tensorflow.types.family.TType;

/**
 * The dense output of the steps of one loop, in offsets from the start of its interval.
 *
 * @param saveAt the interval of the loop
 * @param coefficients of the powers of the fraction of a step, each [rows, batch, ...]
 * @param starts of the steps: [rows], or [rows, batch] where each sample has its own; infinite beyond the last step
 * @param sizes of the steps, likewise
 * @param count how many rows are filled: scalar, or [batch]
 * @param ends how far the solution of each sample goes: [batch]
 */
record DenseSteps<T extends TFloating>(
        SaveAt saveAt,
        List<Operand<T>> coefficients,
        Operand<T> starts,
        Operand<T> sizes,
        Operand<TInt32> count,
        Operand<T> ends) {

    /**
     * Adds the states at offsets: [times, batch, ...], NaN outside the interval.
     *
     * @param offsets [times], in any order
     */
    Operand<T> at(Ops tf, Operand<T> offsets) {
        return starts.shape().numDimensions() == 1 ? shared(tf, offsets) : eachSample(tf, offsets);
    }

    /** Whether offsets lie behind the start of the interval: [times]. */
    Operand<TBool> entered(Ops tf, Operand<T> offsets) {
        return tf.math.greater(directed(tf, offsets), Floats.scalar(tf, starts.type(), 0));
    }

    private Operand<T> shared(Ops tf, Operand<T> times) {
        Operand<TBool> begun = tf.math.lessEqual(
                directed(tf, tf.expandDims(starts, tf.constant(0))),
                directed(tf, tf.expandDims(times, tf.constant(1))));
        Operand<TInt32> row = row(tf, begun, 1, count);
        Operand<TInt32> axis = tf.constant(0);
        Operand<T> fraction =
                tf.math.div(tf.math.sub(times, tf.gather(starts, row, axis)), tf.gather(sizes, row, axis));
        List<Operand<T>> selected = new ArrayList<>();
        coefficients.forEach(table -> selected.add(tf.gather(table, row, axis)));
        Operand<T> states = Interpolant.at(tf, selected, widened(tf, fraction, selected.get(0)));
        return within(tf, times, states);
    }

    private Operand<T> eachSample(Ops tf, Operand<T> times) {
        Operand<T> queries = tf.reshape(times, tf.constant(new int[] {-1, 1, 1}));
        Operand<TBool> begun =
                tf.math.lessEqual(directed(tf, tf.expandDims(starts, tf.constant(0))), directed(tf, queries));
        Operand<TInt32> row = row(tf, begun, 1, count);
        Operand<TInt32> samples =
                tf.range(tf.constant(0), tf.gather(tf.shape(row), tf.constant(1), tf.constant(0)), tf.constant(1));
        Operand<TInt32> places = tf.stack(List.of(row, tf.math.add(tf.zerosLike(row), samples)), Stack.axis(-1L));
        Operand<T> fraction = tf.math.div(
                tf.math.sub(tf.expandDims(times, tf.constant(1)), gathered(tf, starts, places)),
                gathered(tf, sizes, places));
        List<Operand<T>> selected = new ArrayList<>();
        coefficients.forEach(table -> selected.add(gathered(tf, table, places)));
        Operand<T> states = Interpolant.at(tf, selected, widened(tf, fraction, selected.get(0)));
        return within(tf, times, states);
    }

    private static <T extends TFloating> Operand<T> gathered(Ops tf, Operand<T> table, Operand<TInt32> places) {
        return tf.gatherNd(table, places, new GatherNd.Options[0]);
    }

    /** The last step that has begun. */
    private static Operand<TInt32> row(Ops tf, Operand<TBool> begun, int axis, Operand<TInt32> count) {
        Operand<TInt32> steps =
                tf.reduceSum(tf.dtypes.cast(begun, TInt32.class), tf.constant(axis), ReduceSum.keepDims(false));
        Operand<TInt32> one = tf.constant(1);
        Operand<TInt32> last = tf.math.maximum(tf.math.sub(count, one), tf.constant(0));
        return tf.math.minimum(tf.math.maximum(tf.math.sub(steps, one), tf.constant(0)), last);
    }

    private Operand<T> directed(Ops tf, Operand<T> times) {
        return tf.math.mul(times, Floats.scalar(tf, starts.type(), saveAt.direction()));
    }

    /** With ones for the axes it lacks. */
    static <V extends TType> Operand<V> widened(Ops tf, Operand<V> values, Operand<?> states) {
        Operand<TInt32> shape = tf.shape(values);
        Operand<TInt32> rank = tf.rank(values);
        Operand<TInt32> ones =
                tf.fill(tf.reshape(tf.math.sub(tf.rank(states), rank), tf.constant(new int[] {1})), tf.constant(1));
        return tf.reshape(values, tf.concat(List.of(shape, ones), tf.constant(0)));
    }

    private Operand<T> within(Ops tf, Operand<T> times, Operand<T> states) {
        Class<T> type = starts.type();
        Operand<T> queries = directed(tf, tf.expandDims(times, tf.constant(1)));
        Operand<T> end = directed(tf, tf.expandDims(ends, tf.constant(0)));
        // A time that was computed to be the end may miss it by rounding.
        double rounding = 4 * Floats.epsilon(type);
        Operand<T> slack = tf.math.mul(tf.math.abs(end), Floats.scalar(tf, type, rounding));
        if (saveAt.start() != 0) {
            slack = tf.math.add(slack, Floats.scalar(tf, type, rounding * Math.abs(saveAt.start())));
        }
        Operand<TBool> inside = tf.math.logicalAnd(
                tf.math.greaterEqual(queries, Floats.scalar(tf, type, 0)),
                tf.math.lessEqual(queries, tf.math.add(end, slack)));
        // Not a product with NaN: states that a loss leaves out must not spoil the gradient.
        return tf.select(widened(tf, inside, states), states, Floats.scalar(tf, type, Double.NaN));
    }
}
