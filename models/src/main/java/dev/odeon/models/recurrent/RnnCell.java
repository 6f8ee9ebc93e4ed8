package dev.odeon.models.recurrent;

import dev.odeon.graph.Values;
import dev.odeon.graph.parameters.Parameters;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * The plain recurrent cell: h+ = tanh(W x + b + V h + c).
 *
 * <p>units (inputs + units + 2) parameters, uniform between -1/sqrt(units) and 1/sqrt(units) at first, as PyTorch's RNNCell.
 *
 * @param name prefix of the parameters {@code name/input/kernel}, {@code name/input/bias}, {@code name/state/kernel} and
 *     {@code name/state/bias}
 */
public record RnnCell(String name, int inputs, int units) implements RecurrentCell {

    public RnnCell {
        new Gates(name, inputs, units, 1);
    }

    @Override
    public <T extends TFloating> void declare(Parameters parameters, Class<T> type) {
        gates().declare(parameters, type);
    }

    @Override
    public <T extends TFloating> Updated<T> update(
            Ops tf, Operand<T> observation, Operand<T> state, Values memory, Values parameters) {
        Gates gates = gates();
        return Updated.of(tf.math.tanh(
                tf.math.add(gates.ofInput(tf, observation, parameters), gates.ofState(tf, state, parameters))));
    }

    private Gates gates() {
        return new Gates(name, inputs, units, 1);
    }
}
