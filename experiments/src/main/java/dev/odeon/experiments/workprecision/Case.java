package dev.odeon.experiments.workprecision;

import dev.odeon.ode.OdeSolver;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.steps.StepControl;
import java.util.List;
import org.tensorflow.types.TFloat64;

/**
 * A problem with the methods that are compared on it.
 *
 * @param name in file names
 * @param title in pictures
 * @param field joined with a method and its steps
 * @param start state of each sample at time 0
 * @param end of the interval
 * @param reference two independent methods with tight settings: the first gives the reference, the second its uncertainty
 * @param series the curves
 */
record Case(
        String name,
        String title,
        Field field,
        double[][] start,
        double end,
        List<Series> reference,
        List<Series> series) {

    /** Joins the field of the problem with a method. */
    @FunctionalInterface
    interface Field {
        OdeSolver<TFloat64> solver(Method method, StepControl control);
    }

    /** How many numbers a state of the batch has. */
    int size() {
        return start.length * start[0].length;
    }

    /** All problems. */
    static List<Case> all() {
        return List.of(
                Brusselator.problem(), KuramotoSivashinskyCase.problem(), VanDerPol.problem(), MixedBatch.problem());
    }
}
