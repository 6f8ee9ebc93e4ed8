package dev.odeon.experiments.training;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What an experiment finds out after the last epoch, with the parameters of the best one.
 *
 * @param entries of the summary, in their order
 * @param prediction how a long prediction went; empty for experiments that make none
 */
public record Findings(Map<String, Object> entries, Optional<Prediction> prediction) {

    /** Those of a training that did not come so far. */
    public static final Findings NONE = Findings.of(Map.of());

    public Findings {
        entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        Objects.requireNonNull(prediction, "prediction");
    }

    /** Without a prediction. */
    public static Findings of(Map<String, Object> entries) {
        return new Findings(entries, Optional.empty());
    }
}
