package dev.odeon.experiments.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.odeon.experiments.bench.adjoint.BenchAdjoint;
import dev.odeon.experiments.bench.build.BenchBuild;
import dev.odeon.experiments.bench.cases.BenchCases;
import dev.odeon.experiments.bench.compile.BenchCompile;
import dev.odeon.experiments.data.DataBench;
import dev.odeon.experiments.options.Choices;
import dev.odeon.experiments.options.GradientChoice;
import dev.odeon.experiments.options.MethodChoice;
import dev.odeon.experiments.training.CompilationName;
import dev.odeon.experiments.training.ElementTypeName;
import dev.odeon.experiments.workprecision.BenchSolvers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tensorflow.types.family.TFloating;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code odeon bench}: what a training iteration costs, forward solve, loss, gradient and AdamW together.
 *
 * <p>All variants are built first and then run in turns, so that whatever else the machine does falls on all alike. One
 * JSON line for each on standard output, a table of ratios on standard error.
 */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "Measure a training iteration in several variants.",
        subcommands = {
            BenchSolvers.class,
            BenchAdjoint.class,
            BenchBuild.class,
            BenchCases.class,
            BenchCompile.class,
            DataBench.class
        })
public final class Bench implements Callable<Integer> {

    @Option(names = "--case", defaultValue = "ks", description = "${COMPLETION-CANDIDATES}.")
    private BenchEquation problem = BenchEquation.ks;

    @Option(names = "--grid", defaultValue = "64", description = "Points in space.")
    private int grid;

    @Option(names = "--batch", defaultValue = "256", description = "Windows in an iteration.")
    private int batch;

    @Option(names = "--steps", defaultValue = "10", description = "Solver steps in an iteration.")
    private int steps;

    @Option(names = "--dt", defaultValue = "0.2", description = "Step size in units of time.")
    private double dt;

    @Option(names = "--method", defaultValue = "imex-rk3", description = "The solver's method.")
    private String method = "";

    @Option(names = "--dtype", defaultValue = "float64", description = "${COMPLETION-CANDIDATES}.")
    private ElementTypeName dtype = ElementTypeName.float64;

    @Option(
            names = "--gradient",
            split = ",",
            defaultValue = "adjoint,backprop",
            description = "Any of " + GradientChoice.NAMES + ".")
    private List<String> gradients = List.of();

    @Option(
            names = "--compile",
            split = ",",
            defaultValue = "executor,xla",
            description = "Any of ${COMPLETION-CANDIDATES}.")
    private List<CompilationName> compilations = List.of();

    @Option(
            names = "--linear",
            split = ",",
            defaultValue = "stencil,lu,inverse",
            description = "Any of ${COMPLETION-CANDIDATES}: how J is solved.")
    private List<LinearForm> forms = List.of();

    @Option(
            names = "--at-once",
            split = ",",
            defaultValue = "1",
            description = "Any numbers of iterations that are one run of the graph; times are told of one.")
    private List<Integer> atOnce = List.of();

    @Option(names = "--iterations", defaultValue = "20", description = "Measured runs of each variant.")
    private int iterations;

    @Option(names = "--warmup", defaultValue = "5", description = "Runs before those that are measured.")
    private int warmup;

    @Override
    public Integer call() throws JsonProcessingException {
        Choices.requirePositive("--batch", batch);
        Choices.requirePositive("--steps", steps);
        Choices.requirePositive("--iterations", iterations);
        atOnce.forEach(number -> Choices.requirePositive("--at-once", number));
        Choices.requirePositive("--warmup", warmup);
        if (grid < 8 || grid % 8 != 0) {
            throw new IllegalArgumentException("--grid is " + grid + ": give a multiple of 8");
        }
        if (!(dt > 0) || Double.isInfinite(dt)) {
            throw new IllegalArgumentException("--dt is " + dt + ": give a positive, finite step size");
        }
        Workload workload = new Workload(problem, grid, batch, steps, dt, MethodChoice.of(method));
        List<GradientChoice> chosen = gradients.stream().map(GradientChoice::of).toList();
        List<Measured> results = measure(workload, dtype.type(), chosen);
        ObjectMapper json = new ObjectMapper();
        for (Measured measured : results) {
            Map<String, @Nullable Object> line = workload.describe();
            line.put("dtype", dtype.name());
            line.putAll(measured.describe());
            System.out.println(json.writeValueAsString(line));
        }
        RatioTable.print(results);
        boolean measured = results.stream().anyMatch(result -> result.failure().isEmpty());
        if (!measured) {
            System.err.println("odeon: no variant could be measured");
        }
        return measured ? 0 : 1;
    }

    private <T extends TFloating> List<Measured> measure(
            Workload workload, Class<T> type, List<GradientChoice> chosen) {
        List<Measured> results = new ArrayList<>();
        List<Contender<T>> contenders = new ArrayList<>();
        try {
            for (LinearForm form : forms) {
                for (GradientChoice gradient : chosen) {
                    for (CompilationName compilation : compilations) {
                        for (int together : atOnce) {
                            Measured measured =
                                    new Measured(gradient.name(), compilation.name(), form.name(), together);
                            results.add(measured);
                            System.err.println("odeon: building " + measured.name());
                            Contender<T> contender = new Contender<>(
                                    workload,
                                    type,
                                    gradient.gradient(workload::steps),
                                    compilation.compilation(),
                                    form,
                                    measured);
                            // Added first, so that it is closed whatever happens.
                            contenders.add(contender);
                            if (!contender.warmUp(warmup)) {
                                contenders.remove(contender);
                                contender.close();
                            }
                        }
                    }
                }
            }
            for (int i = 0; i < iterations; i++) {
                contenders.forEach(Contender::iterate);
            }
            return results;
        } finally {
            contenders.forEach(Contender::close);
        }
    }
}
