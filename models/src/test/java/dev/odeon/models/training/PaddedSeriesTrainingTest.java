package dev.odeon.models.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.odeon.datasets.series.PaddedSeries;
import dev.odeon.datasets.series.Series;
import dev.odeon.graph.TensorSpec;
import dev.odeon.graph.Values;
import dev.odeon.graph.parameters.Initializer;
import dev.odeon.graph.parameters.Parameters;
import dev.odeon.models.training.data.BatchPlan;
import dev.odeon.models.training.data.BatchWeights;
import dev.odeon.models.training.data.TensorRows;
import dev.odeon.ode.OdeSolver;
import dev.odeon.ode.Solution;
import dev.odeon.solvers.Methods;
import dev.odeon.solvers.steps.SampleTimes;
import dev.odeon.solvers.steps.StepsPerInterval;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;

/** Series of different lengths and times: a batch weighs as much as it has observations. */
class PaddedSeriesTrainingTest {

    /** Fits k in u' = -k u to the observed values of each series. */
    private static final class Decays implements Objective<TFloat64> {

        @Override
        public Class<TFloat64> type() {
            return TFloat64.class;
        }

        @Override
        public void declare(Parameters parameters) {
            parameters.declare("k", TFloat64.class, Shape.of(1, 1), Initializer.constant(Cubic.FIRST));
        }

        @Override
        public List<TensorSpec> inputs() {
            return List.of();
        }

        @Override
        public Score<TFloat64> score(Ops tf, Values values, Values parameters, Phase phase) {
            Operand<TFloat64> observed = values.get("values", TFloat64.class);
            Operand<TFloat64> mask = values.get("mask", TFloat64.class);
            Operand<TFloat64> start = tf.gather(observed, tf.constant(0), tf.constant(1));
            Solution<TFloat64> solution = OdeSolver.<TFloat64>of(
                            (inner, t, u, theta) -> inner.math.neg(inner.math.mul(u, theta.get("k", TFloat64.class))),
                            Methods.RK4,
                            new StepsPerInterval(2))
                    .solve(tf, start, parameters, SampleTimes.of(values.get("times", TFloat64.class)));
            // [times, series, channels] as [series, times, channels].
            Operand<TFloat64> predicted = tf.linalg.transpose(solution.states(), tf.constant(new int[] {1, 0, 2}));
            Operand<TFloat64> counted = mask;
            if (BatchWeights.given(values)) {
                Operand<TFloat64> weights = values.get(BatchWeights.NAME, TFloat64.class);
                counted = tf.math.mul(mask, tf.reshape(weights, tf.constant(new int[] {-1, 1, 1})));
            }
            Operand<TFloat64> squares = tf.math.mul(counted, tf.math.squaredDifference(predicted, observed));
            Operand<TFloat64> count = sum(tf, counted);
            return new Score<>(tf.math.div(sum(tf, squares), count), solution).withWeight(count);
        }

        private static Operand<TFloat64> sum(Ops tf, Operand<TFloat64> values) {
            return tf.reduceSum(values, tf.constant(new int[] {0, 1, 2}));
        }
    }

    private static Series series(String name, double... times) {
        double[] values = new double[times.length];
        for (int i = 0; i < times.length; i++) {
            values[i] = 2 * Math.exp(-0.8 * times[i]);
        }
        return new Series(name, List.of("u"), times, values);
    }

    private static final PaddedSeries SERIES = new PaddedSeries(List.of(
            series("a", 0, 0.3, 1, 1.4),
            series("b", 0, 2),
            series("c", 0, 0.1, 0.2, 0.4, 0.9),
            series("d", 0, 0.7, 0.8),
            series("e", 0, 1.1)));

    @Test
    void batchesWeighAsMuchAsTheyHaveObservations() {
        try (TFloat64 values = SERIES.values64();
                TFloat64 mask = SERIES.mask64();
                TFloat64 times = SERIES.times()) {
            TensorRows rows = TensorRows.of(Map.of("values", values, "mask", mask, "times", times));
            try (BatchedTraining<TFloat64> twos = new BatchedTraining<>(
                            new Decays(),
                            TrainingData.of(rows, rows, BatchPlan.of(2)),
                            CubicData.SETTINGS.withAccumulation(3));
                    BatchedTraining<TFloat64> whole = new BatchedTraining<>(
                            new Decays(), TrainingData.of(rows, rows, BatchPlan.of(5)), CubicData.SETTINGS)) {
                assertThat(twos.evaluate().loss()).isCloseTo(whole.evaluate().loss(), within(1e-15));
                double[] weights = {6, 8, 2};
                for (int batch = 0; batch < 3; batch++) {
                    assertThat(twos.train(1, batch, 0.3).weight()).isEqualTo(weights[batch]);
                }
                whole.train(1, 0, 0.3);
                assertThat(CubicData.k(whole)).isNotEqualTo(Cubic.FIRST);
                assertThat(CubicData.k(twos)).isCloseTo(CubicData.k(whole), within(1e-15));
            }
        }
    }
}
