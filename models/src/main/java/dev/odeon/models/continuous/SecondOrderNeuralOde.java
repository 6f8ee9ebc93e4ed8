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
 * SONODE: h'' = f(t, h, h'), as the pair h' = v, v' = f(t, (h, v)).
 *
 * <p>For motions, whose force depends on the velocity; it may grow without bound over long times. Source: Norcliffe and
 * others, On Second Order Behaviour in Augmented Neural ODEs, 2020.
 *
 * @param acceleration f, from (h, v) joined on the last axis, [..., 2 channels], to [..., channels]
 * @param channels of h
 * @param initial h beyond the features, and v; a network of the features in the paper
 */
public record SecondOrderNeuralOde<T extends TFloating>(
        VectorField<T> acceleration, int channels, InitialState<T> initial) implements ContinuousModel<T> {

    public SecondOrderNeuralOde {
        Objects.requireNonNull(acceleration, "acceleration");
        Objects.requireNonNull(initial, "initial");
        Pair.requireChannels(channels);
    }

    @Override
    public VectorField<T> field() {
        return (tf, t, state, theta) -> {
            Operand<T> velocity = Channels.part(tf, state, channels, channels);
            Operand<T> rate = acceleration.evaluate(tf, t, state, theta);
            return new Pair<>(velocity, Pair.spread(tf, rate, velocity)).joined(tf);
        };
    }

    @Override
    public Operand<T> lift(Ops tf, Operand<T> features, Values theta) {
        return initial.complete(tf, features, stateChannels(), theta);
    }

    @Override
    public int stateChannels() {
        return 2 * channels;
    }

    @Override
    public void declare(Parameters parameters, Class<T> type) {
        initial.declare(parameters, type);
    }
}
