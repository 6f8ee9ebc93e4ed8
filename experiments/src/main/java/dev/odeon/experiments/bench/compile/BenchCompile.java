package dev.odeon.experiments.bench.compile;

import dev.odeon.experiments.options.Choices;
import dev.odeon.experiments.results.ResultFiles;
import dev.odeon.graph.Compilation;
import dev.odeon.graph.CompilationChoice;
import dev.odeon.graph.runtime.Devices;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.tensorflow.exceptions.TensorFlowException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code odeon bench compile}: what a run of a solve costs TensorFlow's executor and XLA, and what AUTO would take.
 *
 * <p>The two run in turns, and medians are compared, so that what else the machine does falls on both alike. Writes {@code
 * compile.csv}, a row for each case.
 */
@Command(
        name = "compile",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "Compare the executor with XLA over methods, gradients and sizes.")
public final class BenchCompile implements Callable<Integer> {

    private static final List<String> COLUMNS = List.of(
            "case", "numbers", "executor_ms", "xla_ms", "ratio", "executor_first_s", "xla_first_s", "auto", "note");

    private static final List<String> CASES = List.of(
            "rk4:adjoint:dense:float64:8:1:20",
            "rk4:adjoint:dense:float64:8:32:20",
            "rk4:adjoint:dense:float64:32:32:20",
            "rk4:adjoint:dense:float64:128:32:20",
            "rk4:adjoint:dense:float64:512:32:5",
            "rk4:adjoint:dense:float32:8:32:20",
            "rk4:adjoint:dense:float32:128:32:20",
            "rk4:adjoint:componentwise:float64:10000:1:20",
            "rk4:adjoint:componentwise:float64:100000:1:5",
            "rk4:backprop:dense:float64:8:32:10",
            "imex-rk3:adjoint:dense:float64:8:32:20",
            "imex-rk3:adjoint:dense:float64:128:32:20",
            "imex-rk3:adjoint:dense:float64:512:32:5",
            "imex-rk3:adjoint:componentwise:float64:100000:1:5",
            "chosen-tsit5:adjoint:dense:float64:8:32:100",
            "chosen-imex-rk3:reversible:dense:float64:8:32:100",
            "bdf2:adjoint:dense:float64:3:1:20",
            "bdf2:adjoint:dense:float64:32:32:20",
            "kvaerno5:none:dense:float64:3:1:20",
            "kvaerno5:adjoint:dense:float64:3:32:20",
            "kvaerno5:adjoint:dense:float64:16:64:20");

    @Option(names = "--out", required = true, description = "Folder for the results; new or empty.")
    private Path out = Path.of("");

    @Option(
            names = "--case",
            split = ",",
            description = "method:gradient:field:dtype:dimension:batch:steps, such as rk4:adjoint:dense:float64:8:32:20"
                    + " or chosen-tsit5:none:componentwise:float32:1000:1:100; a table of them if none is given.")
    private List<String> cases = List.of();

    @Option(names = "--runs", defaultValue = "11", description = "Measured runs of each, in turns.")
    private int runs;

    @Override
    public Integer call() {
        Choices.requirePositive("--runs", runs);
        List<CompileCase> chosen = (cases.isEmpty() ? CASES : cases)
                .stream().map(CompileCase::parse).toList();
        ResultFiles files = ResultFiles.fresh(out);
        List<List<Object>> rows = new ArrayList<>();
        int measured = 0;
        for (CompileCase each : chosen) {
            List<Object> row = row(each);
            measured += row.get(COLUMNS.indexOf("note")).equals("") ? 1 : 0;
            rows.add(row);
            System.err.println("odeon: " + row);
            files.table("compile", COLUMNS, rows);
        }
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("device", Devices.preferred().shortName());
        summary.put("processors", Runtime.getRuntime().availableProcessors());
        summary.put("runs", runs);
        summary.put("auto", CompilationChoice.rule());
        summary.put("measured", measured);
        files.summary(summary);
        return measured > 0 ? 0 : 1;
    }

    private List<Object> row(CompileCase which) {
        long numbers = (long) which.dimension() * which.batch();
        try (CompiledSolve executor = new CompiledSolve(which, Compilation.EXECUTOR);
                CompiledSolve xla = new CompiledSolve(which, Compilation.XLA);
                CompiledSolve automatic = new CompiledSolve(which, Compilation.AUTO)) {
            double executorFirst = executor.first();
            double xlaFirst = xla.first();
            for (int i = 0; i < runs; i++) {
                executor.measure();
                xla.measure();
            }
            double ratio = executor.medianMillis() / xla.medianMillis();
            return List.of(
                    which.text(),
                    numbers,
                    rounded(executor.medianMillis()),
                    rounded(xla.medianMillis()),
                    rounded(ratio),
                    rounded(executorFirst),
                    rounded(xlaFirst),
                    automatic.choice().line(),
                    "");
        } catch (TensorFlowException | IllegalArgumentException e) {
            String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("failed");
            return List.of(which.text(), numbers, "", "", "", "", "", "", reason);
        }
    }

    private static String rounded(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
