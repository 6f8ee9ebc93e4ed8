package dev.odeon.adjoint.backward;

import dev.odeon.adjoint.step.LargestStates;
import dev.odeon.graph.CustomGradients;
import dev.odeon.graph.TensorSpec;
import dev.odeon.graph.Values;
import dev.odeon.graph.WhileLoop;
import dev.odeon.solvers.forward.LoopNames;
import dev.odeon.solvers.solve.BackwardNode;
import dev.odeon.solvers.solve.DefinedLoop;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * The discrete adjoint: one backward loop, registered as the gradient of the forward loop.
 *
 * <p>Its rounds go back over the {@link TakenSteps}; a {@link StateSource} gives them the state before each. The gradients of a
 * solve of known steps that ended before its last one are NaN; those of chosen steps as {@link FailedSamples} says.
 */
public final class BackwardLoop {

    private final TakenSteps<?> steps;
    private final StateSource recall;
    private final DefinedLoop<?> solve;
    private final WhileLoop forward;
    private final WhileLoop loop;
    private final String onceOnly;

    private BackwardLoop(
            TakenSteps<?> steps, StateSource recall, DefinedLoop<?> solve, WhileLoop loop, String onceOnly) {
        this.onceOnly = onceOnly;
        this.steps = steps;
        this.recall = recall;
        this.solve = solve;
        this.forward = solve.functions();
        this.loop = loop;
    }

    /** Defines the functions of the backward loop; must happen before a gradient is asked for. */
    public static BackwardLoop define(Ops tf, TakenSteps<?> steps, StateSource recall, DefinedLoop<?> forward) {
        List<TensorSpec> invariantSpecs = forward.invariants();
        List<TensorSpec> carried = new ArrayList<>(Backward.specs(steps, invariantSpecs));
        carried.addAll(recall.carried());
        List<TensorSpec> invariants = new ArrayList<>(invariantSpecs);
        for (TensorSpec spec : steps.kept()) {
            invariants.add(spec.named(BackwardNames.gradientOf(spec.name())));
        }
        invariants.addAll(steps.recorded());
        invariants.addAll(recall.invariants());
        WhileLoop loop = WhileLoop.define(
                tf,
                "adjoint",
                carried,
                invariants,
                (inner, values, fixed) -> inner.math.less(
                        values.get(BackwardNames.ROUND, TInt32.class), recall.rounds(inner, steps.count(inner, fixed))),
                recall::round);
        return new BackwardLoop(steps, recall, forward, loop, OnceOnly.key(tf));
    }

    /** Registers the gradient; the node of the forward loop is built with the key. */
    public String key(Ops tf, List<BackwardNode> backwardNodes) {
        return CustomGradients.define(tf, (inner, node, upstream) -> gradient(inner, node, upstream, backwardNodes));
    }

    /** Adds the backward loop for a node of the forward loop; called while the graph is locked. */
    private List<@Nullable Operand<?>> gradient(
            Ops tf, GraphOperation node, List<Output<?>> upstream, List<BackwardNode> backwardNodes) {
        Values results = forward.resultsOf(node);
        Values invariants = forward.invariantsOf(node);
        Values initial = Backward.initial(tf, solve.invariants(), invariants);
        for (TensorSpec spec : steps.carried()) {
            initial = initial.with(BackwardNames.lambdaOf(spec.name()), upstream.get(forward.indexOf(spec.name())));
        }
        for (TensorSpec spec : recall.carried()) {
            initial = initial.with(spec.name(), results.get(spec.name()));
        }
        for (TensorSpec spec : steps.kept()) {
            invariants =
                    invariants.with(BackwardNames.gradientOf(spec.name()), upstream.get(forward.indexOf(spec.name())));
        }
        for (TensorSpec spec : steps.recorded()) {
            invariants = invariants.with(spec.name(), results.get(spec.name()));
        }
        for (TensorSpec spec : recall.invariants()) {
            invariants = invariants.with(spec.name(), results.get(spec.name()));
        }
        initial = steps.marked(tf, initial, results, invariants);
        WhileLoop.Run run = loop.run(tf, initial, invariants, onceOnly);
        BackwardVerdict verdict = verdict(tf, steps, node, results, initial, run.values());
        backwardNodes.add(new BackwardNode(
                run.operation().name(),
                loop.indexOf(Backward.NFE),
                loop.indexOf(Backward.SOLVES),
                loop.indexOf(Backward.RECOMPUTED),
                loop.carries(LoopNames.STATE) ? loop.indexOf(LoopNames.STATE) : -1,
                verdict == null ? null : verdict.outcomeName()));
        List<@Nullable Operand<?>> gradients = new ArrayList<>();
        for (TensorSpec spec : solve.carried()) {
            if (steps.kept().contains(spec)) {
                // Rows filled before the loop; the others were constants.
                gradients.add(upstream.get(forward.indexOf(spec.name())));
            } else {
                gradients.add(
                        steps.carried().contains(spec) ? ofCarried(tf, steps, spec, run.values(), verdict) : null);
            }
        }
        Values ended = run.values();
        if (verdict != null) {
            for (String name : ended.under(BackwardNames.MU).names()) {
                ended = ended.with(BackwardNames.MU + name, verdict.ofAll(tf, ended.get(BackwardNames.MU + name)));
            }
        }
        Backward.addOfInvariants(gradients, solve.invariants(), ended);
        return gradients;
    }

    /** Whether the samples were found again where they began; null where their states were stored. */
    private <T extends TFloating> @Nullable BackwardVerdict verdict(
            Ops tf, TakenSteps<T> taken, GraphOperation node, Values results, Values initial, Values ended) {
        StateComparison comparison = recall.comparison();
        if (comparison == null) {
            return null;
        }
        Class<T> type = taken.type();
        Operand<T> passed = forward.initialOf(node).get(LoopNames.STATE, type);
        Operand<T> size = StateComparison.size(tf, LargestStates.of(type, results));
        List<Operand<T>> wanted = new ArrayList<>();
        for (TensorSpec spec : taken.carried()) {
            wanted.add(initial.get(BackwardNames.lambdaOf(spec.name()), type));
            wanted.add(ended.get(BackwardNames.lambdaOf(spec.name()), type));
        }
        return BackwardVerdict.of(
                tf,
                comparison.strayed(tf, ended.get(LoopNames.STATE, type), passed, size),
                wanted,
                solve.outcome(tf, results));
    }

    private static <T extends TFloating> Operand<T> ofCarried(
            Ops tf, TakenSteps<T> taken, TensorSpec spec, Values ended, @Nullable BackwardVerdict verdict) {
        Operand<T> gradient = ended.get(BackwardNames.lambdaOf(spec.name()), taken.type());
        return verdict == null ? gradient : verdict.ofState(tf, gradient);
    }
}
