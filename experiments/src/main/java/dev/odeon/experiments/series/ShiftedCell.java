package dev.odeon.experiments.series;

import dev.odeon.graph.Channels;
import dev.odeon.graph.Values;
import dev.odeon.graph.parameters.Parameters;
import dev.odeon.models.recurrent.RecurrentCell;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * A cell that adds the last channels of an observation to the state: with zeros there nothing changes, and the gradient with
 * respect to them is the adjoint right after each observation.
 *
 * @param inner which sees the other channels
 */
record ShiftedCell(RecurrentCell inner) implements RecurrentCell {

    @Override
    public int inputs() {
        return inner.inputs() + inner.units();
    }

    @Override
    public int units() {
        return inner.units();
    }

    @Override
    public <T extends TFloating> void declare(Parameters parameters, Class<T> type) {
        inner.declare(parameters, type);
    }

    @Override
    public <T extends TFloating> Values memory(Ops tf, Operand<T> state) {
        return inner.memory(tf, state);
    }

    @Override
    public <T extends TFloating> Updated<T> update(
            Ops tf, Operand<T> observation, Operand<T> state, Values memory, Values parameters) {
        Operand<T> seen = Channels.part(tf, observation, 0, inner.inputs());
        Operand<T> shift = Channels.part(tf, observation, inner.inputs(), inner.units());
        Updated<T> updated = inner.update(tf, seen, state, memory, parameters);
        return new Updated<>(tf.math.add(updated.state(), shift), updated.memory());
    }
}
