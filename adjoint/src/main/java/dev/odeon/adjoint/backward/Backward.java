package dev.odeon.adjoint.backward;

import dev.odeon.adjoint.step.StepAdjoint;
import dev.odeon.graph.TensorSpec;
import dev.odeon.graph.Values;
import dev.odeon.solvers.forward.LoopNames;
import dev.odeon.solvers.stepper.Counter;
import dev.odeon.solvers.stepper.Counts;
import dev.odeon.solvers.stepper.StepInput;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/** What backward loops carry, and what the adjoint of a step changes of it. */
final class Backward {

    static final String NFE = Counter.EVALUATIONS.key();
    static final String SOLVES = Counter.LINEAR_SOLVES.key();
    /** The number of steps that were taken again. */
    static final String RECOMPUTED = "recomputed";

    private Backward() {}

    /** The specifications of all that {@link #initial} gives. */
    static List<TensorSpec> specs(TakenSteps<?> steps, List<TensorSpec> invariantSpecs) {
        List<TensorSpec> specs = new ArrayList<>();
        for (String name : List.of(BackwardNames.ROUND, NFE, SOLVES, RECOMPUTED)) {
            specs.add(new TensorSpec(name, TInt32.class, Shape.scalar(), false));
        }
        for (TensorSpec spec : steps.carried()) {
            specs.add(spec.named(BackwardNames.lambdaOf(spec.name())));
        }
        for (TensorSpec spec : invariantSpecs) {
            if (spec.differentiable()) {
                specs.add(spec.named(BackwardNames.MU + spec.name()));
            }
        }
        return specs;
    }

    /** Zero counts, and zero for every differentiable invariant. */
    static Values initial(Ops tf, List<TensorSpec> invariantSpecs, Values invariants) {
        Operand<TInt32> zero = tf.constant(0);
        Values start = Values.of(BackwardNames.ROUND, zero)
                .with(NFE, zero)
                .with(SOLVES, zero)
                .with(RECOMPUTED, zero);
        for (TensorSpec spec : invariantSpecs) {
            if (spec.differentiable()) {
                start = start.with(BackwardNames.MU + spec.name(), tf.zerosLike(invariants.get(spec.name())));
            }
        }
        return start;
    }

    /** The number of the step that a round goes back over. */
    static Operand<TInt32> step(Ops tf, TakenSteps<?> steps, Values carried, Values inside) {
        return tf.math.sub(steps.last(tf, inside), carried.get(BackwardNames.ROUND, TInt32.class));
    }

    /** The number of the next round. */
    static Operand<TInt32> nextRound(Ops tf, Values carried) {
        return tf.math.add(carried.get(BackwardNames.ROUND, TInt32.class), tf.constant(1));
    }

    /** The carried values after the adjoint of a step, of which the state and the memory before it are given. */
    static <T extends TFloating> Values reversed(
            Ops tf,
            TakenSteps<T> steps,
            Operand<TInt32> step,
            Operand<T> state,
            Values memory,
            Values carried,
            Values inside) {
        Operand<T> lambda = steps.atEnd(tf, step, carried.get(BackwardNames.LAMBDA, steps.type()), inside);
        StepAdjoint<T> adjoint = adjoint(tf, steps, step, state, memory, lambda, carried, inside);
        return after(tf, steps, step, carried, adjoint, inside);
    }

    /** The adjoint of a step. */
    private static <T extends TFloating> StepAdjoint<T> adjoint(
            Ops tf,
            TakenSteps<T> steps,
            Operand<TInt32> step,
            Operand<T> state,
            Values memory,
            Operand<T> lambda,
            Values carried,
            Values inside) {
        Values cut = Values.empty();
        for (String name : memory.names()) {
            cut = cut.with(name, tf.stopGradient(memory.get(name)));
        }
        StepInput<T> input = steps.input(tf, step, tf.stopGradient(state), cut, inside);
        return steps.adjoint(
                tf, step, input, lambda, carried.under(BackwardNames.MEMORY_LAMBDA + LoopNames.MEMORY), inside);
    }

    /** The carried values after the adjoint of a step. */
    static Values after(
            Ops tf, TakenSteps<?> steps, Operand<TInt32> step, Values carried, StepAdjoint<?> adjoint, Values inside) {
        Values next = counted(tf, carried, adjoint.counts()).with(BackwardNames.LAMBDA, adjoint.stateGradient());
        Values ofMemory = adjoint.memoryGradients();
        for (String name : ofMemory.names()) {
            next = next.with(BackwardNames.MEMORY_LAMBDA + LoopNames.MEMORY + name, ofMemory.get(name));
        }
        Values gradients = adjoint.thetaGradients()
                .prefixed(LoopNames.THETA)
                .and(adjoint.linearGradients().prefixed(LoopNames.LINEAR))
                .and(adjoint.otherGradients());
        return steps.added(tf, step, BackwardNames.MU, next, gradients, inside);
    }

    /** What is carried beside the rows of the stored states. */
    static Values accounts(Values carried, List<TensorSpec> rows) {
        Values accounts = Values.empty();
        for (String name : carried.names()) {
            if (rows.stream().noneMatch(spec -> spec.name().equals(name))) {
                accounts = accounts.with(name, carried.get(name));
            }
        }
        return accounts;
    }

    /** The carried values after a step that was taken again. */
    static Values recomputed(Ops tf, Values carried, Counts counts) {
        return counted(tf, carried, counts)
                .with(RECOMPUTED, tf.math.add(carried.get(RECOMPUTED, TInt32.class), tf.constant(1)));
    }

    private static Values counted(Ops tf, Values carried, Counts counts) {
        return carried.with(NFE, counts.addedTo(tf, Counter.EVALUATIONS, carried.get(NFE, TInt32.class)))
                .with(SOLVES, counts.addedTo(tf, Counter.LINEAR_SOLVES, carried.get(SOLVES, TInt32.class)));
    }

    /** The gradients of the loop's invariants, none for constants. */
    static void addOfInvariants(List<@Nullable Operand<?>> gradients, List<TensorSpec> invariantSpecs, Values ended) {
        for (TensorSpec spec : invariantSpecs) {
            gradients.add(spec.differentiable() ? ended.get(BackwardNames.MU + spec.name()) : null);
        }
    }
}
