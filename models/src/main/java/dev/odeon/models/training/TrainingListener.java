package dev.odeon.models.training;

import java.util.List;

/** Is told how training goes, such as a progress bar. */
public interface TrainingListener {

    /** Says nothing. */
    TrainingListener SILENT = new TrainingListener() {};

    /**
     * Before the first iteration.
     *
     * @param earlier the epochs that a resumed run has behind it; empty for a new one
     */
    default void begin(List<EpochRecord> earlier) {}

    /**
     * After each iteration.
     *
     * @param epoch from one
     * @param done iterations of this epoch that are done
     * @param of iterations of an epoch
     * @param meanLoss of this epoch so far
     */
    default void iteration(int epoch, int done, int of, double meanLoss) {}

    /** After each epoch, when its checkpoint is safe on disk. */
    default void epoch(EpochRecord figures) {}

    /** Tells this one first, then another. */
    default TrainingListener and(TrainingListener other) {
        TrainingListener first = this;
        return new TrainingListener() {
            @Override
            public void begin(List<EpochRecord> earlier) {
                first.begin(earlier);
                other.begin(earlier);
            }

            @Override
            public void iteration(int epoch, int done, int of, double meanLoss) {
                first.iteration(epoch, done, of, meanLoss);
                other.iteration(epoch, done, of, meanLoss);
            }

            @Override
            public void epoch(EpochRecord figures) {
                first.epoch(figures);
                other.epoch(figures);
            }
        };
    }
}
