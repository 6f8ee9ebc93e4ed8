package dev.odeon.solvers.forward;

import dev.odeon.solvers.Outcome;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceAll;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/** Codes of outcomes inside the graph. */
public final class Failures {

    private Failures() {}

    /** The first code if it is not that of SUCCESS, else the second. */
    public static Operand<TInt32> first(Ops tf, Operand<TInt32> first, Operand<TInt32> second) {
        return tf.select(tf.math.equal(first, tf.constant(Outcome.SUCCESS.code())), second, first);
    }

    /** Whether every number is finite. */
    static <T extends TFloating> Operand<TBool> finite(Ops tf, Operand<T> state) {
        return tf.reduceAll(
                tf.math.isFinite(state),
                tf.range(tf.constant(0), tf.rank(state), tf.constant(1)),
                new ReduceAll.Options[0]);
    }

    /** The code of SUCCESS if every number is finite. */
    public static <T extends TFloating> Operand<TInt32> ofState(Ops tf, Operand<T> state) {
        return tf.select(
                finite(tf, state), tf.constant(Outcome.SUCCESS.code()), tf.constant(Outcome.NON_FINITE.code()));
    }

    /** The code of a step: what its stepper reported, else that of its state. */
    public static <T extends TFloating> Operand<TInt32> ofStep(
            Ops tf, @Nullable Operand<TInt32> failure, Operand<T> next) {
        Operand<TInt32> ofState = ofState(tf, next);
        return failure == null ? ofState : first(tf, failure, ofState);
    }
}
