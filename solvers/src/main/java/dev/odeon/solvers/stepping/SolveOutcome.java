package dev.odeon.solvers.stepping;

import dev.odeon.solvers.Outcome;
import dev.odeon.solvers.linear.report.SolveFailure;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;

/** From the failure of a linear solve to the outcome of the step that needed it. */
public final class SolveOutcome {

    private SolveOutcome() {}

    /** Adds the code of the {@link Outcome} for the code of a {@link SolveFailure}. */
    public static Operand<TInt32> of(Ops tf, Operand<TInt32> failure) {
        SolveFailure[] failures = SolveFailure.values();
        int[] codes = new int[failures.length];
        for (SolveFailure each : failures) {
            codes[each.code()] = outcome(each).code();
        }
        return tf.gather(tf.constant(codes), failure, tf.constant(0));
    }

    private static Outcome outcome(SolveFailure failure) {
        return switch (failure) {
            case NONE -> Outcome.SUCCESS;
            case NOT_CONVERGED -> Outcome.LINEAR_DIVERGENCE;
            case SINGULAR, BREAKDOWN -> Outcome.LINEAR_BREAKDOWN;
        };
    }
}
