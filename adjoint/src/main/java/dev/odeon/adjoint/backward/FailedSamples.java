package dev.odeon.adjoint.backward;

import dev.odeon.adjoint.step.NamedGradients;
import dev.odeon.graph.Floats;
import dev.odeon.graph.TensorSpec;
import dev.odeon.graph.Values;
import dev.odeon.solvers.Outcome;
import dev.odeon.solvers.forward.LoopNames;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * The gradients of a solve of chosen steps that failed, or of the samples that did where each has its own steps.
 *
 * <p>The last state is not that of the end, and rows not reached are none at all: where the loss depends on these, the
 * gradients are NaN. Where it does not, because they are masked, those of all else are as they are.
 */
final class FailedSamples {

    private FailedSamples() {}

    /**
     * What a backward loop starts with.
     *
     * @param results of the forward loop
     * @param invariants of the backward loop
     */
    static <T extends TFloating> Values marked(
            Ops tf, TakenSteps<T> steps, Values initial, Values results, Values invariants) {
        Class<T> type = steps.type();
        Operand<T> zero = tf.dtypes.cast(tf.constant(0.0), type);
        Operand<T> lambda = initial.get(BackwardNames.LAMBDA, type);
        Operand<TBool> failed =
                tf.math.notEqual(results.get(LoopNames.OUTCOME, TInt32.class), tf.constant(Outcome.SUCCESS.code()));
        Operand<TBool> without = tf.math.logicalAnd(failed, tf.math.notEqual(lambda, zero));
        for (TensorSpec spec : steps.kept()) {
            Operand<T> kept = invariants.get(BackwardNames.gradientOf(spec.name()), type);
            Operand<TBool> missing =
                    tf.math.logicalAnd(tf.math.isNan(results.get(spec.name(), type)), tf.math.notEqual(kept, zero));
            without = tf.math.logicalOr(without, tf.reduceAny(missing, tf.constant(0)));
        }
        Operand<TBool> any = tf.reduceAny(without, tf.range(tf.constant(0), tf.rank(without), tf.constant(1)));
        Values marked = initial.with(BackwardNames.LAMBDA, Floats.nanIf(tf, without, lambda));
        for (String name : initial.names()) {
            if (name.startsWith(BackwardNames.MU)) {
                marked = marked.with(name, NamedGradients.nanIf(tf, any, initial.get(name)));
            }
        }
        return marked;
    }

    /**
     * The same of a solve of known steps, which has no gradient at all unless it came to its end.
     *
     * @param complete whether it did
     */
    static Values allUnless(Ops tf, Operand<TBool> complete, Values initial) {
        Operand<TBool> failed = tf.math.logicalNot(complete);
        Values marked = initial;
        for (String name : initial.names()) {
            if (name.startsWith(BackwardNames.LAMBDA) || name.startsWith(BackwardNames.MU)) {
                marked = marked.with(name, NamedGradients.nanIf(tf, failed, initial.get(name)));
            }
        }
        return marked;
    }
}
