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
import dev.odeon.solvers.nonlinear.Anderson;
import dev.odeon.solvers.nonlinear.InnerOptimiser;
import dev.odeon.solvers.nonlinear.Newton;
import dev.odeon.solvers.nonlinear.NonlinearSolver;
import dev.odeon.solvers.steps.FixedSteps;
import dev.odeon.solvers.steps.SaveAt;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleFunction;

/**
 * Backward Euler on {@link DiffusionProblem} by different solvers of its equations, on finer and finer grids: figure 5.5.
 *
 * <p>All take the same steps to the same tolerance. Fixed point iteration converges only while the step is below the inverse of
 * the stiffness; it is shown once at the common step, and once at half that bound.
 */
final class SolverScaling {

    /** Of its files. */
    private static final String NAME = "solver-scaling";

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
                    way.name().replace(",", ""),
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
    private final Countdown countdown;

    /**
     * Prepares the experiment.
     *
     * @param grids numbers of points
     * @param end of all solves
     */
    SolverScaling(int[] grids, double end, Countdown countdown) {
        this.countdown = countdown;
        this.grids = grids.clone();
        this.end = end;
    }

    /** How many solves it takes at most, on so many grids. */
    static int solves(int grids) {
        return WAYS.size() * grids;
    }

    /** Solves, writes solver-scaling.csv row by row and its picture, and returns what the summary says: milliseconds by solver and grid. */
    Map<String, Object> run(ResultFiles out) {
        GrowingTable table = out.growing(NAME, COLUMNS);
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
                    countdown.skipped(1);
                    continue;
                }
                Point point = solve(way, problem, size, steps);
                table.add(point.row());
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
        Curves.write(
                out.file(NAME + ".png"),
                "Diffusion to t = " + end
                        + " by backward Euler: time of a solve by the solver of its equations, tolerance " + TOLERANCE,
                new Curves.Axis("points of the grid", Curves.Scale.LOGARITHMIC),
                new Curves.Axis("median time of a solve, ms", Curves.Scale.LOGARITHMIC),
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
        countdown.done(String.format(
                Locale.ROOT,
                "%s on %d points, %d steps: %.0f ms, %s",
                way.name(),
                problem.points(),
                steps,
                figures.medianMillis(),
                figures.outcome()));
        return new Point(way, problem.points(), steps, error, figures);
    }
}
