package dev.odeon.adjoint.backsolve;

import dev.odeon.adjoint.backward.BackwardNames;
import dev.odeon.adjoint.backward.OnceOnly;
import dev.odeon.graph.Branches;
import dev.odeon.graph.CustomGradients;
import dev.odeon.graph.Floats;
import dev.odeon.graph.GraphFunction;
import dev.odeon.graph.TensorSpec;
import dev.odeon.graph.Values;
import dev.odeon.graph.WhileLoop;
import dev.odeon.solvers.Outcome;
import dev.odeon.solvers.forward.LoopNames;
import dev.odeon.solvers.solve.BackwardNode;
import dev.odeon.solvers.solve.DefinedLoop;
import dev.odeon.solvers.stepper.Problem;
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
 * <p>A round takes up the state that was kept at the origin of its interval, adds the gradient with respect to it to the
 * adjoint, and solves both over the interval. After a failure no round follows, and all gradients are NaN.
 */
public final class BacksolveLoop {

    private static final String STATE = LoopNames.STATE;
    private static final String KEPT = LoopNames.KEPT;

    private static final List<String> COUNTS = List.of(IntervalSolve.NFE, IntervalSolve.SOLVES, IntervalSolve.STEPS);

    private final WhileLoop forward;
    private final WhileLoop loop;
    private final String onceOnly;
    private final int rounds;
    private final boolean kept;
    private final List<TensorSpec> carriedForward;
    private final List<TensorSpec> invariantSpecs;

    private BacksolveLoop(
            WhileLoop forward,
            WhileLoop loop,
            String onceOnly,
            Intervals intervals,
            List<TensorSpec> carriedForward,
            List<TensorSpec> invariantSpecs) {
        this.forward = forward;
        this.loop = loop;
        this.onceOnly = onceOnly;
        this.rounds = intervals.count();
        this.kept = intervals.kept();
        this.carriedForward = carriedForward;
        this.invariantSpecs = invariantSpecs;
    }

