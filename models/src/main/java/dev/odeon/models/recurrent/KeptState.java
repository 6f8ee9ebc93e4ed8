package dev.odeon.models.recurrent;

import dev.odeon.graph.Values;
import dev.odeon.graph.parameters.Parameters;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * A cell that leaves the state as it is and has no parameters: for observations that only drive the field ({@link
 * OdeRnn#withDrive}).
 *
 * @param inputs channels of an observation
 * @param units channels of the state
 */
public record KeptState(int inputs, int units) implements RecurrentCell {

    public KeptState {
        if (inputs < 1 || units < 1) {
            throw new IllegalArgumentException(
                    "A cell of " + inputs + " inputs and " + units + " units: give at least one of each");
        }
    }

    @Override
    public <T extends TFloating> void declare(Parameters parameters, Class<T> type) {
        // Nothing is trained.
    }

    @Override
    public <T extends TFloating> Updated<T> update(
            Ops tf, Operand<T> observation, Operand<T> state, Values memory, Values parameters) {
        return Updated.of(state);
    }
}
