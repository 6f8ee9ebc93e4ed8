package dev.odeon.experiments.bench.adjoint;

import dev.odeon.experiments.options.Choices;
import dev.odeon.experiments.options.MethodChoice;
import dev.odeon.experiments.results.ResultFiles;
import dev.odeon.graph.runtime.Devices;
import dev.odeon.solvers.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Option;

/**
 * {@code odeon bench adjoint}: time and memory of a solve with its gradient against the number of steps.
 *
 * <p>Writes {@code gradients.csv} and, for each problem, a picture of the time and one of the memory; with {@code --train}
 * also {@code training.csv}. Points that would take too long are left out, and their rows say so.
 */
@Command(
        name = "adjoint",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "Measure time and memory of gradients against the number of steps.")
public final class BenchAdjoint implements Callable<Integer> {

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
            description = "Any of white-dwarf, oscillators, double-pendulum; all if it is not given.")
    private List<String> problems = List.of();

    @Option(showDefaultValue = Visibility.NEVER, names = "--gradient", split = ",", description = Variant.OPTION)
    private List<String> gradients = List.of();

    @Option(names = "--steps", split = ",", defaultValue = "10,100,1000,10000", description = "Numbers of steps.")
    private List<Integer> steps = List.of();

    @Option(
            names = "--method",
            defaultValue = "midpoint",
            description = "An explicit Runge-Kutta method; online-log needs one with an error estimate.")
    private String method = "";

    @Option(names = "--batch", defaultValue = "64", description = "Samples in a solve.")
    private int batch;

    @Option(names = "--hidden", defaultValue = "32", description = "Width of the network's two hidden layers.")
    private int hidden;

    @Option(names = "--repeats", defaultValue = "3", description = "Measured runs of each point after a first one.")
    private int repeats;

    @Option(
            names = "--cap",
            defaultValue = "20",
            description = "Seconds for the runs of one point; a point of which one run would take longer is left out.")
    private double cap;

    @Option(
            names = "--traced",
            defaultValue = "10000",
            description =
                    "Most steps of which every allocation is recorded, to tell the memory: half a minute for 10,000 steps."
                            + " Of more operations than TensorFlow records, the first million of each loop count.")
    private int traced;

    @Option(
            names = "--unrolled",
            defaultValue = "100",
            description = "Most steps of backpropagation, whose graph grows with them.")
    private int unrolled;

    @Option(names = "--train", description = "Also train a network with each gradient, and tell the losses.")
    private boolean train;

    @Option(names = "--iterations", defaultValue = "300", description = "Iterations of each training.")
    private int iterations;

    @Override
    public Integer call() {
        Choices.requirePositive("--batch", batch);
        Choices.requirePositive("--hidden", hidden);
        Choices.requirePositive("--repeats", repeats);
        Choices.requirePositive("--iterations", iterations);
        steps.forEach(n -> Choices.requirePositive("--steps", n));
        if (!(cap > 0)) {
            throw new IllegalArgumentException("--cap is " + cap + ": give a positive number of seconds");
        }
        Method used = MethodChoice.of(method);
        List<Dynamics> systems = Choices.of("--problem", problems, Dynamics.all(), Dynamics::name);
        List<Variant> variants = Variant.of(gradients);
        ResultFiles files = ResultFiles.fresh(out);
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("device", Devices.preferred().shortName());
        summary.put("processors", Runtime.getRuntime().availableProcessors());
        summary.put("method", used.name());
        summary.put("batch", batch);
        summary.put("hidden", hidden);
        Comparison comparison = new Comparison(used, batch, hidden, new Limits(repeats, 1e3 * cap, traced), unrolled);
        comparison.warmUp();
        List<GradientPoint> points = new ArrayList<>();
        for (Dynamics system : systems) {
            System.err.println("odeon: " + system.title());
            List<GradientPoint> own = comparison.run(
                    system, variants, steps.stream().sorted().distinct().toList());
            points.addAll(own);
            GradientPlots.write(files, system, variants, own);
            files.table(
                    "gradients",
                    GradientPoint.COLUMNS,
                    points.stream().map(GradientPoint::row).toList());
        }
        if (train) {
            summary.put(
                    "trainingLosses", new TrainingComparison(used, hidden, iterations).run(systems, variants, files));
        }
        files.summary(summary);
        return 0;
    }
}
