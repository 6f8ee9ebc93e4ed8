package dev.odeon.ode.testing;

import dev.odeon.graph.Floats;
import dev.odeon.solvers.SplitField;
import dev.odeon.solvers.linear.LinearOperator;
import dev.odeon.solvers.linear.ScaledIdentity;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/** x' = v, v' = -x: x(t) = sin(t + phase), v(t) = cos(t + phase). */
public final class Oscillator {

    private Oscillator() {}

    /** All of it nonlinear part, with an operator that is zero for methods that need one. */
    public static <T extends TFloating> SplitField<T> field() {
        LinearOperator<T> zero = ScaledIdentity.of(0);
        return new SplitField<>(
                (tf, t, u, theta) -> {
                    Operand<T> x = column(tf, u, 0);
                    return tf.concat(List.of(column(tf, u, 1), tf.math.neg(x)), tf.constant(1));
                },
                zero);
    }

    /** One component of every sample: [batch, 1]. */
    public static <T extends TFloating> Operand<T> column(Ops tf, Operand<T> u, int component) {
        return tf.slice(u, tf.constant(new int[] {0, component}), tf.constant(new int[] {-1, 1}));
    }

    /** The states at time zero for phases, fed so that nothing is folded. */
    public static <T extends TFloating> Operand<T> starts(Ops tf, Class<T> type, double... phases) {
        double[] flat = new double[2 * phases.length];
        for (int i = 0; i < phases.length; i++) {
            flat[2 * i] = Math.sin(phases[i]);
            flat[2 * i + 1] = Math.cos(phases[i]);
        }
        Shape shape = Shape.of(phases.length, 2);
        return tf.placeholderWithDefault(Floats.constant(tf, type, shape, flat), shape);
    }
}
