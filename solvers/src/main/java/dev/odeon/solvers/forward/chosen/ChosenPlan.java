package dev.odeon.solvers.forward.chosen;

import dev.odeon.graph.Floats;
import dev.odeon.solvers.forward.SampleClock;
import dev.odeon.solvers.stepper.Problem;
import dev.odeon.solvers.stepper.Stepper;
import dev.odeon.solvers.steps.PidController;
import dev.odeon.solvers.steps.SaveAt;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * What is fixed before the loop runs.
 *
 * @param problem with its element type
 * @param control tolerances and limits
 * @param saveAt the interval and what is kept of it
 * @param stepper the stepper of one step
 * @param scope of the controller's values
 * @param rule for the next size
 * @param strides the sizes there are
 * @param rows where every accepted step is kept; null where none is
 * @param watch for an event; null where there is none
 * @param clock of the samples, on which the problem is; null where the samples share their times
 */
record ChosenPlan<T extends TFloating>(
        Problem<T> problem,
        PidController control,
        SaveAt saveAt,
        Stepper<T> stepper,
        ControlScope scope,
        SizeRule<T> rule,
        Strides<T> strides,
        @Nullable StepRows<T> rows,
        @Nullable EventWatch<T> watch,
        @Nullable SampleClock<T> clock) {

    /** Where time starts from zero every size is resolved; a field that allows none must end the solve nevertheless. */
    private static final double SMALLEST_SHARE = 1e-24;

    /** Whether samples keep their states at times of their own, so that each has its own next row. */
    boolean ownRows() {
        return scope.eachSample() || clock != null;
    }

    /** The element type. */
    Class<T> type() {
        return problem.type();
    }

    /** The length of the interval, without sign. */
    double interval() {
        return Math.abs(saveAt.length());
    }

    /** No step is smaller: the offset would no longer move on, or the user or the ladder allows none. */
    Operand<T> smallest(Ops tf, Operand<T> offset) {
        double floor = Math.max(control.smallest(), interval() * SMALLEST_SHARE);
        Operand<T> resolved = tf.math.mul(tf.math.abs(offset), scalar(tf, 16 * Floats.epsilon(type())));
        return tf.math.maximum(resolved, scalar(tf, Math.max(floor, strides.smallest())));
    }

    /** A number of the element type. */
    Operand<T> scalar(Ops tf, double value) {
        return Floats.scalar(tf, type(), value);
    }
}
