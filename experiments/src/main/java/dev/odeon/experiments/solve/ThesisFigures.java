package dev.odeon.experiments.solve;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the thesis reports, and why ours differs. Source: Xia, thesis, table 5.2. */
final class ThesisFigures {

    private ThesisFigures() {}

    /** Table 5.2: the smallest errors at t = 1. */
    static Map<String, Double> table52() {
        Map<String, Double> errors = new LinkedHashMap<>();
        errors.put("prox-backward-euler", 4.68e-7);
        errors.put("prox-crank-nicolson", 1.75e-6);
        errors.put("prox-bdf2", 1.36e-6);
        errors.put("prox-bdf3", 5.71e-7);
        errors.put("prox-bdf4", 1.15e-6);
        return errors;
    }

    /** Sentences for the summary. */
    static List<String> differences() {
        return List.of("TODO");
    }
}
