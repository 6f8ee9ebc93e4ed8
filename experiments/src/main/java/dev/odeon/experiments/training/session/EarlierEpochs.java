package dev.odeon.experiments.training.session;

import dev.odeon.models.training.runs.EpochRecord;
import dev.odeon.models.training.runs.TrainingListener;
import java.util.List;

/** Remembers how many epochs a resumed run had finished before. */
final class EarlierEpochs implements TrainingListener {

    private int count;

    @Override
    public void begin(List<EpochRecord> earlier) {
        count = earlier.size();
    }

    int count() {
        return count;
    }
}
