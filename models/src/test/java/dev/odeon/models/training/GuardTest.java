package dev.odeon.models.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odeon.graph.Compilation;
import dev.odeon.models.optimisers.AdamW;
import dev.odeon.models.optimisers.Averaging;
import dev.odeon.models.schedules.Constant;
import dev.odeon.models.training.data.BatchPlan;
import dev.odeon.models.training.runs.Ending;
import dev.odeon.models.training.runs.Evaluation;
import dev.odeon.models.training.runs.Iteration;
import dev.odeon.models.training.runs.OnFailure;
import dev.odeon.models.training.runs.RunFolder;
import dev.odeon.models.training.runs.Trainable;
import dev.odeon.models.training.runs.Trainer;
import dev.odeon.models.training.runs.TrainingResult;
import dev.odeon.solvers.Outcome;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.tensorflow.types.TFloat64;

/** An iteration that fails changes nothing, whatever becomes of the run. */
class GuardTest {

    private static final double HOPELESS = 1e200;

    @TempDir
    private Path folder = Path.of("");

    /** The third batch of four fails. */
    private static CubicData spoilt() {
        return new CubicData(0.2, 3, 1, 0.5, HOPELESS, 0.1, 1.5, 0.8);
    }

    private static TrainingSettings settings(Compilation compilation) {
        // Decay of weights too: it reads and writes the parameters before the moments.
        return new TrainingSettings(new AdamW(0.1), compilation, 0)
                .withAveraging(new Averaging.Exponential(0.9, Averaging.Judged.TRAINED));
    }

    @ParameterizedTest
    @CsvSource({
        "NONE, EXECUTOR, 1",
        "SHARED, EXECUTOR, 1",
        "EACH_SAMPLE, EXECUTOR, 1",
        "TWO, EXECUTOR, 1",
        "TWO, EXECUTOR, 2",
        "SHARED, XLA, 1"
    })
    void changesNothingInAFailedIteration(Cubic.Solves solves, Compilation compilation, int accumulation) {
        try (CubicData data = spoilt();
                BatchedTraining<TFloat64> training = data.training(
                        solves, BatchPlan.of(2), settings(compilation).withAccumulation(accumulation))) {
            training.train(1, 0, 0.1);
            byte[] first = CubicData.everything(training, folder);
            assertThat(training.train(1, 1, 0.1).verdict()).isEqualTo(Outcome.SUCCESS);
            byte[] before = CubicData.everything(training, folder);
            assertThat(before).isNotEqualTo(first);
            assertThat(training.train(1, 2, 0.1).verdict().successful()).isFalse();
            assertThat(CubicData.everything(training, folder)).isEqualTo(before);
            assertThat(training.train(1, 3, 0.1).verdict()).isEqualTo(Outcome.SUCCESS);
            assertThat(CubicData.everything(training, folder)).isNotEqualTo(before);
        }
    }

    @Test
    void aLossThatOverflowsIsAFailureToo() {
        // The product is finite, its square is not.
        try (CubicData data = spoilt();
                BatchedTraining<TFloat64> training =
                        data.training(Cubic.Solves.NONE, BatchPlan.of(2), settings(Compilation.EXECUTOR))) {
            Iteration iteration = training.train(1, 2, 0.1);
            assertThat(iteration.loss()).isInfinite();
            assertThat(iteration.outcome()).isEqualTo(Outcome.SUCCESS);
            assertThat(iteration.verdict()).isEqualTo(Outcome.NON_FINITE);
            assertThat(CubicData.k(training)).isEqualTo(Cubic.FIRST);
        }
    }

    /** Loss and gradient of the third batch would be finite. */
    @ParameterizedTest
    @EnumSource(
            value = Compilation.class,
            names = {"EXECUTOR", "XLA"})
    void aGradientWhoseWayBackStrayedEndsTheRunWithItsAdvice(Compilation compilation) {
        try (CubicData data = new CubicData(0.2, 2, 1, 0.5, 5, 0.1, 1.5, 0.8);
                BatchedTraining<TFloat64> training =
                        data.training(Cubic.Solves.BACKSOLVED, BatchPlan.of(2), settings(compilation))) {
            TrainingResult result = Trainer.of(5, new Constant(0.001)).start(training);
            assertThat(result.ending()).isEqualTo(new Ending.FailedIteration(1, 2, Outcome.UNRELIABLE_GRADIENT));
            assertThatThrownBy(result::last).hasMessageContaining("Gradient.DISCRETE_ADJOINT");
        }
    }

    @Test
    void aRunThatFailsEndsWithTheParametersOfItsLastGoodIterationOnDisk() {
        RunFolder run = new RunFolder(folder);
        try (CubicData data = spoilt();
                BatchedTraining<TFloat64> training =
                        data.training(Cubic.Solves.SHARED, BatchPlan.of(2), settings(Compilation.EXECUTOR));
                BatchedTraining<TFloat64> good =
                        data.training(Cubic.Solves.SHARED, BatchPlan.of(2), settings(Compilation.EXECUTOR));
                BatchedTraining<TFloat64> restored =
                        data.training(Cubic.Solves.SHARED, BatchPlan.of(2), settings(Compilation.EXECUTOR))) {
            TrainingResult result =
                    Trainer.of(5, new Constant(0.1)).withFolder(run).start(training);
            assertThat(result.ending()).isEqualTo(new Ending.FailedIteration(1, 2, Outcome.NON_FINITE));
            assertThat(result.ending().where()).isEqualTo("in epoch 1, iteration 3");
            assertThat(result.outcome()).isEqualTo(Outcome.NON_FINITE);
            assertThat(run.failed()).isTrue();
            assertThat(run.resumable()).isFalse();
            good.train(1, 0, 0.1);
            good.train(1, 1, 0.1);
            run.restoreLastGood(restored);
            assertThat(CubicData.everything(restored, folder)).isEqualTo(CubicData.everything(good, folder));
        }
    }

    @Test
    void goesOnAfterAsManySkippedIterationsAsItMay() {
        // The validation is spoilt as well: judged is only the training here.
        try (CubicData data = spoilt();
                BatchedTraining<TFloat64> training =
                        data.training(Cubic.Solves.SHARED, BatchPlan.of(2), settings(Compilation.EXECUTOR))) {
            Trainable blind = new Blind(training);
            TrainingResult result = Trainer.of(5, new Constant(0.1))
                    .withOnFailure(OnFailure.skip(3))
                    .start(blind);
            assertThat(result.epochs()).hasSize(3).allSatisfy(epoch -> {
                assertThat(epoch.skipped()).isEqualTo(1);
                assertThat(epoch.trainLoss()).isFinite();
            });
            assertThat(result.ending()).isEqualTo(new Ending.FailedIteration(4, 2, Outcome.NON_FINITE));
        }
    }

    /** A training that judges itself by nothing. */
    private record Blind(Trainable training) implements Trainable {
        @Override
        public int batches() {
            return training.batches();
        }

        @Override
        public Iteration train(int epoch, int batch, double learningRate) {
            return training.train(epoch, batch, learningRate);
        }

        @Override
        public Evaluation evaluate() {
            return new Evaluation(Outcome.SUCCESS, 0, 0);
        }

        @Override
        public void save(Path prefix) {
            training.save(prefix);
        }

        @Override
        public void restore(Path prefix) {
            training.restore(prefix);
        }
    }
}
