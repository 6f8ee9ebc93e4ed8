package dev.odeon.experiments.bench.adjoint;

import dev.odeon.experiments.results.Norms;
import dev.odeon.solvers.Outcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One measurement, or why there is none.
 *
 * @param n steps asked for
 * @param figures null if it was left out
 * @param difference of the gradient from that with all states stored, in units of the latter's norm; NaN if there is none
 * @param note without commas; why something is missing
 */
record GradientPoint(
        Dynamics problem, Variant variant, int n, @Nullable GradientFigures figures, double difference, String note) {

    static final List<String> COLUMNS = List.of(
            "problem",
            "gradient",
            "n",
            "buildMs",
            "medianMs",
            "peakBytes",
            "recomputedSteps",
            "gradientDifferenceToStoreAll",
            "reconstructionError",
            "firstMs",
            "runs",
            "steps",
            "nfe",
            "nfeBackward",
            "outcome",
            "note");

    /** A measurement, compared with the gradient of all states stored where there is one. */
    static GradientPoint of(
            Dynamics problem, Variant variant, int n, GradientFigures figures, @Nullable GradientFigures reference) {
        return new GradientPoint(
                problem,
                variant,
                n,
                figures,
                reference == null ? Double.NaN : Norms.relativeDistance(figures.gradient(), reference.gradient()),
                figures.peakBytes() < 0 ? "memory not recorded: more steps than --traced" : "");
    }

    static GradientPoint leftOut(Dynamics problem, Variant variant, int n, String why) {
        return new GradientPoint(problem, variant, n, null, Double.NaN, why);
    }

    boolean succeeded() {
        return figures != null && figures.outcome() == Outcome.SUCCESS;
    }

    /** An empty entry where there is no number. */
    List<Object> row() {
        GradientFigures measured = figures;
        if (measured == null) {
            return List.of(problem.name(), variant.name(), n, "", "", "", "", "", "", "", "", "", "", "", "", note);
        }
        return List.of(
                problem.name(),
                variant.name(),
                n,
                measured.buildMillis(),
                measured.medianMillis(),
                counted(measured.peakBytes()),
                measured.recomputedSteps(),
                number(difference),
                number(measured.reconstructionError()),
                measured.firstMillis(),
                measured.runs(),
                measured.accepted(),
                measured.nfe(),
                counted(measured.nfeBackward()),
                measured.outcome(),
                note);
    }

    private static Object counted(long count) {
        return count < 0 ? "" : count;
    }

    private static Object number(double value) {
        return Double.isNaN(value) ? "" : value;
    }
}
