package dev.odeon.models.recurrent;

import dev.odeon.graph.Values;
import dev.odeon.graph.parameters.Parameters;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/** How an observation changes a state. */
public interface RecurrentCell {

    /** Channels of an observation. */
    int inputs();

    /** Channels of the state. */
    int units();

    /** Declares the parameters. */
    <T extends TFloating> void declare(Parameters parameters, Class<T> type);

    /**
     * What the cell remembers beside the state, at the start; nothing unless overridden.
     *
     * @param state [batch, units]
     * @return tensors [batch, ...] by name
     */
    default <T extends TFloating> Values memory(Ops tf, Operand<T> state) {
        return Values.empty();
    }

    /**
     * Adds the cell.
     *
     * @param observation [batch, inputs]
     * @param state [batch, units]
     * @param memory the names, types and shapes of {@link #memory}
     * @param parameters by name
     */
    <T extends TFloating> Updated<T> update(
            Ops tf, Operand<T> observation, Operand<T> state, Values memory, Values parameters);

    /**
     * What a cell makes of a state.
     *
     * @param state [batch, units]
     * @param memory of the cell
     */
    record Updated<T extends TFloating>(Operand<T> state, Values memory) {

        /** Of a cell that remembers nothing else. */
        static <T extends TFloating> Updated<T> of(Operand<T> state) {
            return new Updated<>(state, Values.empty());
        }
    }
}
