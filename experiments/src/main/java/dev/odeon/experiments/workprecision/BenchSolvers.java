package dev.odeon.experiments.workprecision;

import dev.odeon.experiments.options.Choices;
import dev.odeon.experiments.results.MeasuredSolve;
import dev.odeon.experiments.results.Norms;
import dev.odeon.experiments.results.ResultFiles;
import dev.odeon.experiments.results.SolveFigures;
import dev.odeon.graph.runtime.Devices;
import dev.odeon.plots.Curves;
import dev.odeon.solvers.Outcome;
import dev.odeon.solvers.steps.SaveAt;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Option;

/** {@code odeon bench solvers}: errors of many methods against evaluations and time, on three problems. */
@Command(
        name = "solvers",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "Measure errors of solves against their cost, for methods of all families.")
public final class BenchSolvers implements Callable<Integer> {

    private static final int QUICK_POINTS = 2;

    @Option(
            showDefaultValue = Visibility.NEVER,
            names = "--out",
            required = true,
            description = "Folder for the results; new or empty.")
    private Path out = Path.of("");

    @Option(
            showDefaultValue = Visibility.NEVER,
            names = "--problem",
            split = ",",
            description = "Any of brusselator, ks, van-der-pol, mixed-batch; all if it is not given.")
    private List<String> problems = List.of();

    @Option(names = "--repeats", defaultValue = "3", description = "Measured runs of each solve.")
    private int repeats;

    @Option(names = "--quick", description = "Two points a curve and one run of each, to try it out.")
    private boolean quick;

    @Override
    public Integer call() {
        Choices.requirePositive("--repeats", repeats);
        List<Case> cases = Choices.of("--problem", problems, Case.all(), Case::name);
        ResultFiles files = ResultFiles.fresh(out);
        List<Point> points = new ArrayList<>();
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("device", Devices.preferred().shortName());
        summary.put("processors", Runtime.getRuntime().availableProcessors());
        summary.put("quick", quick);
        for (Case problem : cases) {
            summary.put(problem.name(), run(problem, points, files));
            files.table(
                    "work-precision",
                    Point.COLUMNS,
                    points.stream().map(Point::row).toList());
            files.summary(summary);
        }
        return 0;
    }

    private Map<String, Object> run(Case problem, List<Point> points, ResultFiles files) {
        System.err.println("odeon: " + problem.title());
        double[] reference = reference(problem, 0);
        double uncertainty = Norms.relativeDistance(reference(problem, 1), reference);
        List<Point> own = new ArrayList<>();
        for (Series series : problem.series()) {
            Series wanted = quick ? series.shortened(QUICK_POINTS) : series;
            for (Series.Setting setting : wanted.settings()) {
                SolveFigures figures = solve(problem, wanted, setting, quick ? 1 : repeats);
                double error = Norms.relativeDistance(figures.last(problem.size()), reference);
                own.add(new Point(problem.name(), wanted, setting, error, figures));
            }
        }
        points.addAll(own);
        plot(files, problem, own, "nfe", "evaluations", point -> point.figures().nfe());
        plot(
                files,
                problem,
                own,
                "time",
                "median time, ms",
                point -> point.figures().medianMillis());
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("referenceUncertainty", uncertainty);
        for (double accuracy : new double[] {1e-2, 1e-4, 1e-6}) {
            summary.put("within " + accuracy, Ranking.of(own, accuracy));
        }
        summary.put(
                "failed",
                own.stream()
                        .filter(point -> !point.succeeded())
                        .map(point ->
                                point.series().label() + " " + point.setting().value() + ": "
                                        + point.figures().outcome())
                        .toList());
        return summary;
    }

    private static double[] reference(Case problem, int which) {
        Series series = problem.reference().get(which);
        SolveFigures figures = solve(problem, series, series.settings().get(0), 1);
        if (figures.outcome() != Outcome.SUCCESS) {
            throw new IllegalStateException(
                    "The reference of " + problem.name() + " by " + series.label() + " ended with " + figures.outcome()
                            + ": " + figures.outcome().advice(series.method()));
        }
        return figures.last(problem.size());
    }

    private static SolveFigures solve(Case problem, Series series, Series.Setting setting, int runs) {
        return MeasuredSolve.run(
                problem.field().solver(series.method(), setting.control()),
                problem.start(),
                SaveAt.end(0, problem.end()),
                runs);
    }

    private static void plot(
            ResultFiles files,
            Case problem,
            List<Point> points,
            String name,
            String label,
            ToDoubleFunction<Point> cost) {
        List<Curves.Curve> curves = new ArrayList<>();
        for (Series series : problem.series()) {
            List<Point> own = points.stream()
                    .filter(point -> point.succeeded() && point.series().label().equals(series.label()))
                    .toList();
            curves.add(new Curves.Curve(
                    series.label(),
                    own.stream().mapToDouble(cost).toArray(),
                    own.stream().mapToDouble(Point::error).toArray()));
        }
        Curves.write(
                files.file(problem.name() + "-" + name + ".png"),
                problem.title(),
                new Curves.Axis(label, Curves.Scale.LOGARITHMIC),
                new Curves.Axis("relative error at the end", Curves.Scale.LOGARITHMIC),
                curves);
    }
}
