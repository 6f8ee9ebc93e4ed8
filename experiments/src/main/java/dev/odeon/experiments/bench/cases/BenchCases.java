package dev.odeon.experiments.bench.cases;

import dev.odeon.experiments.options.Choices;
import dev.odeon.experiments.training.ElementTypeName;
import dev.odeon.graph.Compilation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tensorflow.types.family.TFloating;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code odeon bench cases}: what a training iteration of six kinds of problems costs, with default options and by
 * TensorFlow's executor, beside the figures of another library.
 *
 * <p>The variants of a case run in turns, so that whatever else the machine does falls on all alike.
 */
@Command(
        name = "cases",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "Measure a training iteration of typical problems, beside another library's figures.")
public final class BenchCases implements Callable<Integer> {

    @Option(names = "--case", split = ",", description = "Any of ${COMPLETION-CANDIDATES}; all if none is given.")
    private List<TrainedCase> cases = List.of();

    @Option(names = "--dtype", defaultValue = "float64", description = "${COMPLETION-CANDIDATES}.")
    private ElementTypeName dtype = ElementTypeName.float64;

    @Option(names = "--runs", defaultValue = "15", description = "Measured runs of each variant.")
    private int runs;

    @Option(names = "--warmup", defaultValue = "3", description = "Runs before those that are measured.")
    private int warmup;

    @Option(names = "--against", description = "What experiments/bench/torch_cases.py printed.")
    private @Nullable Path against;

    @Option(names = "--write", description = "File for the page, such as docs/BENCHMARKS.md; written anew.")
    private @Nullable Path write;

    @Override
    public Integer call() throws IOException {
        Choices.requirePositive("--runs", runs);
        Choices.requirePositive("--warmup", warmup);
        Rival rival = against == null ? Rival.NONE : Rival.read(against, dtype.name());
        List<CaseReport.Row> rows = new ArrayList<>();
        for (TrainedCase each : cases.isEmpty() ? List.of(TrainedCase.values()) : cases) {
            System.err.println("odeon: " + each.title());
            rows.add(measured(each, dtype.type()));
        }
        String page = CaseReport.page(rows, dtype.name(), runs, rival);
        System.out.print(page);
        if (write != null) {
            Files.writeString(write, page);
        }
        return 0;
    }

    private <T extends TFloating> CaseReport.Row measured(TrainedCase which, Class<T> type) {
        try (CaseRun<T> usual = which.run(type, Compilation.AUTO);
                CaseRun<T> executor = which.run(type, Compilation.EXECUTOR)) {
            double first = usual.first();
            double firstByExecutor = executor.first();
            for (int i = 0; i < warmup; i++) {
                usual.first();
                executor.first();
            }
            for (int i = 0; i < runs; i++) {
                usual.measure();
                executor.measure();
            }
            System.err.printf(
                    Locale.ROOT,
                    "odeon:   %.3g ms (%s), executor %.3g ms; first runs %.1f s and %.1f s%n",
                    usual.median(),
                    usual.choice().line(),
                    executor.median(),
                    first / 1e3,
                    firstByExecutor / 1e3);
            return new CaseReport.Row(
                    which,
                    usual.choice().compilation().name().toLowerCase(Locale.ROOT),
                    usual.atOnce(),
                    usual.median(),
                    usual.least(),
                    executor.median());
        }
    }
}
