package dev.odeon.adjoint;

import dev.odeon.graph.TensorSpec;
import dev.odeon.graph.Values;
import dev.odeon.solvers.forward.Prepared;
import dev.odeon.solvers.stepping.Counter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/** What the backward loops of fixed and of chosen steps have in common: the names they carry, and what a round changes. */
final class Backward {

    /** The number of steps still to go back. */
    static final String ROUND = "round";
    /** The gradient with respect to the state. */
    static final String LAMBDA = "lambda";
    /** Prefix of the gradients with respect to the differentiable invariants. */
    static final String MU = "mu/";

    static final String NFE = Counter.EVALUATIONS.key();
    static final String SOLVES = Counter.LINEAR_SOLVES.key();

    private Backward() {}

    /** Whether there is a step to go back. */
    static Operand<TBool> proceeds(Ops tf, Values carried) {
        return tf.math.greater(carried.get(ROUND, TInt32.class), tf.constant(0));
    }

    /** The values with zero for every differentiable invariant and every count. */
    static Values startingAtZero(Ops tf, Values initial, List<TensorSpec> invariantSpecs, Values invariants) {
        Values start = initial.with(NFE, tf.constant(0)).with(SOLVES, tf.constant(0));
        for (TensorSpec spec : invariantSpecs) {
            if (spec.differentiable()) {
                start = start.with(MU + spec.name(), tf.zerosLike(invariants.get(spec.name())));
            }
        }
        return start;
    }

    /** The carried values after the adjoint of a step. */
    static Values after(Ops tf, Values carried, Operand<TInt32> step, StepAdjoint<?> adjoint) {
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

    /** The gradients of the loop's invariants, none for constants. */
    static void addOfInvariants(List<@Nullable Operand<?>> gradients, List<TensorSpec> invariantSpecs, Values ended) {
        for (TensorSpec spec : invariantSpecs) {
            gradients.add(spec.differentiable() ? ended.get(MU + spec.name()) : null);
        }
    }

    /** The gradients that there are, under the names of their targets. */
    static Values present(Values targets, List<@Nullable Operand<?>> gradients) {
        Values values = Values.empty();
        int k = 0;
        for (String name : targets.names()) {
            Operand<?> gradient = gradients.get(k++);
            if (gradient != null) {
                values = values.with(name, gradient);
            }
        }
        return values;
    }
}
