package dev.odeon.adjoint;

import dev.odeon.graph.TensorSpec;
import dev.odeon.graph.Values;
import dev.odeon.graph.WhileLoop;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.forward.AdaptiveLoop;
import dev.odeon.solvers.forward.Steppers;
import dev.odeon.solvers.stepping.Problem;
import dev.odeon.solvers.stepping.StepInput;
import dev.odeon.solvers.stepping.Use;
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
 * The discrete adjoint of steps chosen during the solve: one backward loop over the accepted steps, whose sizes are taken as
 * constants.
 *
 * <p>Rejected steps leave no trace. Factors are those the forward loop cached.
 */
final class AdaptiveBackward {

    private final WhileLoop forward;
    private final WhileLoop loop;
    private final List<TensorSpec> carriedForward;
    private final List<TensorSpec> invariantSpecs;
    private final List<TensorSpec> trajectory;

    private AdaptiveBackward(
            WhileLoop forward,
            WhileLoop loop,
            List<TensorSpec> carriedForward,
            List<TensorSpec> invariantSpecs,
            List<TensorSpec> trajectory) {
        this.forward = forward;
        this.loop = loop;
        this.carriedForward = carriedForward;
        this.invariantSpecs = invariantSpecs;
        this.trajectory = trajectory;
    }

    /** Defines the functions of the backward loop; must happen before a gradient is asked for. */
    static <T extends TFloating> AdaptiveBackward define(
            Ops tf,
            Problem<T> problem,
            Method method,
            AdaptiveLoop<T> adaptive,
            WhileLoop forward,
            Values initialForward,
            Values invariants) {
        List<TensorSpec> carried = new ArrayList<>();
        List<TensorSpec> trajectory = new ArrayList<>();
        for (TensorSpec spec : initialForward.specs()) {
            if (spec.name().equals(AdaptiveLoop.STATE)) {
                carried.add(spec.named(Backward.LAMBDA));
            } else if (spec.name().equals(AdaptiveLoop.ACCEPTED)) {
                carried.add(spec.named(Backward.ROUND));
                carried.add(spec.named(Backward.NFE));
                carried.add(spec.named(Backward.SOLVES));
            } else if (AdaptiveLoop.ofTrajectory(spec.name())) {
                trajectory.add(spec);
            }
        }
        for (TensorSpec spec : invariants.specs()) {
            if (spec.differentiable()) {
                carried.add(spec.named(Backward.MU + spec.name()));
            }
        }
        List<TensorSpec> fixed = new ArrayList<>(invariants.specs());
        fixed.addAll(trajectory);
        WhileLoop loop = WhileLoop.define(
                tf,
                "adjoint",
                carried,
                fixed,
                (inner, values, inside) -> Backward.proceeds(inner, values),
                (inner, values, inside) -> round(inner, problem, method, adaptive, values, inside));
        return new AdaptiveBackward(forward, loop, initialForward.specs(), invariants.specs(), trajectory);
    }

    private static <T extends TFloating> Values round(
            Ops tf, Problem<T> problem, Method method, AdaptiveLoop<T> adaptive, Values carried, Values inside) {
        Operand<TInt32> step = tf.math.sub(carried.get(Backward.ROUND, TInt32.class), tf.constant(1));
        StepInput<T> input = adaptive.recorded(tf, step, inside);
        StepAdjoint<T> adjoint = StepAdjoints.of(
                tf,
                problem,
                method,
                Steppers.of(problem, method, Use.FIXED),
                input,
                carried.get(Backward.LAMBDA, problem.type()),
                Values.empty());
        return Backward.after(tf, carried, step, adjoint);
    }

    /** Adds the backward loop for a node of the forward loop; called while the graph is locked. */
    List<@Nullable Operand<?>> gradient(
            Ops tf, GraphOperation node, List<Output<?>> upstream, List<Solution.BackwardNode> backwardNodes) {
        Values results = forward.resultsOf(node);
        Values invariants = forward.invariantsOf(node);
        Values initial = Values.of(Backward.LAMBDA, upstream.get(forward.indexOf(AdaptiveLoop.STATE)))
                .with(Backward.ROUND, results.get(AdaptiveLoop.ACCEPTED));
        initial = Backward.startingAtZero(tf, initial, invariantSpecs, invariants);
        for (TensorSpec spec : trajectory) {
            invariants = invariants.with(spec.name(), results.get(spec.name()));
        }
        WhileLoop.Run run = loop.run(tf, initial, invariants);
        backwardNodes.add(new Solution.BackwardNode(
                run.operation().name(), loop.indexOf(Backward.NFE), loop.indexOf(Backward.SOLVES)));
        List<@Nullable Operand<?>> gradients = new ArrayList<>();
        for (TensorSpec spec : carriedForward) {
            gradients.add(spec.name().equals(AdaptiveLoop.STATE) ? run.values().get(Backward.LAMBDA) : null);
        }
        Backward.addOfInvariants(gradients, invariantSpecs, run.values());
        return gradients;
    }
}
