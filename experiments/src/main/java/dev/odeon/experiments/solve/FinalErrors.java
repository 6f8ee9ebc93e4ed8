package dev.odeon.experiments.solve;

import dev.odeon.experiments.results.GrowingTable;
import dev.odeon.experiments.results.MeasuredSolve;
import dev.odeon.experiments.results.Norms;
import dev.odeon.experiments.results.ResultFiles;
import dev.odeon.experiments.results.SolveFigures;
import dev.odeon.ode.OdeSolver;
import dev.odeon.plots.Curves;
import dev.odeon.solvers.IteratedMethod;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.Methods;
import dev.odeon.solvers.Outcome;
import dev.odeon.solvers.nonlinear.InnerOptimiser;
import dev.odeon.solvers.steps.FixedSteps;
import dev.odeon.solvers.steps.PidController;
import dev.odeon.solvers.steps.SaveAt;
import dev.odeon.solvers.steps.StepControl;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Errors of proximal and explicit methods on {@link DiffusionProblem} against their evaluations: figure 5.3 and table 5.2. */
final class FinalErrors {

    /** Steps in a unit of time, for all proximal methods. */
    static final int STEPS = 2000;
    /** The tolerance of the inner solves behind table 5.2. */
    static final double TIGHT = 5e-9;

    /** Of its files. */
    private static final String NAME = "errors-against-evaluations";

    private static final int MANY_STEPS = 1_000_000;
    private static final List<String> COLUMNS =
            List.of("method", "tolerance", "time", "nfe", "error", "largestError", "millis", "outcome");

    private static final List<IteratedMethod> PROXIMAL = List.of(
            Methods.PROX_BACKWARD_EULER,
            Methods.PROX_CRANK_NICOLSON,
            Methods.PROX_VARIATIONAL2,
            Methods.PROX_VARIATIONAL3,
            Methods.PROX_BDF2,
            Methods.PROX_BDF3,
            Methods.PROX_BDF4);
    private static final List<Method> EXPLICIT = List.of(Methods.DOPRI5, Methods.HEUN);

    /** One point of the figure. */
    private record Point(
            Method method, double tolerance, double time, double error, double largestError, SolveFigures figures) {
        List<Object> row() {
            return List.of(
                    method.name(),
                    tolerance,
                    time,
                    figures.nfe(),
                    error,
                    largestError,
                    figures.medianMillis(),
                    figures.outcome());
        }
    }

    private final double[] times;
    private final double[] tolerances;
    private final InnerOptimiser inner;
    private final List<Point> points = new ArrayList<>();
    private final Countdown countdown;

    /**
     * Prepares the experiment.
     *
     * @param times at which errors are taken
     * @param tolerances of the inner solves, and of the explicit methods' steps
     */
    FinalErrors(double[] times, double[] tolerances, InnerOptimiser inner, Countdown countdown) {
        this.countdown = countdown;
        this.times = times;
        this.tolerances = tolerances;
        this.inner = inner;
    }

    /** How many solves it takes, with so many tolerances. */
    static int solves(int tolerances) {
        return PROXIMAL.size() * (tolerances + 1) + EXPLICIT.size() * tolerances;
    }

    /** Solves, writes errors-against-evaluations.csv row by row and its pictures, and returns what the summary says. */
    Map<String, Object> run(ResultFiles out) {
        GrowingTable table = out.growing(NAME, COLUMNS);
        for (IteratedMethod method : PROXIMAL) {
            for (double tolerance : withTight()) {
                solve(table, method.with(inner.withTolerance(tolerance)), new FixedSteps(1.0 / STEPS), tolerance);
            }
        }
        for (Method method : EXPLICIT) {
            for (double tolerance : tolerances) {
                solve(table, method, PidController.of(tolerance, tolerance).withMaxSteps(MANY_STEPS), tolerance);
            }
        }
        for (double time : times) {
            plot(out, time);
        }
        return summary();
    }

    private double[] withTight() {
        double[] all = Arrays.copyOf(tolerances, tolerances.length + 1);
        all[tolerances.length] = TIGHT;
        return all;
    }

