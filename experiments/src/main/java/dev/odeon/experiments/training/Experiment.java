package dev.odeon.experiments.training;

import java.util.Map;
import org.tensorflow.types.family.TFloating;

/** An experiment that trains a model: what it proposes, and how it starts. */
public interface Experiment {

    /** Its name on the command line. */
    String name();

    /**
     * One value for every option it has besides --compile, --gradient, --memory and --seed, which all have.
     *
     * @param given what the user gave; some defaults follow from other options
     */
    Map<String, String> defaults(Preset preset, Map<String, String> given);

    /**
     * Loads the data and builds the graph.
     *
     * @throws IllegalArgumentException if a setting is of no use
     * @throws dev.odeon.datasets.DataException if the data are
     */
    <T extends TFloating> ExperimentRun prepare(Settings settings, Class<T> type);
}
