package dev.odeon.experiments.training;

import dev.odeon.models.schedules.Schedule;
import dev.odeon.models.serving.ServedModel;
import dev.odeon.models.training.runs.Trainable;
import dev.odeon.models.training.runs.TrainingResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A model with its data, ready to train; owns native resources. */
public interface ExperimentRun extends AutoCloseable {

    /** What is trained. */
    Trainable training();

    /** The learning rate's schedule, fresh. */
    Schedule schedule();

    /**
     * Finds out what else there is to tell after the last epoch; the parameters are those of the best one.
     *
     * @param out folder for pictures
     * @return further entries of the summary
     */
    Findings finish(TrainingResult result, Path out);

    /** What the trained model offers to programs that only predict; empty if it offers nothing. */
    default Optional<ServedModel> served() {
        return Optional.empty();
    }

    /** The metric of which the best epoch has most, the first of several; empty where it has the least validation loss. */
    default Optional<String> ranking() {
        return Optional.empty();
    }

    /** What the user should know of the settings before the first iteration, each in a line; often nothing. */
    default List<String> notes() {
        return List.of();
    }

    /** Names of entries of the summary that say how good the model is: they are repeated at the end, before the metrics. */
    default List<String> headline() {
        return List.of();
    }

    /** What the headline's figures are and which are good, in a few words behind them; empty where their names say it. */
    default String explanation() {
        return "";
    }

    @Override
    void close();
}
