package dev.odeon.experiments.bench.cases;

import dev.odeon.graph.runtime.Devices;
import java.util.List;
import java.util.Locale;
import org.tensorflow.TensorFlow;

/** The figures of all cases as a page of Markdown. */
final class CaseReport {

    private CaseReport() {}

    /**
     * One case.
     *
     * @param runBy who runs it by default, and why
     * @param atOnce iterations in a run
     * @param millis medians by default options
     * @param least by default options
     * @param executorMillis medians by the executor
     */
    record Row(TrainedCase which, String runBy, int atOnce, double millis, double least, double executorMillis) {}

    static String page(List<Row> rows, String dtype, int runs, Rival rival) {
        StringBuilder page = new StringBuilder();
        page.append("""
                # What a training iteration costs

                Written by `odeon bench cases --write`. An iteration is forward solve, loss, gradient and Adam, with default
                options; "executor" is the same with `--compile executor`. Medians in milliseconds; the variants of a case run
                in turns.

                """);
        page.append(String.format(
                Locale.ROOT,
                "Machine: %s, %s, %d processors, %s, Java %s, TensorFlow %s. Number type %s, %d measured runs each.%n",
                Devices.preferred().shortName(),
                System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name"),
                System.getProperty("java.version"),
                TensorFlow.version(),
                dtype,
                runs));
        boolean compared = !rival.millis().isEmpty();
        if (compared) {
            page.append(String.format(
                    Locale.ROOT, "Other library: %s, in the same minutes, one after the other.%n", rival.library()));
        }
        page.append(String.format(Locale.ROOT, "%n| case | run by | ms | least | executor ms | executor / default |"));
        page.append(compared ? " other ms | other / default |\n" : "\n");
        page.append("|---|---|---|---|---|---|").append(compared ? "---|---|\n" : "\n");
        for (Row row : rows) {
            page.append(String.format(
                    Locale.ROOT,
                    "| %s | %s | %.3g | %.3g | %.3g | %.2f |",
                    row.which().name(),
                    row.runBy() + (row.atOnce() > 1 ? ", " + row.atOnce() + " at once" : ""),
                    row.millis(),
                    row.least(),
                    row.executorMillis(),
                    row.executorMillis() / row.millis()));
            if (compared) {
                Double other = rival.millis().get(row.which().name());
                page.append(
                        other == null
                                ? " - | - |"
                                : String.format(Locale.ROOT, " %.3g | %.2f |", other, other / row.millis()));
            }
            page.append('\n');
        }
        page.append("\nThe cases:\n\n");
        for (Row row : rows) {
            page.append("- `")
                    .append(row.which().name())
                    .append("`: ")
                    .append(row.which().title())
                    .append(".\n");
        }
        page.append("""

                To repeat it, on a machine that does nothing else, with PyTorch in a virtual environment:

                    python3 experiments/bench/torch_cases.py --threads 2 > torch.jsonl
                    ./odeon bench cases --against torch.jsonl --write docs/BENCHMARKS.md
                """);
        return page.toString();
    }
}
