package dev.odeon.adjoint;

import dev.odeon.graph.TensorSpec;
import dev.odeon.graph.Values;
import dev.odeon.graph.WhileLoop;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.forward.ForwardLoop;
import dev.odeon.solvers.forward.Prepared;
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
 * <p>Each round restores the state and the memory before a step, rebuilds the step and applies its {@link StepAdjoint}: that
 * of the Runge-Kutta methods is derived by hand, the others are differentiated by TensorFlow.
 */
final class BackwardLoop {

    private static final String MEMORY = "lambda of ";
    private static final String KEPT_GRADIENT = "kept gradient";

    private final WhileLoop forward;
    private final WhileLoop loop;
    private final List<TensorSpec> carriedForward;
    private final List<TensorSpec> invariantSpecs;

    private BackwardLoop(
            WhileLoop forward, WhileLoop loop, List<TensorSpec> carriedForward, List<TensorSpec> invariantSpecs) {
        this.forward = forward;
        this.loop = loop;
        this.carriedForward = carriedForward;
        this.invariantSpecs = invariantSpecs;
    }

    /** Defines the functions of the backward loop; must happen before a gradient is asked for. */
    static <T extends TFloating> BackwardLoop define(
            Ops tf, Prepared<T> prepared, Method method, WhileLoop forward, Values initialForward) {
        List<TensorSpec> invariantSpecs = prepared.invariants().specs();
        TensorSpec state = ForwardLoop.spec(initialForward, ForwardLoop.STATE);
        List<TensorSpec> carried = new ArrayList<>();
        carried.add(ForwardLoop.spec(initialForward, ForwardLoop.STEP).named(Backward.ROUND));
        carried.add(state.named(Backward.LAMBDA));
        List<TensorSpec> invariants = new ArrayList<>(invariantSpecs);
        invariants.add(ForwardLoop.spec(initialForward, ForwardLoop.TRAJECTORY));
        invariants.add(ForwardLoop.spec(initialForward, ForwardLoop.KEPT).named(KEPT_GRADIENT));
        for (TensorSpec spec : initialForward.specs()) {
            if (spec.name().startsWith(ForwardLoop.MEMORY)) {
                carried.add(spec.named(MEMORY + spec.name()));
                invariants.add(ForwardLoop.spec(initialForward, ForwardLoop.MEMORY_TRAJECTORY + spec.name()));
            }
        }
        invariantSpecs.stream()
                .filter(TensorSpec::differentiable)
                .forEach(target -> carried.add(target.named(Backward.MU + target.name())));
        TensorSpec count = ForwardLoop.spec(initialForward, ForwardLoop.STEP);
        carried.add(count.named(Backward.NFE));
        carried.add(count.named(Backward.SOLVES));
        WhileLoop loop = WhileLoop.define(
                tf,
                "adjoint",
                carried,
                invariants,
                (inner, values, fixed) -> Backward.proceeds(inner, values),
                (inner, values, fixed) -> round(inner, prepared, method, values, fixed));
        return new BackwardLoop(forward, loop, initialForward.specs(), invariantSpecs);
    }

    /** Adds the backward loop for a node of the forward loop; called while the graph is locked. */
    List<@Nullable Operand<?>> gradient(
            Ops tf, GraphOperation node, List<Output<?>> upstream, List<Solution.BackwardNode> backwardNodes) {
        Values results = forward.resultsOf(node);
        Values initial = Values.of(Backward.ROUND, results.get(ForwardLoop.STEP))
                .with(Backward.LAMBDA, upstream.get(forward.indexOf(ForwardLoop.STATE)));
        Values invariants = forward.invariantsOf(node);
        for (TensorSpec spec : carriedForward) {
            if (spec.name().startsWith(ForwardLoop.MEMORY)) {
                initial = initial.with(MEMORY + spec.name(), upstream.get(forward.indexOf(spec.name())));
                String rows = ForwardLoop.MEMORY_TRAJECTORY + spec.name();
                invariants = invariants.with(rows, results.get(rows));
            }
        }
        initial = Backward.startingAtZero(tf, initial, invariantSpecs, invariants);
        invariants = invariants
                .with(ForwardLoop.TRAJECTORY, results.get(ForwardLoop.TRAJECTORY))
                .with(KEPT_GRADIENT, upstream.get(forward.indexOf(ForwardLoop.KEPT)));
        WhileLoop.Run run = loop.run(tf, initial, invariants);
        backwardNodes.add(new Solution.BackwardNode(
                run.operation().name(), loop.indexOf(Backward.NFE), loop.indexOf(Backward.SOLVES)));
        List<@Nullable Operand<?>> gradients = new ArrayList<>();
        for (TensorSpec spec : carriedForward) {
            if (spec.name().equals(ForwardLoop.STATE)) {
                gradients.add(run.values().get(Backward.LAMBDA));
            } else if (spec.name().equals(ForwardLoop.KEPT)) {
                // Rows filled before the loop; the others were constants.
                gradients.add(upstream.get(forward.indexOf(ForwardLoop.KEPT)));
            } else {
                gradients.add(
                        spec.name().startsWith(ForwardLoop.MEMORY)
                                ? run.values().get(MEMORY + spec.name())
                                : null);
            }
        }
        Backward.addOfInvariants(gradients, invariantSpecs, run.values());
        return gradients;
    }

    private static <T extends TFloating> Values round(
            Ops tf, Prepared<T> prepared, Method method, Values carried, Values invariants) {
        Class<T> type = prepared.problem().type();
        Operand<TInt32> step = tf.math.sub(carried.get(Backward.ROUND, TInt32.class), tf.constant(1));
        Operand<T> before = tf.gather(invariants.get(ForwardLoop.TRAJECTORY, type), step, tf.constant(0));
        Operand<T> lambda = carried.get(Backward.LAMBDA, type);
        if (prepared.grid().kept() > 0) {
            // Steps whose end was not kept read the spare row, whose gradient is zero.
            lambda = tf.math.add(
                    lambda,
                    tf.gather(
                            invariants.get(KEPT_GRADIENT, type),
                            prepared.saveIndex(tf, step, invariants),
                            tf.constant(0)));
        }
        Values memory = Values.empty();
        Values memoryEnd = carried.under(MEMORY + ForwardLoop.MEMORY);
        for (String name : memoryEnd.names()) {
            Operand<T> rows = invariants.get(ForwardLoop.MEMORY_TRAJECTORY + ForwardLoop.MEMORY + name, type);
            memory = memory.with(name, tf.gather(rows, step, tf.constant(0)));
        }
        StepAdjoint<T> adjoint = StepAdjoints.of(
                tf,
                prepared.problem(),
                method,
                prepared.stepper(),
                prepared.input(tf, step, before, memory, invariants),
                lambda,
                memoryEnd);
        Values next = Backward.after(tf, carried, step, adjoint);
        Values ofMemory = adjoint.memoryGradients();
        for (String name : ofMemory.names()) {
            next = next.with(MEMORY + ForwardLoop.MEMORY + name, ofMemory.get(name));
        }
        return next;
    }
}
