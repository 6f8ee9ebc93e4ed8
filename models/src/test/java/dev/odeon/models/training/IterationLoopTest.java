package dev.odeon.models.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.odeon.graph.Compilation;
import dev.odeon.graph.TestGraph;
import dev.odeon.graph.Values;
import dev.odeon.models.optimisers.Adam;
import dev.odeon.models.optimisers.AdamW;
import dev.odeon.models.optimisers.Averaging;
import dev.odeon.models.optimisers.Clipping;
import dev.odeon.models.schedules.Constant;
import dev.odeon.models.schedules.Moment;
import dev.odeon.models.schedules.ReduceOnPlateau;
import dev.odeon.models.schedules.WarmUp;
import dev.odeon.models.training.data.BatchPlan;
import dev.odeon.models.training.data.Order;
import dev.odeon.models.training.data.Placement;
import dev.odeon.models.training.runs.After;
import dev.odeon.models.training.runs.EarlyStopping;
import dev.odeon.models.training.runs.Ending;
import dev.odeon.models.training.runs.Iteration;
import dev.odeon.models.training.runs.KilledIn;
import dev.odeon.models.training.runs.OnFailure;
import dev.odeon.models.training.runs.Records;
import dev.odeon.models.training.runs.RunFolder;
import dev.odeon.models.training.runs.Trainer;
import dev.odeon.models.training.runs.TrainingListener;
import dev.odeon.models.training.runs.TrainingResult;
import dev.odeon.solvers.Outcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.types.TFloat64;

/** Several iterations in one run are the single ones. */
class IterationLoopTest {

    private static final double HOPELESS = 1e200;
    private static final int ITERATIONS = 100;

    @TempDir
    private Path folder = Path.of("");

    /** A hundred iterations of two rows, of which the last has one; the fiftieth fails. */
    private static CubicData hundred() {
        double[] starts = new Random(1).doubles(2 * ITERATIONS - 1, 0.1, 3).toArray();
        starts[98] = HOPELESS;
        return new CubicData(starts);
    }

    private static final class Told implements TrainingListener {
        private final List<Iteration> iterations = new ArrayList<>();
        private final List<Double> rates = new ArrayList<>();

        @Override
        public void iteration(Moment moment, double learningRate, Iteration iteration) {
            assertThat(moment.batch()).isEqualTo(iterations.size());
            iterations.add(iteration);
            rates.add(learningRate);
        }
    }

    /** Everything that remembers something. */
    private static TrainingSettings everything(int accumulation) {
        return new TrainingSettings(new Adam(0.01), Compilation.EXECUTOR, 0)
                .withAccumulation(accumulation)
                .withClipping(new Clipping.ByValue(0.5).then(new Clipping.ByNorm(0.4)))
                .withAveraging(new Averaging.Exponential(0.8, Averaging.Judged.TRAINED));
    }

    /** The validation is spoilt as well, so that the epoch ends with it. */
    private static Told trained(BatchedTraining<TFloat64> training) {
        Told told = new Told();
        TrainingResult result = Trainer.of(1, new WarmUp(new Constant(0.1), 20))
                .withOnFailure(OnFailure.skip(1))
                .withListener(told)
                .start(training);
        assertThat(result.ending()).isEqualTo(new Ending.FailedValidation(1, Outcome.NON_FINITE));
        assertThat(told.iterations).hasSize(ITERATIONS);
        return told;
    }

