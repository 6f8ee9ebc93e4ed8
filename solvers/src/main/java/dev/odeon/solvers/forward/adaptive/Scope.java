package dev.odeon.solvers.forward.adaptive;

import dev.odeon.graph.Floats;
import dev.odeon.solvers.stepping.Columns;
import dev.odeon.solvers.steps.PidController;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceMax;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;
import org.tensorflow.types.family.TType;

/**
 * The shape of what a controller keeps: scalars where the batch shares its steps, columns [batch, 1, ...] of the state's
 * rank where each sample has its own.
 */
record Scope(PidController control) {

    /** Whether each sample has its own. */
    boolean eachSample() {
        return control.scope() == PidController.Scope.EACH_SAMPLE;
    }

    /** A value for every time the controller keeps. */
    <V extends TType> Operand<V> filled(Ops tf, Operand<?> state, Operand<V> value) {
        if (!eachSample()) {
            return value;
        }
        return Columns.filled(tf, state, value);
    }

    /** The norm of a scaled state. */
    <T extends TFloating> Operand<T> norm(Ops tf, Operand<T> scaled) {
        Operand<TInt32> axes = tf.range(tf.constant(eachSample() ? 1 : 0), tf.rank(scaled), tf.constant(1));
        return control.norm() == PidController.Norm.LARGEST
                ? tf.reduceMax(tf.math.abs(scaled), axes, ReduceMax.keepDims(eachSample()))
                : tf.math.sqrt(tf.math.mean(tf.math.square(scaled), axes, Mean.keepDims(eachSample())));
    }

    /** atol + rtol max(|a|, |b|). */
    <T extends TFloating> Operand<T> scale(Ops tf, Operand<T> a, Operand<T> b) {
        Class<T> type = a.type();
        Operand<T> larger = tf.math.maximum(tf.math.abs(a), tf.math.abs(b));
        return tf.math.add(
                tf.math.mul(larger, Floats.scalar(tf, type, control.rtol())), Floats.scalar(tf, type, control.atol()));
    }

    /** What the controller keeps, one for each sample: [batch]. */
    <V extends TType> Operand<V> perSample(Ops tf, Operand<?> state, Operand<V> kept) {
        Operand<TInt32> batch = tf.slice(tf.shape(state), tf.constant(new int[] {0}), tf.constant(new int[] {1}));
        return eachSample() ? tf.reshape(kept, batch) : tf.broadcastTo(kept, batch);
    }

    /** What the user sees: a scalar, or [batch]. */
    <V extends TType> Operand<V> shown(Ops tf, Operand<V> kept) {
        return eachSample() ? tf.reshape(kept, tf.constant(new int[] {-1})) : kept;
    }
}
