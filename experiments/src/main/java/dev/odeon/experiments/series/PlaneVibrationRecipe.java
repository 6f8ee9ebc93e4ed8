package dev.odeon.experiments.series;

import dev.odeon.graph.layers.Activation;
import dev.odeon.graph.layers.Mlp;
import dev.odeon.models.continuous.Coefficient;
import dev.odeon.models.continuous.ContinuousModel;
import dev.odeon.models.continuous.ModelKind;
import dev.odeon.models.continuous.MomentumSettings;
import dev.odeon.models.recurrent.AffineCell;
import dev.odeon.models.recurrent.RecurrentCell;
import dev.odeon.solvers.VectorField;
import java.util.List;
import org.tensorflow.types.family.TFloating;

/**
 * That of plane vibration, table 3.4: a field of three layers, an affine cell, a start computed from all observations; all values
 * shrunk at first, the damping's too.
 */
record PlaneVibrationRecipe() implements Recipe {

    private static final int CHANNELS = 5;
    private static final int LENGTH = 64;
    private static final double SHRINK = 0.01;

    @Override
    public int outputs() {
        return CHANNELS;
    }

    @Override
    public int hidden(ModelKind kind) {
        return switch (kind) {
            case NODE -> 21;
            case ANODE -> 27;
            case SONODE -> 19;
            default -> 20;
        };
    }

    @Override
    public Mlp inner(ModelKind kind, int n) {
        int inputs = kind.innerInputs(n);
        List<Integer> widths = kind.hasMomentum() ? List.of(inputs, inputs, n, n) : List.of(inputs, 3 * n, 4 * n, n);
        return Mlp.named("field", widths, Activation.RELU);
    }

    @Override
    public <T extends TFloating> ContinuousModel<T> continuous(ModelKind kind, VectorField<T> field, int n) {
        MomentumSettings standard = MomentumSettings.standard();
        double omega = SHRINK * HeavyBalls.OMEGA;
        return HeavyBalls.withSpring(kind, field, n, standard.withDamping(new Coefficient.Sigmoid(1, omega)));
    }

    @Override
    public RecurrentCell cell(ModelKind kind, int n) {
        return new AffineCell("cell", CHANNELS, kind.stateChannels(n), kind.stateChannels(n) / n, first());
    }

    @Override
    public StartingState starting(ModelKind kind, int n) {
        int width = kind == ModelKind.ANODE ? CHANNELS : kind.stateChannels(n);
        return new StartingState.Encoded(LENGTH, CHANNELS, width);
    }

    @Override
    public Mlp.Initialization first() {
        return new Mlp.FanInUniform(SHRINK);
    }
}
