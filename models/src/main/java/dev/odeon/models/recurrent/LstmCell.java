package dev.odeon.models.recurrent;

import dev.odeon.graph.Values;
import dev.odeon.graph.parameters.Parameters;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * Long short-term memory: i, f, o = sigmoid(W x + b + V h + a), g = tanh(W x + b + V h + a), c+ = f c + i g, h+ = o tanh(c+).
 *
 * <p>The memory c starts at zero and rests between observations; only h is moved by a field. 4 units (inputs + units + 2)
 * parameters in the order i, f, g, o, uniform between -1/sqrt(units) and 1/sqrt(units) at first, as PyTorch's LSTMCell.
 *
 * @param name prefix of the parameters, as for {@link RnnCell}
 */
public record LstmCell(String name, int inputs, int units) implements RecurrentCell {

    private static final String CELL = "cell";

    public LstmCell {
        new Gates(name, inputs, units, 4);
    }

    @Override
    public <T extends TFloating> void declare(Parameters parameters, Class<T> type) {
        gates().declare(parameters, type);
    }

    @Override
    public <T extends TFloating> Values memory(Ops tf, Operand<T> state) {
        return Values.of(CELL, tf.zerosLike(state));
    }

    @Override
    public <T extends TFloating> Updated<T> update(
            Ops tf, Operand<T> observation, Operand<T> state, Values memory, Values parameters) {
        Gates gates = gates();
        List<Operand<T>> all = gates.split(
                tf, tf.math.add(gates.ofInput(tf, observation, parameters), gates.ofState(tf, state, parameters)));
        Operand<T> kept = tf.math.mul(tf.math.sigmoid(all.get(1)), memory.get(CELL, state.type()));
        Operand<T> cell = tf.math.add(kept, tf.math.mul(tf.math.sigmoid(all.get(0)), tf.math.tanh(all.get(2))));
        Operand<T> next = tf.math.mul(tf.math.sigmoid(all.get(3)), tf.math.tanh(cell));
        return new Updated<>(next, Values.of(CELL, cell));
    }

    private Gates gates() {
        return new Gates(name, inputs, units, 4);
    }
}
