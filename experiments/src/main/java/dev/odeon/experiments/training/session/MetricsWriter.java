package dev.odeon.experiments.training.session;

import dev.odeon.models.training.runs.EpochRecord;
import dev.odeon.models.training.runs.TrainingListener;
import java.util.ArrayList;
import java.util.List;

/** Keeps metrics.csv up to date after every epoch. */
final class MetricsWriter implements TrainingListener {

    private final ResultFolder folder;
    private final List<EpochRecord> epochs = new ArrayList<>();

    MetricsWriter(ResultFolder folder) {
        this.folder = folder;
    }

    @Override
    public void begin(List<EpochRecord> earlier) {
        epochs.addAll(earlier);
        folder.writeMetrics(epochs);
    }

    @Override
    public void epoch(EpochRecord figures) {
        epochs.add(figures);
        folder.writeMetrics(epochs);
    }
}
