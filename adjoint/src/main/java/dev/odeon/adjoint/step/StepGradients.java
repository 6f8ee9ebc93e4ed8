package dev.odeon.adjoint.step;

import dev.odeon.graph.Floats;
import dev.odeon.graph.Gradients;
import dev.odeon.graph.Values;
import dev.odeon.solvers.stepper.Counts;
import dev.odeon.solvers.stepper.StepInput;
import dev.odeon.solvers.stepper.StepOutput;
import dev.odeon.solvers.stepper.Stepper;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * The adjoint of one step of any stepper: the step is repeated, and TensorFlow differentiates the inner product of its results
 * with their gradients. Loops inside the step bring their own gradient: those that solve equations have that of the implicit
 * function theorem.
 */
public final class StepGradients<T extends TFloating> implements StepAdjoint<T> {

    private final Operand<T> next;
    private final Operand<T> stateGradient;
    private final Values memoryGradients;
    private final Values thetaGradients;
    private final Values linearGradients;
    private final Values otherGradients;
    private final Counts counts;

    /**
     * Adds the adjoint of a step.
     *
     * @param input with state and memory cut off from what they were computed from
     * @param end gradient with respect to the state after the step
     * @param memoryEnd gradients with respect to the memory after the step
     * @param denseEnd gradients with respect to the coefficients of the dense output, none where it has none
     * @param others what these gradients were computed from and is to have a gradient itself
     */
    public StepGradients(
            Ops tf,
            Stepper<T> stepper,
            StepInput<T> input,
            Operand<T> end,
            Values memoryEnd,
            List<Operand<T>> denseEnd,
            Values others) {
        StepOutput<T> output = stepper.step(tf, input);
        this.next = output.next();
        Class<T> type = end.type();
        Operand<T> product = inner(tf, output.next(), end);
        for (String name : memoryEnd.names()) {
            product = tf.math.add(product, inner(tf, output.memory().get(name, type), memoryEnd.get(name, type)));
        }
        for (int j = 0; j < denseEnd.size(); j++) {
            Operand<T> coefficient = Objects.requireNonNull(output.dense()).get(j);
            product = tf.math.add(product, sum(tf, tf.math.mul(coefficient, denseEnd.get(j))));
        }
        Values theta = input.theta().differentiable();
        Values linear = input.linearData().differentiable();
        List<Operand<?>> targets = new ArrayList<>();
        targets.add(input.state());
        targets.addAll(input.memory().operands());
        targets.addAll(theta.operands());
        targets.addAll(linear.operands());
        targets.addAll(others.operands());
        List<@Nullable Operand<?>> found = Gradients.vectorJacobian(tf, product, Floats.scalar(tf, type, 1), targets);
        this.stateGradient = orZero(tf, found.get(0), input.state());
        Values ofMemory = Values.empty();
        int k = 1;
        for (String name : input.memory().names()) {
            ofMemory = ofMemory.with(
                    name, orZero(tf, found.get(k++), input.memory().get(name, type)));
        }
        this.memoryGradients = ofMemory;
        this.thetaGradients = NamedGradients.present(theta, found.subList(k, k + theta.size()));
        k += theta.size();
        this.linearGradients = NamedGradients.present(linear, found.subList(k, k + linear.size()));
        k += linear.size();
        this.otherGradients = NamedGradients.present(others, found.subList(k, k + others.size()));
        this.counts = output.counts().includingGradient(tf);
    }

    private static <T extends TFloating> Operand<T> inner(Ops tf, Operand<T> a, Operand<T> weight) {
        // Weights may come from the adjoint of another step of the same round, which depends on the parameters as well.
        return sum(tf, tf.math.mul(a, tf.stopGradient(weight)));
    }

    private static <T extends TFloating> Operand<T> sum(Ops tf, Operand<T> product) {
        return tf.reduceSum(product, tf.range(tf.constant(0), tf.rank(product), tf.constant(1)));
    }

    @SuppressWarnings("unchecked") // a gradient has the type of its target
    private static <T extends TFloating> Operand<T> orZero(Ops tf, @Nullable Operand<?> gradient, Operand<T> target) {
        return gradient == null ? tf.zerosLike(target) : (Operand<T>) gradient;
    }

    @Override
    public Operand<T> next() {
        return next;
    }

    @Override
    public Operand<T> stateGradient() {
        return stateGradient;
    }

    @Override
    public Values memoryGradients() {
        return memoryGradients;
    }

    @Override
    public Values thetaGradients() {
        return thetaGradients;
    }

    @Override
    public Values linearGradients() {
        return linearGradients;
    }

    @Override
    public Values otherGradients() {
        return otherGradients;
    }

    @Override
    public Counts counts() {
        return counts;
    }
}
