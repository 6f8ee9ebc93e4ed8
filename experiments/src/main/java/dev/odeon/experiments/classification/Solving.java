package dev.odeon.experiments.classification;

import dev.odeon.adjoint.Gradient;
import dev.odeon.experiments.training.CommonOption;
import dev.odeon.experiments.training.DefaultValue;
import dev.odeon.experiments.training.ExperimentOption;
import dev.odeon.experiments.training.Settings;
import dev.odeon.ode.OdeSolver;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.VectorField;
import dev.odeon.solvers.steps.FixedSteps;
import dev.odeon.solvers.steps.PidController;
import dev.odeon.solvers.steps.SaveAt;
import dev.odeon.solvers.steps.StepControl;
import java.util.List;
import org.tensorflow.types.family.TFloating;

/**
 * How the depth of a model, from time 0 to 1, is solved for.
 *
 * @param method of the steps
 * @param control their sizes
 * @param gradient how it is differentiated
 */
record Solving(Method method, StepControl control, Gradient gradient) {

    private static final String TOLERANCE = "tolerance";
    private static final String DT = CommonOption.DT.option();
    private static final double SAME = 1e-9;
    /** Of a solve whose field became too hard to follow. */
    private static final int MOST_STEPS = 1_000;

    /** The whole depth. */
    static final SaveAt DEPTH = SaveAt.end(0, 1);

    /** The options, with the defaults that suit an experiment. */
    static List<ExperimentOption> options(DefaultValue method, DefaultValue tolerance) {
        return List.of(
                ExperimentOption.of(
                        TOLERANCE, "Absolute and relative tolerance by which step sizes are chosen", tolerance),
                CommonOption.METHOD.of(method),
                CommonOption.DT.explained(
                        "Step size, at most 1, for steps of one size; without it they are chosen by the tolerance",
                        DefaultValue.of("")));
    }

    /**
     * What the settings say.
     *
     * @throws IllegalArgumentException if one is of no use
     */
    static Solving of(Settings settings) {
        Method method = settings.method();
        if (settings.text(DT).isEmpty()) {
            double tolerance = settings.positive(TOLERANCE);
            Gradient gradient = settings.gradient(() -> {
                throw settings.bad(
                        CommonOption.GRADIENT.option(),
                        "it asks for the number of steps, which is not known before they are chosen: give --" + DT
                                + ", or another gradient");
            });
            return new Solving(method, control(tolerance), gradient);
        }
        double dt = settings.positive(DT);
        if (dt > 1) {
            throw settings.bad(DT, "give at most 1, the length of the solve");
        }
        Gradient gradient = settings.gradient(() -> (int) Math.ceil((1 - SAME) / dt));
        return new Solving(method, new FixedSteps(dt), gradient);
    }

    private static PidController control(double tolerance) {
        return PidController.of(tolerance, tolerance).withMaxSteps(MOST_STEPS);
    }

    /** The same with another tolerance. */
    Solving withTolerance(double tolerance) {
        return new Solving(method, control(tolerance), gradient);
    }

    /** The same with another gradient. */
    Solving withGradient(Gradient other) {
        return new Solving(method, control, other);
    }

    /** Whether the steps are chosen. */
    boolean chosen() {
        return control instanceof PidController;
    }

    <T extends TFloating> OdeSolver<T> solver(VectorField<T> field) {
        return OdeSolver.of(field, method, control).withGradient(gradient);
    }
}
