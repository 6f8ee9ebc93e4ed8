package dev.odeon.solvers.forward.chosen;

import dev.odeon.graph.Floats;
import dev.odeon.solvers.stepper.SampleColumns;
import dev.odeon.solvers.steps.PidController;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceAll;
import org.tensorflow.op.core.ReduceMax;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;
import org.tensorflow.types.family.TType;

/**
 * The shape of what a controller keeps: scalars where the batch shares its steps, columns [batch, 1, ...] of the state's
 * rank where each sample has its own.
 */
record ControlScope(PidController control) {

    /** Whether each sample has its own. */
    boolean eachSample() {
        return control.scope() == PidController.Scope.EACH_SAMPLE;
    }

    /** A value for every time the controller keeps. */
    <V extends TType> Operand<V> filled(Ops tf, Operand<?> state, Operand<V> value) {
        if (!eachSample()) {
            return value;
        }
        return SampleColumns.filled(tf, state, value);
    }

    /** The norm of a scaled state. */
    <T extends TFloating> Operand<T> norm(Ops tf, Operand<T> scaled) {
        if (control.norm() == PidController.Norm.LARGEST) {
            return tf.reduceMax(tf.math.abs(scaled), axes(tf, scaled), ReduceMax.keepDims(eachSample()));
        }
        if (eachSample() && hasComponents(scaled.shape())) {
            return tf.math.sqrt(tf.math.mean(tf.math.square(scaled), axes(tf, scaled), Mean.keepDims(true)));
        }
        // The mean of no numbers is no number.
        Operand<T> sum = tf.reduceSum(tf.math.square(scaled), axes(tf, scaled), ReduceSum.keepDims(eachSample()));
        Operand<TInt32> count = eachSample()
                ? tf.math.div(tf.size(scaled), tf.math.maximum(tf.size(sum), tf.constant(1)))
                : tf.size(scaled);
        return tf.math.sqrt(tf.math.divNoNan(sum, tf.dtypes.cast(count, scaled.type())));
    }

    private static boolean hasComponents(Shape state) {
        return !state.isUnknown()
                && state.numDimensions() > 0
                && !state.tail().hasUnknownDimension()
                && state.tail().size() > 0;
    }

    /** Whether all numbers of a state are finite. */
    <T extends TFloating> Operand<TBool> finite(Ops tf, Operand<T> state) {
        return tf.reduceAll(tf.math.isFinite(state), axes(tf, state), ReduceAll.keepDims(eachSample()));
    }

    private Operand<TInt32> axes(Ops tf, Operand<?> state) {
        return tf.range(tf.constant(eachSample() ? 1 : 0), tf.rank(state), tf.constant(1));
    }

    /** A state in units of a scale; nothing in units of nothing is nothing. */
    <T extends TFloating> Operand<T> scaled(Ops tf, Operand<T> state, Operand<T> scale) {
        Operand<T> zero = Floats.scalar(tf, state.type(), 0);
        Operand<TBool> nothing = tf.math.logicalAnd(tf.math.equal(state, zero), tf.math.equal(scale, zero));
        return tf.select(nothing, zero, tf.math.div(state, scale));
    }

    /** By what errors grow so that the norm over the batch is that over some of its samples, the others being zero. */
    <T extends TFloating> Operand<T> share(Ops tf, Operand<TBool> some, Class<T> type) {
        Operand<T> one = Floats.scalar(tf, type, 1);
        if (eachSample() || control.norm() == PidController.Norm.LARGEST) {
            return one;
        }
        Operand<TInt32> axes = tf.range(tf.constant(0), tf.rank(some), tf.constant(1));
        Operand<T> part = tf.math.mean(tf.dtypes.cast(some, type), axes, Mean.keepDims(false));
        return tf.select(tf.reduceAny(some, axes), tf.math.rsqrt(part), one);
    }

    /** atol + rtol max(|a|, |b|). */
    <T extends TFloating> Operand<T> scale(Ops tf, Operand<T> a, Operand<T> b) {
        Class<T> type = a.type();
        Operand<T> larger = tf.math.maximum(tf.math.abs(a), tf.math.abs(b));
        return tf.math.add(
                tf.math.mul(larger, control.rtol().in(tf, type)), control.atol().in(tf, type));
    }

    /** What the controller keeps, one for each sample: [batch]. */
    <V extends TType> Operand<V> perSample(Ops tf, Operand<?> state, Operand<V> kept) {
        Operand<TInt32> batch = SampleColumns.batchOf(tf, state);
        return eachSample() ? tf.reshape(kept, batch) : tf.broadcastTo(kept, batch);
    }

    /** What the user sees: a scalar, or [batch]. */
    <V extends TType> Operand<V> shown(Ops tf, Operand<V> kept) {
        return eachSample() ? tf.reshape(kept, tf.constant(new int[] {-1})) : kept;
    }
}
