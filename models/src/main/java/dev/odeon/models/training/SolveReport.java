package dev.odeon.models.training;

import dev.odeon.ode.Solution;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.tensorflow.Operand;
import org.tensorflow.types.TInt32;

/**
 * What one solve behind a loss tells: how it ended and what it cost, as tensors of the graph.
 *
 * <p>Scalars where the batch shares its steps, [batch] where each sample has its own; a loop of solves may report any
 * number of outcomes and counts.
 */
public final class SolveReport {

    private final Axis axis;
    private final Operand<TInt32> outcome;
    private final Operand<TInt32> evaluations;
    private final Supplier<Optional<Operand<TInt32>>> backward;
    private final Supplier<Optional<Operand<TInt32>>> backwardOutcome;

    /** What the numbers of a report that has several belong to. */
    enum Axis {
        /** To the samples of the batch: of rows that do not count they are not told. */
        SAMPLES,
        /** To solves that the model counts itself: all are told. */
        COUNTED
    }

    private SolveReport(
            Axis axis,
            Operand<TInt32> outcome,
            Operand<TInt32> evaluations,
            Supplier<Optional<Operand<TInt32>>> backward,
            Supplier<Optional<Operand<TInt32>>> backwardOutcome) {
        this.axis = axis;
        this.outcome = Objects.requireNonNull(outcome, "outcome");
        this.evaluations = Objects.requireNonNull(evaluations, "evaluations");
        this.backward = Objects.requireNonNull(backward, "backward");
        this.backwardOutcome = backwardOutcome;
    }

    /**
     * Of a solve through which the gradient of the loss flows.
     *
     * <p>The evaluations of its gradient are those the adjoint counts; plain backpropagation pulls each evaluation back
     * once.
     */
    public static SolveReport of(Solution<?> solution) {
        Operand<TInt32> forward = solution.statistics().nfe();
        return new SolveReport(
                Axis.SAMPLES,
                solution.outcome(),
                forward,
                () -> Optional.of(solution.backward()
                        .map(Solution.BackwardStatistics::nfe)
                        .orElse(forward)),
                solution::backwardOutcome);
    }

    /** Of a solve that is not differentiated, such as one whose result is data of the loss. */
    public static SolveReport forwardOnly(Solution<?> solution) {
        return new SolveReport(
                Axis.SAMPLES, solution.outcome(), solution.statistics().nfe(), Optional::empty, Optional::empty);
    }

    /**
     * Of solves that the model counts itself, such as those of a loop.
     *
     * @param outcome codes of outcomes, of any shape
     * @param evaluations counts to be summed, of any shape
     * @param backward evaluations of the gradient, asked for once it is in the graph; empty if there is none
     */
    public static SolveReport of(
            Operand<TInt32> outcome, Operand<TInt32> evaluations, Supplier<Optional<Operand<TInt32>>> backward) {
        return new SolveReport(Axis.COUNTED, outcome, evaluations, backward, Optional::empty);
    }

    /**
     * Of solves of the same samples, such as those of a loop over a series.
     *
     * @param outcome codes of outcomes, [batch]
     * @param evaluations scalar, or [batch]
     * @param backward evaluations of the gradient, asked for once it is in the graph; empty if there is none
     * @param backwardOutcome codes of outcomes of the gradient, [batch], asked for once it is in the graph; empty if it cannot
     *     fail on its own
     */
    public static SolveReport ofSamples(
            Operand<TInt32> outcome,
            Operand<TInt32> evaluations,
            Supplier<Optional<Operand<TInt32>>> backward,
            Supplier<Optional<Operand<TInt32>>> backwardOutcome) {
        return new SolveReport(Axis.SAMPLES, outcome, evaluations, backward, backwardOutcome);
    }

    /** What its numbers belong to. */
    Axis axis() {
        return axis;
    }

    /** Codes of {@link dev.odeon.solvers.Outcome}. */
    public Operand<TInt32> outcome() {
        return outcome;
    }

    /** Evaluations of the solve, to be summed. */
    public Operand<TInt32> evaluations() {
        return evaluations;
    }

    /** Evaluations of its gradient, once that is in the graph. */
    Optional<Operand<TInt32>> backward() {
        return backward.get();
    }

    /** How the way back ended, where that can fail on its own. */
    Optional<Operand<TInt32>> backwardOutcome() {
        return backwardOutcome.get();
    }
}
