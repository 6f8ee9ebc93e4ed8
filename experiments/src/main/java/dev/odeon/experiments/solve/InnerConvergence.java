package dev.odeon.experiments.solve;

import dev.odeon.experiments.results.GrowingTable;
import dev.odeon.experiments.results.MeasuredSolve;
import dev.odeon.experiments.results.Norms;
import dev.odeon.experiments.results.ResultFiles;
import dev.odeon.experiments.results.SolveFigures;
import dev.odeon.ode.OdeSolver;
import dev.odeon.plots.Curves;
import dev.odeon.solvers.Methods;
import dev.odeon.solvers.Outcome;
import dev.odeon.solvers.nonlinear.InnerOptimiser;
import dev.odeon.solvers.steps.FixedSteps;
import dev.odeon.solvers.steps.SaveAt;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How fast the optimisers solve the first backward Euler step of {@link DiffusionProblem}: figure 5.4.
 *
 * <p>A solve tells how many iterations it took until the last change met its tolerance; a ladder of tolerances gives the
 * curve.
 */
final class InnerConvergence {

    /** Of its files. */
    private static final String NAME = "inner-convergence";

    private static final double SIZE = 1.0 / FinalErrors.STEPS;
    private static final List<String> COLUMNS =
            List.of("rule", "innerStep", "iterations", "lastChange", "error", "outcome");

    private record Point(InnerOptimiser optimiser, double error, SolveFigures figures) {
        List<Object> row() {
            return List.of(
                    optimiser.rule(), optimiser.rate(), figures.nfe(), optimiser.tolerance(), error, figures.outcome());
        }
    }

    private final List<InnerOptimiser> starting;
    private final int rungs;
    private final Countdown countdown;

    /**
     * Prepares the experiment.
     *
     * @param starting one for each inner step
     * @param rungs of the ladder of tolerances, from 1e-2 to 1e-13
     */
    InnerConvergence(List<InnerOptimiser> starting, int rungs, Countdown countdown) {
        this.countdown = countdown;
        this.starting = starting;
        this.rungs = rungs;
    }

    /** How many solves it takes at most, with so many optimisers to start from. */
    static int solves(int starting, int rungs) {
        return starting * InnerOptimiser.Rule.values().length * rungs;
    }

    /** Solves, writes inner-convergence.csv row by row and its pictures, and returns what the summary says. */
    Map<String, Object> run(ResultFiles out) {
        double[] solution = DiffusionProblem.THESIS.backwardEuler(SIZE);
        GrowingTable table = out.growing(NAME, COLUMNS);
        Map<String, Object> summary = new LinkedHashMap<>();
        for (InnerOptimiser settings : starting) {
            List<Curves.Curve> changes = new ArrayList<>();
            List<Curves.Curve> errors = new ArrayList<>();
            Map<String, Object> iterations = new LinkedHashMap<>();
            for (InnerOptimiser.Rule rule : InnerOptimiser.Rule.values()) {
                List<Point> curve = curve(table, settings.with(rule), solution);
                double[] x = curve.stream()
                        .mapToDouble(point -> point.figures().nfe())
                        .toArray();
                boolean converges =
                        curve.stream().allMatch(point -> point.figures().outcome() == Outcome.SUCCESS);
                String name = rule.name().toLowerCase(Locale.ROOT).replace('_', ' ')
                        + (converges ? "" : " (does not converge)");
                changes.add(new Curves.Curve(
                        name,
                        x,
                        curve.stream()
                                .mapToDouble(point -> point.optimiser().tolerance())
                                .toArray()));
                errors.add(new Curves.Curve(
                        name, x, curve.stream().mapToDouble(Point::error).toArray()));
                iterations.put(
                        rule.name(),
                        converges ? curve.get(curve.size() - 1).figures().nfe() : "does not converge");
            }
            plot(out, settings, "change", "largest relative change of the last iteration", changes);
            plot(out, settings, "error", "Euclidean distance from the exact solution of the step", errors);
            summary.put("innerStep " + settings.rate(), iterations);
        }
        return summary;
    }

    /** Ends with the first tolerance that is not met. */
    private List<Point> curve(GrowingTable table, InnerOptimiser optimiser, double[] solution) {
        List<Point> points = new ArrayList<>();
        for (int k = 0; k < rungs; k++) {
            InnerOptimiser tolerant = optimiser.withTolerance(Math.pow(10, -2 - 11.0 * k / (rungs - 1)));
            SolveFigures figures = MeasuredSolve.run(
                    OdeSolver.of(
                            DiffusionProblem.THESIS.field(),
                            Methods.PROX_BACKWARD_EULER.with(tolerant),
                            new FixedSteps(SIZE)),
                    DiffusionProblem.THESIS.start(),
                    SaveAt.end(0, SIZE),
                    1);
            Point point = new Point(
                    tolerant, Norms.distance(figures.last(DiffusionProblem.THESIS.points()), solution), figures);
            points.add(point);
            table.add(point.row());
            countdown.done(String.format(
                    Locale.ROOT,
                    "first step by %s with inner step %s, tolerance %.0e: %d iterations, %s",
                    optimiser.rule(),
                    optimiser.rate(),
                    tolerant.tolerance(),
                    figures.nfe(),
                    figures.outcome()));
            if (figures.outcome() != Outcome.SUCCESS) {
                countdown.skipped(rungs - k - 1);
                break;
            }
        }
        return points;
    }

    private static void plot(
            ResultFiles out, InnerOptimiser settings, String name, String label, List<Curves.Curve> curves) {
        Curves.write(
                out.file(NAME + "-" + name + "-step" + settings.rate() + ".png"),
                "First proximal backward Euler step, inner step " + settings.rate(),
                new Curves.Axis("iterations", Curves.Scale.LINEAR),
                new Curves.Axis(label, Curves.Scale.LOGARITHMIC),
                curves);
    }
}
