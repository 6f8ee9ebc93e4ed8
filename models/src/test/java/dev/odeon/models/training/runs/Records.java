package dev.odeon.models.training.runs;

import java.util.List;

/** Records of epochs as tests compare them. */
public final class Records {

    private Records() {}

    /** All figures but how long it took. */
    public static List<EpochRecord> withoutTimes(TrainingResult result) {
        return result.epochs().stream()
                .map(epoch -> new EpochRecord(
                        epoch.epoch(),
                        epoch.learningRate(),
                        epoch.trainLoss(),
                        epoch.validLoss(),
                        epoch.criterion(),
                        epoch.iterations(),
                        epoch.nfeForward(),
                        epoch.nfeBackward(),
                        epoch.nfeEvaluation(),
                        0,
                        epoch.skipped(),
                        epoch.metrics()))
                .toList();
    }
}
