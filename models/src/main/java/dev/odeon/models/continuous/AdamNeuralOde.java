package dev.odeon.models.continuous;

import dev.odeon.graph.Channels;
import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import dev.odeon.graph.parameters.Parameters;
import dev.odeon.solvers.VectorField;
import java.util.List;
import java.util.Objects;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * A heavy ball whose velocity is scaled as Adam scales its steps: h' = m / sqrt(v + 0.01), m' = -gamma m + f(t, h), v' = gamma
 * (f(t, h)^2 - v), component by component; v starts at m^2.
 *
 * <p>Where the force is large a {@link HeavyBallNeuralOde} becomes fast and passes its aim, and its solve takes many steps; here
 * the velocity stays near one. {@code docs/MODELS.md} has figures. One more number for each channel of h. After Cho and others,
 * AdamNODEs: When Neural ODE Meets Adaptive Moment Estimation, 2022, with one trained coefficient in the place of two.
 *
 * @param name prefix of the parameter {@code name/omega} of a trained gamma
 * @param force f, from h to the same shape
 * @param channels of h
 * @param damping gamma
 * @param initial h beyond the features, and m
 */
public record AdamNeuralOde<T extends TFloating>(
        String name, VectorField<T> force, int channels, Coefficient damping, InitialState<T> initial)
        implements ContinuousModel<T> {

    /** Under the root, so that a ball at rest can start: a velocity is at most ten times m. */
    private static final double FLOOR = 0.01;

    public AdamNeuralOde {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(force, "force");
        Objects.requireNonNull(damping, "damping");
        Objects.requireNonNull(initial, "initial");
        Pair.requireChannels(channels);
    }

    @Override
    public VectorField<T> field() {
        return (tf, t, state, theta) -> {
            Class<T> type = state.type();
            Operand<T> h = Channels.part(tf, state, 0, channels);
            Operand<T> m = Channels.part(tf, state, channels, channels);
            Operand<T> v = Channels.part(tf, state, 2 * channels, channels);
            Operand<T> pull = Pair.spread(tf, force.evaluate(tf, t, h, theta), h);
            Operand<T> gamma = damping.value(tf, name + "/omega", type, theta);
            // Never negative but for the error of a step.
            Operand<T> scale = tf.math.sqrt(tf.math.add(tf.math.abs(v), Floats.scalar(tf, type, FLOOR)));
            return Channels.joined(
                    tf,
                    List.of(
                            tf.math.div(m, scale),
                            tf.math.sub(pull, tf.math.mul(gamma, m)),
                            tf.math.mul(gamma, tf.math.sub(tf.math.square(pull), v))));
        };
    }

    @Override
    public Operand<T> lift(Ops tf, Operand<T> features, Values theta) {
        Operand<T> pair = initial.complete(tf, features, 2 * channels, theta);
        Operand<T> m = Channels.part(tf, pair, channels, channels);
        return Channels.joined(tf, List.of(pair, tf.math.square(m)));
    }

    @Override
    public int stateChannels() {
        return 3 * channels;
    }

    @Override
    public void declare(Parameters parameters, Class<T> type) {
        damping.declare(parameters, name + "/omega", type);
        initial.declare(parameters, type);
    }
}
