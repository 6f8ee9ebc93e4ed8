package dev.odeon.experiments.bench;

import dev.odeon.experiments.results.MeasuredSolve;
import dev.odeon.graph.CompilationChoice;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The figures of one variant. */
final class Measured {

    private final String gradient;
    private final String compilation;
    private final String linear;
    private final int atOnce;
    private final List<Double> millis = new ArrayList<>();
    private double buildMillis;
    private double firstMillis;
    private long peakBytes;
    private double loss;
    private String runBy = "";
    private String failure = "";

    /** @param atOnce iterations that are one run */
    Measured(String gradient, String compilation, String linear, int atOnce) {
        this.gradient = gradient;
        this.compilation = compilation;
        this.linear = linear;
        this.atOnce = atOnce;
    }

    String name() {
        return linear + " " + gradient + " " + compilation + (atOnce == 1 ? "" : " x" + atOnce);
    }

    int atOnce() {
        return atOnce;
    }

    void built(double milliseconds, CompilationChoice choice) {
        buildMillis = milliseconds;
        runBy = choice.line();
    }

    void first(double milliseconds, double firstLoss) {
        firstMillis = milliseconds;
        loss = firstLoss;
    }

    void peak(long bytes) {
        peakBytes = bytes;
    }

    /** Takes note of how long a run took. */
    void run(double milliseconds) {
        millis.add(milliseconds / atOnce);
    }

    void failed(String reason) {
        failure = reason;
    }

    String failure() {
        return failure;
    }

    double buildMillis() {
        return buildMillis;
    }

    double firstMillis() {
        return firstMillis;
    }

    /** In MiB, or a dash. */
    String peak() {
        return peakBytes > 0 ? String.format(Locale.ROOT, "%.1f", peakBytes / (double) (1 << 20)) : "-";
    }

    double medianMillis() {
        return millis.isEmpty() ? Double.NaN : MeasuredSolve.median(millis);
    }

    /** For the result lines; {@code peakBytes} is null where it cannot be measured. */
    Map<String, @Nullable Object> describe() {
        Map<String, @Nullable Object> line = new LinkedHashMap<>();
        line.put("gradient", gradient);
        line.put("compile", compilation);
        line.put("linear", linear);
        line.put("atOnce", atOnce);
        if (failure.isEmpty()) {
            line.put("runBy", runBy);
            line.put("medianMs", medianMillis());
            line.put("minMs", Collections.min(millis));
            line.put("maxMs", Collections.max(millis));
            line.put("iterations", millis.size());
            line.put("buildMs", buildMillis);
            line.put("firstRunMs", firstMillis);
            line.put("peakBytes", peakBytes > 0 ? peakBytes : null);
            line.put("firstLoss", loss);
        } else {
            line.put("notMeasured", failure);
        }
        return line;
    }
}
