package dev.odeon.experiments.workprecision;

import dev.odeon.solvers.Method;
import dev.odeon.solvers.steps.FixedSteps;
import dev.odeon.solvers.steps.PidController;
import dev.odeon.solvers.steps.StepControl;
import java.util.Arrays;
import java.util.List;

/**
 * A method with several settings, from coarse to fine: one curve.
 *
 * @param label in the legend
 * @param settings one for each point
 */
record Series(String label, Method method, List<Setting> settings) {

    private static final int MANY_STEPS = 300_000;

    /**
     * How the steps are made.
     *
     * @param value the step size or the tolerance
     */
    record Setting(double value, StepControl control) {}

    /** Fixed steps, an interval divided by each of the counts. */
    static Series fixed(Method method, double interval, int... counts) {
        return new Series(
                method.name(),
                method,
                Arrays.stream(counts)
                        .mapToObj(count -> new Setting(interval / count, new FixedSteps(interval / count)))
                        .toList());
    }

    /** Chosen steps with each of the tolerances, relative and absolute. */
    static Series adaptive(Method method, double... tolerances) {
        return new Series(
                method.name() + " adaptive",
                method,
                Arrays.stream(tolerances)
                        .mapToObj(tolerance -> new Setting(
                                tolerance,
                                PidController.of(tolerance, tolerance).withMaxSteps(MANY_STEPS)))
                        .toList());
    }

    /** The same with steps of its own for every sample. */
    static Series ownSteps(Method method, double... tolerances) {
        return new Series(
                method.name() + " own steps",
                method,
                adaptive(method, tolerances).settings().stream()
                        .map(setting -> new Setting(
                                setting.value(),
                                ((PidController) setting.control()).with(PidController.Scope.EACH_SAMPLE)))
                        .toList());
    }

    /** The coarsest settings alone. */
    Series shortened(int points) {
        return new Series(label, method, settings.subList(0, Math.min(points, settings.size())));
    }
}
