package dev.odeon.experiments.pde;

import dev.odeon.experiments.training.ExperimentRun;
import dev.odeon.experiments.training.Findings;
import dev.odeon.models.schedules.Schedule;
import dev.odeon.models.serving.ServedModel;
import dev.odeon.models.training.BatchedTraining;
import dev.odeon.models.training.IterationInputs;
import dev.odeon.models.training.Phase;
import dev.odeon.models.training.TrainingData;
import dev.odeon.models.training.TrainingSettings;
import dev.odeon.models.training.data.BatchPlan;
import dev.odeon.models.training.data.Remainder;
import dev.odeon.models.training.runs.Trainable;
import dev.odeon.models.training.runs.TrainingResult;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.types.family.TFloating;

/** A surrogate and its windows, ready to train. */
final class PdeTraining<T extends TFloating> implements ExperimentRun {

    /** In which order an epoch goes through its windows. */
    enum Order {
        /** As they lie, every epoch alike. */
        AS_STORED,
        /** Shuffled anew in every epoch, by its number and the seed, and each window moved and mirrored at random. */
        RANDOM
    }

    /**
     * Everything but the model.
     *
     * @param intervals to predict at the end
     * @param length of the interval in space
     */
    record Plan(
            TrainingWindows windows,
            int batch,
            Order order,
            Draws draws,
            Schedule schedule,
            int intervals,
            double length) {
        Plan {
            int windowsThere = windows.training().size();
            if (batch > windowsThere) {
                throw new IllegalArgumentException("--batch is " + batch + ", but there are only " + windowsThere
                        + " training windows: give at most " + windowsThere);
            }
            // Not first when everything is trained.
            windows.rolloutStarts(intervals, Rollout.ATMOST);
        }

        /** The last windows that do not fill a batch are left out of an epoch of training. */
        BatchPlan batches() {
            BatchPlan plan = BatchPlan.of(batch).withRemainder(Remainder.DROP);
            return order == Order.RANDOM ? plan.withOrder(draws::order) : plan;
        }

        IterationInputs symmetries(int points) {
            return place -> Map.of(
                    PdeObjective.SYMMETRIES,
                    place.phase() == Phase.TRAINING && order == Order.RANDOM
                            ? Symmetry.draw(draws.symmetries(place.epoch(), place.batch()), batch, points)
                            : Symmetry.identities(batch));
        }

        Rollout rollout() {
            return new Rollout(windows.data(), windows.rolloutStarts(intervals, Rollout.ATMOST), intervals, length);
        }
    }

    private final Class<T> type;
    private final PdeObjective<T> objective;
    private final Plan plan;
    private final BatchedTraining<T> training;

    PdeTraining(Class<T> type, int points, PdeObjective<T> objective, Plan plan, TrainingSettings settings) {
        this.type = type;
        this.objective = objective;
        this.plan = plan;
        TrainingWindows windows = plan.windows();
        try (T states = windows.data().states(type)) {
            TrainingData data = TrainingData.of(
                            new WindowStarts(windows.training()),
                            new WindowStarts(windows.validation()),
                            plan.batches())
                    .withShared(Map.of(PdeObjective.STATES, states))
                    .withInputs(plan.symmetries(points));
            this.training = new BatchedTraining<>(objective, data, settings);
        }
    }

    @Override
    public Trainable training() {
        return training;
    }

    @Override
    public Schedule schedule() {
        return plan.schedule();
    }

    @Override
    public Findings finish(TrainingResult result, Path out) {
        Findings rollout = plan.rollout().run(training.graph(), objective, type, out);
        Map<String, Object> entries = new LinkedHashMap<>();
        entries.put("parameters", training.parameterCount());
        entries.put("runBy", training.compilation().line());
        entries.putAll(rollout.entries());
        return new Findings(entries, rollout.prediction());
    }

    @Override
    public Optional<ServedModel> served() {
        return Optional.of(ServedSurrogate.of(objective, plan.windows().data().points(), plan.length()));
    }

    @Override
    public List<String> notes() {
        return objective.notes();
    }

    @Override
    public List<String> headline() {
        return List.of(Rollout.ERROR);
    }

    @Override
    public String explanation() {
        return "the sum of |prediction - truth| over that of |truth|, over the whole prediction: 0 is exact, 1 is what zeros"
                + " give; a chaotic system forgets its start and comes to about 1.4, the error of unrelated states";
    }

    @Override
    public void close() {
        training.close();
    }
}
