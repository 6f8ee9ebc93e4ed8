package dev.odeon.experiments.classification;

import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import dev.odeon.graph.layers.Activation;
import dev.odeon.graph.layers.DenseLayer;
import dev.odeon.graph.parameters.Parameters;
import dev.odeon.models.continuous.networks.ReadOut;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Squeeze;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;

/** How the end of a solve is read as a class: a dense layer of all its numbers, a loss, and what counts as right. */
sealed interface Readout {

    /** Of the dense layer. */
    String NAME = "readout";

    /** Numbers that the dense layer gives for a sample. */
    int outputs();

    /** Adds the loss of each sample, [batch]. */
    <T extends TFloating> Operand<T> loss(Ops tf, Operand<T> outputs, Operand<TInt32> labels);

    /** Adds whether each sample is classified as its label says, [batch]. */
    <T extends TFloating> Operand<TBool> right(Ops tf, Operand<T> outputs, Operand<TInt32> labels);

    /** Adds the class of each sample, [batch]. */
    <T extends TFloating> Operand<TInt64> classes(Ops tf, Operand<T> outputs);

    /** Adds how sure it is of each sample's class: [batch, outputs]. */
    <T extends TFloating> Operand<T> scores(Ops tf, Operand<T> outputs);

    /** What these scores are, in a few words. */
    String scoresMeaning();

    /**
     * Declares the dense layer.
     *
     * @param inputs numbers of a sample
     */
    default <T extends TFloating> void declare(Parameters parameters, Class<T> type, int inputs) {
        ReadOut.declare(parameters, NAME, type, inputs, outputs());
    }

    /**
     * Adds the dense layer.
     *
     * @param end [batch, ...]
     * @param inputs numbers of a sample
     * @return [batch, outputs]
     */
    default <T extends TFloating> Operand<T> apply(Ops tf, Operand<T> end, int inputs, Values parameters) {
        return new ReadOut(new DenseLayer(NAME), inputs).apply(tf, end, parameters);
    }

    /**
     * Two classes, 0 and 1, as the sign of one number y: the loss is the square of b(y) - (2 label - 1).
     *
     * <p>Source: Xia, section 3.5.1.
     *
     * @param bounded b, which grows from -1 to 1: tanh, or a hard tanh, behind which a number beyond has no gradient
     */
    record Sign(Activation bounded) implements Readout {
        @Override
        public int outputs() {
            return 1;
        }

        @Override
        public <T extends TFloating> Operand<T> loss(Ops tf, Operand<T> outputs, Operand<TInt32> labels) {
            Operand<T> shown = bounded.apply(tf, tf.squeeze(outputs, Squeeze.axis(List.of(1L))));
            return tf.math.squaredDifference(shown, signs(tf, outputs.type(), labels));
        }

        @Override
        public <T extends TFloating> Operand<TBool> right(Ops tf, Operand<T> outputs, Operand<TInt32> labels) {
            Operand<T> number = tf.squeeze(outputs, Squeeze.axis(List.of(1L)));
            return tf.math.greater(
                    tf.math.mul(number, signs(tf, outputs.type(), labels)), Floats.scalar(tf, outputs.type(), 0));
        }

        @Override
        public <T extends TFloating> Operand<TInt64> classes(Ops tf, Operand<T> outputs) {
            Operand<T> number = tf.squeeze(outputs, Squeeze.axis(List.of(1L)));
            return tf.dtypes.cast(tf.math.greater(number, Floats.scalar(tf, outputs.type(), 0)), TInt64.class);
        }

        @Override
        public <T extends TFloating> Operand<T> scores(Ops tf, Operand<T> outputs) {
            return bounded.apply(tf, outputs);
        }

        @Override
        public String scoresMeaning() {
            return "near -1 for class 0, near 1 for class 1";
        }

        private static <T extends TFloating> Operand<T> signs(Ops tf, Class<T> type, Operand<TInt32> labels) {
            Operand<T> classes = tf.dtypes.cast(labels, type);
            return tf.math.sub(tf.math.add(classes, classes), Floats.scalar(tf, type, 1));
        }
    }

    /**
     * Any number of classes, one number each: the loss is the cross-entropy of their softmax.
     *
     * @param classes two or more
     */
    record Softmax(int classes) implements Readout {
        public Softmax {
            if (classes < 2) {
                throw new IllegalArgumentException("There are " + classes + " classes: give 2 or more");
            }
        }

        @Override
        public int outputs() {
            return classes;
        }

        @Override
        public <T extends TFloating> Operand<T> loss(Ops tf, Operand<T> outputs, Operand<TInt32> labels) {
            Class<T> type = outputs.type();
            Operand<T> truth =
                    tf.oneHot(labels, tf.constant(classes), Floats.scalar(tf, type, 1), Floats.scalar(tf, type, 0));
            return tf.math.neg(tf.reduceSum(tf.math.mul(truth, tf.nn.logSoftmax(outputs)), tf.constant(1)));
        }

        @Override
        public <T extends TFloating> Operand<TBool> right(Ops tf, Operand<T> outputs, Operand<TInt32> labels) {
            return tf.math.equal(classes(tf, outputs), tf.dtypes.cast(labels, TInt64.class));
        }

        @Override
        public <T extends TFloating> Operand<TInt64> classes(Ops tf, Operand<T> outputs) {
            return tf.math.argMax(outputs, tf.constant(1), TInt64.class);
        }

        @Override
        public <T extends TFloating> Operand<T> scores(Ops tf, Operand<T> outputs) {
            return tf.nn.softmax(outputs);
        }

        @Override
        public String scoresMeaning() {
            return "the probability of each class";
        }
    }
}
