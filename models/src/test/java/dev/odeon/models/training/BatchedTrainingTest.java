package dev.odeon.models.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.odeon.models.optimisers.Averaging;
import dev.odeon.models.optimisers.Clipping;
import dev.odeon.models.schedules.ReduceOnPlateau;
import dev.odeon.models.schedules.WarmUp;
import dev.odeon.models.training.data.BatchPlan;
import dev.odeon.models.training.data.Order;
import dev.odeon.models.training.data.Placement;
import dev.odeon.models.training.data.Remainder;
import dev.odeon.models.training.runs.Evaluation;
import dev.odeon.models.training.runs.Iteration;
import dev.odeon.models.training.runs.KilledIn;
import dev.odeon.models.training.runs.Records;
import dev.odeon.models.training.runs.RunFolder;
import dev.odeon.models.training.runs.SolveFigures;
import dev.odeon.models.training.runs.Trainer;
import dev.odeon.models.training.runs.TrainingResult;
import dev.odeon.solvers.Outcome;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tensorflow.types.TFloat64;

class BatchedTrainingTest {

    private static final double[] STARTS = {0.2, 3, 1, 0.5, 2, 0.1, 1.5, 0.8, 2.5, 0.3};

    @TempDir
    private Path folder = Path.of("");

    private static CubicData ten() {
        return new CubicData(STARTS);
    }

    @Test
    void samplesWithTheirOwnStepsTellTheirOutcomesAndTheSumOfTheirEvaluations() {
        try (CubicData data = ten();
                BatchedTraining<TFloat64> all =
                        data.training(Cubic.Solves.EACH_SAMPLE, BatchPlan.of(4), CubicData.SETTINGS);
                BatchedTraining<TFloat64> single =
                        data.training(Cubic.Solves.EACH_SAMPLE, BatchPlan.of(1), CubicData.SETTINGS)) {
            long[] alone = new long[STARTS.length];
            for (int i = 0; i < alone.length; i++) {
                alone[i] = single.train(1, i, 1e-12).nfeForward();
            }
            assertThat(alone[1]).isGreaterThan(alone[0]);
            Iteration first = all.train(1, 0, 1e-12);
            assertThat(first.outcome()).isEqualTo(Outcome.SUCCESS);
            assertThat(first.solves()).hasSize(1);
            assertThat(first.solves().get(0).outcomes()).hasSize(4).containsOnly(Outcome.SUCCESS);
            assertThat(first.nfeForward()).isEqualTo(alone[0] + alone[1] + alone[2] + alone[3]);
            assertThat(first.nfeBackward()).isPositive();
            // The last batch has two rows; those that fill it up cost nothing.
            Iteration last = all.train(1, 2, 1e-12);
            assertThat(last.solves().get(0).outcomes()).hasSize(2);
            assertThat(last.nfeForward()).isEqualTo(alone[8] + alone[9]);
            assertThat(last.weight()).isEqualTo(2);
        }
    }

    @Test
    void oneSampleThatFailsIsTheOutcomeOfAll() {
        try (CubicData data = new CubicData(0.5, 1e200, 1, 2);
                BatchedTraining<TFloat64> training =
                        data.training(Cubic.Solves.EACH_SAMPLE, BatchPlan.of(4), CubicData.SETTINGS)) {
            Iteration iteration = training.train(1, 0, 0.1);
            assertThat(iteration.verdict().successful()).isFalse();
            assertThat(iteration.solves().get(0).outcomes().get(1)).isEqualTo(iteration.verdict());
            assertThat(iteration.solves().get(0).outcomes().get(2)).isEqualTo(Outcome.SUCCESS);
            assertThat(CubicData.k(training)).isEqualTo(Cubic.FIRST);
        }
    }

    @Test
    void twoSolvesAreCountedTogetherAndNoneCostsNothing() {
        try (CubicData data = ten();
                BatchedTraining<TFloat64> two = data.training(Cubic.Solves.TWO, BatchPlan.of(5), CubicData.SETTINGS);
                BatchedTraining<TFloat64> none =
                        data.training(Cubic.Solves.NONE, BatchPlan.of(5), CubicData.SETTINGS)) {
            Iteration iteration = two.train(1, 0, 0.1);
            assertThat(iteration.solves()).extracting(SolveFigures::nfeForward).containsExactly(40L, 8L);
            assertThat(iteration.nfeForward()).isEqualTo(48);
            assertThat(iteration.nfeBackward()).isEqualTo(48);
            assertThat(two.evaluate().nfe()).isEqualTo(2 * 48);
            Iteration free = none.train(1, 0, 0.1);
            assertThat(free.verdict()).isEqualTo(Outcome.SUCCESS);
            assertThat(free.nfeForward() + free.nfeBackward()).isZero();
            assertThat(none.evaluate().verdict()).isEqualTo(Outcome.SUCCESS);
        }
    }

