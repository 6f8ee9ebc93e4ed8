package dev.odeon.solvers.stepper;

import dev.odeon.graph.Values;
import dev.odeon.solvers.Outcome;
import dev.odeon.solvers.linear.LinearOperator;
import dev.odeon.solvers.linear.report.FailureKnown;
import dev.odeon.solvers.linear.report.SolveFailure;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * From the failure of a linear solve to the outcome of the step that needed it.
 *
 * <p>What a factor knows is found out once, where it is made, and read by the steps; only iterations report solve by solve.
 */
public final class SolveOutcome {

    private static final String PREPARED = "outcome";

    private SolveOutcome() {}

    /** What was found out about prepared factors: nothing if they cannot fail, or fail in their solves. */
    public static <T extends TFloating> Values ofFactors(Ops tf, LinearOperator<T> linear, List<Values> factors) {
        Operand<TInt32> failure = null;
        if (linear.failureKnown() == FailureKnown.BY_FACTOR) {
            for (Values factor : factors) {
                if (factor.contains(LinearOperator.FAILURE)) {
                    failure = worse(tf, failure, factor.get(LinearOperator.FAILURE, TInt32.class));
                }
            }
        }
        return failure == null ? Values.empty() : Values.of(PREPARED, of(tf, failure));
    }

    /** The code that {@link #ofFactors} left among what was prepared; null if there is none. */
    public static @Nullable Operand<TInt32> ofPrepared(Values prepared) {
        return prepared.contains(PREPARED) ? prepared.get(PREPARED, TInt32.class) : null;
    }

    /** The greater of two codes. */
    public static Operand<TInt32> worse(Ops tf, @Nullable Operand<TInt32> first, Operand<TInt32> second) {
        return first == null ? second : tf.math.maximum(first, second);
    }

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
