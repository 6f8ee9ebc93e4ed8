package dev.odeon.adjoint;

import dev.odeon.graph.TensorSpec;
import dev.odeon.graph.Values;
import dev.odeon.graph.WhileLoop;
import dev.odeon.solvers.RungeKutta;
import dev.odeon.solvers.forward.AdaptiveLoop;
import dev.odeon.solvers.forward.Prepared;
import dev.odeon.solvers.stepping.Counter;
import dev.odeon.solvers.stepping.Problem;
import dev.odeon.solvers.stepping.StepInput;
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

    private static final String ROUND = "round";
    private static final String LAMBDA = "lambda";
    private static final String MU = "mu/";
    private static final String NFE = Counter.EVALUATIONS.key();
    private static final String SOLVES = Counter.LINEAR_SOLVES.key();

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
            RungeKutta method,
            AdaptiveLoop<T> adaptive,
            WhileLoop forward,
            Values initialForward,
            Values invariants) {
        List<TensorSpec> carried = new ArrayList<>();
        List<TensorSpec> trajectory = new ArrayList<>();
        for (TensorSpec spec : initialForward.specs()) {
            if (spec.name().equals(AdaptiveLoop.STATE)) {
                carried.add(renamed(spec, LAMBDA));
            } else if (spec.name().equals(AdaptiveLoop.ACCEPTED)) {
                carried.add(renamed(spec, ROUND));
                carried.add(renamed(spec, NFE));
                carried.add(renamed(spec, SOLVES));
            } else if (AdaptiveLoop.ofTrajectory(spec.name())) {
                trajectory.add(spec);
            }
        }
        for (TensorSpec spec : invariants.specs()) {
            if (spec.differentiable()) {
                carried.add(renamed(spec, MU + spec.name()));
            }
        }
        List<TensorSpec> fixed = new ArrayList<>(invariants.specs());
        fixed.addAll(trajectory);
        WhileLoop loop = WhileLoop.define(
                tf,
                "adjoint",
                carried,
                fixed,
                (inner, values, inside) -> inner.math.greater(values.get(ROUND, TInt32.class), inner.constant(0)),
                (inner, values, inside) -> round(inner, problem, method, adaptive, values, inside));
        return new AdaptiveBackward(forward, loop, initialForward.specs(), invariants.specs(), trajectory);
    }

    private static TensorSpec renamed(TensorSpec spec, String name) {
        return new TensorSpec(name, spec.type(), spec.shape(), spec.differentiable());
    }

    private static <T extends TFloating> Values round(
            Ops tf, Problem<T> problem, RungeKutta method, AdaptiveLoop<T> adaptive, Values carried, Values inside) {
        Operand<TInt32> step = tf.math.sub(carried.get(ROUND, TInt32.class), tf.constant(1));
        StepInput<T> input = adaptive.recorded(tf, step, inside);
        StepAdjoint<T> adjoint =
                new RungeKuttaAdjoint<>(tf, problem, method, input, carried.get(LAMBDA, problem.type()));
        Values next = carried.with(ROUND, step)
                .with(LAMBDA, adjoint.stateGradient())
                .with(NFE, adjoint.counts().addedTo(tf, Counter.EVALUATIONS, carried.get(NFE, TInt32.class)))
                .with(SOLVES, adjoint.counts().addedTo(tf, Counter.LINEAR_SOLVES, carried.get(SOLVES, TInt32.class)));
        next = accumulated(tf, next, Prepared.thetaPrefix(), adjoint.thetaGradients());
        return accumulated(tf, next, Prepared.linearPrefix(), adjoint.linearGradients());
    }

    @SuppressWarnings("unchecked") // a gradient has the type of its target
    private static Values accumulated(Ops tf, Values carried, String prefix, Values gradients) {
        Values sum = carried;
        for (String name : gradients.names()) {
            String target = MU + prefix + name;
            sum = sum.with(target, tf.math.add((Operand<TFloating>) carried.get(target), (Operand<TFloating>)
                    gradients.get(name)));
        }
        return sum;
    }

    /** Adds the backward loop for a node of the forward loop; called while the graph is locked. */
    List<@Nullable Operand<?>> gradient(
            Ops tf, GraphOperation node, List<Output<?>> upstream, List<Solution.BackwardNode> backwardNodes) {
        Values results = forward.resultsOf(node);
        Values invariants = forward.invariantsOf(node);
        Values initial = Values.of(LAMBDA, upstream.get(forward.indexOf(AdaptiveLoop.STATE)))
                .with(ROUND, results.get(AdaptiveLoop.ACCEPTED))
                .with(NFE, tf.constant(0))
                .with(SOLVES, tf.constant(0));
        for (TensorSpec spec : invariantSpecs) {
            if (spec.differentiable()) {
                initial = initial.with(MU + spec.name(), tf.zerosLike(invariants.get(spec.name())));
            }
        }
        for (TensorSpec spec : trajectory) {
            invariants = invariants.with(spec.name(), results.get(spec.name()));
        }
        WhileLoop.Run run = loop.run(tf, initial, invariants);
        backwardNodes.add(new Solution.BackwardNode(run.operation().name(), loop.indexOf(NFE), loop.indexOf(SOLVES)));
        List<@Nullable Operand<?>> gradients = new ArrayList<>();
        for (TensorSpec spec : carriedForward) {
            gradients.add(spec.name().equals(AdaptiveLoop.STATE) ? run.values().get(LAMBDA) : null);
        }
        for (TensorSpec spec : invariantSpecs) {
            gradients.add(spec.differentiable() ? run.values().get(MU + spec.name()) : null);
        }
        return gradients;
    }
}
