package dev.odeon.models.continuous;

import dev.odeon.graph.Values;
import dev.odeon.graph.parameters.Parameters;
import dev.odeon.solvers.VectorField;
import java.util.Objects;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * ANODE: h' = f(t, h), where h has more channels than there are features; all of them are read.
 *
 * <p>In the room that is added paths need not cross. Source: Dupont, Doucet, Teh, Augmented Neural ODEs, 2019.
 *
 * @param field f, of all channels
 * @param channels of h, features and added ones
 * @param initial the added channels at the start: zeros in the paper
 */
public record AugmentedNeuralOde<T extends TFloating>(VectorField<T> field, int channels, InitialState<T> initial)
        implements ContinuousModel<T> {

    public AugmentedNeuralOde {
        Objects.requireNonNull(field, "field");
        Objects.requireNonNull(initial, "initial");
        Pair.requireChannels(channels);
    }

    @Override
    public Operand<T> lift(Ops tf, Operand<T> features, Values theta) {
        return initial.complete(tf, features, channels, theta);
    }

    @Override
    public int stateChannels() {
        return channels;
    }

    @Override
    public void declare(Parameters parameters, Class<T> type) {
        initial.declare(parameters, type);
    }
}
