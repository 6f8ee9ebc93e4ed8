package dev.odeon.ode.testing;

import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import dev.odeon.solvers.SplitField;
import dev.odeon.solvers.VectorField;
import dev.odeon.solvers.linear.Dense;
import dev.odeon.solvers.linear.DenseSolve;
import dev.odeon.solvers.linear.Diagonal;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/** Test problems with closed-form solutions. */
public final class Problems {

    private Problems() {}

    /**
     * u' = G(t, u) + J u with the solution u_k = cos(t + k) for any J: G = -sin(t + k) + (cos(t + k))^2 - u^2 - J cos.
     *
     * <p>Non-autonomous and nonlinear.
     */
    public static <T extends TFloating> SplitField<T> forced(double... rates) {
        VectorField<T> nonlinear = (tf, t, u, theta) -> {
            Operand<T> phase = tf.math.add(t, indices(tf, u.type(), rates.length));
            Operand<T> exact = tf.math.cos(phase);
            Operand<T> driven = tf.math.sub(tf.math.square(exact), tf.math.square(u));
            Operand<T> decay = tf.math.mul(
                    exact, Floats.constant(tf, u.type(), org.tensorflow.ndarray.Shape.of(rates.length), rates));
            return tf.math.sub(tf.math.sub(driven, tf.math.sin(phase)), decay);
        };
        return new SplitField<>(nonlinear, Diagonal.of(rates));
    }

    private static <T extends TFloating> Operand<T> indices(Ops tf, Class<T> type, int count) {
        double[] k = new double[count];
        for (int i = 0; i < count; i++) {
            k[i] = i;
        }
        return Floats.constant(tf, type, org.tensorflow.ndarray.Shape.of(count), k);
    }

    /** u' = tanh(u W + b sin t) + J u with trainable W [3, 3], b [3] and J. */
    public static <T extends TFloating> SplitField<T> trainable(Operand<T> matrix, DenseSolve strategy) {
        return new SplitField<>(Problems::tanh, Dense.of(matrix, strategy));
    }

    public static <T extends TFloating> Operand<T> tanh(Ops tf, Operand<T> t, Operand<T> u, Values theta) {
        Operand<T> drive = tf.math.mul(theta.get("b", u.type()), tf.math.sin(t));
        return tf.math.tanh(tf.math.add(tf.linalg.matMul(u, theta.get("w", u.type())), drive));
    }
}
