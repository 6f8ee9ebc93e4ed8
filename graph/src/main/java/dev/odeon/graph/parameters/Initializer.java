package dev.odeon.graph.parameters;

import dev.odeon.graph.Floats;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/** Where the first value of a parameter comes from; the same seed gives the same value on every device. */
@FunctionalInterface
public interface Initializer {

    /**
     * Adds the first value.
     *
     * @param seed of this parameter
     */
    <T extends TFloating> Operand<T> value(Ops tf, Class<T> type, Shape shape, long seed);

    /** Normally distributed with mean zero. */
    static Initializer normal(double standardDeviation) {
        return new Initializer() {
            @Override
            public <T extends TFloating> Operand<T> value(Ops tf, Class<T> type, Shape shape, long seed) {
                Operand<T> unit = tf.random.statelessRandomNormal(
                        tf.constant(shape.asArray()), tf.constant(new long[] {seed, 1}), type);
                return tf.math.mul(unit, Floats.scalar(tf, type, standardDeviation));
            }
        };
    }

    /** Uniformly distributed between -bound and bound. */
    static Initializer uniform(double bound) {
        return new Initializer() {
            @Override
            public <T extends TFloating> Operand<T> value(Ops tf, Class<T> type, Shape shape, long seed) {
                Operand<T> unit = tf.random.statelessRandomUniform(
                        tf.constant(shape.asArray()), tf.constant(new long[] {seed, 2}), type);
                return tf.math.mul(tf.math.sub(unit, Floats.scalar(tf, type, 0.5)), Floats.scalar(tf, type, 2 * bound));
            }
        };
    }

    /** Glorot and Bengio's uniform distribution for a matrix [inputs, outputs]. */
    static Initializer glorot(int inputs, int outputs) {
        return uniform(Math.sqrt(6.0 / (inputs + outputs)));
    }

    /** The same number everywhere. */
    static Initializer constant(double value) {
        return new Initializer() {
            @Override
            public <T extends TFloating> Operand<T> value(Ops tf, Class<T> type, Shape shape, long seed) {
                return tf.fill(tf.constant(shape.asArray()), Floats.scalar(tf, type, value));
            }
        };
    }

    /**
     * Given numbers, row by row.
     *
     * @param values as many as the parameter has; another number is refused when it is declared
     */
    static Initializer of(double... values) {
        double[] given = values.clone();
        return new Initializer() {
            @Override
            public <T extends TFloating> Operand<T> value(Ops tf, Class<T> type, Shape shape, long seed) {
                return Floats.constant(tf, type, shape, given);
            }
        };
    }

    /** Zero everywhere. */
    static Initializer zeros() {
        return constant(0);
    }
}
