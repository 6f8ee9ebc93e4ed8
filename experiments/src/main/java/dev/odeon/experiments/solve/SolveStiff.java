package dev.odeon.experiments.solve;

import dev.odeon.datasets.Printable;
import dev.odeon.experiments.results.MeasuredSolve;
import dev.odeon.experiments.results.ResultFiles;
import dev.odeon.experiments.results.SolveFigures;
import dev.odeon.graph.runtime.Devices;
import dev.odeon.ode.OdeSolver;
import dev.odeon.plots.Curves;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.Methods;
import dev.odeon.solvers.nonlinear.InnerOptimiser;
import dev.odeon.solvers.nonlinear.Newton;
import dev.odeon.solvers.steps.FixedSteps;
import dev.odeon.solvers.steps.SaveAt;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Option;

/**
 * {@code odeon solve stiff}: errors over time of forward, backward and proximal backward Euler on two scalar equations.
 *
 * <p>Source: Xia, thesis, section 5.2.1.2, figure 5.2.
 */
@Command(
        name = "stiff",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "Solve two scalar equations by forward, backward and proximal backward Euler.")
public final class SolveStiff implements Callable<Integer> {

    /** Of its files. */
    private static final String NAME = "errors-over-time";

    private static final double SIZE = 0.01;
    private static final List<String> COLUMNS = List.of("equation", "method", "time", "error");

    @Option(
            showDefaultValue = Visibility.NEVER,
            names = "--out",
            required = true,
            description = "Folder for the results; new or empty.")
    private Path out = Path.of("");

    @Option(names = "--time", defaultValue = "2", description = "Length of the solves, a multiple of 0.01.")
    private double time;

    @Option(
            names = "--tolerances",
            split = ",",
            defaultValue = "1e-3,1e-4,1e-5,1e-7",
            description = "Of the inner solves.")
    private List<Double> tolerances = List.of();

    /** A method and its name in the figure. */
    private record Labelled(String name, String legend, Method method) {}

    @Override
    public Integer call() {
        long steps = Math.round(time / SIZE);
        if (!(time > 0) || steps < 1 || steps > 1_000_000 || Math.abs(steps * SIZE - time) > 1e-9 * time) {
            throw new IllegalArgumentException(
                    "--time is " + time + ": give a multiple of " + SIZE + ", at most 10000");
        }
        for (double tolerance : tolerances) {
            if (!(tolerance > 0) || Double.isInfinite(tolerance)) {
                throw new IllegalArgumentException("--tolerances holds " + tolerance
                        + ": give positive numbers with commas between them, such as" + " 1e-3,1e-5");
            }
        }
        List<Labelled> methods = new ArrayList<>();
        methods.add(new Labelled("forward-euler", "forward-euler", Methods.EULER));
        methods.add(new Labelled("backward-euler", "backward-euler", Methods.BACKWARD_EULER.with(Newton.full())));
        for (double tolerance : tolerances) {
            methods.add(new Labelled(
                    String.format(Locale.ROOT, "prox-backward-euler %.0e", tolerance),
                    String.format(Locale.ROOT, "prox-backward-euler, tolerance %.0e", tolerance),
                    Methods.PROX_BACKWARD_EULER.with(InnerOptimiser.standard().withTolerance(tolerance))));
        }
        ResultFiles files = ResultFiles.fresh(out);
        double[] times = new double[(int) steps + 1];
        for (int i = 0; i < times.length; i++) {
            times[i] = i * SIZE;
        }
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("experiment", "stiff");
        summary.put("device", Devices.preferred().shortName());
        summary.put("stepSize", SIZE);
        summary.put("innerStep", InnerOptimiser.standard().rate());
        List<List<Object>> rows = new ArrayList<>();
        for (ScalarEquation equation : ScalarEquation.values()) {
            summary.put(equation.name().toLowerCase(Locale.ROOT), run(equation, methods, times, rows, files));
        }
        summary.put("differences", ThesisFigures.differencesOfStiff());
        files.table(NAME, COLUMNS, rows);
        files.summary(summary);
        System.out.println(Printable.line(files.told()));
        return 0;
    }

    private static Map<String, Object> run(
            ScalarEquation equation,
            List<Labelled> methods,
            double[] times,
            List<List<Object>> rows,
            ResultFiles files) {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("equation", equation.formula());
        List<Curves.Curve> curves = new ArrayList<>();
        List<String> told = new ArrayList<>();
        for (Labelled labelled : methods) {
            SolveFigures figures = MeasuredSolve.run(
                    OdeSolver.of(equation.field(), labelled.method(), new FixedSteps(SIZE)),
                    new double[] {1},
                    SaveAt.times(times),
                    1);
            double[] errors = new double[times.length];
            double largest = 0;
            for (int i = 0; i < times.length; i++) {
                errors[i] = Math.abs(figures.states()[i] - equation.exact(times[i]));
                largest = Math.max(largest, errors[i]);
                rows.add(List.of(equation, labelled.name(), times[i], errors[i]));
            }
            curves.add(new Curves.Curve(labelled.legend(), times, errors));
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("outcome", figures.outcome().name());
            entry.put("nfe", figures.nfe());
            entry.put("largestError", largest);
            entry.put("finalError", errors[times.length - 1]);
            summary.put(labelled.name(), entry);
            told.add(String.format(Locale.ROOT, "%s %.2e", labelled.legend(), largest));
        }
        String note = equation.note();
        System.out.println(equation.formula() + ", largest error to t = " + times[times.length - 1] + ": "
                + String.join("; ", told)
                + (note.isEmpty() ? "" : " (" + note + ")"));
        Curves.write(
                files.file(NAME + "-" + equation.name().toLowerCase(Locale.ROOT) + ".png"),
                equation.formula() + ", steps of " + SIZE + "; in the legend the tolerance of the inner solves",
                new Curves.Axis("time", Curves.Scale.LINEAR),
                new Curves.Axis("|h(t) - exact h(t)|", Curves.Scale.LOGARITHMIC),
                curves);
        return summary;
    }
}
