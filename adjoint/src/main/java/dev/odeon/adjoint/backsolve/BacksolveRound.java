package dev.odeon.adjoint.backsolve;

import dev.odeon.adjoint.backward.BackwardNames;
import dev.odeon.adjoint.backward.StateComparison;
import dev.odeon.graph.Branches;
import dev.odeon.graph.Floats;
import dev.odeon.graph.GraphFunction;
import dev.odeon.graph.TensorSpec;
import dev.odeon.graph.Values;
import dev.odeon.solvers.forward.LoopNames;
import dev.odeon.solvers.steps.PidController;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * One round of the way back: it takes up the state that was kept at the origin of its interval, adds the gradient with respect
 * to it to the adjoint, and solves both over the interval.
 *
 * <p>What the round before found there is compared with that state.
 */
record BacksolveRound<T extends TFloating>(IntervalSolve<T> solve, Intervals intervals) {

    /** Which samples the way back did not follow so far: [batch]. */
    static final String STRAYED = "strayed";

    /** The units in which kept states are compared: [batch, ...]. */
    static final String SIZE = "size";

    static final List<String> COUNTS = List.of(IntervalSolve.NFE, IntervalSolve.SOLVES, IntervalSolve.STEPS);

    /** What is carried besides the state, the adjoint, the gradients and the counts. */
    static TensorSpec strayed(TensorSpec state) {
        return new TensorSpec(STRAYED, TBool.class, Shape.of(state.shape().get(0)), false);
    }

    /** What a round reads of the solve, beside parameters and kept states. */
    static List<TensorSpec> known(BacksolveSettings settings, Intervals intervals, TensorSpec state) {
        List<TensorSpec> known = new ArrayList<>();
        if (intervals.kept() && settings.comparison() != null) {
            known.add(new TensorSpec(SIZE, state.type(), state.shape(), false));
        }
        if (settings.comparison() != null && settings.control() instanceof PidController control) {
            known.add(new TensorSpec(IntervalSolve.LIMIT, state.type(), IntervalSolve.limit(control), false));
        }
        return known;
    }

    /** Adds the round. */
    Values apply(Ops tf, Values carried, Values inside) {
        Class<T> type = solve.forward().type();
        StateComparison comparison = solve.settings().comparison();
        Operand<TInt32> interval = tf.math.sub(carried.get(BackwardNames.ROUND, TInt32.class), tf.constant(1));
        Operand<T> u = carried.get(LoopNames.STATE, type);
        Operand<T> lambda = carried.get(BackwardNames.LAMBDA, type);
        Operand<TBool> strayed = carried.get(STRAYED, TBool.class);
        if (intervals.kept()) {
            Operand<TInt32> row = looked(tf, intervals.rows(), interval);
            Operand<T> found = u;
            u = tf.gather(inside.get(LoopNames.KEPT, type), row, tf.constant(0));
            lambda = tf.math.add(lambda, tf.gather(inside.get(BackwardNames.KEPT_GRADIENT, type), row, tf.constant(0)));
            if (comparison != null) {
                strayed = tf.math.logicalOr(strayed, comparison.strayed(tf, found, u, inside.get(SIZE, type)));
            }
        }
        Values arguments = arguments(tf, interval, u, lambda, carried, inside);
        if (comparison != null && solve.mayOverstep()) {
            Operand<T> steps = Floats.constant(tf, type, Shape.of(intervals.count()), solve.largestSteps(intervals));
            Operand<T> step = tf.gather(steps, interval, tf.constant(0));
            strayed = tf.math.logicalOr(strayed, solve.overstepped(tf, u, lambda, arguments, step));
        }
        Values end = over(tf, interval, arguments);
        Packing.Parts<T> parts = solve.packing().parts(tf, end.get(IntervalSolve.PACKED, type));
        Values next = carried.with(BackwardNames.ROUND, interval)
                .with(LoopNames.STATE, parts.u())
                .with(BackwardNames.LAMBDA, parts.a())
                .with(LoopNames.OUTCOME, end.get(LoopNames.OUTCOME))
                .with(STRAYED, strayed);
        Values before = carried.under(BackwardNames.MU);
        Values after = Packing.named(tf, parts.g(), before);
        for (String name : after.names()) {
            next = next.with(BackwardNames.MU + name, after.get(name));
        }
        for (String name : COUNTS) {
            next = next.with(name, tf.math.add(carried.get(name, TInt32.class), end.get(name, TInt32.class)));
        }
        return next;
    }

    private Values arguments(
            Ops tf, Operand<TInt32> interval, Operand<T> u, Operand<T> lambda, Values carried, Values inside) {
        Class<T> type = solve.forward().type();
        List<Operand<T>> mu = new ArrayList<>();
        Values before = carried.under(BackwardNames.MU);
        before.names().forEach(name -> mu.add(before.get(name, type)));
        Operand<T> origins = Floats.constant(tf, type, Shape.of(intervals.count()), intervals.origins());
        Values arguments = Values.of(IntervalSolve.PACKED, solve.packing().packed(tf, u, lambda, mu))
                .withConstant(AugmentedField.ORIGIN, tf.gather(origins, interval, tf.constant(0)))
                .and(AugmentedField.parameters(inside));
        return inside.contains(IntervalSolve.LIMIT)
                ? arguments.withConstant(IntervalSolve.LIMIT, inside.get(IntervalSolve.LIMIT))
                : arguments;
    }

    /** One function for each length there is. */
    private Values over(Ops tf, Operand<TInt32> interval, Values arguments) {
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
}
