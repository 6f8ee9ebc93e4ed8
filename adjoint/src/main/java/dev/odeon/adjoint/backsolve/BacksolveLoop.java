package dev.odeon.adjoint.backsolve;

import dev.odeon.adjoint.backward.BackwardNames;
import dev.odeon.adjoint.backward.BackwardVerdict;
import dev.odeon.adjoint.backward.OnceOnly;
import dev.odeon.adjoint.backward.StateComparison;
import dev.odeon.adjoint.step.LargestStates;
import dev.odeon.adjoint.step.NamedGradients;
import dev.odeon.graph.CustomGradients;
import dev.odeon.graph.Floats;
import dev.odeon.graph.TensorSpec;
import dev.odeon.graph.Values;
import dev.odeon.graph.WhileLoop;
import dev.odeon.solvers.Outcome;
import dev.odeon.solvers.forward.LoopNames;
import dev.odeon.solvers.solve.BackwardNode;
import dev.odeon.solvers.solve.DefinedLoop;
import dev.odeon.solvers.stepper.Problem;
import dev.odeon.solvers.stepper.SampleColumns;
import dev.odeon.solvers.steps.PidController;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * The continuous adjoint: one loop over the intervals between kept times, registered as the gradient of a forward loop.
 *
 * <p>After a failure no {@link BacksolveRound} follows, and all gradients are NaN. What the last one found is compared with the
 * state that the forward loop began with.
 */
public final class BacksolveLoop<T extends TFloating> {

    private static final String STATE = LoopNames.STATE;
    private static final String KEPT = LoopNames.KEPT;

    /** The way back of a state that was found is never so many times as large as all that the solve passed. */
    private static final double GROWTH = 100;

    private final Class<T> type;
    private final BacksolveSettings settings;
    private final DefinedLoop<T> solve;
    private final WhileLoop forward;
    private final WhileLoop loop;
    private final String onceOnly;
    private final int rounds;
    private final boolean kept;

    private BacksolveLoop(
            Class<T> type,
            BacksolveSettings settings,
            DefinedLoop<T> solve,
            WhileLoop loop,
            String onceOnly,
            Intervals intervals) {
        this.type = type;
        this.settings = settings;
        this.solve = solve;
        this.forward = solve.functions();
        this.loop = loop;
        this.onceOnly = onceOnly;
        this.rounds = intervals.count();
        this.kept = intervals.kept();
    }

    /**
     * Defines the functions of the loop; must happen before a gradient is asked for.
     *
     * @param problem that the forward loop solves
     * @param forward the loop
     */
    public static <T extends TFloating> BacksolveLoop<T> define(
            Ops tf, Problem<T> problem, BacksolveSettings settings, Intervals intervals, DefinedLoop<T> forward) {
        List<TensorSpec> parameters = forward.invariants().stream()
                .filter(spec -> ofField(spec.name()))
                .toList();
        List<TensorSpec> trained =
                parameters.stream().filter(TensorSpec::differentiable).toList();
        TensorSpec state = forward.carried(STATE);
        List<TensorSpec> carried = new ArrayList<>();
        carried.add(number(BackwardNames.ROUND));
        carried.add(state);
        carried.add(state.named(BackwardNames.LAMBDA));
        trained.forEach(spec -> carried.add(spec.named(BackwardNames.MU + spec.name())));
        BacksolveRound.COUNTS.forEach(name -> carried.add(number(name)));
        carried.add(number(LoopNames.OUTCOME));
        carried.add(BacksolveRound.strayed(state));
        List<TensorSpec> invariants = new ArrayList<>(parameters);
        if (intervals.kept()) {
            invariants.add(forward.carried(KEPT));
            invariants.add(forward.carried(KEPT).named(BackwardNames.KEPT_GRADIENT));
        }
        invariants.addAll(BacksolveRound.known(settings, intervals, state));
        BacksolveRound<T> round = new BacksolveRound<>(
                new IntervalSolve<>(problem, settings, Packing.of(state.shape(), trained)), intervals);
        WhileLoop loop = WhileLoop.define(
                tf, "backsolve", carried, invariants, (inner, values, fixed) -> proceeds(inner, values), round::apply);
        return new BacksolveLoop<>(problem.type(), settings, forward, loop, OnceOnly.key(tf), intervals);
    }

    private static boolean ofField(String name) {
        return name.startsWith(LoopNames.THETA) || name.startsWith(LoopNames.LINEAR);
    }

    private static TensorSpec number(String name) {
        return new TensorSpec(name, TInt32.class, Shape.scalar(), false);
    }

    private static Operand<TBool> proceeds(Ops tf, Values carried) {
        return tf.math.logicalAnd(
                tf.math.greater(carried.get(BackwardNames.ROUND, TInt32.class), tf.constant(0)),
                successful(tf, carried));
    }

    private static Operand<TBool> successful(Ops tf, Values carried) {
        return tf.math.equal(carried.get(LoopNames.OUTCOME, TInt32.class), tf.constant(Outcome.SUCCESS.code()));
    }

    /** Registers the gradient; the node of the forward loop is built with the key. */
    public String key(Ops tf, List<BackwardNode> backwardNodes) {
        return CustomGradients.define(tf, (inner, node, upstream) -> gradient(inner, node, upstream, backwardNodes));
    }

