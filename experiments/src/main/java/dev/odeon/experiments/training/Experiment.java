package dev.odeon.experiments.training;

import java.util.List;
import org.tensorflow.types.family.TFloating;

/**
 * An experiment that trains a model: its name, its options, its data, and how it starts.
 *
 * <p>With one line in {@code Experiments} it is a command, {@code odeon train NAME}, with a help, settings that are kept, and
 * runs that can be resumed.
 */
public interface Experiment {

    /** Its name on the command line. */
    String name();

    /** What it does, a sentence for the help. */
    String title();

    /**
     * Its options with their defaults, in the order of settings.json; {@code --epochs} and {@code --dtype} among them.
     *
     * <p>The preset, {@code --compile}, {@code --at-once}, {@code --gradient}, {@code --memory}, {@code --seed}, {@code --patience}, {@code
     * --skip-failed} and {@code --tensorboard} come by themselves.
     */
    List<ExperimentOption> options();

    /**
     * Loads the data and builds the graph.
     *
     * @param settings a value for each option
     * @throws IllegalArgumentException if a setting is of no use
     * @throws dev.odeon.datasets.DataException if the data are
     */
    <T extends TFloating> ExperimentRun prepare(Settings settings, Class<T> type);
}
