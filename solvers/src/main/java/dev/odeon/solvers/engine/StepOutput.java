package dev.odeon.solvers.engine;

import dev.odeon.graph.Values;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * What one step hands on.
 *
 * @param next the state at the end of the step
 * @param memory what the next step may read, under the names and with the shapes it was received with
 * @param counts what the step cost
 * @param failure code of an {@code Outcome}, that of SUCCESS if the step is usable; null if the engine cannot fail
 * @param error estimate of the local error, of the state's shape; null where the method has none
 * @param dense the coefficients of 1, theta, theta^2, ... of the state at the fraction theta of the step; null where it was
 *     not asked for
 * @param stages the states of the stages but that at the start of the step, for an adjoint that takes them from here; null
 *     where the engine has no such adjoint
 */
public record StepOutput<T extends TFloating>(
        Operand<T> next,
        Values memory,
        Counts counts,
        @Nullable Operand<TInt32> failure,
        @Nullable Operand<T> error,
        @Nullable List<Operand<T>> dense,
        @Nullable List<Operand<T>> stages) {

    /** A step that shows no stages. */
    public StepOutput(
            Operand<T> next,
            Values memory,
            Counts counts,
            @Nullable Operand<TInt32> failure,
            @Nullable Operand<T> error,
            @Nullable List<Operand<T>> dense) {
        this(next, memory, counts, failure, error, dense, null);
    }

    /** A step that cannot fail, without error estimate and dense output. */
    public static <T extends TFloating> StepOutput<T> of(Operand<T> next, Values memory, Counts counts) {
        return new StepOutput<>(next, memory, counts, null, null, null);
    }
}
