package dev.odeon.solvers.extension;

import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import dev.odeon.solvers.linear.LinearOperator;
import dev.odeon.solvers.linear.Singularity;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.family.TFloating;

/**
 * Pairs (x, y) that turn and decay: J (x, y) = (-a x - w y, w x - a y), the first half of a row being x and the second y.
 *
 * @param pairs half the components
 * @param damping a, a trained scalar
 * @param frequency w, a trained scalar
 */
public record DampedRotations<T extends TFloating>(int pairs, Operand<T> damping, Operand<T> frequency)
        implements LinearOperator<T> {

    private static final String DAMPING = "damping";
    private static final String FREQUENCY = "frequency";
    private static final String REAL = "real";
    private static final String IMAGINARY = "imaginary";

    @Override
    public OptionalLong components() {
        return OptionalLong.of(2L * pairs);
    }

    @Override
    public Values data(Ops tf, Class<T> type) {
        return Values.of(DAMPING, damping).with(FREQUENCY, frequency);
    }

    @Override
    public Operand<T> apply(Ops tf, Values data, Operand<T> u) {
        return turned(tf, u, tf.math.neg(data.get(DAMPING, u.type())), data.get(FREQUENCY, u.type()));
    }

    @Override
    public Operand<T> applyTransposed(Ops tf, Values data, Operand<T> u) {
        return turned(tf, u, tf.math.neg(data.get(DAMPING, u.type())), tf.math.neg(data.get(FREQUENCY, u.type())));
    }

    /** (real + i imaginary) (x + i y). */
    private Operand<T> turned(Ops tf, Operand<T> u, Operand<T> real, Operand<T> imaginary) {
        Operand<T> x = half(tf, u, 0);
        Operand<T> y = half(tf, u, pairs);
        return tf.concat(
                List.of(
                        tf.math.sub(tf.math.mul(real, x), tf.math.mul(imaginary, y)),
                        tf.math.add(tf.math.mul(imaginary, x), tf.math.mul(real, y))),
                tf.constant(1));
    }

    private Operand<T> half(Ops tf, Operand<T> u, int from) {
        return tf.slice(u, tf.constant(new int[] {0, from}), tf.constant(new int[] {-1, pairs}));
    }

    /** 1 / (1 - alpha (-a + i w)). */
    @Override
    public Values factor(Ops tf, Class<T> type, Values data, Operand<T> alpha) {
        Operand<T> product = tf.math.neg(tf.math.mul(alpha, data.get(DAMPING, type)));
        Operand<T> real = tf.math.sub(Floats.scalar(tf, type, 1), product);
        Operand<T> imaginary = tf.math.mul(alpha, data.get(FREQUENCY, type));
        Operand<T> square = tf.math.add(tf.math.square(real), tf.math.square(imaginary));
        Operand<TBool> singular = tf.math.logicalAnd(
                Singularity.cancelled(tf, real, product),
                tf.math.lessEqual(tf.math.abs(imaginary), Floats.scalar(tf, type, 4 * Floats.epsilon(type))));
        Operand<TBool> undefined = tf.math.logicalNot(tf.math.isFinite(square));
        Operand<TBool> failed = tf.math.logicalOr(singular, undefined);
        return Singularity.flagged(
                tf,
                Values.of(REAL, Singularity.poisoned(tf, tf.math.div(real, square), failed))
                        .with(IMAGINARY, tf.math.div(imaginary, square)),
                failed);
    }

    @Override
    public boolean variesFreely() {
        return true;
    }

    @Override
    public Optional<LinearOperator<T>> solvedBySample() {
        return Optional.of(this);
    }

    @Override
    public Operand<T> solve(Ops tf, Values factor, Operand<T> rhs) {
        return turned(tf, rhs, factor.get(REAL, rhs.type()), factor.get(IMAGINARY, rhs.type()));
    }

    @Override
    public Operand<T> solveTransposed(Ops tf, Values factor, Operand<T> rhs) {
        return turned(tf, rhs, factor.get(REAL, rhs.type()), tf.math.neg(factor.get(IMAGINARY, rhs.type())));
    }
}
