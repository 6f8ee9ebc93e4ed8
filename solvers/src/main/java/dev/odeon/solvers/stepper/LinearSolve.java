package dev.odeon.solvers.stepper;

import dev.odeon.graph.Values;
import dev.odeon.solvers.linear.LinearOperator;
import dev.odeon.solvers.linear.report.CheckedSolution;
import dev.odeon.solvers.linear.report.FailureKnown;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/** One solve with the factor of I - alpha J, differentiable in the data of J although the factor is a constant. */
public final class LinearSolve {

    private LinearSolve() {}

    /**
     * The solution.
     *
     * @param outcome code of an {@code Outcome}; null if the solve tells nothing that its factor did not
     */
    public record Solved<T extends TFloating>(
            Operand<T> x, @Nullable Operand<TInt32> outcome) {}

    /**
     * Adds the solution x of (I - alpha J) x = rhs.
     *
     * <p>Where J is trainable, alpha (J x - J x) is added to the right-hand side, one of the two cut off from gradients: its
     * value is zero, and its derivative alpha dJ x is what the factor does not show. Through an iteration no gradient flows:
     * there it is {@link IterativeSolveGradient}.
     */
    public static <T extends TFloating> Solved<T> of(
            Ops tf, LinearOperator<T> linear, StepInput<T> input, Values factor, Operand<T> alpha, Operand<T> rhs) {
        if (input.differentiated() && linear.failureKnown() == FailureKnown.BY_SOLVE) {
            Solved<T> plain = solved(tf, linear, factor, rhs);
            return new Solved<>(
                    IterativeSolveGradient.of(tf, linear, input.linearData(), factor, alpha, rhs, plain.x()),
                    plain.outcome());
        }
        if (input.linearData().differentiable().isEmpty() || !input.differentiated()) {
            return solved(tf, linear, factor, rhs);
        }
        Operand<T> solved = tf.stopGradient(shaped(tf, linear.solve(tf, factor, rhs), rhs));
        Operand<T> product = linear.apply(tf, input.linearData(), solved);
        Operand<T> zero = tf.math.mul(tf.math.sub(product, tf.stopGradient(product)), alpha);
        return solved(tf, linear, factor, tf.math.add(rhs, zero));
    }

    private static <T extends TFloating> Solved<T> solved(
            Ops tf, LinearOperator<T> linear, Values factor, Operand<T> rhs) {
        if (linear.failureKnown() == FailureKnown.BY_FACTOR) {
            return new Solved<>(shaped(tf, linear.solve(tf, factor, rhs), rhs), null);
        }
        CheckedSolution<T> checked = linear.solveChecked(tf, factor, rhs);
        return new Solved<>(shaped(tf, checked.solution(), rhs), SolveOutcome.of(tf, checked.failure()));
    }

    /** With the static shape of the right-hand side, which a factor from a table does not know; fields may ask for it. */
    private static <T extends TFloating> Operand<T> shaped(Ops tf, Operand<T> x, Operand<T> rhs) {
        Shape shape = rhs.shape();
        Shape found = x.shape();
        boolean lost = !shape.isUnknown() && (found.isUnknown() || !found.equals(shape));
        return lost ? tf.ensureShape(x, shape) : x;
    }
}
