package dev.odeon.models.continuous;

import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import dev.odeon.graph.layers.Activation;
import dev.odeon.graph.parameters.Parameters;
import dev.odeon.solvers.SplitField;
import dev.odeon.solvers.VectorField;
import java.util.Objects;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * GHBNODE: h' = sigma(m), m' = -gamma m + f(t, h) - xi h.
 *
 * <p>A bounded sigma and the spring xi hold h where a {@link HeavyBallNeuralOde} grows, over long times above all. The sign of
 * m is that of the paper; the authors' code has h' = sigma(-m), m' = -gamma m + f + xi h, the same with the signs of m and f
 * turned, with a xi that is not trained for point clouds (2, and there sigma is the identity) and CIFAR10 (1.5). Source: Xia and others, Heavy Ball Neural Ordinary Differential
 * Equations, 2021; equation 3.56 of Xia's thesis.
 *
 * @param name prefix of the parameters {@code name/omega} of a trained damping and {@code name/chi} of a trained spring
 * @param force f, from h to the same shape
 * @param channels of h
 * @param settings gamma, xi and sigma
 * @param initial h beyond the features, and m; a network of the features in the paper
 */
public record GeneralizedHeavyBallNeuralOde<T extends TFloating>(
        String name, VectorField<T> force, int channels, MomentumSettings settings, InitialState<T> initial)
        implements ContinuousModel<T> {

    public GeneralizedHeavyBallNeuralOde {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(force, "force");
        Objects.requireNonNull(settings, "settings");
        Objects.requireNonNull(initial, "initial");
        Pair.requireChannels(channels);
    }

    @Override
    public VectorField<T> field() {
        Activation sigma = settings.velocity();
        return (tf, t, state, theta) -> {
            Pair<T> pair = Pair.of(tf, state, channels);
            Operand<T> friction = tf.math.mul(gamma(tf, state.type(), theta), pair.second());
            Operand<T> spring = tf.math.mul(xi(tf, state.type(), theta), pair.first());
            Operand<T> pull = force.evaluate(tf, t, pair.first(), theta);
            Operand<T> rate = tf.math.sub(tf.math.sub(pull, friction), spring);
            return new Pair<>(sigma.apply(tf, pair.second()), rate).joined(tf);
        };
    }

    /**
     * Adds damping and spring and gives the field as a split one, for solves in the graph of {@code tf}: (sigma(m), f) for
     * explicit stages and [[0, 0], [-xi, -gamma]] for implicit ones.
     */
    public SplitField<T> split(Ops tf, Class<T> type, Values theta) {
        Operand<T> zero = Floats.scalar(tf, type, 0);
        Activation sigma = settings.velocity();
        VectorField<T> nonlinear = (inner, t, state, values) -> {
            Pair<T> pair = Pair.of(inner, state, channels);
            Operand<T> pull = force.evaluate(inner, t, pair.first(), values);
            return new Pair<>(sigma.apply(inner, pair.second()), Pair.spread(inner, pull, pair.first())).joined(inner);
        };
        Operand<T> spring = tf.math.neg(xi(tf, type, theta));
        return new SplitField<>(nonlinear, Pair.block(tf, zero, zero, spring, tf.math.neg(gamma(tf, type, theta))));
    }

    /** Adds gamma, a scalar. */
    public Operand<T> gamma(Ops tf, Class<T> type, Values theta) {
        return settings.damping().value(tf, name + "/omega", type, theta);
    }

    /** Adds xi, a scalar. */
    public Operand<T> xi(Ops tf, Class<T> type, Values theta) {
        return settings.spring().value(tf, name + "/chi", type, theta);
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
        settings.damping().declare(parameters, name + "/omega", type);
        settings.spring().declare(parameters, name + "/chi", type);
        initial.declare(parameters, type);
    }
}
