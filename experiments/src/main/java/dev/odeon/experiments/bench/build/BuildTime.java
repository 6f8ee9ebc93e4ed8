package dev.odeon.experiments.bench.build;

import dev.odeon.experiments.results.MeasuredSolve;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How long a combination takes to build, or why it cannot be built.
 *
 * @param nodes of the graph and its functions
 * @param millis median
 * @param refusal empty if it was built
 */
record BuildTime(Combination combination, int nodes, double millis, String refusal) {

    static final List<String> COLUMNS = List.of("method", "gradient", "steps", "nodes", "buildMs", "note");

    /** Builds once before measuring, for Java to see the code, and then as often as is asked for. */
    static BuildTime measure(Combination combination, int repeats) {
        int nodes;
        try {
            nodes = combination.build().nodes();
        } catch (IllegalArgumentException e) {
            return new BuildTime(combination, 0, 0, "refused: " + e.getMessage());
        }
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < repeats; i++) {
            millis.add(combination.build().millis());
        }
        return new BuildTime(combination, nodes, MeasuredSolve.median(millis), "");
    }

    boolean built() {
        return refusal.isEmpty();
    }

    /** An empty entry where there is no number. */
    List<Object> row() {
        return List.of(
                combination.method().name(),
                combination.variant().name(),
                steps(),
                built() ? nodes : "",
                built() ? millis : "",
                // Commas separate entries.
                refusal.replace(',', ';'));
    }

    /** For a summary. */
    Map<String, Object> description() {
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("method", combination.method().name());
        description.put("gradient", combination.variant().name());
        description.put("steps", steps());
        description.put("nodes", nodes);
        description.put("buildMs", millis);
        return description;
    }

    private String steps() {
        return combination.steps().name().toLowerCase(Locale.ROOT);
    }
}
