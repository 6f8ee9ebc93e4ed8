package dev.odeon.solvers.forward.chosen;

import dev.odeon.graph.Values;
import dev.odeon.solvers.Outcome;
import dev.odeon.solvers.forward.Failures;
import dev.odeon.solvers.stepper.StepOutput;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * What became of the step a round tried.
 *
 * @param running which times of the controller were on their way
 * @param usable whether the step gave numbers
 * @param accepted whether it is taken
 * @param rejected whether it is tried again with another size
 */
record Verdict(Operand<TBool> running, Operand<TBool> usable, Operand<TBool> accepted, Operand<TBool> rejected) {

    /** Adds the verdict on a scaled error. */
    static <T extends TFloating> Verdict of(
            Ops tf, ChosenPlan<T> plan, Values carried, StepOutput<T> output, Operand<T> error) {
        Operand<TBool> running = Carried.running(tf, carried);
        Operand<TBool> usable =
                tf.math.logicalAnd(plan.scope().finite(tf, output.next()), tf.math.logicalNot(tf.math.isNan(error)));
        if (output.failure() != null) {
            usable = tf.math.logicalAnd(usable, tf.math.equal(output.failure(), tf.constant(Outcome.SUCCESS.code())));
        }
        Operand<TBool> accepted =
                tf.math.logicalAnd(running, tf.math.logicalAnd(usable, tf.math.lessEqual(error, plan.scalar(tf, 1))));
        return new Verdict(running, usable, accepted, tf.math.logicalAnd(running, tf.math.logicalNot(accepted)));
    }

    /**
     * Adds the outcome after the round.
     *
     * @param stride the step that was tried
     * @param reached the time after the round
     */
    <T extends TFloating> Operand<TInt32> outcome(
            Ops tf,
            ChosenPlan<T> plan,
            Values carried,
            StepOutput<T> output,
            Strides.Stride<T> stride,
            Operand<T> reached) {
        Operand<TInt32> before = carried.get(Carried.OUTCOME, TInt32.class);
        Operand<TInt32> unusable = tf.constant(Outcome.NON_FINITE.code());
        if (output.failure() != null) {
            unusable = Failures.first(tf, output.failure(), unusable);
        }
        Operand<TInt32> stuck =
                tf.select(usable, tf.constant(Outcome.STEP_UNDERFLOW.code()), like(tf, unusable, before));
        Operand<TBool> spent = tf.math.greaterEqual(
                tf.math.add(carried.get(Carried.TRIED, TInt32.class), tf.constant(1)),
                tf.constant(plan.control().maxSteps()));
        Operand<TInt32> code = tf.select(spent, like(tf, tf.constant(Outcome.MAX_STEPS.code()), before), before);
        // The size as it was proposed, too: the step that was made of it may be longer by a rounding.
        Operand<T> asked = tf.math.minimum(stride.length(), carried.get(Carried.SIZE, plan.type()));
        Operand<TBool> underflow =
                tf.math.logicalAnd(tf.math.logicalNot(accepted), tf.math.lessEqual(asked, plan.smallest(tf, reached)));
        code = tf.select(underflow, stuck, code);
        code = tf.select(
                tf.math.logicalAnd(accepted, stride.last()),
                like(tf, tf.constant(Outcome.SUCCESS.code()), before),
                code);
        return tf.select(running, code, before);
    }

    private static Operand<TInt32> like(Ops tf, Operand<TInt32> code, Operand<TInt32> shape) {
        return tf.math.add(code, tf.zerosLike(shape));
    }
}
