package dev.odeon.experiments.bench;

import java.util.List;
import java.util.Locale;

/** The variants side by side, on standard error. */
final class RatioTable {

    private RatioTable() {}

    /** Prints them; ratios are to the first that ran. */
    static void print(List<Measured> results) {
        System.err.printf(
                Locale.ROOT,
                "%n%-28s %10s %8s %8s %10s %12s%n",
                "variant",
                "median ms",
                "ratio",
                "build ms",
                "first ms",
                "peak MiB");
        double reference = results.stream()
                .filter(result -> result.failure().isEmpty())
                .mapToDouble(Measured::medianMillis)
                .findFirst()
                .orElse(Double.NaN);
        for (Measured measured : results) {
            if (measured.failure().isEmpty()) {
                System.err.printf(
                        Locale.ROOT,
                        "%-28s %10.2f %8.2f %8.0f %10.0f %12s%n",
                        measured.name(),
                        measured.medianMillis(),
                        measured.medianMillis() / reference,
                        measured.buildMillis(),
                        measured.firstMillis(),
                        measured.peak());
            } else {
                System.err.printf(Locale.ROOT, "%-28s not measured: %s%n", measured.name(), measured.failure());
            }
        }
    }
}
