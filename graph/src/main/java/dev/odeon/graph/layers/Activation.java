package dev.odeon.graph.layers;

import dev.odeon.graph.Floats;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/** Elementwise nonlinearities, each with a gradient on every device. */
public enum Activation {
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
    /** x for positive x, exp(x) - 1 otherwise. */
    ELU,
    /** x sigmoid(x), also called swish. */
    SILU,
    /** (x + sqrt(x^2 + 4)) / 2, a smooth positive function without exponentials. */
    SQUAREPLUS;

    /** Adds the function applied to {@code x}, of the same shape. */
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
