package dev.odeon.experiments.workprecision;

import dev.odeon.experiments.results.SolveFigures;
import dev.odeon.solvers.Outcome;
import java.util.List;

/**
 * One solve.
 *
 * @param error at the end, in units of the reference's norm
 */
record Point(String problem, Series series, Series.Setting setting, double error, SolveFigures figures) {

    static final List<String> COLUMNS = List.of(
            "problem",
            "series",
            "method",
            "order",
            "setting",
            "outcome",
            "error",
            "nfe",
            "linearSolves",
            "factorizations",
            "iterations",
            "accepted",
            "rejected",
            "medianMillis");

    boolean succeeded() {
        return figures.outcome() == Outcome.SUCCESS;
    }

    List<Object> row() {
        return List.of(
                problem,
                series.label().replace(",", ""),
                series.method().name(),
                series.method().order(),
                setting.value(),
                figures.outcome(),
                error,
                figures.nfe(),
                figures.linearSolves(),
                figures.factorizations(),
                figures.iterations(),
                figures.accepted(),
                figures.rejected(),
                figures.medianMillis());
    }
}
