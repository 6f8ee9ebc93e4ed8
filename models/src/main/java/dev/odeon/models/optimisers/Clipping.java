package dev.odeon.models.optimisers;

import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TFloating;

/**
 * Limits gradients before an optimiser uses them.
 *
 * <p>Source: Pascanu, Mikolov, Bengio, On the difficulty of training recurrent neural networks, 2013.
 */
public sealed interface Clipping {

    /** Leaves them as they are. */
    static Clipping none() {
        return new None();
    }

    /**
     * Adds the limit.
     *
     * @return under the same names; not a number where a gradient is not, so that divergence shows
     */
    Values clip(Ops tf, Values gradients);

    /** The same, and then another. */
    default Clipping then(Clipping second) {
        return new Both(this, second);
    }

    /** No limit. */
    record None() implements Clipping {
        @Override
        public Values clip(Ops tf, Values gradients) {
            return gradients;
        }
    }

    /**
     * All gradients times min(1, largest / (norm + 1e-6)), the same factor for all.
     *
     * @param largest Euclidean norm of all gradients taken as one vector, positive
     */
    record ByNorm(double largest) implements Clipping {

        /** Keeps the division finite; the value that PyTorch adds. */
        private static final double GUARD = 1e-6;

        public ByNorm {
            requireLimit("norm", largest);
        }

        @Override
        public Values clip(Ops tf, Values gradients) {
            Operand<TFloat64> guarded = tf.math.add(globalNorm(tf, gradients), tf.constant(GUARD));
            Operand<TFloat64> factor = tf.math.minimum(tf.constant(1.0), tf.math.div(tf.constant(largest), guarded));
            Values clipped = Values.empty();
            for (String name : gradients.names()) {
                clipped = clipped.with(name, scaled(tf, floating(gradients.get(name)), factor));
            }
            return clipped;
        }

        private static <T extends TFloating> Operand<T> scaled(Ops tf, Operand<T> gradient, Operand<TFloat64> factor) {
            return tf.math.mul(gradient, tf.dtypes.cast(factor, gradient.type()));
        }
    }

    /**
     * Each component of each gradient between -largest and largest; changes the direction of the step.
     *
     * @param largest absolute value, positive
     */
    record ByValue(double largest) implements Clipping {

        public ByValue {
            requireLimit("component", largest);
        }

        @Override
        public Values clip(Ops tf, Values gradients) {
            Values clipped = Values.empty();
            for (String name : gradients.names()) {
                clipped = clipped.with(name, limited(tf, floating(gradients.get(name))));
            }
            return clipped;
        }

        private <T extends TFloating> Operand<T> limited(Ops tf, Operand<T> gradient) {
            return tf.clipByValue(
                    gradient,
                    Floats.scalar(tf, gradient.type(), -largest),
                    Floats.scalar(tf, gradient.type(), largest));
        }
    }

    /**
     * One limit after another.
     *
     * @param first applied first
     * @param second applied to its result
     */
    record Both(Clipping first, Clipping second) implements Clipping {

        public Both {
            Objects.requireNonNull(first, "first");
            Objects.requireNonNull(second, "second");
        }

        @Override
        public Values clip(Ops tf, Values gradients) {
            return second.clip(tf, first.clip(tf, gradients));
        }
    }

    /** The Euclidean norm of all gradients taken as one vector; zero where there are none. */
    static Operand<TFloat64> globalNorm(Ops tf, Values gradients) {
        List<Operand<TFloat64>> squares = new ArrayList<>();
        squares.add(tf.constant(0.0));
        for (Operand<?> gradient : gradients.operands()) {
            Operand<TFloat64> wide = tf.dtypes.cast(gradient, TFloat64.class);
            Operand<TFloat64> flat = tf.reshape(wide, tf.constant(new int[] {-1}));
            squares.add(tf.reduceSum(tf.math.square(flat), tf.constant(0)));
        }
        return tf.math.sqrt(tf.math.addN(squares));
    }

    private static void requireLimit(String of, double largest) {
        if (!(largest > 0) || Double.isInfinite(largest)) {
            throw new IllegalArgumentException("The largest " + of + " of the gradients is " + largest
                    + ": give a positive number, or Clipping.none()");
        }
    }

    @SuppressWarnings("unchecked") // gradients are floating point
    private static Operand<TFloating> floating(Operand<?> gradient) {
        return (Operand<TFloating>) gradient;
    }
}
