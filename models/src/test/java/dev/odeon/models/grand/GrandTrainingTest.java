package dev.odeon.models.grand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.odeon.graph.Compilation;
import dev.odeon.models.optimisers.Adam;
import dev.odeon.models.schedules.Constant;
import dev.odeon.models.training.runs.Evaluation;
import dev.odeon.models.training.runs.Iteration;
import dev.odeon.models.training.runs.Trainer;
import dev.odeon.models.training.runs.TrainingResult;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.Methods;
import dev.odeon.solvers.Outcome;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tensorflow.types.TFloat32;

class GrandTrainingTest {

    private static GrandTraining<TFloat32> seven(GrandSettings settings, long seed) {
        return new GrandTraining<>(
                settings,
                SmallGraphs.sevenNodes(),
                SmallGraphs.sevenNodesSplit(),
                solver(Methods.IMEX_RK2),
                TFloat32.class,
                seed);
    }

    private static SolverSettings solver(Method method) {
        return SolverSettings.of(method, 1).withCompilation(Compilation.EXECUTOR);
    }

    /** From the factions of four of 34 members, those of the others. */
    @ParameterizedTest
    @EnumSource
    void theFactionsOfTheKarateClubAreLearned(AttentionAt attentionAt) {
        GrandSettings settings = SmallGraphs.tiny()
                .attentionAt(attentionAt)
                .time(4)
                .hidden(8)
                .inputDropout(0)
                .dropout(0.2)
                .selfLoops(SelfLoops.ADDED)
                .optimiser(new Adam(5e-3))
                .learningRate(0.03)
                .epochs(20)
                .build();
        try (GrandTraining<TFloat32> training = new GrandTraining<>(
                settings,
                SmallGraphs.karateClub(),
                SmallGraphs.karateClubSplit(),
                solver(Methods.IMEX_RK2),
                TFloat32.class,
                1)) {
            TrainingResult result = Trainer.of(training.epochs(), new Constant(training.learningRate()))
                    .start(training);
            assertThat(result.outcome()).isEqualTo(Outcome.SUCCESS);
            assertThat(result.last().trainLoss()).isLessThan(0.2);
            // Of 24 members that no label was given of, all but one; guessing would get half of them.
            assertThat(result.last().metrics().get("testAccuracy")).isGreaterThan(0.95);
            assertThat(result.best().criterion())
                    .isEqualTo(-result.epochs().stream()
                            .mapToDouble(epoch -> epoch.metrics().getOrDefault("validAccuracy", 0.0))
                            .max()
                            .orElse(0));
        }
    }

    @Test
    void anEpochCountsTheEvaluationsOfForwardBackwardAndValidation() {
        // 19 steps of the time of Cora, two stages each.
        GrandSettings settings =
                SmallGraphs.tiny().time(GrandSettings.cora().time()).build();
        try (GrandTraining<TFloat32> training = seven(settings, 1)) {
            Iteration iteration = training.train(1, 0, 0.01);
            assertThat(iteration.nfeForward()).isEqualTo(38);
            assertThat(iteration.nfeBackward()).isEqualTo(38);
            Evaluation evaluation = training.evaluate();
            assertThat(evaluation.nfe()).isEqualTo(38);
            assertThat(evaluation.metrics()).containsOnlyKeys("trainAccuracy", "validAccuracy", "testAccuracy");
        }
    }

    @Test
    void oneSeedGivesOneRun() {
        GrandSettings settings = SmallGraphs.tiny().build();
        try (GrandTraining<TFloat32> first = seven(settings, 4);
                GrandTraining<TFloat32> second = seven(settings, 4)) {
            assertThat(losses(second, 1, 3)).isEqualTo(losses(first, 1, 3));
            assertThat(second.evaluate()).isEqualTo(first.evaluate());
        }
    }

    @Test
    void aRestoredRunGoesOnAsIfItHadNeverStopped(@TempDir Path folder) {
        GrandSettings settings =
                SmallGraphs.tiny().encoding(Encoding.BATCH_NORMALISED).build();
        try (GrandTraining<TFloat32> whole = seven(settings, 4);
                GrandTraining<TFloat32> resumed = seven(settings, 4)) {
            losses(whole, 1, 3);
            whole.save(folder.resolve("model"));
            resumed.restore(folder.resolve("model"));
            assertThat(losses(resumed, 4, 6)).isEqualTo(losses(whole, 4, 6));
            assertThat(resumed.evaluate()).isEqualTo(whole.evaluate());
        }
    }

    @Test
    void xlaLearnsTheSame() {
        // Without dropout, whose masks are others under XLA.
        GrandSettings settings = SmallGraphs.tiny().inputDropout(0).dropout(0).build();
        try (GrandTraining<TFloat32> executor = seven(settings, 4);
                GrandTraining<TFloat32> xla = new GrandTraining<>(
                        settings,
                        SmallGraphs.sevenNodes(),
                        SmallGraphs.sevenNodesSplit(),
                        solver(Methods.IMEX_RK2).withCompilation(Compilation.XLA),
                        TFloat32.class,
                        4)) {
            assertThat(losses(xla, 1, 4)).containsExactly(losses(executor, 1, 4), within(1e-5));
            assertThat(xla.evaluate().loss()).isCloseTo(executor.evaluate().loss(), within(1e-5));
        }
    }

    private static double[] losses(GrandTraining<TFloat32> training, int from, int to) {
        double[] losses = new double[to - from + 1];
        for (int epoch = from; epoch <= to; epoch++) {
            losses[epoch - from] = training.train(epoch, 0, 0.01).loss();
        }
        return losses;
    }
}
