package dev.odeon.solvers.stepper;

import dev.odeon.graph.Values;
import dev.odeon.solvers.NonlinearSplit;
import dev.odeon.solvers.VectorField;
import dev.odeon.solvers.linear.LinearOperator;
import dev.odeon.solvers.linear.report.FailureKnown;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * What does not change from step to step: the field, split as the method needs it.
 *
 * @param field evaluated; the whole right-hand side where {@code linear} is null, else its nonlinear part G
 * @param linear solved or exponentiated; null where the method takes the field whole
 * @param type element type of time, state and parameters
 * @param shape of the state, first axis batch
 * @param split the nonlinear parts, of which {@code field} is the explicit one; null where there is no stiff part to iterate
 *     for
 * @param resolution what the step control resolves; null where the sizes are given
 */
public record Problem<T extends TFloating>(
        VectorField<T> field,
        @Nullable LinearOperator<T> linear,
        Class<T> type,
        Shape shape,
        @Nullable NonlinearSplit<T> split,
        @Nullable Resolution resolution) {

    /** A problem without a nonlinear implicit part. */
    public Problem(VectorField<T> field, @Nullable LinearOperator<T> linear, Class<T> type, Shape shape) {
        this(field, linear, type, shape, null, null);
    }

    /** A problem with a nonlinear implicit part. */
    public static <T extends TFloating> Problem<T> of(NonlinearSplit<T> split, Class<T> type, Shape shape) {
        return new Problem<>(split.explicit(), null, type, shape, split, null);
    }

    /** The same under a step control that resolves so much. */
    public Problem<T> with(Resolution resolved) {
        return new Problem<>(field, linear, type, shape, split, resolved);
    }

    /** Adds one evaluation of {@code field}. */
    public Operand<T> evaluate(Ops tf, Operand<T> t, Operand<T> u, Values theta) {
        return field.evaluate(tf, t, u, theta);
    }

    /** The linear part; only for methods that need one, which are never built without. */
    public LinearOperator<T> requireLinear() {
        if (linear == null) {
            throw new IllegalStateException("This stepper needs the linear part of a SplitField");
        }
        return linear;
    }

    /** Whether a step iterates: TensorFlow's own gradient passes the factors of a linear part, but no iteration. */
    public boolean iterates() {
        return linear == null || linear.failureKnown() == FailureKnown.BY_SOLVE;
    }

    /** Adds one evaluation of the whole right-hand side: G + J u, or G + F. */
    public Operand<T> rate(Ops tf, Operand<T> t, Operand<T> u, Values theta, Values linearData) {
        if (split != null) {
            return split.whole().evaluate(tf, t, u, theta);
        }
        Operand<T> nonlinear = evaluate(tf, t, u, theta);
        return linear == null ? nonlinear : tf.math.add(nonlinear, linear.apply(tf, linearData, u));
    }
}