    @ParameterizedTest
    @EnumSource
    void resumesToTheBit(Cubic.Solves solves) {
        // Everything that remembers something at once; ten rows in batches of four.
        TrainingSettings settings = CubicData.SETTINGS
                .withAccumulation(2)
                .withClipping(new Clipping.ByValue(0.5).then(new Clipping.ByNorm(0.4)))
                .withAveraging(new Averaging.Exponential(0.8, Averaging.Judged.AVERAGE));
        BatchPlan plan = BatchPlan.of(4).withOrder(Order.shuffled(3));
        try (CubicData data = ten();
                BatchedTraining<TFloat64> whole = data.training(solves, plan, settings);
                BatchedTraining<TFloat64> killed = data.training(solves, plan, settings);
                BatchedTraining<TFloat64> fresh = data.training(solves, plan, settings)) {
            TrainingResult expected = trainer().start(whole);
            assertThat(expected.outcome()).isEqualTo(Outcome.SUCCESS);
            assertThat(expected.last().validLoss())
                    .isLessThan(expected.epochs().get(0).validLoss());
            RunFolder run = new RunFolder(folder);
            Trainer interrupted = trainer().withFolder(run).withListener(new KilledIn(3));
            assertThatThrownBy(() -> interrupted.start(killed)).hasMessage("killed");
            TrainingResult resumed = trainer().withFolder(run).resume(fresh);
            assertThat(Records.withoutTimes(resumed)).isEqualTo(Records.withoutTimes(expected));
            assertThat(CubicData.everything(fresh, folder)).isEqualTo(CubicData.everything(whole, folder));
        }
    }

    private static Trainer trainer() {
        return Trainer.of(4, new WarmUp(new ReduceOnPlateau(0.3, 1, 0.5), 5));
    }

    @Test
    void aFilledUpBatchIsTheSmallerBatch() {
        try (CubicData data = ten();
                CubicData two = new CubicData(STARTS[8], STARTS[9]);
                BatchedTraining<TFloat64> filled =
                        data.training(Cubic.Solves.TWO, BatchPlan.of(4), CubicData.SETTINGS);
                BatchedTraining<TFloat64> small = two.training(
                        Cubic.Solves.TWO, BatchPlan.of(2).withRemainder(Remainder.DROP), CubicData.SETTINGS)) {
            Iteration expected = small.train(1, 0, 0.1);
            Iteration iteration = filled.train(1, 2, 0.1);
            assertThat(iteration.loss()).isCloseTo(expected.loss(), within(1e-15 * expected.loss()));
            assertThat(CubicData.k(small)).isNotEqualTo(Cubic.FIRST);
            assertThat(CubicData.k(filled)).isCloseTo(CubicData.k(small), within(1e-15));
        }
    }

    @Test
    void joinedGradientsAreThoseOfOneLargeBatch() {
        try (CubicData data = ten();
                BatchedTraining<TFloat64> joined =
                        data.training(Cubic.Solves.SHARED, BatchPlan.of(4), CubicData.SETTINGS.withAccumulation(3));
                BatchedTraining<TFloat64> large =
                        data.training(Cubic.Solves.SHARED, BatchPlan.of(10), CubicData.SETTINGS)) {
            for (int epoch = 1; epoch <= 2; epoch++) {
                joined.train(epoch, 0, 0.2);
                joined.train(epoch, 1, 0.2);
                double before = CubicData.k(joined);
                joined.train(epoch, 2, 0.2);
                large.train(epoch, 0, 0.2);
                assertThat(CubicData.k(joined)).isNotEqualTo(before).isCloseTo(CubicData.k(large), within(1e-14));
            }
        }
    }

    @Test
    void anEpochsLastGradientsWaitForNoOthers() {
        try (CubicData data = ten();
                BatchedTraining<TFloat64> training =
                        data.training(Cubic.Solves.NONE, BatchPlan.of(4), CubicData.SETTINGS.withAccumulation(2))) {
            training.train(1, 0, 0.2);
            assertThat(CubicData.k(training)).isEqualTo(Cubic.FIRST);
            training.train(1, 1, 0.2);
            double second = CubicData.k(training);
            assertThat(second).isNotEqualTo(Cubic.FIRST);
            training.train(1, 2, 0.2);
            assertThat(CubicData.k(training)).isNotEqualTo(second);
        }
    }

