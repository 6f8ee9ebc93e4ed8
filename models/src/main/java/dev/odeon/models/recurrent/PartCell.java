package dev.odeon.models.recurrent;

import dev.odeon.graph.Channels;
import dev.odeon.graph.Values;
import dev.odeon.graph.parameters.Parameters;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * A cell that sees and changes the first channels of a state only: h of a pair (h, m), whose momentum goes through an
 * observation unchanged.
 *
 * <p>The cells of the thesis change both, which is what a cell of as many units as the state does.
 *
 * @param inner of as many units as h has channels
 * @param units channels of the whole state
 */
public record PartCell(RecurrentCell inner, int units) implements RecurrentCell {

    public PartCell {
        if (units <= inner.units()) {
            throw new IllegalArgumentException("A cell of " + inner.units() + " units is no part of a state of " + units
                    + " channels: take the cell itself");
        }
    }

    @Override
    public int inputs() {
        return inner.inputs();
    }

    @Override
    public <T extends TFloating> void declare(Parameters parameters, Class<T> type) {
        inner.declare(parameters, type);
    }

    @Override
    public <T extends TFloating> Values memory(Ops tf, Operand<T> state) {
        return inner.memory(tf, first(tf, state));
    }

    @Override
    public <T extends TFloating> Updated<T> update(
            Ops tf, Operand<T> observation, Operand<T> state, Values memory, Values parameters) {
        Updated<T> updated = inner.update(tf, observation, first(tf, state), memory, parameters);
        Operand<T> rest = Channels.part(tf, state, inner.units(), units - inner.units());
        return new Updated<>(Channels.joined(tf, List.of(updated.state(), rest)), updated.memory());
    }

    private <T extends TFloating> Operand<T> first(Ops tf, Operand<T> state) {
        return Channels.part(tf, state, 0, inner.units());
    }
}
