package dev.odeon.solvers.rungekutta;

import dev.odeon.graph.Values;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.VectorField;
import dev.odeon.solvers.linear.LinearOperator;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * What does not change from step to step: the field, split as the method needs it, and the method.
 *
 * @param field evaluated by explicit stages
 * @param linear solved by implicit stages; null where the method has none
 */
public record Problem<T extends TFloating>(
        VectorField<T> field, @Nullable LinearOperator<T> linear, Method method, Class<T> type) {

    /** The distinct non-zero diagonal coefficients of the implicit part, each of which needs a factor. */
    public double[] diagonals() {
        return method.implicit()
                .map(implicit -> java.util.stream.IntStream.range(0, implicit.stages())
                        .mapToDouble(i -> implicit.a()[i][i])
                        .filter(a -> a != 0)
                        .distinct()
                        .toArray())
                .orElseGet(() -> new double[0]);
    }

    /** Adds one evaluation of the explicit part. */
    Operand<T> evaluate(Ops tf, Operand<T> t, Operand<T> u, Values theta) {
        return field.evaluate(tf, t, u, theta);
    }
}
