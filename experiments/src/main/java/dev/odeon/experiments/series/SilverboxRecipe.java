package dev.odeon.experiments.series;

import dev.odeon.graph.Channels;
import dev.odeon.graph.layers.Activation;
import dev.odeon.graph.layers.Mlp;
import dev.odeon.models.continuous.ContinuousModel;
import dev.odeon.models.continuous.ModelKind;
import dev.odeon.models.continuous.MomentumSettings;
import dev.odeon.models.recurrent.KeptState;
import dev.odeon.models.recurrent.OdeRnn;
import dev.odeon.models.recurrent.RecurrentCell;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.VectorField;
import dev.odeon.solvers.steps.StepControl;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/**
 * That of silverbox, section 3.3: one dense layer for a field, which reads h and the input voltage; no cell, and a start computed
 * from the output voltages before.
 *
 * <p>The input voltage lies on a line from each step to the next.
 */
record SilverboxRecipe() implements Recipe {

    /** Output voltages from which the start is computed. */
    static final int PAST = 25;

    private static final String DRIVE = "input voltage";
    /** The input voltage at a step and at the next one. */
    private static final int DRIVES = 2;
    /** Of the hard tanh of a generalized heavy ball. */
    private static final double BOUND = 5;

    private static final double SHRINK = 0.01;

    @Override
    public int outputs() {
        return 1;
    }

    @Override
    public int hidden(ModelKind kind) {
        return kind == ModelKind.ANODE ? 2 : 1;
    }

    @Override
    public Mlp inner(ModelKind kind, int n) {
        return Mlp.named("field", List.of(kind.innerInputs(n) + 1, n), Activation.IDENTITY);
    }

    @Override
    public <T extends TFloating> VectorField<T> field(Mlp inner) {
        return (tf, t, h, theta) -> {
            Operand<T> voltages = theta.get(DRIVE, h.type());
            Operand<T> here = Channels.part(tf, voltages, 0, 1);
            Operand<T> next = Channels.part(tf, voltages, 1, 1);
            Operand<T> now = tf.math.add(here, tf.math.mul(t, tf.math.sub(next, here)));
            return inner.apply(tf, Channels.joined(tf, List.of(h, now)), theta);
        };
    }

    @Override
    public <T extends TFloating> ContinuousModel<T> continuous(ModelKind kind, VectorField<T> field, int n) {
        return HeavyBalls.plain(
                kind, field, n, MomentumSettings.standard().withVelocity(new Activation.HardTanh(BOUND)));
    }

    @Override
    public RecurrentCell cell(ModelKind kind, int n) {
        return new KeptState(DRIVES, kind.stateChannels(n));
    }

    @Override
    public StartingState starting(ModelKind kind, int n) {
        return new StartingState.Encoded(PAST, 1, kind == ModelKind.ANODE ? 1 : kind.stateChannels(n));
    }

    @Override
    public Mlp.Initialization first() {
        return new Mlp.FanInUniform(SHRINK);
    }

    @Override
    public <T extends TFloating> OdeRnn<T> hybrid(SeriesModel<T> model, Method method, StepControl control) {
        return Recipe.super.hybrid(model, method, control).withDrive(DRIVE);
    }
}
