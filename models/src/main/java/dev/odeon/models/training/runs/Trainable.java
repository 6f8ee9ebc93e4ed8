package dev.odeon.models.training.runs;

import java.nio.file.Path;

/**
 * A model with its data, as a {@link Trainer} sees it.
 *
 * <p>What an iteration does must depend on nothing but its arguments and what {@link #restore} brings back; then a resumed
 * run repeats an uninterrupted one.
 */
public interface Trainable {

    /** How many iterations make an epoch. */
    int batches();

    /**
     * Changes the parameters once.
     *
     * @param epoch from one
     * @param batch from zero
     */
    Iteration train(int epoch, int batch, double learningRate);

    /**
     * Takes note that the run goes on in spite of the last iteration, which failed.
     *
     * <p>Where gradients of several iterations are joined and this was the last of them, those before it still count.
     *
     * @param epoch from one
     * @param batch from zero
     */
    default void passOver(int epoch, int batch, double learningRate) {}

    /** Judges the parameters. */
    Evaluation evaluate();

    /** Writes everything that training has changed to files with this prefix. */
    void save(Path prefix);

    /**
     * Reads it back.
     *
     * @throws IllegalArgumentException if the files are missing, damaged or of another model
     */
    void restore(Path prefix);
}