    private static double[] values(BatchedTraining<TFloat64> training) {
        Session session = training.graph().session();
        List<Double> values = new ArrayList<>();
        for (String name : List.of("k", "running", "average/k", "optimiser/adam/k/m", "optimiser/adam/k/v")) {
            Ops tf = training.graph().tf();
            Shape shape = name.equals("running") ? Shape.scalar() : Shape.of(1, 1);
            values.add(
                    TestGraph.evaluate(
                            session,
                            tf.readVariableOp(
                                    tf.varHandleOp(TFloat64.class, shape, VarHandleOp.sharedName(name)),
                                    TFloat64.class))[0]);
        }
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    @ParameterizedTest
    @CsvSource({"1, 100", "3, 7"})
    void aHundredIterationsAreThoseOfSingleRuns(int accumulation, int atOnce) {
        BatchPlan plan = BatchPlan.of(2);
        TrainingSettings settings = everything(accumulation);
        try (CubicData data = hundred();
                BatchedTraining<TFloat64> single = data.training(Cubic.Solves.SHARED, plan, settings);
                BatchedTraining<TFloat64> looped =
                        data.training(Cubic.Solves.SHARED, plan, settings.withAtOnce(AtOnce.atMost(atOnce)))) {
            assertThat(single.atOnce()).isEqualTo(1);
            assertThat(looped.atOnce()).isEqualTo(atOnce);
            Told expected = trained(single);
            Told told = trained(looped);
            assertThat(told.rates).isEqualTo(expected.rates);
            for (int i = 0; i < ITERATIONS; i++) {
                Iteration right = expected.iterations.get(i);
                Iteration iteration = told.iterations.get(i);
                assertThat(iteration.good()).isEqualTo(i != 49).isEqualTo(right.good());
                assertThat(iteration.verdict()).isEqualTo(right.verdict());
                assertThat(iteration.weight()).isEqualTo(right.weight()).isEqualTo(i == 99 ? 1 : 2);
                assertThat(iteration.solves()).isEqualTo(right.solves());
                if (right.good()) {
                    assertThat(iteration.loss()).isCloseTo(right.loss(), within(1e-12 * right.loss()));
                }
            }
            double[] reached = values(single);
            assertThat(reached[0]).isNotCloseTo(Cubic.FIRST, within(0.1));
            assertThat(values(looped)).containsExactly(reached, within(1e-12));
        }
    }

    @Test
    void howManyThereAreAtOnceIsNotSeenInTheEnd() {
        BatchPlan plan = BatchPlan.of(2);
        try (CubicData data = hundred();
                BatchedTraining<TFloat64> sevens =
                        data.training(Cubic.Solves.NONE, plan, everything(3).withAtOnce(AtOnce.atMost(7)));
                BatchedTraining<TFloat64> hundred =
                        data.training(Cubic.Solves.NONE, plan, everything(3).withAtOnce(AtOnce.atMost(1000)))) {
            // Never more than an epoch has.
            assertThat(hundred.atOnce()).isEqualTo(ITERATIONS);
            trained(sevens);
            trained(hundred);
            assertThat(CubicData.everything(hundred, folder)).isEqualTo(CubicData.everything(sevens, folder));
        }
    }

    @ParameterizedTest
    @CsvSource({"EXECUTOR, 1", "EXECUTOR, 2", "XLA, 1"})
    void anIterationThatFailsEndsTheRunAndChangesNothing(Compilation compilation, int accumulation) {
        TrainingSettings settings = new TrainingSettings(new AdamW(0.1), compilation, 0)
                .withAccumulation(accumulation)
                .withAtOnce(AtOnce.atMost(3));
        double[] rates = {0.1, 0.1, 0.1};
        try (CubicData data = new CubicData(0.2, 3, HOPELESS, 1, 0.5, 2, 1, 2);
                BatchedTraining<TFloat64> all = data.training(Cubic.Solves.SHARED, BatchPlan.of(2), settings);
                BatchedTraining<TFloat64> first = data.training(Cubic.Solves.SHARED, BatchPlan.of(2), settings)) {
            List<Iteration> told = all.train(1, 0, rates);
            assertThat(told).extracting(Iteration::good).containsExactly(true, false);
            first.train(1, 0, 0.1);
            assertThat(CubicData.everything(all, folder)).isEqualTo(CubicData.everything(first, folder));
            for (BatchedTraining<TFloat64> each : List.of(all, first)) {
                each.passOver(1, 1, 0.1);
            }
            assertThat(CubicData.k(first)).isNotEqualTo(Cubic.FIRST);
            byte[] before = CubicData.everything(first, folder);
            assertThat(CubicData.everything(all, folder)).isEqualTo(before);
            all.train(1, 2, new double[] {0.1, 0.1});
            first.train(1, 2, 0.1);
            first.train(1, 3, 0.1);
            assertThat(CubicData.everything(all, folder))
                    .isNotEqualTo(before)
                    .isEqualTo(CubicData.everything(first, folder));
        }
    }

    /** Gradients that wait are used as single runs use them. */
    @Test
    void gradientsAreUsedAlthoughTheIterationThatShouldHaveUsedThemFails() {
        TrainingSettings settings = CubicData.SETTINGS.withAccumulation(2);
        try (CubicData data = new CubicData(0.2, 3, HOPELESS, 1, 0.5, 2);
                BatchedTraining<TFloat64> single = data.training(Cubic.Solves.SHARED, BatchPlan.of(2), settings);
                BatchedTraining<TFloat64> looped =
                        data.training(Cubic.Solves.SHARED, BatchPlan.of(2), settings.withAtOnce(AtOnce.atMost(2)))) {
            for (BatchedTraining<TFloat64> each : List.of(single, looped)) {
                each.train(1, 0, 0.2);
                assertThat(each.train(1, 1, 0.2).good()).isFalse();
                assertThat(CubicData.k(each)).isEqualTo(Cubic.FIRST);
                each.passOver(1, 1, 0.2);
            }
            assertThat(CubicData.k(single)).isNotEqualTo(Cubic.FIRST);
            assertThat(CubicData.k(looped)).isCloseTo(CubicData.k(single), within(1e-15));
            byte[] before = CubicData.everything(looped, folder);
            looped.passOver(1, 1, 0.2);
            assertThat(CubicData.everything(looped, folder)).isEqualTo(before);
        }
    }

    private static Trainer trainer() {
        return Trainer.of(9, new WarmUp(new ReduceOnPlateau(0.3, 1, 0.5), 5)).withStop(new EarlyStopping(2, 1e-2));
    }

    /** By a kill in an epoch, which is repeated, and by an interruption in its middle; early stopping ends both. */
    @ParameterizedTest
    @ValueSource(ints = {2, 100})
    void resumesToTheBit(int atOnce) {
        double[] starts = {0.2, 3, 1, 0.5, 2, 0.1, 1.5, 0.8, 2.5, 0.3};
        TrainingSettings settings = CubicData.SETTINGS
                .withAccumulation(2)
                .withAveraging(new Averaging.Exponential(0.8, Averaging.Judged.AVERAGE))
                .withAtOnce(AtOnce.atMost(atOnce));
        BatchPlan plan = BatchPlan.of(2).withOrder(Order.shuffled(3));
        try (CubicData data = new CubicData(starts);
                BatchedTraining<TFloat64> whole = data.training(Cubic.Solves.SHARED, plan, settings);
                BatchedTraining<TFloat64> killed = data.training(Cubic.Solves.SHARED, plan, settings);
                BatchedTraining<TFloat64> fresh = data.training(Cubic.Solves.SHARED, plan, settings)) {
            TrainingResult expected = trainer().start(whole);
            assertThat(expected.ending()).isInstanceOf(Ending.Stopped.class);
            RunFolder run = new RunFolder(folder);
            Trainer dies = trainer().withFolder(run).withListener(new KilledIn(2));
            assertThatThrownBy(() -> dies.start(killed)).hasMessage("killed");
            // The first run of the epoch has one iteration.
            After after = After.iterations(1);
            TrainingResult interrupted = trainer()
                    .withFolder(run)
                    .withListener(after)
                    .withInterruption(after)
                    .resume(killed);
            assertThat(interrupted.ending()).isEqualTo(new Ending.Interrupted(2, 1));
            TrainingResult resumed = trainer().withFolder(run).resume(fresh);
            assertThat(resumed.ending()).isEqualTo(expected.ending());
            assertThat(Records.withoutTimes(resumed)).isEqualTo(Records.withoutTimes(expected));
            assertThat(CubicData.everything(fresh, folder)).isEqualTo(CubicData.everything(whole, folder));
        }
    }

    @Test
    void saysWhyIterationsAreSingleOnes() {
        TrainingSettings settings = CubicData.SETTINGS.withAtOnce(AtOnce.atMost(9));
        double[] starts = new double[10_000];
        Arrays.fill(starts, 1);
        try (CubicData many = new CubicData(starts);
                CubicData two = new CubicData(1, 2);
                BatchedTraining<TFloat64> loaded = new BatchedTraining<>(
                        new Cubic(Cubic.Solves.NONE),
                        many.data(BatchPlan.of(5000)).withPlacement(Placement.LOADED),
                        settings);
                BatchedTraining<TFloat64> small = new BatchedTraining<>(
                        new Cubic(Cubic.Solves.NONE),
                        two.data(BatchPlan.of(1)).withPlacement(Placement.LOADED),
                        settings);
                BatchedTraining<TFloat64> whole = two.training(Cubic.Solves.NONE, BatchPlan.of(2), settings)) {
            assertThat(loaded.atOnce()).isEqualTo(1);
            assertThat(loaded.single())
                    .hasValueSatisfying(why -> assertThat(why).contains("loaded while"));
            assertThat(whole.atOnce()).isEqualTo(1);
            assertThat(whole.single()).hasValueSatisfying(why -> assertThat(why).contains("one iteration"));
            // Small batches are not loaded ahead.
            assertThat(small.single()).isEmpty();
            assertThat(small.atOnce()).isEqualTo(2);
            assertThat(small.train(1, 0, new double[] {0.1, 0.1})).hasSize(2);
        }
    }

    @Test
    void refusesWhatCannotBeATableWithTheRemedy() {
        assertThatThrownBy(() -> AtOnce.atMost(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("0 iterations", "give 1 or more");
        try (TestGraph graph = new TestGraph();
                TFloat64 one = TFloat64.vectorOf(1);
                TFloat64 two = TFloat64.vectorOf(1, 2)) {
            Placeholder<TFloat64> open = graph.tf().placeholder(TFloat64.class, Placeholder.shape(Shape.of(-1)));
            assertThatThrownBy(() -> new ToldTable().row(graph.tf(), Values.of("solve/0/nfe", open)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll("solve/0/nfe", "AtOnce.SINGLE");
            assertThatThrownBy(() -> Stacked.of("goal", List.of(one, two), 2))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll("'goal'", "[1]", "[2]", "AtOnce.SINGLE");
        }
    }
}
