package dev.odeon.experiments.solve;

import dev.odeon.experiments.plots.Curves;
import dev.odeon.experiments.results.MeasuredSolve;
import dev.odeon.experiments.results.Norms;
import dev.odeon.experiments.results.ResultFiles;
import dev.odeon.experiments.results.SolveFigures;
import dev.odeon.ode.OdeSolver;
import dev.odeon.solvers.Methods;
import dev.odeon.solvers.Outcome;
import dev.odeon.solvers.nonlinear.Anderson;
import dev.odeon.solvers.nonlinear.InnerOptimiser;
import dev.odeon.solvers.nonlinear.Newton;
import dev.odeon.solvers.nonlinear.NonlinearSolver;
import dev.odeon.solvers.steps.FixedSteps;
import dev.odeon.solvers.steps.SaveAt;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleFunction;

/**
 * Backward Euler on {@link DiffusionProblem} by different solvers of its equations, on finer and finer grids: figure 5.5.
 *
 * <p>All take the same steps to the same tolerance. Fixed point iteration converges only while the step is below the inverse of
 * the stiffness; it is shown once at the common step, and once at half that bound.
 */
final class SolverScaling {

    private static final double SIZE = 1.0 / FinalErrors.STEPS;
    private static final double TOLERANCE = 1e-7;
    private static final int MAX_ITERATIONS = 5000;
    /** More are left out: they take minutes. */
    private static final long MAX_STEPS = 30_000;

    private static final int REPEATS = 3;
    private static final List<String> COLUMNS =
            List.of("solver", "points", "steps", "nfe", "iterations", "millis", "error", "outcome");

    /**
     * A way to solve the equations.
     *
     * @param solver made from the curvature 1 + h |J| of the proximal objective
     * @param bounded whether the step is kept below the bound of fixed point iteration
     */
    private record Way(String name, DoubleFunction<NonlinearSolver> solver, boolean bounded) {

        double size(DiffusionProblem problem, double end) {
            return bounded ? end / Math.ceil(end * 2 * problem.stiffness()) : SIZE;
        }
    }

    private record Point(Way way, int points, long steps, double error, SolveFigures figures) {
        List<Object> row() {
            return List.of(
                    way.name(),
                    points,
                    steps,
                    figures.nfe(),
                    figures.iterations(),
                    figures.medianMillis(),
                    error,
                    figures.outcome());
        }
    }

    private static final List<Way> WAYS = List.of(
            new Way(
                    "proximal, Fletcher-Reeves",
                    curvature -> new InnerOptimiser(
                            TOLERANCE, MAX_ITERATIONS, InnerOptimiser.Rule.FLETCHER_REEVES, 1 / curvature),
                    false),
            new Way("fixed point", curvature -> new Anderson(TOLERANCE, MAX_ITERATIONS, 0), false),
            new Way("fixed point, smaller steps", curvature -> new Anderson(TOLERANCE, MAX_ITERATIONS, 0), true),
            new Way("Anderson 5", curvature -> new Anderson(TOLERANCE, MAX_ITERATIONS, 5), false),
            new Way("Newton", curvature -> Newton.full().withTolerance(TOLERANCE), false),
            new Way("Newton, chord", curvature -> Newton.chord().withTolerance(TOLERANCE), false),
            new Way(
                    "Newton, GMRES",
                    curvature -> Newton.full().withTolerance(TOLERANCE).with(Newton.Algebra.GMRES),
                    false));

    private final int[] grids;
    private final double end;

    /**
     * Prepares the experiment.
     *
     * @param grids numbers of points
     * @param end of all solves
     */
    SolverScaling(int[] grids, double end) {
        this.grids = grids.clone();
        this.end = end;
    }

    /** Solves, writes figure55.csv and its picture, and returns what the summary says: milliseconds by solver and grid. */
    Map<String, Object> run(ResultFiles out) {
        List<Point> points = new ArrayList<>();
        List<Curves.Curve> curves = new ArrayList<>();
        Map<String, Object> summary = new LinkedHashMap<>();
        for (Way way : WAYS) {
            Map<String, Object> millis = new LinkedHashMap<>();
            List<Point> converged = new ArrayList<>();
            for (int grid : grids) {
                DiffusionProblem problem = new DiffusionProblem(grid);
                double size = way.size(problem, end);
                long steps = Math.round(end / size);
                if (steps > MAX_STEPS) {
                    millis.put(String.valueOf(grid), steps + " steps, left out");
                    continue;
                }
                Point point = solve(way, problem, size, steps);
                points.add(point);
                boolean solved = point.figures().outcome() == Outcome.SUCCESS;
                millis.put(
                        String.valueOf(grid),
                        solved
                                ? point.figures().medianMillis()
                                : point.figures().outcome().name());
                if (solved) {
                    converged.add(point);
                }
            }
            summary.put(way.name(), millis);
            curves.add(new Curves.Curve(
                    way.name(),
                    converged.stream().mapToDouble(Point::points).toArray(),
                    converged.stream()
                            .mapToDouble(point -> point.figures().medianMillis())
                            .toArray()));
        }
        out.table("figure55", COLUMNS, points.stream().map(Point::row).toList());
        Curves.write(
                out.file("figure55.png"),
                "Backward Euler to t = " + end + " by solvers of its equations",
                new Curves.Axis("points", Curves.Scale.LOGARITHMIC),
                new Curves.Axis("milliseconds", Curves.Scale.LOGARITHMIC),
                curves);
        return summary;
    }

    private Point solve(Way way, DiffusionProblem problem, double size, long steps) {
        NonlinearSolver solver = way.solver().apply(1 + size * problem.stiffness());
        SolveFigures figures = MeasuredSolve.run(
                OdeSolver.of(problem.field(), Methods.BACKWARD_EULER.with(solver), new FixedSteps(size)),
                problem.start(),
                SaveAt.end(0, end),
                REPEATS);
        double error = Norms.distance(figures.last(problem.points()), problem.exact(end));
        System.err.printf(
                "odeon: %s on %d points: %.0f ms, %s%n",
                way.name(), problem.points(), figures.medianMillis(), figures.outcome());
        return new Point(way, problem.points(), steps, error, figures);
    }
}
