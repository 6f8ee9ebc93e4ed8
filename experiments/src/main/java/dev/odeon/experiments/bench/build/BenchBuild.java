package dev.odeon.experiments.bench.build;

import dev.odeon.experiments.bench.adjoint.Variant;
import dev.odeon.experiments.options.Choices;
import dev.odeon.experiments.results.ResultFiles;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.Methods;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Option;

/**
 * {@code odeon bench build}: how long it takes to add a solve of ten steps with its gradient to a graph.
 *
 * <p>Writes {@code build.csv}, a row for every method, gradient and kind of steps; those that do not go together have a row
 * that says why. {@code summary.json} names the slowest.
 */
@Command(
        name = "build",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "Measure how long solves and their gradients take to be added to a graph.")
public final class BenchBuild implements Callable<Integer> {

    private static final int NAMED = 10;

    @Option(
            showDefaultValue = Visibility.NEVER,
            names = "--out",
            required = true,
            description = "Folder for the results; new or empty.")
    private Path out = Path.of("");

    @Option(
            showDefaultValue = Visibility.NEVER,
            names = "--method",
            split = ",",
            description = "Any of those that odeon methods lists; all if none is given.")
    private List<String> methods = List.of();

    @Option(showDefaultValue = Visibility.NEVER, names = "--gradient", split = ",", description = Variant.OPTION)
    private List<String> gradients = List.of();

    @Option(names = "--repeats", defaultValue = "3", description = "Measured builds of each after a first one.")
    private int repeats;

    @Override
    public Integer call() {
        Choices.requirePositive("--repeats", repeats);
        List<Method> chosen = Choices.of("--method", methods, Methods.all(), Method::name);
        List<Variant> variants = Variant.of(gradients);
        ResultFiles files = ResultFiles.fresh(out);
        Combination.warmUp();
        List<BuildTime> times = new ArrayList<>();
        for (Method method : chosen) {
            List<BuildTime> own = Combination.of(List.of(method), variants).stream()
                    .map(combination -> BuildTime.measure(combination, repeats))
                    .toList();
            times.addAll(own);
            slowest(own).stream()
                    .findFirst()
                    .ifPresent(slowest -> System.err.printf(
                            Locale.ROOT,
                            "odeon: %-20s %6.0f ms at most, %s%n",
                            method.name(),
                            slowest.millis(),
                            slowest.combination().variant().name()));
            files.table(
                    "build",
                    BuildTime.COLUMNS,
                    times.stream().map(BuildTime::row).toList());
        }
        List<BuildTime> sorted = slowest(times);
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("processors", Runtime.getRuntime().availableProcessors());
        summary.put("repeats", repeats);
        summary.put("built", sorted.size());
        summary.put("refused", times.size() - sorted.size());
        summary.put(
                "slowest",
                sorted.stream().limit(NAMED).map(BuildTime::description).toList());
        files.summary(summary);
        return 0;
    }

    /** Those that were built, the slowest first. */
    private static List<BuildTime> slowest(List<BuildTime> times) {
        return times.stream()
                .filter(BuildTime::built)
                .sorted(Comparator.comparingDouble(BuildTime::millis).reversed())
                .toList();
    }
}
