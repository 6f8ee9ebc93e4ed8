package dev.odeon.models.training.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odeon.models.schedules.Cosine;
import dev.odeon.models.schedules.Moment;
import dev.odeon.models.schedules.ReduceOnPlateau;
import dev.odeon.solvers.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainerTest {

    private static final int BATCHES = OneNumber.BATCHES;

    @TempDir
    private Path folder = Path.of("");

    /** One number that every iteration moves; its loss falls and rises again. */
    private static final class Scalar extends OneNumber {
        private int failAt = Integer.MAX_VALUE;
        private int crashAt = Integer.MAX_VALUE;
        private int badFrom = Integer.MAX_VALUE;

        @Override
        public Iteration train(int epoch, int batch, double learningRate) {
            iterations++;
            if (iterations >= crashAt) {
                throw new IllegalStateException("killed");
            }
            value += learningRate * (epoch + 0.1 * batch);
            boolean failed = iterations >= failAt;
            return new Iteration(failed ? Double.NaN : Math.abs(value - 1), Outcome.SUCCESS, 4, 8, Map.of());
        }

        @Override
        public Evaluation evaluate() {
            double loss = iterations >= badFrom ? Double.NaN : Math.abs(value - 1);
            return new Evaluation(Outcome.SUCCESS, loss, loss, 2, Map.of("value", value));
        }
    }

    private static Trainer trainer() {
        return Trainer.of(8, new ReduceOnPlateau(0.1, 1, 0.5));
    }

    @Test
    void sumsUpItsEpochs() {
        TrainingResult result = trainer().start(new Scalar());
        assertThat(result.outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(result.epochs()).hasSize(8).allSatisfy(epoch -> {
            assertThat(epoch.nfeForward()).isEqualTo(4 * BATCHES);
            assertThat(epoch.iterations()).isEqualTo(BATCHES);
            assertThat(epoch.nfeForwardPerIteration()).isEqualTo(4);
            assertThat(epoch.nfeBackward()).isEqualTo(8 * BATCHES);
            assertThat(epoch.nfeEvaluation()).isEqualTo(2);
        });
        assertThat(result.best().validLoss())
                .isEqualTo(result.epochs().stream()
                        .mapToDouble(EpochRecord::validLoss)
                        .min()
                        .orElseThrow());
    }

    @Test
    void tellsTheScheduleHowFarItIs() {
        TrainingResult result = Trainer.of(4, new Cosine(1)).start(new Scalar());
        assertThat(result.epochs().stream().map(EpochRecord::learningRate).toList())
                .isSortedAccordingTo((a, b) -> Double.compare(b, a))
                .startsWith(1.0);
    }

    @Test
    void goesOnAfterAnInterruptionAsIfThereHadBeenNone() {
        TrainingResult whole = trainer().start(new Scalar());
        RunFolder run = new RunFolder(folder);
        Scalar killed = new Scalar();
        killed.crashAt = 3 * BATCHES + 2;
        Trainer first = trainer().withFolder(run);
        assertThatThrownBy(() -> first.start(killed)).hasMessage("killed");
        Scalar fresh = new Scalar();
        TrainingResult resumed = trainer().withFolder(run).resume(fresh);
        assertThat(Records.withoutTimes(resumed)).isEqualTo(Records.withoutTimes(whole));
        assertThat(fresh.iterations).isEqualTo(5 * BATCHES);
    }

    @Test
    void keepsTheLastAndTheBestCheckpointOnly() throws IOException {
        RunFolder run = new RunFolder(folder);
        Scalar number = new Scalar();
        TrainingResult result = trainer().withFolder(run).start(number);
        assertThat(result.best().epoch()).isLessThan(8);
        try (Stream<Path> files = Files.list(folder.resolve("checkpoints"))) {
            assertThat(files.map(file -> file.getFileName().toString()).toList())
                    .containsExactlyInAnyOrder(
                            "last", "best", "epoch-8", "epoch-" + result.best().epoch());
        }
        run.restoreBest(number);
        assertThat(Math.abs(number.value - 1)).isEqualTo(result.best().validLoss());
    }

    @Test
    void stopsWhereTheLossIsNotANumber() {
        Scalar number = new Scalar();
        number.failAt = 2 * BATCHES + 1;
        TrainingResult result = trainer().start(number);
        assertThat(result.outcome()).isEqualTo(Outcome.NON_FINITE);
        assertThat(result.epochs()).hasSize(2);
        assertThat(number.iterations).isEqualTo(number.failAt);
    }

    @Test
    void stopsWhereTheValidationIsNotANumberAndKeepsWhatWasGood() {
        Scalar number = new Scalar();
        number.badFrom = 3 * BATCHES;
        RunFolder run = new RunFolder(folder);
        TrainingResult result = trainer().withFolder(run).start(number);
        assertThat(result.outcome()).isEqualTo(Outcome.NON_FINITE);
        assertThat(result.epochs())
                .hasSize(2)
                .allSatisfy(epoch -> assertThat(epoch.validLoss()).isFinite());
        // Neither checkpoint nor schedule know of the bad epoch.
        TrainingResult resumed = trainer().withFolder(run).resume(new Scalar());
        assertThat(Records.withoutTimes(resumed))
                .isEqualTo(Records.withoutTimes(trainer().start(new Scalar())));
    }

    @Test
    void aFailedSolveInTheValidationIsTheOutcome() {
        assertThat(new Evaluation(Outcome.NON_FINITE, 1, 0).verdict()).isEqualTo(Outcome.NON_FINITE);
        assertThat(new Evaluation(Outcome.SUCCESS, 1, Double.NaN, 0, Map.of()).verdict())
                .isEqualTo(Outcome.NON_FINITE);
        assertThat(new Evaluation(Outcome.SUCCESS, 1, 0).verdict()).isEqualTo(Outcome.SUCCESS);
    }

    @Test
    void theBestEpochIsTheFirstWithTheLeastCriterionAndNeverNotANumber() {
        double[] criteria = {Double.NaN, 3, 2, 2, Double.POSITIVE_INFINITY};
        List<EpochRecord> epochs = IntStream.range(0, criteria.length)
                .mapToObj(i -> new EpochRecord(i + 1, 1, 1, 1, criteria[i], 1, 0, 0, 0, 0, 0, Map.of()))
                .toList();
        assertThat(new TrainingResult(epochs, new Ending.Finished()).best().epoch())
                .isEqualTo(3);
    }

    @Test
    void refusesToResumeWithoutACheckpoint() {
        assertThatThrownBy(() -> trainer().resume(new Scalar())).hasMessageContaining("withFolder");
        assertThatThrownBy(() -> trainer().withFolder(new RunFolder(folder)).resume(new Scalar()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("There is no checkpoint");
        assertThatThrownBy(() -> Trainer.of(0, new Cosine(1))).hasMessageContaining("0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{", "{}", "null", "{\"epochs\": [], \"schedule\": {}}", "{\"epochs\": [{}], \"schedule\": {}}"})
    void refusesADamagedState(String contents) throws IOException {
        RunFolder run = new RunFolder(folder);
        trainer().withFolder(run).start(new Scalar());
        Files.writeString(folder.resolve("checkpoints/epoch-8/state.json"), contents);
        assertThatThrownBy(() -> trainer().withFolder(run).resume(new Scalar()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("state.json");
    }

    @Test
    void passesOverAsManyFailedIterationsAsItMay() {
        Scalar number = new Scalar();
        number.failAt = 2 * BATCHES + 2;
        TrainingResult result =
                trainer().withOnFailure(OnFailure.skip(2 * BATCHES)).start(number);
        assertThat(result.epochs()).extracting(EpochRecord::skipped).containsExactly(0, 0, 2, 3);
        // Four of those that may fail are used up; the first of the fifth epoch is the sixth.
        assertThat(result.ending()).isEqualTo(new Ending.FailedIteration(5, 1, Outcome.NON_FINITE));
        assertThat(result.last().trainLoss()).isNaN();
    }

    @Test
    void countsSkippedIterationsAcrossAResumption() {
        RunFolder run = new RunFolder(folder);
        Scalar killed = new Scalar();
        killed.failAt = BATCHES + 2;
        killed.crashAt = 2 * BATCHES + 1;
        Trainer first = trainer().withFolder(run).withOnFailure(OnFailure.skip(3));
        assertThatThrownBy(() -> first.start(killed)).hasMessage("killed");
        Scalar fresh = new Scalar();
        fresh.failAt = 1;
        TrainingResult resumed =
                trainer().withFolder(run).withOnFailure(OnFailure.skip(3)).resume(fresh);
        // Two before, one more now.
        assertThat(resumed.ending()).isEqualTo(new Ending.FailedIteration(3, 1, Outcome.NON_FINITE));
        assertThatThrownBy(() -> OnFailure.skip(-1)).hasMessageContaining("-1");
    }

    @Test
    void stopsWhenNothingHasBecomeBetterForAWhile() {
        TrainingResult whole = trainer().start(new Scalar());
        int best = whole.best().epoch();
        TrainingResult stopped = trainer().withStop(new EarlyStopping(2)).start(new Scalar());
        assertThat(best + 2).isLessThan(8);
        assertThat(stopped.ending()).isEqualTo(new Ending.Stopped(best + 2));
        assertThat(stopped.outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(Records.withoutTimes(stopped))
                .isEqualTo(Records.withoutTimes(whole).subList(0, best + 2));
    }

    @Test
    void aStoppedRunStaysStoppedAndAKilledOneStopsWhereItWouldHave() {
        RunFolder run = new RunFolder(folder);
        TrainingResult stopped =
                trainer().withStop(new EarlyStopping(2)).withFolder(run).start(new Scalar());
        Scalar fresh = new Scalar();
        TrainingResult again =
                trainer().withStop(new EarlyStopping(2)).withFolder(run).resume(fresh);
        assertThat(again).isEqualTo(stopped);
        assertThat(fresh.iterations).isZero();
        Scalar killed = new Scalar();
        killed.crashAt = (stopped.epochs().size() - 1) * BATCHES + 2;
        RunFolder other = new RunFolder(folder.resolve("other"));
        Trainer first = trainer().withStop(new EarlyStopping(2)).withFolder(other);
        assertThatThrownBy(() -> first.start(killed)).hasMessage("killed");
        TrainingResult resumed =
                trainer().withStop(new EarlyStopping(2)).withFolder(other).resume(new Scalar());
        assertThat(resumed.ending()).isEqualTo(stopped.ending());
        assertThat(Records.withoutTimes(resumed)).isEqualTo(Records.withoutTimes(stopped));
    }

    @Test
    void earlyStoppingAsksForTheLeastImprovement() {
        double[] criteria = {5, 4.95, 4.9, 4.85};
        List<EpochRecord> epochs = IntStream.range(0, criteria.length)
                .mapToObj(i -> new EpochRecord(i + 1, 1, 1, 1, criteria[i], 1, 0, 0, 0, 0, 0, Map.of()))
                .toList();
        assertThat(new EarlyStopping(2).stops(epochs)).isFalse();
        assertThat(new EarlyStopping(2, 0.1).stops(epochs.subList(0, 2))).isFalse();
        assertThat(new EarlyStopping(2, 0.1).stops(epochs.subList(0, 3))).isTrue();
        // 4.85 is the first that is low enough.
        assertThat(new EarlyStopping(3, 0.1).stops(epochs)).isFalse();
        assertThatThrownBy(() -> new EarlyStopping(0)).hasMessageContaining("patience is 0");
        assertThatThrownBy(() -> new EarlyStopping(1, -1)).hasMessageContaining("-1.0");
    }

    /** Accuracies of few samples are often equal. */
    @Test
    void earlyStoppingGoesOnWhileTheLossFallsAtAnEqualCriterion() {
        double[] losses = {4, 3, 2, 2, 2.5};
        List<EpochRecord> epochs = IntStream.range(0, losses.length)
                .mapToObj(i -> new EpochRecord(i + 1, 1, 1, losses[i], -0.75, 1, 0, 0, 0, 0, 0, Map.of()))
                .toList();
        assertThat(new EarlyStopping(1).stops(epochs.subList(0, 3))).isFalse();
        assertThat(new EarlyStopping(1).stops(epochs.subList(0, 4))).isTrue();
        assertThat(new EarlyStopping(2).stops(epochs.subList(0, 4))).isFalse();
        assertThat(new EarlyStopping(2).stops(epochs)).isTrue();
        assertThat(new EarlyStopping(1, 1.5).stops(epochs.subList(0, 2))).isTrue();
    }

    @Test
    void keepsWhatTheLastGoodIterationMadeUntilTheRunHasComePastIt() throws IOException {
        RunFolder run = new RunFolder(folder);
        Scalar failed = new Scalar();
        failed.failAt = 2 * BATCHES + 3;
        TrainingResult result = trainer().withFolder(run).start(failed);
        assertThat(result.ending()).isEqualTo(new Ending.FailedIteration(3, 2, Outcome.NON_FINITE));
        assertThat(run.failed()).isTrue();
        Scalar restored = new Scalar();
        run.restoreLastGood(restored);
        assertThat(restored.value).isEqualTo(failed.value);
        TrainingResult resumed = trainer().withFolder(run).resume(new Scalar());
        assertThat(Records.withoutTimes(resumed))
                .isEqualTo(Records.withoutTimes(trainer().start(new Scalar())));
        assertThat(run.failed()).isFalse();
        try (Stream<Path> files = Files.list(folder.resolve("checkpoints"))) {
            assertThat(files.map(file -> file.getFileName().toString()).toList())
                    .noneMatch(name -> name.contains("failed"));
        }
        assertThatThrownBy(() -> run.restoreLastGood(restored)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void tellsEveryListenerInOrder() {
        List<String> told = new ArrayList<>();
        TrainingListener listener = TrainingListener.all(List.of(note("a", told), note("b", told)));
        Trainer.of(1, new Cosine(1)).withListener(listener).start(new Scalar());
        assertThat(told)
                .containsExactly(
                        "a begin", "b begin", "a 0", "b 0", "a 1", "b 1", "a 2", "b 2", "a epoch", "b epoch", "a end",
                        "b end");
    }

    private static TrainingListener note(String name, List<String> told) {
        return new TrainingListener() {
            @Override
            public void begin(List<EpochRecord> earlier) {
                told.add(name + " begin");
            }

            @Override
            public void iteration(Moment moment, double learningRate, Iteration iteration) {
                told.add(name + " " + moment.iteration());
            }

            @Override
            public void epoch(EpochRecord figures) {
                told.add(name + " epoch");
            }

            @Override
            public void end(TrainingResult result) {
                told.add(name + " end");
            }
        };
    }
}
