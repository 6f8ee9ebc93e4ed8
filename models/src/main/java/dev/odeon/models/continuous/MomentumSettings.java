package dev.odeon.models.continuous;

import dev.odeon.graph.layers.Activation;
import java.util.Objects;

/**
 * The coefficients of a momentum method; of a heavy ball the damping alone.
 *
 * @param damping gamma
 * @param spring xi, of a generalized heavy ball
 * @param velocity sigma, of a generalized heavy ball: {@link Activation#TANH}, or {@code Activation.HardTanh(5)}
 */
public record MomentumSettings(Coefficient damping, Coefficient spring, Activation velocity) {

    public MomentumSettings {
        Objects.requireNonNull(damping, "damping");
        Objects.requireNonNull(spring, "spring");
        Objects.requireNonNull(velocity, "velocity");
    }

    /** Those of the thesis: gamma = sigmoid(omega) from omega = -3, xi = softplus(chi) from chi = 0, sigma = tanh. */
    public static MomentumSettings standard() {
        return new MomentumSettings(HeavyBallNeuralOde.DAMPING, new Coefficient.Softplus(0), Activation.TANH);
    }

    /** With another damping. */
    public MomentumSettings withDamping(Coefficient gamma) {
        return new MomentumSettings(gamma, spring, velocity);
    }

    /** With another spring. */
    public MomentumSettings withSpring(Coefficient xi) {
        return new MomentumSettings(damping, xi, velocity);
    }

    /** With another function of the momentum. */
    public MomentumSettings withVelocity(Activation sigma) {
        return new MomentumSettings(damping, spring, sigma);
    }
}
