package dev.odeon.ode;

import dev.odeon.graph.GraphFunction;
import dev.odeon.solvers.Outcome;
import dev.odeon.solvers.Statistics;
import dev.odeon.solvers.dense.DenseSolution;
import dev.odeon.solvers.events.EventResult;
import dev.odeon.solvers.forward.Failures;
import dev.odeon.solvers.solve.BackwardNode;
import dev.odeon.solvers.solve.ForwardResult;
import dev.odeon.solvers.solve.KeptStates;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;
import org.tensorflow.types.family.TType;

/** The result of a solve: tensors of the graph to build a loss on, and numbers to fetch. */
public final class Solution<T extends TFloating> {

    private final Ops tf;
    private final Graph graph;
    private final Operand<T> last;
    private final Operand<TInt32> outcome;
    private final KeptStates<T> kept;
    private final Statistics statistics;
    private final List<List<BackwardNode>> backwardNodes;

    private Solution(
            Ops tf,
            Graph graph,
            Operand<T> last,
            Operand<TInt32> outcome,
            KeptStates<T> kept,
            Statistics statistics,
            List<List<BackwardNode>> backwardNodes) {
        this.tf = tf;
        this.graph = graph;
        this.last = last;
        this.outcome = outcome;
        this.kept = kept;
        this.statistics = statistics;
        this.backwardNodes = backwardNodes;
    }

    /** All of what a forward solve left. */
    static <T extends TFloating> Solution<T> of(Ops tf, ForwardResult<T> result) {
        return new Solution<>(
                tf,
                GraphFunction.graphOf(tf),
                result.last(),
                result.outcome(),
                result.kept(tf),
                result.statistics(tf),
                result.backward());
    }

    /** The state at the end: [batch, ...]. */
    public Operand<T> last() {
        return last;
    }

    /**
     * The states at all times that were asked for: [times, batch, ...].
     *
     * <p>Rows that a solve did not reach, because it failed, met its event or took fewer steps, are NaN.
     */
    public Operand<T> states() {
        return kept.states();
    }

    /**
     * The times of these states: [times], or [times, batch] where each sample has its own.
     *
     * <p>NaN for rows not reached where steps are chosen; steps of known sizes have all their times, also of rows not reached.
     */
    public Operand<T> times() {
        return kept.times();
    }

    /** How many rows of the states the solve reached: scalar, or [batch] where each sample has its own steps. */
    public Operand<TInt32> count() {
        return kept.count();
    }

    /** The state as a function of time; empty unless {@code SaveAt.dense} asked for it. */
    public Optional<DenseSolution<T>> dense() {
        return Optional.ofNullable(kept.dense());
    }

    /** Where the samples met their event; empty unless the solver had one. */
    public Optional<EventResult<T>> event() {
        return Optional.ofNullable(kept.event());
    }

    /** The code of the {@link Outcome}; fetch it with the loss. */
    public Operand<TInt32> outcome() {
        return outcome;
    }

    /** What the solve costs. */
    public Statistics statistics() {
        return statistics;
    }

    /**
     * What the gradient of this solve costs, once a gradient was added to the graph.
     *
     * @return empty before {@code Gradients.of} was called, and for {@link dev.odeon.adjoint.Backpropagation}
     */
    public Optional<BackwardStatistics> backward() {
        return latest().stream()
                .map(node -> new BackwardStatistics(
                        output(node, node.nfe()), output(node, node.solves()), output(node, node.recomputed())))
                .reduce((one, other) -> one.plus(tf, other));
    }

    /** The nodes of the gradient that was asked for last, one for each loop of the solve that it reaches. */
    private List<BackwardNode> latest() {
        return backwardNodes.stream()
                .filter(nodes -> !nodes.isEmpty())
                .map(nodes -> nodes.get(nodes.size() - 1))
                .toList();
    }

    private Operand<TInt32> outcomeOf(String name) {
        return graph.operationOrThrow(name).output(0);
    }

    private <V extends TType> Operand<V> output(BackwardNode node, int index) {
        return graph.operationOrThrow(node.name()).output(index);
    }

    /**
     * How the way back of a {@link dev.odeon.adjoint.ReversibleAdjoint} or a {@link
     * dev.odeon.adjoint.BacksolveAdjoint} ended for each sample: codes of the {@link Outcome}, [batch] (one alone if nothing is
     * compared); fetch them with the
     * gradient and read them by {@link Outcome#of} or {@link Outcome#each}.
     *
     * <p>UNRELIABLE_GRADIENT where the way back did not find the states that the solve had passed. The gradient with respect
     * to the state of such a sample is NaN, and those with respect to parameters, which the samples share, are too. Samples
     * that the loss does not depend on have SUCCESS, unless the way back failed as a whole.
     *
     * @return empty before {@code Gradients.of} was called, and for other gradients, which cannot fail where the solve did
     *     not
     */
    public Optional<Operand<TInt32>> backwardOutcome() {
        return latest().stream()
                .flatMap(node -> Optional.ofNullable(node.outcome()).stream())
                .map(this::outcomeOf)
                // The way back begins with the last loop: what failed there makes those before it fail as well.
                .reduce((one, other) -> Failures.first(tf, other, one));
    }

    /**
     * The initial state as the way back of a {@link dev.odeon.adjoint.ReversibleAdjoint} or a {@link
     * dev.odeon.adjoint.BacksolveAdjoint} found it: [batch, ...].
     *
     * <p>Of a multistep method the state after its first steps, which are differentiated otherwise. Its distance from the true
     * one tells how much rounding, or stiffness, disturbed the gradient. Where the field jumps the
     * way back starts anew at each jump, and what is found here was disturbed between the start and the first jump alone; {@link
     * #backwardOutcome} looks at all stretches.
     *
     * @return empty before {@code Gradients.of} was called, and for other gradients
     */
    public Optional<Operand<T>> reconstructed() {
        return latest().stream()
                .limit(1)
                .filter(node -> node.reconstructed() >= 0)
                .map(node -> this.<T>output(node, node.reconstructed()))
                .findFirst();
    }

    /**
     * What a gradient costs, counted in the graph; scalars to fetch.
     *
     * <p>Without the gradient of the first steps of a multistep method, which are a solve of their own. A {@link
     * dev.odeon.adjoint.ReversibleAdjoint} finds states by going back, which counts as evaluations and not as
     * steps taken again.
     *
     * @param nfe evaluations of the nonlinear part, each followed by one vector-Jacobian product
     * @param linearSolves solves with a factor or its transpose
     * @param recomputedSteps steps taken again because the state before them had not been kept; their evaluations are in
     *     {@code nfe}; of a {@link dev.odeon.adjoint.BacksolveAdjoint} the steps of its own solve
     */
    public record BackwardStatistics(
            Operand<TInt32> nfe, Operand<TInt32> linearSolves, Operand<TInt32> recomputedSteps) {

        private BackwardStatistics plus(Ops tf, BackwardStatistics other) {
            return new BackwardStatistics(
                    tf.math.add(nfe, other.nfe),
                    tf.math.add(linearSolves, other.linearSolves),
                    tf.math.add(recomputedSteps, other.recomputedSteps));
        }
    }
}
