package dev.odeon.experiments.training.session;

import dev.odeon.experiments.training.Settings;
import dev.odeon.graph.runtime.Devices;
import dev.odeon.models.training.runs.EpochRecord;
import dev.odeon.models.training.runs.TrainingResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What summary.json says of every run: its settings, how far it came, losses and work. */
final class RunSummary {

    /** The entry for the epochs that were asked for; {@code epochs} are those that were trained. */
    static final String EPOCHS_REQUESTED = "epochsRequested";

    private RunSummary() {}

    /** The entries, to which the experiment adds its own. */
    static Map<String, Object> of(String experiment, Settings settings, TrainingResult result, int atOnce) {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("experiment", experiment);
        settings.all().forEach((name, value) -> {
            if (!value.isEmpty()) {
                summary.put(name.equals("epochs") ? EPOCHS_REQUESTED : name, Settings.typed(name, value));
            }
        });
        summary.put("device", Devices.preferred().shortName());
        summary.put("outcome", result.outcome().name());
        summary.put("ending", result.ending().where());
        List<EpochRecord> epochs = result.epochs();
        summary.put("epochs", epochs.size());
        if (!epochs.isEmpty()) {
            EpochRecord last = result.last();
            summary.put("trainLoss", last.trainLoss());
            summary.put("validLoss", last.validLoss());
            summary.put("bestEpoch", result.best().epoch());
            summary.put("bestValidLoss", result.best().validLoss());
            summary.put("nfeForwardPerEpoch", last.nfeForward());
            summary.put("nfeBackwardPerEpoch", last.nfeBackward());
            summary.put("nfeEvaluationPerEpoch", last.nfeEvaluation());
            summary.put("nfeForwardPerIteration", last.nfeForwardPerIteration());
            summary.put("nfeBackwardPerIteration", last.nfeBackwardPerIteration());
            // One mean for each epoch, as the papers draw them.
            summary.put(
                    "nfeForward",
                    epochs.stream().map(EpochRecord::nfeForwardPerIteration).toList());
            summary.put(
                    "nfeBackward",
                    epochs.stream().map(EpochRecord::nfeBackwardPerIteration).toList());
            summary.put(
                    "secondsPerEpoch",
                    epochs.stream().mapToDouble(EpochRecord::seconds).average().orElse(Double.NaN));
        }
        summary.put("iterationsInARun", atOnce);
        return summary;
    }
}
