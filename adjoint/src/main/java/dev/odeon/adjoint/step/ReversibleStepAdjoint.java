package dev.odeon.adjoint.step;

import dev.odeon.graph.Values;
import dev.odeon.solvers.stepper.Counts;
import dev.odeon.solvers.stepper.StepInput;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * The adjoint of one step of {@link ReversibleStepper}, which finds the states before the step as well.
 *
 * <p>With bars for gradients and S for a step of the method:
 *
 * <pre>
 *   z_n = z' + S_-h(y') - y'                        Y = y'bar + z'bar - S_-h(y')^T z'bar
 *   y_n = (y' - (1 - lambda) z_n - S_h(z_n) + z_n) / lambda
 *   ybar = lambda Y                                 zbar = z'bar + S_h(z_n)^T Y - lambda Y
 * </pre>
 */
public final class ReversibleStepAdjoint<T extends TFloating> implements StepAdjoint<T> {

    private final Operand<T> next;
    private final Operand<T> y;
    private final Operand<T> z;
    private final Operand<T> yGradient;
    private final Operand<T> zGradient;
    private final StepAdjoint<T> there;
    private final StepAdjoint<T> back;
    private final Ops tf;

    /**
     * Adds the adjoint of a step.
     *
     * @param input of the whole step; its state and memory are those after it
     */
    public ReversibleStepAdjoint(
            Ops tf, ReversibleStepper<T> stepper, StepInput<T> input, Operand<T> yEnd, Operand<T> zEnd) {
        this.tf = tf;
        this.next = tf.stopGradient(input.state());
        Operand<T> zNext = input.memory().get(ReversibleStepper.Z, next.type());
        Operand<T> coupling = stepper.coupling(tf, input);
        this.back = stepper.adjoint(tf, ReversibleStepper.back(tf, input, next), tf.math.neg(zEnd));
        Operand<T> whole = tf.math.add(tf.math.add(yEnd, zEnd), back.stateGradient());
        Operand<T> found = tf.math.add(zNext, tf.math.sub(back.next(), next));
        this.z = tf.withControlDependencies(finished(back)).stopGradient(found);
        this.there = stepper.adjoint(tf, ReversibleStepper.there(input, z), whole);
        // y' = lambda (y - z) + S(z)
        this.y = tf.math.add(z, tf.math.div(tf.math.sub(next, there.next()), coupling));
        this.yGradient = tf.math.mul(coupling, whole);
        this.zGradient = tf.math.add(zEnd, tf.math.sub(there.stateGradient(), yGradient));
    }

    /** What the adjoint of a step gives: who waits for it holds the temporaries of one step at a time, not of two. */
    private static <T extends TFloating> List<Op> finished(StepAdjoint<T> step) {
        List<Op> results = new ArrayList<>(step.thetaGradients().operands());
        results.addAll(step.linearGradients().operands());
        results.add(step.stateGradient());
        return results;
    }

    /** The first state before the step. */
    public Operand<T> y() {
        return y;
    }

    /** The second state before the step. */
    public Operand<T> z() {
        return z;
    }

    @Override
    public Operand<T> next() {
        return next;
    }

    @Override
    public Operand<T> stateGradient() {
        return yGradient;
    }

    @Override
    public Values memoryGradients() {
        return Values.of(ReversibleStepper.Z, zGradient);
    }

    @Override
    public Values thetaGradients() {
        return NamedGradients.sum(tf, there.thetaGradients(), back.thetaGradients());
    }

    @Override
    public Values linearGradients() {
        return NamedGradients.sum(tf, there.linearGradients(), back.linearGradients());
    }

    @Override
    public Counts counts() {
        return there.counts().plus(tf, back.counts());
    }
}