    /** Adds the loop for a node of the forward loop; called while the graph is locked. */
    private List<@Nullable Operand<?>> gradient(
            Ops tf, GraphOperation node, List<Output<?>> upstream, List<BackwardNode> backwardNodes) {
        Values results = forward.resultsOf(node);
        Values invariants = forward.invariantsOf(node);
        Operand<TInt32> outcome = solve.outcome(tf, results);
        Values initial = Values.of(BackwardNames.ROUND, tf.constant(rounds))
                .with(STATE, results.get(STATE))
                .with(BackwardNames.LAMBDA, upstream.get(forward.indexOf(STATE)))
                // Of each sample, where each has its own steps.
                .with(
                        LoopNames.OUTCOME,
                        tf.reduceMax(outcome, tf.range(tf.constant(0), tf.rank(outcome), tf.constant(1))))
                .with(BacksolveRound.STRAYED, none(tf, results.get(STATE, type)));
        for (String name : BacksolveRound.COUNTS) {
            initial = initial.with(name, tf.constant(0));
        }
        for (TensorSpec spec : solve.invariants()) {
            if (trained(spec)) {
                initial = initial.with(BackwardNames.MU + spec.name(), tf.zerosLike(invariants.get(spec.name())));
            }
        }
        if (kept) {
            invariants = invariants
                    .with(KEPT, results.get(KEPT))
                    .with(BackwardNames.KEPT_GRADIENT, upstream.get(forward.indexOf(KEPT)));
        }
        Operand<T> began = forward.initialOf(node).get(STATE, type);
        StateComparison comparison = settings.comparison();
        Operand<T> size = null;
        if (comparison != null) {
            size = StateComparison.size(tf, LargestStates.of(type, results));
            invariants = invariants.with(BacksolveRound.SIZE, size).with(IntervalSolve.LIMIT, limit(tf, size));
        }
        WhileLoop.Run run = loop.run(tf, initial, invariants, onceOnly);
        BackwardVerdict verdict = comparison == null || size == null
                ? null
                : verdict(
                        tf, comparison.strayed(tf, run.values().get(STATE, type), began, size), upstream, run.values());
        backwardNodes.add(new BackwardNode(
                run.operation().name(),
                loop.indexOf(IntervalSolve.NFE),
                loop.indexOf(IntervalSolve.SOLVES),
                loop.indexOf(IntervalSolve.STEPS),
                loop.indexOf(STATE),
                verdict == null ? ownOutcome(tf, run.values()) : verdict.outcomeName()));
        Operand<TBool> failed = tf.math.logicalNot(successful(tf, run.values()));
        List<@Nullable Operand<?>> gradients = new ArrayList<>();
        for (TensorSpec spec : solve.carried()) {
            if (spec.name().equals(STATE)) {
                Operand<T> lambda = run.values().get(BackwardNames.LAMBDA, type);
                gradients.add(NamedGradients.nanIf(tf, failed, verdict == null ? lambda : verdict.ofState(tf, lambda)));
            } else if (spec.name().equals(KEPT)) {
                // Rows filled before the loop; the others were constants.
                gradients.add(upstream.get(forward.indexOf(KEPT)));
            } else {
                // The memory of a stepper holds rates along the solution: of a continuous solution they are no input.
                gradients.add(null);
            }
        }
        for (TensorSpec spec : solve.invariants()) {
            if (trained(spec)) {
                Operand<?> mu = run.values().get(BackwardNames.MU + spec.name());
                gradients.add(NamedGradients.nanIf(tf, failed, verdict == null ? mu : verdict.ofAll(tf, mu)));
            } else {
                gradients.add(null);
            }
        }
        return gradients;
    }

    /** No sample has strayed: [batch]. */
    private Operand<TBool> none(Ops tf, Operand<T> state) {
        Operand<TInt32> batch = SampleColumns.batchOf(tf, state);
        return tf.fill(batch, tf.constant(false));
    }

    /** Beyond which u has grown without bound: a scalar, or one for each component. */
    private Operand<T> limit(Ops tf, Operand<T> size) {
        Operand<T> largest = tf.reduceMax(size, tf.range(tf.constant(0), tf.rank(size), tf.constant(1)));
        Operand<T> limit = tf.math.mul(largest, Floats.scalar(tf, type, GROWTH));
        return settings.control() instanceof PidController control
                ? tf.math.add(limit, control.atol().times(GROWTH * GROWTH).in(tf, type))
                : limit;
    }

    private BackwardVerdict verdict(Ops tf, Operand<TBool> atStart, List<Output<?>> upstream, Values ended) {
        Operand<TBool> strayed = tf.math.logicalOr(ended.get(BacksolveRound.STRAYED, TBool.class), atStart);
        List<Operand<T>> wanted =
                new ArrayList<>(List.of(upstreamOf(upstream, STATE), ended.get(BackwardNames.LAMBDA, type)));
        if (kept) {
            wanted.add(tf.reduceSum(tf.math.abs(upstreamOf(upstream, KEPT)), tf.constant(0)));
        }
        return BackwardVerdict.of(tf, strayed, wanted, ended.get(LoopNames.OUTCOME, TInt32.class));
    }

    @SuppressWarnings("unchecked") // a gradient has the type of its target
    private Operand<T> upstreamOf(List<Output<?>> upstream, String name) {
        return (Operand<T>) upstream.get(forward.indexOf(name));
    }

    /** The name of the outcome of the way back where nothing is compared. */
    private static String ownOutcome(Ops tf, Values ended) {
        return tf.identity(ended.get(LoopNames.OUTCOME, TInt32.class)).op().name();
    }

    private static boolean trained(TensorSpec spec) {
        return spec.differentiable() && ofField(spec.name());
    }
}
