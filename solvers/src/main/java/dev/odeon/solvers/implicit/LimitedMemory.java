package dev.odeon.solvers.implicit;

import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * The L-BFGS direction from the last five changes of point and gradient.
 *
 * <p>Changes without positive curvature are given the weight zero. Source: Nocedal, Updating quasi-Newton matrices with
 * limited storage, 1980.
 */
final class LimitedMemory {

    private static final int PAIRS = 5;

    private LimitedMemory() {}

    static <T extends TFloating> Values begin(Ops tf, Operand<T> guess) {
        Operand<T> zeros = tf.zerosLike(guess);
        Values memory = Values.of("point", guess).with("gradient", zeros);
        for (int k = 0; k < PAIRS; k++) {
            memory = memory.with("s" + k, zeros).with("y" + k, zeros);
        }
        return memory;
    }

    static <T extends TFloating> Iteration.Round<T> round(
            Ops tf,
            Operand<T> v,
            Operand<T> gradient,
            Operand<T> image,
            Operand<TInt32> number,
            Values memory,
            Operand<T> rate,
            Operand<TInt32> evaluations) {
        Class<T> type = v.type();
        Operand<T> present = tf.dtypes.cast(tf.math.greater(number, tf.constant(0)), type);
        List<Operand<T>> s = new ArrayList<>();
        List<Operand<T>> y = new ArrayList<>();
        s.add(tf.math.mul(tf.math.sub(v, memory.get("point", type)), present));
        y.add(tf.math.mul(tf.math.sub(gradient, memory.get("gradient", type)), present));
        for (int k = 0; k + 1 < PAIRS; k++) {
            s.add(memory.get("s" + k, type));
            y.add(memory.get("y" + k, type));
        }
        Values remembered = Values.of("point", v).with("gradient", gradient);
        List<Operand<T>> weights = new ArrayList<>();
        List<Operand<T>> alphas = new ArrayList<>();
        Operand<T> q = gradient;
        Operand<T> zero = Floats.scalar(tf, type, 0);
        for (int k = 0; k < PAIRS; k++) {
            remembered = remembered.with("s" + k, s.get(k)).with("y" + k, y.get(k));
            Operand<T> curvature = OptimiserIteration.inner(tf, s.get(k), y.get(k));
            Operand<T> weight = tf.select(
                    tf.math.greater(curvature, zero), tf.math.divNoNan(Floats.scalar(tf, type, 1), curvature), zero);
            weights.add(weight);
            Operand<T> alpha = tf.math.mul(weight, OptimiserIteration.inner(tf, s.get(k), q));
            alphas.add(alpha);
            q = tf.math.sub(q, tf.math.mul(y.get(k), alpha));
        }
        Operand<T> curvature = OptimiserIteration.inner(tf, s.get(0), y.get(0));
        Operand<TBool> curved = tf.math.greater(curvature, zero);
        Operand<T> scale =
                tf.select(curved, tf.math.divNoNan(curvature, OptimiserIteration.inner(tf, y.get(0), y.get(0))), rate);
        Operand<T> direction = tf.math.mul(q, scale);
        for (int k = PAIRS - 1; k >= 0; k--) {
            Operand<T> beta = tf.math.mul(weights.get(k), OptimiserIteration.inner(tf, y.get(k), direction));
            direction = tf.math.add(direction, tf.math.mul(s.get(k), tf.math.sub(alphas.get(k), beta)));
        }
        return new Iteration.Round<>(tf.math.sub(v, direction), image, remembered, evaluations, null);
    }
}
