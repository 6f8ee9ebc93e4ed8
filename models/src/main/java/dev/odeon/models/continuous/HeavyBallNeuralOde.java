package dev.odeon.models.continuous;

import dev.odeon.graph.Channels;
import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import dev.odeon.graph.parameters.Parameters;
import dev.odeon.solvers.SplitField;
import dev.odeon.solvers.VectorField;
import java.util.Objects;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * HBNODE: h'' + gamma h' = f(t, h), as the pair h' = m, m' = -gamma m + f(t, h).
 *
 * <p>The adjoint of the pair is a heavy ball as well, which keeps gradients over long times and makes their solve short. The
 * sign is that of the paper: m is the velocity of h. The authors' code has h' = -m, m' = -gamma m + f, the same model with the
 * sign of m and of f turned: a velocity network and a field learned there give ours with the sign of their last layers turned.
 * Source: Xia and others, Heavy Ball Neural Ordinary Differential Equations, 2021; equation 3.43 of Xia's thesis.
 *
 * @param name prefix of the parameter {@code name/omega} of a trained damping
 * @param force f, from h to the same shape
 * @param channels of h
 * @param damping gamma; {@link #DAMPING} in the paper
 * @param initial h beyond the features, and m; a network of the features in the paper
 */
public record HeavyBallNeuralOde<T extends TFloating>(
        String name, VectorField<T> force, int channels, Coefficient damping, InitialState<T> initial)
        implements ContinuousModel<T> {

    /** sigmoid(omega) with omega from -3, that is from 0.047. */
    public static final Coefficient DAMPING = new Coefficient.Sigmoid(1, -3);

    public HeavyBallNeuralOde {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(force, "force");
        Objects.requireNonNull(damping, "damping");
        Objects.requireNonNull(initial, "initial");
        Pair.requireChannels(channels);
    }

    @Override
    public VectorField<T> field() {
        return (tf, t, state, theta) -> {
            Pair<T> pair = Pair.of(tf, state, channels);
            Operand<T> friction = tf.math.mul(gamma(tf, state.type(), theta), pair.second());
            Operand<T> pull = force.evaluate(tf, t, pair.first(), theta);
            return new Pair<>(pair.second(), tf.math.sub(pull, friction)).joined(tf);
        };
    }

    /**
     * Adds the damping and gives the field as a split one, for solves in the graph of {@code tf}: (0, f) for explicit stages and
     * [[0, 1], [0, -gamma]] for implicit ones.
     *
     * <p>For a damping so large that it limits explicit steps, gamma h above 2; below, the unsplit field is as good and costs
     * less.
     */
    public SplitField<T> split(Ops tf, Class<T> type, Values theta) {
        Operand<T> zero = Floats.scalar(tf, type, 0);
        Operand<T> one = Floats.scalar(tf, type, 1);
        VectorField<T> nonlinear = (inner, t, state, values) -> {
            Operand<T> h = Channels.part(inner, state, 0, channels);
            Operand<T> pull = force.evaluate(inner, t, h, values);
            return new Pair<>(inner.zerosLike(h), Pair.spread(inner, pull, h)).joined(inner);
        };
        return new SplitField<>(nonlinear, Pair.block(tf, zero, one, zero, tf.math.neg(gamma(tf, type, theta))));
    }

    /** Adds gamma, a scalar. */
    public Operand<T> gamma(Ops tf, Class<T> type, Values theta) {
        return damping.value(tf, name + "/omega", type, theta);
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
        damping.declare(parameters, name + "/omega", type);
        initial.declare(parameters, type);
    }
}