    private void solve(GrowingTable table, Method method, StepControl control, double tolerance) {
        double[] saved = new double[times.length + 1];
        System.arraycopy(times, 0, saved, 1, times.length);
        SolveFigures figures = MeasuredSolve.run(
                OdeSolver.of(DiffusionProblem.THESIS.field(), method, control),
                DiffusionProblem.THESIS.start(),
                SaveAt.times(saved),
                1);
        countdown.done(String.format(
                Locale.ROOT,
                "%s with %s %.0e: %d evaluations, %s",
                method.name(),
                method instanceof IteratedMethod ? "inner tolerance" : "tolerance",
                tolerance,
                figures.nfe(),
                figures.outcome()));
        for (int k = 1; k < saved.length; k++) {
            double[] state = Arrays.copyOfRange(
                    figures.states(), k * DiffusionProblem.THESIS.points(), (k + 1) * DiffusionProblem.THESIS.points());
            double[] exact = DiffusionProblem.THESIS.exact(saved[k]);
            Point point = new Point(
                    method,
                    tolerance,
                    saved[k],
                    Norms.distance(state, exact),
                    Norms.largestDistance(state, exact),
                    figures);
            points.add(point);
            table.add(point.row());
        }
    }

    private List<Point> of(Method method, double time) {
        return points.stream()
                .filter(point -> point.method().name().equals(method.name()) && point.time() == time)
                .toList();
    }

    private void plot(ResultFiles out, double time) {
        List<Curves.Curve> curves = new ArrayList<>();
        List<Method> methods = new ArrayList<>(PROXIMAL);
        methods.addAll(EXPLICIT);
        for (Method method : methods) {
            List<Point> own = of(method, time).stream()
                    .filter(point -> point.figures().outcome() == Outcome.SUCCESS)
                    .toList();
            curves.add(new Curves.Curve(
                    method.name(),
                    own.stream().mapToDouble(Point::error).toArray(),
                    own.stream().mapToDouble(point -> point.figures().nfe()).toArray()));
        }
        Curves.write(
                out.file(NAME + "-t" + time + ".png"),
                "Diffusion on 128 points, solved to t = " + times[times.length - 1]
                        + "; along a curve the tolerance falls: that of the inner solves of"
                        + " prox methods, that of the steps of the others",
                new Curves.Axis("Euclidean norm of the error of the state at t = " + time, Curves.Scale.LOGARITHMIC),
                new Curves.Axis("evaluations of the field in the whole solve", Curves.Scale.LOGARITHMIC),
                curves);
    }

    /** The main figure: what the best proximal and the best explicit method cost at the end. */
    String told() {
        double end = times[times.length - 1];
        return "diffusion: to t = " + end + " with an error below " + tolerances[0]
                + " the cheapest proximal method is " + cheapest(PROXIMAL, end) + ", the cheapest explicit one "
                + cheapest(EXPLICIT, end);
    }

    private String cheapest(List<? extends Method> methods, double time) {
        return methods.stream()
                .flatMap(method -> of(method, time).stream())
                .filter(point -> point.figures().outcome() == Outcome.SUCCESS && point.error() < tolerances[0])
                .min(Comparator.comparingInt(point -> point.figures().nfe()))
                .map(point -> point.method().name() + " with " + point.figures().nfe() + " evaluations")
                .orElse("none");
    }

    private Map<String, Object> summary() {
        double end = times[times.length - 1];
        Map<String, Object> table = new LinkedHashMap<>();
        for (Method method : PROXIMAL) {
            Point tight = of(method, end).get(tolerances.length);
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("stepsPerUnitOfTime", STEPS);
            row.put("innerStep", inner.rate());
            row.put("innerTolerance", TIGHT);
            row.put("outcome", tight.figures().outcome().name());
            row.put("nfe", tight.figures().nfe());
            row.put("error", tight.error());
            row.put("largestError", tight.largestError());
            table.put(method.name(), row);
        }
        Map<String, Object> explicit = new LinkedHashMap<>();
        for (Method method : EXPLICIT) {
            explicit.put(
                    method.name(),
                    of(method, end).stream().map(point -> point.figures().nfe()).toList());
        }
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("tightest", table);
        summary.put("explicitNfe", explicit);
        return summary;
    }
}
