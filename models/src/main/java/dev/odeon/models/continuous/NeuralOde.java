package dev.odeon.models.continuous;

import dev.odeon.graph.Channels;
import dev.odeon.graph.Values;
import dev.odeon.graph.parameters.Parameters;
import dev.odeon.solvers.VectorField;
import java.util.Objects;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * NODE: h' = f(t, h), from the features as they are.
 *
 * <p>A homeomorphism of the features: it cannot separate what surrounds from what is surrounded. Then take one of the others.
 * Source: Chen and others, Neural Ordinary Differential Equations, 2018.
 *
 * @param field f, with as many channels as there are features
 * @param channels of h
 */
public record NeuralOde<T extends TFloating>(VectorField<T> field, int channels) implements ContinuousModel<T> {

    public NeuralOde {
        Objects.requireNonNull(field, "field");
        Pair.requireChannels(channels);
    }

    @Override
    public Operand<T> lift(Ops tf, Operand<T> features, Values theta) {
        int given = Channels.count(features);
        if (given != channels) {
            throw new IllegalArgumentException("There are " + given + " features for " + channels
                    + " channels: a neural ODE adds none, take as many, or an AugmentedNeuralOde");
        }
        return features;
    }

    @Override
    public int stateChannels() {
        return channels;
    }

    @Override
    public void declare(Parameters parameters, Class<T> type) {}
}
