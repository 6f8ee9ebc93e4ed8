package dev.odeon.models.continuous;

import dev.odeon.solvers.VectorField;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.types.family.TFloating;

/** The models by name, as the command line has them. */
public enum ModelKind {
    /** {@link NeuralOde}. */
    NODE("node") {
        @Override
        public <T extends TFloating> ContinuousModel<T> model(
                String name, VectorField<T> inner, int channels, InitialState<T> initial, MomentumSettings settings) {
            if (!(initial instanceof InitialState.Zeros)) {
                throw new IllegalArgumentException(
                        "A node has no channels beyond its features, but the start has some: "
                                + "pass InitialState.zeros(), or take anode");
            }
            return new NeuralOde<>(inner, channels);
        }
    },
    /** {@link AugmentedNeuralOde}. */
    ANODE("anode") {
        @Override
        public <T extends TFloating> ContinuousModel<T> model(
                String name, VectorField<T> inner, int channels, InitialState<T> initial, MomentumSettings settings) {
            return new AugmentedNeuralOde<>(inner, channels, initial);
        }
    },
    /** {@link SecondOrderNeuralOde}. */
    SONODE("sonode") {
        @Override
        public <T extends TFloating> ContinuousModel<T> model(
                String name, VectorField<T> inner, int channels, InitialState<T> initial, MomentumSettings settings) {
            return new SecondOrderNeuralOde<>(inner, channels, initial);
        }

        @Override
        public int innerInputs(int channels) {
            return 2 * channels;
        }
    },
    /** {@link HeavyBallNeuralOde}. */
    HBNODE("hbnode") {
        @Override
        public <T extends TFloating> ContinuousModel<T> model(
                String name, VectorField<T> inner, int channels, InitialState<T> initial, MomentumSettings settings) {
            return new HeavyBallNeuralOde<>(name, inner, channels, settings.damping(), initial);
        }
    },
    /** {@link GeneralizedHeavyBallNeuralOde}. */
    GHBNODE("ghbnode") {
        @Override
        public <T extends TFloating> ContinuousModel<T> model(
                String name, VectorField<T> inner, int channels, InitialState<T> initial, MomentumSettings settings) {
            return new GeneralizedHeavyBallNeuralOde<>(name, inner, channels, settings, initial);
        }
    },
    /** {@link AdamNeuralOde}. */
    ADAMNODE("adamnode") {
        @Override
        public <T extends TFloating> ContinuousModel<T> model(
                String name, VectorField<T> inner, int channels, InitialState<T> initial, MomentumSettings settings) {
            return new AdamNeuralOde<>(name, inner, channels, settings.damping(), initial);
        }

        @Override
        public int stateChannels(int channels) {
            return 3 * channels;
        }
    };

    private final String word;

    ModelKind(String word) {
        this.word = word;
    }

    /**
     * A model of this kind.
     *
     * @param name prefix of its own parameters
     * @param inner f, from {@link #innerInputs} channels to {@code channels}
     * @param channels of h
     * @param initial what stands at the start in the channels that are not features
     * @param settings of momentum; kinds without it do not look at them
     */
    public abstract <T extends TFloating> ContinuousModel<T> model(
            String name, VectorField<T> inner, int channels, InitialState<T> initial, MomentumSettings settings);

    /** A model of this kind with the momentum settings of the thesis. */
    public <T extends TFloating> ContinuousModel<T> model(
            String name, VectorField<T> inner, int channels, InitialState<T> initial) {
        return model(name, inner, channels, initial, MomentumSettings.standard());
    }

    /** How many channels the inner field f sees: those of h, and of a second-order model those of its velocity too. */
    public int innerInputs(int channels) {
        return channels;
    }

    /** Whether the state holds a velocity or momentum m beside h. */
    public boolean hasMomentum() {
        return this != NODE && this != ANODE;
    }

    /** Channels of the state of a model whose h has {@code channels}. */
    public int stateChannels(int channels) {
        return startChannels(channels);
    }

    /** Channels that features and {@link InitialState} fill: those of h, or of (h, m). */
    public int startChannels(int channels) {
        return hasMomentum() ? 2 * channels : channels;
    }

    /** The name on the command line. */
    public String word() {
        return word;
    }

    /** The names of all kinds. */
    public static List<String> words() {
        return Arrays.stream(values()).map(ModelKind::word).toList();
    }

    /** Kinds by their names, in the order given. */
    public static Map<String, ModelKind> byWord(Collection<ModelKind> kinds) {
        Map<String, ModelKind> words = new LinkedHashMap<>();
        kinds.forEach(kind -> words.put(kind.word, kind));
        return words;
    }

    /**
     * The kind of a name.
     *
     * @throws IllegalArgumentException if there is none; the message lists the names there are
     */
    public static ModelKind named(String word) {
        return Arrays.stream(values())
                .filter(kind -> kind.word.equals(word))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("No model is called '" + word + "'; there are " + words()));
    }
}
