package dev.odeon.experiments.series;

import dev.odeon.graph.layers.Mlp;
import dev.odeon.models.continuous.ContinuousModel;
import dev.odeon.models.continuous.ModelKind;
import dev.odeon.models.recurrent.OdeRnn;
import dev.odeon.models.recurrent.RecurrentCell;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.VectorField;
import dev.odeon.solvers.steps.StepControl;
import org.tensorflow.types.family.TFloating;

/** An architecture of the thesis's series, as the authors' code has it. */
sealed interface Recipe permits PlaneVibrationRecipe, Walker2dRecipe, SilverboxRecipe {

    /** Channels of what is predicted. */
    int outputs();

    /** The model's unit of time, in steps of the data. */
    default double unit() {
        return 1;
    }

    /** n: channels of h. */
    int hidden(ModelKind kind);

    /** The network inside the field. */
    Mlp inner(ModelKind kind, int n);

    /** What the network makes of h, or of h and its velocity. */
    default <T extends TFloating> VectorField<T> field(Mlp inner) {
        return (tf, t, h, theta) -> inner.apply(tf, h, theta);
    }

    /** The model around a field. */
    <T extends TFloating> ContinuousModel<T> continuous(ModelKind kind, VectorField<T> field, int n);

    /** At the observations. */
    RecurrentCell cell(ModelKind kind, int n);

    /** Before the first of them. */
    StartingState starting(ModelKind kind, int n);

    /** How all layers start. */
    Mlp.Initialization first();

    /** The loop over the observations. */
    default <T extends TFloating> OdeRnn<T> hybrid(SeriesModel<T> model, Method method, StepControl control) {
        return OdeRnn.of(model.model().field(), model.cell(), method, control);
    }

    /**
     * The model of a kind.
     *
     * @param n channels of h
     */
    default <T extends TFloating> SeriesModel<T> model(ModelKind kind, int n) {
        Mlp inner = inner(kind, n);
        return new SeriesModel<>(
                continuous(kind, field(inner), n), inner, cell(kind, n), starting(kind, n), outputs(), first());
    }
}
