package dev.odeon.experiments.series;

import dev.odeon.graph.layers.Activation;
import dev.odeon.models.continuous.ContinuousModel;
import dev.odeon.models.continuous.GeneralizedHeavyBallNeuralOde;
import dev.odeon.models.continuous.InitialState;
import dev.odeon.models.continuous.ModelKind;
import dev.odeon.models.continuous.MomentumSettings;
import dev.odeon.solvers.VectorField;
import org.tensorflow.types.family.TFloating;

/** The models of the recipes by kind; their states start with zeros where nothing else stands. */
final class HeavyBalls {

    /** Of which the damping is the sigmoid before training. */
    static final double OMEGA = -3;

    private static final String NAME = "ball";

    private HeavyBalls() {}

    /** The models of the thesis. */
    static <T extends TFloating> ContinuousModel<T> plain(
            ModelKind kind, VectorField<T> field, int n, MomentumSettings settings) {
        return kind.model(NAME, field, n, InitialState.zeros(), settings);
    }

    /**
     * Those of tables 3.4 and 3.5: a heavy ball has a trained spring xi, without which its counts would be one lower; a
     * generalized one has tanh besides.
     */
    static <T extends TFloating> ContinuousModel<T> withSpring(
            ModelKind kind, VectorField<T> field, int n, MomentumSettings settings) {
        return kind == ModelKind.HBNODE
                ? new GeneralizedHeavyBallNeuralOde<>(
                        NAME, field, n, settings.withVelocity(Activation.IDENTITY), InitialState.zeros())
                : plain(kind, field, n, settings);
    }
}
