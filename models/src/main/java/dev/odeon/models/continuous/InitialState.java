package dev.odeon.models.continuous;

import dev.odeon.graph.Channels;
import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import dev.odeon.graph.parameters.Initializer;
import dev.odeon.graph.parameters.Parameters;
import java.util.List;
import java.util.Objects;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * What stands at the start in the channels of a state that are not features: channels added to h, and a velocity or momentum.
 *
 * <p>Of a state with 2d channels and c features these are 2d - c numbers: first the d - c that are missing in h, then d of
 * the velocity.
 *
 * @param <T> element type
 */
public sealed interface InitialState<T extends TFloating> {

    /** A function of the features, such as {@code mlp::apply}. */
    @FunctionalInterface
    interface Network<T extends TFloating> {
        /**
         * Adds the network.
         *
         * @param features [batch, ..., c]
         * @return [batch, ..., channels that are missing]
         */
        Operand<T> apply(Ops tf, Operand<T> features, Values theta);
    }

    /** Zero everywhere: features padded by zeros, a ball at rest. */
    record Zeros<T extends TFloating>() implements InitialState<T> {}

    /**
     * The same trained numbers for all samples, zero at first.
     *
     * @param name of the parameter [channels that are missing]
     * @param count how many channels are missing
     */
    record Trained<T extends TFloating>(String name, int count) implements InitialState<T> {
        public Trained {
            Objects.requireNonNull(name, "name");
            if (count < 1) {
                throw new IllegalArgumentException(
                        "A trained start has " + count + " channels: give at least one, or InitialState.zeros()");
            }
        }
    }

    /** Computed from the features; the parameters of the network are declared with it. */
    record Computed<T extends TFloating>(Network<T> network) implements InitialState<T> {
        public Computed {
            Objects.requireNonNull(network, "network");
        }
    }

    /** Zero everywhere. */
    static <T extends TFloating> InitialState<T> zeros() {
        return new Zeros<>();
    }

    /** Trained numbers, the same for all samples. */
    static <T extends TFloating> InitialState<T> trained(String name, int count) {
        return new Trained<>(name, count);
    }

    /** Computed from the features. */
    static <T extends TFloating> InitialState<T> computed(Network<T> network) {
        return new Computed<>(network);
    }

    /** Declares the trained numbers, if there are any. */
    default void declare(Parameters parameters, Class<T> type) {
        if (this instanceof Trained<T> trained) {
            parameters.declare(trained.name(), type, Shape.of(trained.count()), Initializer.zeros());
        }
    }

    /**
     * Adds a state: the features, followed by what is missing.
     *
     * @param features [batch, ..., c]
     * @param stateChannels of the state
     * @return [batch, ..., {@code stateChannels}]
     * @throws IllegalArgumentException if what stands here has not as many channels as are missing
     */
    default Operand<T> complete(Ops tf, Operand<T> features, int stateChannels, Values theta) {
        int missing = stateChannels - Channels.count(features);
        if (missing == 0) {
            return features;
        }
        if (missing < 0) {
            throw new IllegalArgumentException("There are " + Channels.count(features) + " features for a state of "
                    + stateChannels + " channels: give the model more channels");
        }
        return Channels.joined(tf, List.of(features, rest(tf, features, missing, theta)));
    }

    private Operand<T> rest(Ops tf, Operand<T> features, int missing, Values theta) {
        if (this instanceof Computed<T> computed) {
            Operand<T> rest = computed.network().apply(tf, features, theta);
            requireCount(Channels.count(rest), missing);
            return rest;
        }
        if (this instanceof Trained<T> trained) {
            requireCount(trained.count(), missing);
            return tf.broadcastTo(theta.get(trained.name(), features.type()), Channels.shape(tf, features, missing));
        }
        return tf.fill(Channels.shape(tf, features, missing), Floats.scalar(tf, features.type(), 0));
    }

    private static void requireCount(int count, int missing) {
        if (count != missing) {
            throw new IllegalArgumentException("The start has " + count + " channels beyond the features, but the state"
                    + " needs " + missing + ": give it that many");
        }
    }
}
