package dev.odeon.experiments.series;

import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import dev.odeon.graph.layers.DenseLayer;
import dev.odeon.graph.layers.Mlp;
import dev.odeon.graph.parameters.Parameters;
import dev.odeon.models.continuous.ContinuousModel;
import dev.odeon.models.continuous.InitialState;
import dev.odeon.models.recurrent.RecurrentCell;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * A continuous model, a cell and what stands before and behind them.
 *
 * @param inner the network inside the model's field
 * @param cell at the observations
 * @param starting before the first of them
 * @param outputs channels of what is predicted
 * @param values how all layers start
 */
record SeriesModel<T extends TFloating>(
        ContinuousModel<T> model,
        Mlp inner,
        RecurrentCell cell,
        StartingState starting,
        int outputs,
        Mlp.Initialization values) {

    private static final DenseLayer START = new DenseLayer("start");
    private static final DenseLayer OUTPUT = new DenseLayer("output");

    void declare(Parameters parameters, Class<T> type) {
        inner.declare(parameters, type, values);
        model.declare(parameters, type);
        cell.declare(parameters, type);
        if (starting instanceof StartingState.Encoded encoded) {
            layer(parameters, type, START, encoded.observations() * encoded.channels(), encoded.width());
        }
        layer(parameters, type, OUTPUT, model.channels(), outputs);
    }

    private void layer(Parameters parameters, Class<T> type, DenseLayer layer, int inputs, int outputs) {
        DenseLayer.declare(parameters, layer.name(), type, inputs, outputs, values.kernel(inputs), values.bias(inputs));
    }

    /**
     * The state before the first observation.
     *
     * @param x all observations, or those before the first: [batch, times, channels]
     * @return [batch, units]
     */
    Operand<T> start(Ops tf, Operand<T> x, Values theta) {
        int units = model.stateChannels();
        if (starting instanceof StartingState.Encoded encoded) {
            Operand<T> read = tf.slice(
                    x, tf.constant(new int[] {0, 0, 0}), tf.constant(new int[] {-1, encoded.observations(), -1}));
            Operand<T> flat =
                    tf.reshape(read, tf.constant(new int[] {-1, encoded.observations() * encoded.channels()}));
            return InitialState.<T>zeros().complete(tf, START.apply(tf, flat, theta), units, theta);
        }
        Operand<TInt32> batch = tf.slice(tf.shape(x), tf.constant(new int[] {0}), tf.constant(new int[] {1}));
        Operand<TInt32> shape = tf.concat(List.of(batch, tf.constant(new int[] {units})), tf.constant(0));
        Operand<T> zeros = tf.fill(shape, Floats.scalar(tf, x.type(), 0));
        return tf.ensureShape(zeros, Shape.of(x.shape().get(0), units));
    }

    /**
     * What is read of states.
     *
     * @param states [rows, batch, units]
     * @return [batch, rows, outputs]
     */
    Operand<T> output(Ops tf, Operand<T> states, Values theta) {
        Operand<T> h = model.project(tf, tf.linalg.transpose(states, tf.constant(new int[] {1, 0, 2})));
        Operand<TInt32> shape = tf.shape(h);
        Operand<TInt32> outer = tf.slice(shape, tf.constant(new int[] {0}), tf.constant(new int[] {2}));
        Operand<T> flat = tf.reshape(h, tf.constant(new int[] {-1, model.channels()}));
        Operand<T> read = OUTPUT.apply(tf, flat, theta);
        Operand<T> shaped =
                tf.reshape(read, tf.concat(List.of(outer, tf.constant(new int[] {outputs})), tf.constant(0)));
        long[] known = states.shape().asArray();
        return tf.ensureShape(shaped, Shape.of(known[1], known[0], outputs));
    }
}
