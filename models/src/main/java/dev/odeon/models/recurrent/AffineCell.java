package dev.odeon.models.recurrent;

import dev.odeon.graph.Channels;
import dev.odeon.graph.Values;
import dev.odeon.graph.layers.DenseLayer;
import dev.odeon.graph.layers.Mlp;
import dev.odeon.graph.parameters.Parameters;
import java.util.Objects;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * A cell without an activation: s+ = s + W x + b + V s + c, that of the thesis's plane vibration.
 *
 * <p>Of a state of several parts, such as h and m, each has a map of its own with a bias of its own: the biases say the same,
 * and are there for the counts of the authors' code (hedixia/HeavyBallNODE, plane_vibration). Source: Xia's thesis, 3.5.3.2.
 *
 * @param name prefix of the layers {@code name/input} and {@code name/part0}, {@code name/part1}, ...
 * @param parts of the state, of the same size
 * @param start of kernels and biases; that of a long series far below one, because what is added is added in every round
 */
public record AffineCell(String name, int inputs, int units, int parts, Mlp.Initialization start)
        implements RecurrentCell {

    public AffineCell {
        Objects.requireNonNull(start, "start");
        new Gates(name, inputs, units, 1);
        if (parts < 1 || units % parts != 0) {
            throw new IllegalArgumentException("The " + units + " units of the cell '" + name + "' are no " + parts
                    + " parts of one size: give a divisor");
        }
    }

    @Override
    public <T extends TFloating> void declare(Parameters parameters, Class<T> type) {
        layer(parameters, type, "/input", inputs);
        for (int i = 0; i < parts; i++) {
            layer(parameters, type, "/part" + i, units / parts);
        }
    }

    private <T extends TFloating> void layer(Parameters parameters, Class<T> type, String layer, int from) {
        DenseLayer.declare(parameters, name + layer, type, from, units, start.kernel(from), start.bias(from));
    }

    @Override
    public <T extends TFloating> Updated<T> update(
            Ops tf, Operand<T> observation, Operand<T> state, Values memory, Values parameters) {
        Operand<T> change = new DenseLayer(name + "/input").apply(tf, observation, parameters);
        int size = units / parts;
        for (int i = 0; i < parts; i++) {
            Operand<T> part = Channels.part(tf, state, i * size, size);
            change = tf.math.add(change, new DenseLayer(name + "/part" + i).apply(tf, part, parameters));
        }
        return Updated.of(tf.math.add(state, change));
    }
}
