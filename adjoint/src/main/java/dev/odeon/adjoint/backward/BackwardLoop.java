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
import org.tensorflow.types.TBool;
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
    private final WhileLoop forward;
    private final WhileLoop loop;
    private final String onceOnly;
    private final List<TensorSpec> carriedForward;
    private final List<TensorSpec> invariantSpecs;

    private BackwardLoop(
            TakenSteps<?> steps,
            StateSource recall,
            WhileLoop forward,
            WhileLoop loop,
            String onceOnly,
            List<TensorSpec> carriedForward,
            List<TensorSpec> invariantSpecs) {
        this.onceOnly = onceOnly;
        this.steps = steps;
        this.recall = recall;
        this.forward = forward;
        this.loop = loop;
        this.carriedForward = carriedForward;
        this.invariantSpecs = invariantSpecs;
    }

    /** Defines the functions of the backward loop; must happen before a gradient is asked for. */
    public static BackwardLoop define(Ops tf, TakenSteps<?> steps, StateSource recall, DefinedLoop<?> forward) {
        List<TensorSpec> carriedForward = forward.carried();
        List<TensorSpec> invariantSpecs = forward.invariants();
        List<TensorSpec> carried =
                new ArrayList<>(Backward.specs(steps, forward.carried(steps.count()), invariantSpecs));
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
                (inner, values, fixed) ->
                        inner.math.greater(values.get(BackwardNames.ROUND, TInt32.class), inner.constant(0)),
                recall::round);
        return new BackwardLoop(
                steps, recall, forward.functions(), loop, OnceOnly.key(tf), carriedForward, invariantSpecs);
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
        Operand<TInt32> taken = results.get(steps.count(), TInt32.class);
        Values initial = Backward.initial(tf, recall.rounds(tf, taken), invariantSpecs, invariants);
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
        Integer planned = steps.planned();
        if (planned != null) {
            initial = poisoned(tf, initial, tf.math.equal(taken, tf.constant(planned)));
        } else {
            initial = marked(tf, steps, initial, results, invariants);
        }
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
        for (TensorSpec spec : carriedForward) {
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
        Backward.addOfInvariants(gradients, invariantSpecs, ended);
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
                results.get(LoopNames.OUTCOME, TInt32.class));
    }

    private static <T extends TFloating> Operand<T> ofCarried(
            Ops tf, TakenSteps<T> taken, TensorSpec spec, Values ended, @Nullable BackwardVerdict verdict) {
        Operand<T> gradient = ended.get(BackwardNames.lambdaOf(spec.name()), taken.type());
        return verdict == null ? gradient : verdict.ofState(tf, gradient);
    }

    private static <T extends TFloating> Values marked(
            Ops tf, TakenSteps<T> steps, Values initial, Values results, Values invariants) {
        return FailedSamples.marked(tf, steps, initial, results, invariants);
    }

    /** The gradients so far, NaN unless the solve came to its end: what was asked for has no gradient then. */
    @SuppressWarnings("unchecked") // gradients are floating point
    private Values poisoned(Ops tf, Values initial, Operand<TBool> complete) {
        Values result = initial;
        for (String name : initial.names()) {
            if (name.startsWith(BackwardNames.LAMBDA) || name.startsWith(BackwardNames.MU)) {
                Operand<TFloating> gradient = (Operand<TFloating>) initial.get(name);
                Operand<TFloating> factor = tf.select(
                        complete,
                        tf.dtypes.cast(tf.constant(1.0), gradient.type()),
                        tf.dtypes.cast(tf.constant(Double.NaN), gradient.type()));
                result = result.with(name, tf.math.mul(gradient, factor));
            }
        }
        return result;
    }
}
