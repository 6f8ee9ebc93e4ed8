package dev.odeon.experiments.classification;

import dev.odeon.experiments.training.ExperimentRun;
import dev.odeon.experiments.training.Findings;
import dev.odeon.experiments.training.Prediction;
import dev.odeon.models.schedules.Schedule;
import dev.odeon.models.serving.ServedModel;
import dev.odeon.models.training.BatchedTraining;
import dev.odeon.models.training.runs.TrainingResult;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.types.family.TFloating;

/**
 * A classifier in training: at the end it is judged on unseen rows, its evaluations are counted, and pictures are drawn.
 *
 * @param unseen rows that judge it at the end
 * @param sample a batch by which evaluations are counted
 * @param owned all rows, which are closed with the run
 */
record ClassifierRun<T extends TFloating>(
        ClassifierObjective<T> objective,
        BatchedTraining<T> training,
        Schedule schedule,
        UnseenRows unseen,
        LabelledRows sample,
        ToleranceScan scan,
        Picture<T> picture,
        List<LabelledRows> owned)
        implements ExperimentRun {

    private static final String TEST = "testAccuracy";

    /** What an experiment draws of its trained model besides. */
    @FunctionalInterface
    interface Picture<T extends TFloating> {
        /** Draws into a folder. */
        void draw(BatchedTraining<T> training, ClassifierObjective<T> objective, Path out);

        /** Draws nothing. */
        static <T extends TFloating> Picture<T> none() {
            return (training, objective, out) -> {};
        }
    }

    @Override
    public Findings finish(TrainingResult result, Path out) {
        Map<String, Object> entries = new LinkedHashMap<>();
        entries.put("parameters", training.parameterCount());
        entries.put("runBy", training.compilation().line());
        result.best().metrics().forEach(entries::put);
        // A number, so that its mean over several seeds is the share of runs that classify all validated samples right.
        entries.put("separated", result.best().metrics().getOrDefault(ClassifierObjective.ACCURACY, 0.0) == 1 ? 1 : 0);
        UnseenRows.Judgement judgement = unseen.judge(training.graph(), objective);
        entries.put("testRows", unseen.rows().count());
        entries.put("testOutcome", judgement.outcome().name());
        entries.put(TEST, judgement.accuracy());
        entries.put("testLoss", judgement.loss());
        entries.put("testEvaluations", judgement.evaluations());
        scan.run(training.graph(), objective, sample.constants(training.graph().tf()), out);
        picture.draw(training, objective, out);
        return new Findings(
                entries,
                Prediction.ofTest(
                        judgement.outcome(),
                        "the unseen rows",
                        objective.solving().method()));
    }

    @Override
    public Optional<ServedModel> served() {
        return Optional.of(
                ServedClassifier.of(objective, sample.features().shape().tail(), sample.count()));
    }

    @Override
    public List<String> headline() {
        return List.of(TEST);
    }

    @Override
    public void close() {
        training.close();
        owned.forEach(LabelledRows::close);
    }
}