    /**
     * Defines the functions of the loop; must happen before a gradient is asked for.
     *
     * @param problem that the forward loop solves
     * @param forward the loop
     */
    public static <T extends TFloating> BacksolveLoop define(
            Ops tf, Problem<T> problem, BacksolveSettings settings, Intervals intervals, DefinedLoop<T> forward) {
        List<TensorSpec> carriedForward = forward.carried();
        List<TensorSpec> invariantSpecs = forward.invariants();
        List<TensorSpec> parameters =
                invariantSpecs.stream().filter(spec -> ofField(spec.name())).toList();
        List<TensorSpec> trained =
                parameters.stream().filter(TensorSpec::differentiable).toList();
        TensorSpec state = forward.carried(STATE);
        List<TensorSpec> carried = new ArrayList<>();
        carried.add(number(BackwardNames.ROUND));
        carried.add(state);
        carried.add(state.named(BackwardNames.LAMBDA));
        trained.forEach(spec -> carried.add(spec.named(BackwardNames.MU + spec.name())));
        COUNTS.forEach(name -> carried.add(number(name)));
        carried.add(number(LoopNames.OUTCOME));
        List<TensorSpec> invariants = new ArrayList<>(parameters);
        if (intervals.kept()) {
            invariants.add(forward.carried(KEPT));
            invariants.add(forward.carried(KEPT).named(BackwardNames.KEPT_GRADIENT));
        }
        IntervalSolve<T> solve = new IntervalSolve<>(problem, settings, Packing.of(state.shape(), trained));
        WhileLoop loop = WhileLoop.define(
                tf,
                "backsolve",
                carried,
                invariants,
                (inner, values, fixed) -> proceeds(inner, values),
                (inner, values, fixed) -> round(inner, solve, intervals, values, fixed));
        return new BacksolveLoop(
                forward.functions(), loop, OnceOnly.key(tf), intervals, carriedForward, invariantSpecs);
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

    private static <T extends TFloating> Values round(
            Ops tf, IntervalSolve<T> solve, Intervals intervals, Values carried, Values inside) {
        Class<T> type = solve.forward().type();
        Packing packing = solve.packing();
        Operand<TInt32> interval = tf.math.sub(carried.get(BackwardNames.ROUND, TInt32.class), tf.constant(1));
        Operand<T> u = carried.get(STATE, type);
        Operand<T> lambda = carried.get(BackwardNames.LAMBDA, type);
        if (intervals.kept()) {
            Operand<TInt32> row = looked(tf, intervals.rows(), interval);
            u = tf.gather(inside.get(KEPT, type), row, tf.constant(0));
            lambda = tf.math.add(lambda, tf.gather(inside.get(BackwardNames.KEPT_GRADIENT, type), row, tf.constant(0)));
        }
        List<Operand<T>> mu = new ArrayList<>();
        Values before = carried.under(BackwardNames.MU);
        before.names().forEach(name -> mu.add(before.get(name, type)));
        Operand<T> origins = Floats.constant(tf, type, Shape.of(intervals.count()), intervals.origins());
        Values arguments = Values.of(IntervalSolve.PACKED, packing.packed(tf, u, lambda, mu))
                .withConstant(AugmentedField.ORIGIN, tf.gather(origins, interval, tf.constant(0)))
                .and(AugmentedField.parameters(inside));
        Values end = over(tf, solve, intervals, interval, arguments);
        Packing.Parts<T> parts = packing.parts(tf, end.get(IntervalSolve.PACKED, type));
        Values next = carried.with(BackwardNames.ROUND, interval)
                .with(STATE, parts.u())
                .with(BackwardNames.LAMBDA, parts.a())
                .with(LoopNames.OUTCOME, end.get(LoopNames.OUTCOME));
        Values after = Packing.named(tf, parts.g(), before);
        for (String name : after.names()) {
            next = next.with(BackwardNames.MU + name, after.get(name));
        }
        for (String name : COUNTS) {
            next = next.with(name, tf.math.add(carried.get(name, TInt32.class), end.get(name, TInt32.class)));
        }
        return next;
    }

    /** One function for each length there is. */
    private static <T extends TFloating> Values over(
            Ops tf, IntervalSolve<T> solve, Intervals intervals, Operand<TInt32> interval, Values arguments) {
        if (intervals.lengths().length == 1) {
            return solve.over(tf, arguments, intervals, 0);
        }
        List<GraphFunction.Body> bodies = new ArrayList<>();
        for (int kind = 0; kind < intervals.lengths().length; kind++) {
            int own = kind;
            bodies.add((inner, values) -> solve.over(inner, values, intervals, own));
        }
        return Branches.define(tf, "interval", arguments.specs(), bodies)
                .run(tf, looked(tf, intervals.kinds(), interval), arguments);
    }

    private static Operand<TInt32> looked(Ops tf, int[] table, Operand<TInt32> index) {
        return tf.gather(tf.constant(table), index, tf.constant(0));
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
        Operand<TInt32> outcome = results.get(LoopNames.OUTCOME, TInt32.class);
        Values initial = Values.of(BackwardNames.ROUND, tf.constant(rounds))
                .with(STATE, results.get(STATE))
                .with(BackwardNames.LAMBDA, upstream.get(forward.indexOf(STATE)))
                // Of each sample, where each has its own steps.
                .with(
                        LoopNames.OUTCOME,
                        tf.reduceMax(outcome, tf.range(tf.constant(0), tf.rank(outcome), tf.constant(1))));
        for (String name : COUNTS) {
            initial = initial.with(name, tf.constant(0));
        }
        for (TensorSpec spec : invariantSpecs) {
            if (trained(spec)) {
                initial = initial.with(BackwardNames.MU + spec.name(), tf.zerosLike(invariants.get(spec.name())));
            }
        }
        if (kept) {
            invariants = invariants
                    .with(KEPT, results.get(KEPT))
                    .with(BackwardNames.KEPT_GRADIENT, upstream.get(forward.indexOf(KEPT)));
        }
        WhileLoop.Run run = loop.run(tf, initial, invariants, onceOnly);
        backwardNodes.add(new BackwardNode(
                run.operation().name(),
                loop.indexOf(IntervalSolve.NFE),
                loop.indexOf(IntervalSolve.SOLVES),
                loop.indexOf(IntervalSolve.STEPS),
                loop.indexOf(STATE),
                loop.indexOf(LoopNames.OUTCOME)));
        Operand<TBool> successful = successful(tf, run.values());
        List<@Nullable Operand<?>> gradients = new ArrayList<>();
        for (TensorSpec spec : carriedForward) {
            if (spec.name().equals(STATE)) {
                gradients.add(checked(tf, successful, run.values().get(BackwardNames.LAMBDA)));
            } else if (spec.name().equals(KEPT)) {
                // Rows filled before the loop; the others were constants.
                gradients.add(upstream.get(forward.indexOf(KEPT)));
            } else {
                // The memory of a stepper holds rates along the solution: of a continuous solution they are no input.
                gradients.add(null);
            }
        }
        for (TensorSpec spec : invariantSpecs) {
            gradients.add(
                    trained(spec) ? checked(tf, successful, run.values().get(BackwardNames.MU + spec.name())) : null);
        }
        return gradients;
    }

    private static boolean trained(TensorSpec spec) {
        return spec.differentiable() && ofField(spec.name());
    }

    /** The gradient, NaN after a failure. */
    @SuppressWarnings("unchecked") // gradients are floating point
    private static Operand<?> checked(Ops tf, Operand<TBool> successful, Operand<?> value) {
        Operand<TFloating> gradient = (Operand<TFloating>) value;
        Operand<TFloating> none = tf.dtypes.cast(tf.constant(Double.NaN), gradient.type());
        return tf.select(successful, gradient, none);
    }
}
