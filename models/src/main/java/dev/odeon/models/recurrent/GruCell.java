package dev.odeon.models.recurrent;

import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import dev.odeon.graph.parameters.Parameters;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * The gated recurrent unit: r, z = sigmoid(W x + b + V h + c), n = tanh(W x + b + r (V h + c)), h+ = (1 - z) n + z h.
 *
 * <p>3 units (inputs + units + 2) parameters in the order r, z, n, uniform between -1/sqrt(units) and 1/sqrt(units) at first,
 * as PyTorch's GRUCell.
 *
 * @param name prefix of the parameters, as for {@link RnnCell}
 */
public record GruCell(String name, int inputs, int units) implements RecurrentCell {

    public GruCell {
        new Gates(name, inputs, units, 3);
    }

    @Override
    public <T extends TFloating> void declare(Parameters parameters, Class<T> type) {
        gates().declare(parameters, type);
    }

    @Override
    public <T extends TFloating> Updated<T> update(
            Ops tf, Operand<T> observation, Operand<T> state, Values memory, Values parameters) {
        Gates gates = gates();
        List<Operand<T>> x = gates.split(tf, gates.ofInput(tf, observation, parameters));
        List<Operand<T>> h = gates.split(tf, gates.ofState(tf, state, parameters));
        Operand<T> r = tf.math.sigmoid(tf.math.add(x.get(0), h.get(0)));
        Operand<T> z = tf.math.sigmoid(tf.math.add(x.get(1), h.get(1)));
        Operand<T> n = tf.math.tanh(tf.math.add(x.get(2), tf.math.mul(r, h.get(2))));
        Operand<T> other = tf.math.sub(Floats.scalar(tf, state.type(), 1), z);
        return Updated.of(tf.math.add(tf.math.mul(other, n), tf.math.mul(z, state)));
    }

    private Gates gates() {
        return new Gates(name, inputs, units, 3);
    }
}
