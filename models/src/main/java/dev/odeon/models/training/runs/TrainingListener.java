package dev.odeon.models.training.runs;

import dev.odeon.models.schedules.Moment;
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
     * After each iteration, also a failed one; of iterations that were run at once all are told when the last has ended.
     *
     * @param moment when it began
     * @param iteration what it reported
     */
    default void iteration(Moment moment, double learningRate, Iteration iteration) {}

    /**
     * After each iteration that did not end the run.
     *
     * @param epoch from one
     * @param done iterations of this epoch that are done
     * @param of iterations of an epoch
     * @param meanLoss of this epoch so far; not a number if all of its iterations were passed over
     */
    default void iteration(int epoch, int done, int of, double meanLoss) {}

    /** After each epoch, when its checkpoint is safe on disk. */
    default void epoch(EpochRecord figures) {}

    /** After the last iteration, when all checkpoints are safe on disk. */
    default void end(TrainingResult result) {}

    /** Tells this one first, then another. */
    default TrainingListener and(TrainingListener other) {
        return all(List.of(this, other));
    }

    /** Tells each of these, in order. */
    static TrainingListener all(List<TrainingListener> listeners) {
        List<TrainingListener> told = List.copyOf(listeners);
        return new TrainingListener() {
            @Override
            public void begin(List<EpochRecord> earlier) {
                told.forEach(listener -> listener.begin(earlier));
            }

            @Override
            public void iteration(Moment moment, double learningRate, Iteration iteration) {
                told.forEach(listener -> listener.iteration(moment, learningRate, iteration));
            }

            @Override
            public void iteration(int epoch, int done, int of, double meanLoss) {
                told.forEach(listener -> listener.iteration(epoch, done, of, meanLoss));
            }

            @Override
            public void epoch(EpochRecord figures) {
                told.forEach(listener -> listener.epoch(figures));
            }

            @Override
            public void end(TrainingResult result) {
                told.forEach(listener -> listener.end(result));
            }
        };
    }
}
