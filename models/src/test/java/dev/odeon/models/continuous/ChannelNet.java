package dev.odeon.models.continuous;

import dev.odeon.graph.Channels;
import dev.odeon.graph.Values;
import dev.odeon.graph.parameters.Initializer;
import dev.odeon.graph.parameters.Parameters;
import dev.odeon.solvers.VectorField;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/** tanh(x W + t), for any number of axes in front of the channels. */
record ChannelNet<T extends TFloating>(String name, int inputs, int outputs)
        implements VectorField<T>, InitialState.Network<T> {

    void declare(Parameters parameters, Class<T> type) {
        parameters.declare(name, type, Shape.of(inputs, outputs), Initializer.normal(1));
    }

    @Override
    public Operand<T> evaluate(Ops tf, Operand<T> t, Operand<T> u, Values theta) {
        return tf.math.tanh(tf.math.add(apply(tf, u, theta), t));
    }

    @Override
    public Operand<T> apply(Ops tf, Operand<T> x, Values theta) {
        Operand<T> rows = tf.reshape(x, tf.constant(new int[] {-1, inputs}));
        return tf.reshape(tf.linalg.matMul(rows, theta.get(name, x.type())), Channels.shape(tf, x, outputs));
    }
}