    @Test
    void anEvaluationSeesAllRows() {
        try (CubicData data = ten();
                BatchedTraining<TFloat64> fours =
                        data.training(Cubic.Solves.SHARED, BatchPlan.of(4), CubicData.SETTINGS);
                BatchedTraining<TFloat64> ten =
                        data.training(Cubic.Solves.SHARED, BatchPlan.of(10), CubicData.SETTINGS)) {
            double expected = 0;
            for (double start : STARTS) {
                // The exact solution with the first k: two digits are enough to see a row too many.
                double reached = start / Math.sqrt(1 + 2 * Cubic.FIRST * start * start);
                double goal = start / Math.sqrt(1 + 2 * start * start);
                expected += (reached - goal) * (reached - goal) / STARTS.length;
            }
            Evaluation evaluation = fours.evaluate();
            assertThat(evaluation.loss()).isCloseTo(expected, within(2e-3 * expected));
            assertThat(evaluation.loss()).isCloseTo(ten.evaluate().loss(), within(1e-15));
            assertThat(evaluation.metrics().get("double")).isCloseTo(2 * evaluation.loss(), within(1e-15));
            assertThat(evaluation.nfe()).isEqualTo(3 * 40);
        }
    }

    @Test
    void rowsOnTheDeviceAndLoadedOnesTrainAlikeToTheBit() {
        BatchPlan plan = BatchPlan.of(4).withOrder(Order.shuffled(5));
        try (CubicData data = ten();
                BatchedTraining<TFloat64> resident = new BatchedTraining<>(
                        new Cubic(Cubic.Solves.SHARED),
                        data.data(plan).withPlacement(Placement.RESIDENT),
                        CubicData.SETTINGS);
                BatchedTraining<TFloat64> loaded = new BatchedTraining<>(
                        new Cubic(Cubic.Solves.SHARED),
                        data.data(plan).withPlacement(Placement.LOADED),
                        CubicData.SETTINGS)) {
            TrainingResult expected = trainer().start(resident);
            assertThat(Records.withoutTimes(trainer().start(loaded))).isEqualTo(Records.withoutTimes(expected));
            assertThat(CubicData.k(loaded)).isEqualTo(CubicData.k(resident));
        }
    }

    @Test
    void theMeanOfTheParametersIsThatOfTheFormula() {
        double decay = 0.7;
        BatchPlan plan = BatchPlan.of(5);
        try (CubicData data = ten();
                BatchedTraining<TFloat64> trained = data.training(Cubic.Solves.NONE, plan, CubicData.SETTINGS);
                BatchedTraining<TFloat64> averaged = data.training(
                        Cubic.Solves.NONE,
                        plan,
                        CubicData.SETTINGS.withAveraging(new Averaging.Exponential(decay, Averaging.Judged.AVERAGE)));
                BatchedTraining<TFloat64> kept = data.training(
                        Cubic.Solves.NONE,
                        plan,
                        CubicData.SETTINGS.withAveraging(new Averaging.Exponential(decay, Averaging.Judged.TRAINED)))) {
            double mean = Cubic.FIRST;
            for (int epoch = 1; epoch <= 4; epoch++) {
                for (BatchedTraining<TFloat64> training : List.of(trained, averaged, kept)) {
                    training.train(epoch, epoch % 2, 0.3);
                }
                mean = decay * mean + (1 - decay) * CubicData.k(trained);
                assertThat(CubicData.k(averaged)).isCloseTo(mean, within(1e-15));
                assertThat(CubicData.k(kept)).isEqualTo(CubicData.k(trained));
            }
            assertThat(mean).isNotEqualTo(CubicData.k(trained));
            // Judged by the mean, not by what is trained.
            assertThat(averaged.evaluate().loss())
                    .isNotEqualTo(trained.evaluate().loss());
            assertThat(kept.evaluate()).isEqualTo(trained.evaluate());
        }
    }

    @Test
    void refusesBatchesThatAreNone() {
        try (CubicData data = ten()) {
            BatchPlan large = BatchPlan.of(11).withRemainder(Remainder.DROP);
            assertThatThrownBy(() -> data.data(large)).hasMessageContaining("11 rows is more than the 10");
            assertThatThrownBy(() -> CubicData.SETTINGS.withAccumulation(0)).hasMessageContaining("0 iterations");
        }
    }
}
