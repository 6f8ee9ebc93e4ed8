package dev.odeon.solvers.stepper;

import dev.odeon.graph.Values;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * What one step hands on.
 *
 * <p>Made by {@link #of} and changed by the {@code with} methods, each of which keeps everything else.
 *
 * @param next the state at the end of the step
 * @param memory what the next step may read, under the names and with the shapes it was received with
 * @param counts what the step cost
 * @param failure code of an {@code Outcome}, that of SUCCESS if the step is usable; null if the stepper cannot fail
 * @param error estimate of the local error, of the state's shape; null where the method has none
 * @param dense the coefficients of 1, theta, theta^2, ... of the state at the fraction theta of the step; null where it was
 *     not asked for
 * @param stages the states of the stages but that at the start of the step, for an adjoint that takes them from here; null
 *     where the stepper has no such adjoint
 * @param evaluations of the field, one for each stage, for an adjoint that takes what it needs of them from here; null where
 *     the stepper has no such adjoint
 */
public record StepOutput<T extends TFloating>(
        Operand<T> next,
        Values memory,
        Counts counts,
        @Nullable Operand<TInt32> failure,
        @Nullable Operand<T> error,
        @Nullable List<Operand<T>> dense,
        @Nullable List<Operand<T>> stages,
        @Nullable List<Evaluation<T>> evaluations) {

    public StepOutput {
        dense = dense == null ? null : List.copyOf(dense);
        stages = stages == null ? null : List.copyOf(stages);
        evaluations = evaluations == null ? null : List.copyOf(evaluations);
    }

    /** A step that cannot fail, without error estimate, dense output, stages and evaluations. */
    public static <T extends TFloating> StepOutput<T> of(Operand<T> next, Values memory, Counts counts) {
        return new StepOutput<>(next, memory, counts, null, null, null, null, null);
    }

    /** The same with another state at the end. */
    public StepOutput<T> withNext(Operand<T> other) {
        return new StepOutput<>(other, memory, counts, failure, error, dense, stages, evaluations);
    }

    /** The same with another memory. */
    public StepOutput<T> withMemory(Values other) {
        return new StepOutput<>(next, other, counts, failure, error, dense, stages, evaluations);
    }

    /** The same at another cost. */
    public StepOutput<T> withCounts(Counts other) {
        return new StepOutput<>(next, memory, other, failure, error, dense, stages, evaluations);
    }

    /** The same with another code, or with none. */
    public StepOutput<T> withFailure(@Nullable Operand<TInt32> other) {
        return new StepOutput<>(next, memory, counts, other, error, dense, stages, evaluations);
    }

    /** The same with another estimate, or with none. */
    public StepOutput<T> withError(@Nullable Operand<T> other) {
        return new StepOutput<>(next, memory, counts, failure, other, dense, stages, evaluations);
    }

    /** The same with another dense output, or with none. */
    public StepOutput<T> withDense(@Nullable List<Operand<T>> other) {
        return new StepOutput<>(next, memory, counts, failure, error, other, stages, evaluations);
    }

    /** The same showing other stages, or none. */
    public StepOutput<T> withStages(@Nullable List<Operand<T>> other) {
        return new StepOutput<>(next, memory, counts, failure, error, dense, other, evaluations);
    }

    /** The same showing other evaluations, or none. */
    public StepOutput<T> withEvaluations(@Nullable List<Evaluation<T>> other) {
        return new StepOutput<>(next, memory, counts, failure, error, dense, stages, other);
    }

    /**
     * The dense output.
     *
     * @throws IllegalStateException if the stepper was not asked for it
     */
    public List<Operand<T>> requireDense() {
        if (dense == null) {
            throw new IllegalStateException("The stepper gave no dense output: build it for StepDemand.DENSE");
        }
        return dense;
    }
}
