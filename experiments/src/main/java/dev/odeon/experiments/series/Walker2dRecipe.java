package dev.odeon.experiments.series;

import dev.odeon.graph.layers.Activation;
import dev.odeon.graph.layers.Mlp;
import dev.odeon.models.continuous.ContinuousModel;
import dev.odeon.models.continuous.ModelKind;
import dev.odeon.models.continuous.MomentumSettings;
import dev.odeon.models.recurrent.PerceptronCell;
import dev.odeon.models.recurrent.RecurrentCell;
import dev.odeon.solvers.VectorField;
import java.util.List;
import org.tensorflow.types.family.TFloating;

/** That of Walker2D, table 3.5: a field of one layer, a perceptron for a cell. */
record Walker2dRecipe() implements Recipe {

    private static final int CHANNELS = 17;
    private static final int LENGTH = 64;
    /** Channels that the start of an anode fills. */
    private static final int ENCODED = 5;

    @Override
    public int outputs() {
        return CHANNELS;
    }

    /** That of the authors' code: with steps of one the momentum models grow beyond all bounds at first. */
    @Override
    public double unit() {
        return LENGTH;
    }

    @Override
    public int hidden(ModelKind kind) {
        return kind == ModelKind.SONODE ? 23 : 24;
    }

    @Override
    public Mlp inner(ModelKind kind, int n) {
        return Mlp.named("field", List.of(kind.innerInputs(n), n), Activation.TANH);
    }

    @Override
    public <T extends TFloating> ContinuousModel<T> continuous(ModelKind kind, VectorField<T> field, int n) {
        return HeavyBalls.withSpring(kind, field, n, MomentumSettings.standard());
    }

    @Override
    public RecurrentCell cell(ModelKind kind, int n) {
        return new PerceptronCell(
                "cell",
                CHANNELS,
                kind.stateChannels(n),
                kind.hasMomentum() ? List.of(2 * n, 2 * n) : List.of(3 * n, 2 * n),
                Activation.TANH,
                kind.hasMomentum() ? PerceptronCell.Result.ADDED : PerceptronCell.Result.REPLACES);
    }

    @Override
    public StartingState starting(ModelKind kind, int n) {
        return kind == ModelKind.ANODE ? new StartingState.Encoded(1, CHANNELS, ENCODED) : new StartingState.AtRest();
    }

    @Override
    public Mlp.Initialization first() {
        return new Mlp.FanInUniform();
    }
}
