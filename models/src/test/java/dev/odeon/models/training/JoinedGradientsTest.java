package dev.odeon.models.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.odeon.graph.Compilation;
import dev.odeon.graph.TensorSpec;
import dev.odeon.graph.Values;
import dev.odeon.graph.parameters.Parameters;
import dev.odeon.models.optimisers.Averaging;
import dev.odeon.models.schedules.ReduceOnPlateau;
import dev.odeon.models.training.data.BatchPlan;
import dev.odeon.models.training.data.Order;
import dev.odeon.models.training.runs.After;
import dev.odeon.models.training.runs.EarlyStopping;
import dev.odeon.models.training.runs.Ending;
import dev.odeon.models.training.runs.Iteration;
import dev.odeon.models.training.runs.Records;
import dev.odeon.models.training.runs.RunFolder;
import dev.odeon.models.training.runs.Trainer;
import dev.odeon.models.training.runs.TrainingResult;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;

/** Gradients of several iterations for one change: interrupted in between, and where the last of them fails. */
class JoinedGradientsTest {

    private static final double[] STARTS = {0.2, 3, 1, 0.5, 2, 0.1, 1.5, 0.8, 2.5, 0.3};
    private static final double HOPELESS = 1e200;

    @TempDir
    private Path folder = Path.of("");

    private static Trainer trainer() {
        return Trainer.of(9, new ReduceOnPlateau(0.3, 1, 0.5)).withStop(new EarlyStopping(2, 1e-2));
    }

    @Test
    void anInterruptionBetweenJoinedGradientsIsNotSeenInTheEnd() {
        // Five iterations of two rows: changes after the third and the fifth.
        TrainingSettings settings = CubicData.SETTINGS
                .withAccumulation(3)
                .withAveraging(new Averaging.Exponential(0.8, Averaging.Judged.AVERAGE));
        BatchPlan plan = BatchPlan.of(2).withOrder(Order.shuffled(3));
        try (CubicData data = new CubicData(STARTS);
                BatchedTraining<TFloat64> whole = data.training(Cubic.Solves.SHARED, plan, settings);
                BatchedTraining<TFloat64> interrupted = data.training(Cubic.Solves.SHARED, plan, settings);
                BatchedTraining<TFloat64> fresh = data.training(Cubic.Solves.SHARED, plan, settings)) {
            TrainingResult expected = trainer().start(whole);
            assertThat(expected.ending()).isInstanceOf(Ending.Stopped.class);
            RunFolder run = new RunFolder(folder);
            After after = After.iterations(7);
            TrainingResult first = trainer()
                    .withFolder(run)
                    .withInterruption(after)
                    .withListener(after)
                    .start(interrupted);
            assertThat(first.ending()).isEqualTo(new Ending.Interrupted(2, 2));
            TrainingResult resumed = trainer().withFolder(run).resume(fresh);
            assertThat(resumed.ending()).isEqualTo(expected.ending());
            assertThat(Records.withoutTimes(resumed)).isEqualTo(Records.withoutTimes(expected));
            assertThat(CubicData.everything(fresh, folder)).isEqualTo(CubicData.everything(whole, folder));
        }
    }

    /** Rows as they lie: every second batch fails, and it is the one that changes the parameters. */
    @Test
    void gradientsAreUsedAlthoughTheIterationThatShouldHaveUsedThemFails() {
        TrainingSettings settings = CubicData.SETTINGS.withAccumulation(2);
        try (CubicData spoilt = new CubicData(0.2, 3, HOPELESS, 1, 0.5, 2, 1, HOPELESS);
                CubicData good = new CubicData(0.2, 3, 0.5, 2);
                BatchedTraining<TFloat64> joined = spoilt.training(Cubic.Solves.SHARED, BatchPlan.of(2), settings);
                BatchedTraining<TFloat64> single =
                        good.training(Cubic.Solves.SHARED, BatchPlan.of(2), CubicData.SETTINGS)) {
            for (int epoch = 1; epoch <= 2; epoch++) {
                for (int pair = 0; pair < 2; pair++) {
                    single.train(epoch, pair, 0.2);
                    joined.train(epoch, 2 * pair, 0.2);
                    byte[] before = CubicData.everything(joined, folder);
                    Iteration failed = joined.train(epoch, 2 * pair + 1, 0.2);
                    assertThat(failed.verdict().successful()).isFalse();
                    // The iteration itself changes nothing; only the decision to go on does.
                    assertThat(CubicData.everything(joined, folder)).isEqualTo(before);
                    joined.passOver(epoch, 2 * pair + 1, 0.2);
                    assertThat(CubicData.k(joined))
                            .isNotEqualTo(Cubic.FIRST)
                            .isCloseTo(CubicData.k(single), within(1e-14));
                }
            }
        }
    }

    @Test
    void whereNothingWaitsNothingChanges() {
        try (CubicData data = new CubicData(HOPELESS, 1, 3, HOPELESS);
                BatchedTraining<TFloat64> training =
                        data.training(Cubic.Solves.SHARED, BatchPlan.of(2), CubicData.SETTINGS.withAccumulation(2))) {
            byte[] before = CubicData.everything(training, folder);
            for (int index = 0; index < 2; index++) {
                assertThat(training.train(1, index, 0.2).verdict().successful()).isFalse();
                training.passOver(1, index, 0.2);
            }
            assertThat(CubicData.everything(training, folder)).isEqualTo(before);
        }
    }

    /** An objective whose batches weigh nothing, as series whose masks are empty do. */
    private record Weightless(Cubic cubic) implements Objective<TFloat64> {
        @Override
        public Class<TFloat64> type() {
            return TFloat64.class;
        }

        @Override
        public void declare(Parameters parameters) {
            cubic.declare(parameters);
        }

        @Override
        public void declareStates(Parameters states) {
            cubic.declareStates(states);
        }

        @Override
        public List<TensorSpec> inputs() {
            return List.of();
        }

        @Override
        public Score<TFloat64> score(Ops tf, Values values, Values parameters, Phase phase) {
            return cubic.score(tf, values, parameters, phase).withWeight(tf.constant(0.0));
        }
    }

    @Test
    void anEvaluationThatWeighsNothingIsRefused() {
        try (CubicData data = new CubicData(STARTS);
                BatchedTraining<TFloat64> training = new BatchedTraining<>(
                        new Weightless(new Cubic(Cubic.Solves.NONE)),
                        data.data(BatchPlan.of(5)),
                        new TrainingSettings(CubicData.SETTINGS.optimiser(), Compilation.EXECUTOR, 0))) {
            assertThatThrownBy(training::evaluate)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll("weigh 0 together", "give validation rows whose weight is not 0");
        }
    }
}
