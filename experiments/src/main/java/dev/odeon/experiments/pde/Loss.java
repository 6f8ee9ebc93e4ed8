package dev.odeon.experiments.pde;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/** How far a prediction is from the truth, value by value; its mean is the loss. */
public enum Loss {
    /** The mean square of the difference. */
    MEAN_SQUARE,
    /** The mean of its absolute value. */
    MEAN_ABSOLUTE;

    <T extends TFloating> Operand<T> apply(Ops tf, Operand<T> prediction, Operand<T> truth) {
        Operand<T> difference = tf.math.sub(prediction, truth);
        return this == MEAN_SQUARE ? tf.math.square(difference) : tf.math.abs(difference);
    }
}
