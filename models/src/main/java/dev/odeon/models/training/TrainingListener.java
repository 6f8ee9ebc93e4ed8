package dev.odeon.models.training;

/** Is told how training goes, such as a progress bar. */
public interface TrainingListener {

    /** Says nothing. */
    TrainingListener SILENT = new TrainingListener() {};

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
}
