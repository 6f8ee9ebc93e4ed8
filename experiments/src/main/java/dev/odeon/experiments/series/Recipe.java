package dev.odeon.experiments.series;

import dev.odeon.graph.layers.Activation;
import dev.odeon.graph.layers.Mlp;
import dev.odeon.models.continuous.Coefficient;
import dev.odeon.models.continuous.ContinuousModel;
import dev.odeon.models.continuous.GeneralizedHeavyBallNeuralOde;
import dev.odeon.models.continuous.InitialState;
import dev.odeon.models.continuous.ModelKind;
import dev.odeon.models.continuous.MomentumSettings;
import dev.odeon.models.recurrent.AffineCell;
import dev.odeon.models.recurrent.PerceptronCell;
import dev.odeon.models.recurrent.RecurrentCell;
import dev.odeon.solvers.VectorField;
import java.util.List;
import org.tensorflow.types.family.TFloating;

/**
 * The architectures of the thesis's series, tables 3.4 and 3.5, as the authors' code has them.
 *
 * <p>As there a heavy ball has a trained spring xi as well, without which its counts would be one lower; a generalized one has
 * tanh besides.
 */
enum Recipe {
    /** A field of three layers, an affine cell, a start computed from all observations; all values shrunk at first. */
    PLANE_VIBRATION(5, 64) {
        @Override
        int hidden(ModelKind kind) {
            return switch (kind) {
                case NODE -> 21;
                case ANODE -> 27;
                case SONODE -> 19;
                default -> 20;
            };
        }

        @Override
        Mlp inner(ModelKind kind, int n) {
            int inputs = kind.innerInputs(n);
            List<Integer> widths =
                    kind.hasMomentum() ? List.of(inputs, inputs, n, n) : List.of(inputs, 3 * n, 4 * n, n);
            return Mlp.named("field", widths, Activation.RELU);
        }

        @Override
        RecurrentCell cell(ModelKind kind, int n) {
            return new AffineCell("cell", channels(), kind.stateChannels(n), kind.stateChannels(n) / n, first());
        }

        @Override
        StartingState starting(ModelKind kind, int n) {
            int width = kind == ModelKind.ANODE ? channels() : kind.stateChannels(n);
            return new StartingState.Encoded(length(), width);
        }

        @Override
        Mlp.Initialization first() {
            return new Mlp.FanInUniform(SHRINK);
        }

        @Override
        double omega() {
            return SHRINK * super.omega();
        }
    },
    /** A field of one layer, a perceptron for a cell. */
    WALKER2D(17, 64) {
        /** That of the authors' code: with steps of one the momentum models grow beyond all bounds at first. */
        @Override
        double unit() {
            return length();
        }

        @Override
        int hidden(ModelKind kind) {
            return kind == ModelKind.SONODE ? 23 : 24;
        }

        @Override
        Mlp inner(ModelKind kind, int n) {
            return Mlp.named("field", List.of(kind.innerInputs(n), n), Activation.TANH);
        }

        @Override
        RecurrentCell cell(ModelKind kind, int n) {
            return new PerceptronCell(
                    "cell",
                    channels(),
                    kind.stateChannels(n),
                    kind.hasMomentum() ? List.of(2 * n, 2 * n) : List.of(3 * n, 2 * n),
                    Activation.TANH,
                    kind.hasMomentum() ? PerceptronCell.Result.ADDED : PerceptronCell.Result.REPLACES);
        }

        @Override
        StartingState starting(ModelKind kind, int n) {
            return kind == ModelKind.ANODE ? new StartingState.Encoded(1, 5) : new StartingState.AtRest();
        }

        @Override
        Mlp.Initialization first() {
            return new Mlp.FanInUniform();
        }
    };

    private static final double SHRINK = 0.01;

    private final int channels;
    private final int length;

    Recipe(int channels, int length) {
        this.channels = channels;
        this.length = length;
    }

    /** Channels of an observation. */
    int channels() {
        return channels;
    }

    /** Observations of a window. */
    int length() {
        return length;
    }

    /** The model's unit of time, in steps of the data. */
    double unit() {
        return 1;
    }

    /** n: channels of h. */
    abstract int hidden(ModelKind kind);

    abstract Mlp inner(ModelKind kind, int n);

    abstract RecurrentCell cell(ModelKind kind, int n);

    abstract StartingState starting(ModelKind kind, int n);

    abstract Mlp.Initialization first();

    /** Of which the damping is the sigmoid, before training. */
    double omega() {
        return -3;
    }

    /**
     * The model of a kind.
     *
     * @param n channels of h
     */
    <T extends TFloating> SeriesModel<T> model(ModelKind kind, int n) {
        Mlp inner = inner(kind, n);
        VectorField<T> field = (tf, t, h, theta) -> inner.apply(tf, h, theta);
        MomentumSettings settings = MomentumSettings.standard().withDamping(new Coefficient.Sigmoid(1, omega()));
        InitialState<T> zeros = InitialState.zeros();
        ContinuousModel<T> model = kind == ModelKind.HBNODE
                ? new GeneralizedHeavyBallNeuralOde<>(
                        "ball", field, n, settings.withVelocity(Activation.IDENTITY), zeros)
                : kind.model("ball", field, n, zeros, settings);
        return new SeriesModel<>(model, inner, cell(kind, n), starting(kind, n), channels, first());
    }
}
