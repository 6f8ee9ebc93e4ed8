package dev.odeon.models.training.runs;

import dev.odeon.solvers.Outcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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

    /** At most how many iterations are one run of the graph; one unless overridden. */
    default int atOnce() {
        return 1;
    }

    /** Why iterations are single ones whatever was asked for, in a few words; empty if they need not be. */
    default Optional<String> single() {
        return Optional.of("the model knows no others");
    }

    /**
     * Several iterations of an epoch, one after another; one that fails is the last.
     *
     * @param epoch from one
     * @param first of them, from zero
     * @param learningRates one for each, of at most {@link #atOnce} iterations
     * @return what they told, in order; fewer than were asked for if the last failed
     */
    default List<Iteration> train(int epoch, int first, double[] learningRates) {
        List<Iteration> done = new ArrayList<>();
        for (double learningRate : learningRates) {
            Iteration iteration = train(epoch, first + done.size(), learningRate);
            done.add(iteration);
            if (iteration.verdict() != Outcome.SUCCESS) {
                break;
            }
        }
        return done;
    }

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
