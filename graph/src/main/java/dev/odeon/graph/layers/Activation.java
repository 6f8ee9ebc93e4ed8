package dev.odeon.graph.layers;

import dev.odeon.graph.Floats;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/** Elementwise nonlinearities, each with a gradient on every device. */
public sealed interface Activation {

    /** x. */
    Activation IDENTITY = Plain.IDENTITY;
    /** max(x, 0). */
    Activation RELU = Plain.RELU;
    /** tanh x. */
    Activation TANH = Plain.TANH;
    /** log(1 + exp x). */
    Activation SOFTPLUS = Plain.SOFTPLUS;
    /** 1 / (1 + exp(-x)). */
    Activation SIGMOID = Plain.SIGMOID;
    /** x for positive x, exp(x) - 1 otherwise. */
    Activation ELU = Plain.ELU;
    /** x sigmoid(x), also called swish. */
    Activation SILU = Plain.SILU;
    /** (x + sqrt(x^2 + 4)) / 2, a smooth positive function without exponentials. */
    Activation SQUAREPLUS = Plain.SQUAREPLUS;

    /** Adds the function applied to {@code x}, of the same shape. */
    <T extends TFloating> Operand<T> apply(Ops tf, Operand<T> x);

    /** Functions without a number of their own, under the names that {@link Activation} has for them. */
    enum Plain implements Activation {
        /** x. */
        IDENTITY,
        /** max(x, 0). */
        RELU,
        /** tanh x. */
        TANH,
        /** log(1 + exp x). */
        SOFTPLUS,
        /** 1 / (1 + exp(-x)). */
        SIGMOID,
        /** x or exp(x) - 1. */
        ELU,
        /** x sigmoid(x). */
        SILU,
        /** (x + sqrt(x^2 + 4)) / 2. */
        SQUAREPLUS;

        @Override
        public <T extends TFloating> Operand<T> apply(Ops tf, Operand<T> x) {
            return switch (this) {
                case IDENTITY -> x;
                case RELU -> tf.nn.relu(x);
                case TANH -> tf.math.tanh(x);
                case SOFTPLUS -> tf.math.softplus(x);
                case SIGMOID -> tf.math.sigmoid(x);
                case ELU -> tf.nn.elu(x);
                case SILU -> tf.math.mul(x, tf.math.sigmoid(x));
                case SQUAREPLUS -> {
                    Operand<T> four = Floats.scalar(tf, x.type(), 4);
                    Operand<T> half = Floats.scalar(tf, x.type(), 0.5);
                    yield tf.math.mul(half, tf.math.add(x, tf.math.sqrt(tf.math.add(tf.math.square(x), four))));
                }
            };
        }
    }

    /**
     * x for positive x, slope x otherwise.
     *
     * @param slope between 0 and 1
     */
    record LeakyRelu(double slope) implements Activation {
        public LeakyRelu {
            if (!(slope >= 0 && slope < 1)) {
                throw new IllegalArgumentException(
                        "A leaky ReLU has the slope " + slope + " for negative numbers: give one from 0 to below 1");
            }
        }

        @Override
        public <T extends TFloating> Operand<T> apply(Ops tf, Operand<T> x) {
            return tf.math.maximum(x, tf.math.mul(x, Floats.scalar(tf, x.type(), slope)));
        }
    }

    /**
     * x, held between -bound and bound.
     *
     * @param bound positive
     */
    record HardTanh(double bound) implements Activation {
        public HardTanh {
            if (!(bound > 0)) {
                throw new IllegalArgumentException("A hard tanh has the bound " + bound + ": give a positive one");
            }
        }

        @Override
        public <T extends TFloating> Operand<T> apply(Ops tf, Operand<T> x) {
            Operand<T> above = tf.math.maximum(x, Floats.scalar(tf, x.type(), -bound));
            return tf.math.minimum(above, Floats.scalar(tf, x.type(), bound));
        }
    }
}
