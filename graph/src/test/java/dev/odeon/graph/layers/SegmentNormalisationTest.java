package dev.odeon.graph.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.odeon.graph.Floats;
import dev.odeon.graph.Gradients;
import dev.odeon.graph.TestGraph;
import dev.odeon.graph.Values;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

class SegmentNormalisationTest {

    private static final double[] SCORES = {0.3, -2, 1.5, 0.7, 40, 39, -3, 0.1, 0.2, 0.4, 5, -1};
    /** Two columns, six rows; the number 2 has no row. */
    private static final int[] NUMBERS = {0, 3, 0, 1, 3, 3};

    private static final int COUNT = 4;

    @ParameterizedTest
    @EnumSource
    void weightsArePositiveAndSumToOneForEveryNumber(SegmentNormalisation normalisation) {
        double[] weights = weights(TFloat64.class, normalisation, SCORES);
        double[] sums = new double[COUNT * 2];
        for (int i = 0; i < weights.length; i++) {
            assertThat(weights[i]).isPositive();
            sums[NUMBERS[i / 2] * 2 + i % 2] += weights[i];
        }
        for (int number : new int[] {0, 1, 3}) {
            assertThat(sums[2 * number]).isCloseTo(1, within(1e-14));
            assertThat(sums[2 * number + 1]).isCloseTo(1, within(1e-14));
        }
    }

    @Test
    void softmaxIsThatOfTheDefinition() {
        double[] weights = weights(TFloat64.class, SegmentNormalisation.SOFTMAX, SCORES);
        for (int i = 0; i < SCORES.length; i++) {
            double sum = 0;
            for (int j = i % 2; j < SCORES.length; j += 2) {
                sum += NUMBERS[j / 2] == NUMBERS[i / 2] ? Math.exp(SCORES[j] - SCORES[i]) : 0;
            }
            assertThat(weights[i]).isCloseTo(1 / sum, within(1e-14));
        }
    }

    @Test
    void squareplusIsThatOfTheDefinition() {
        double[] weights = weights(TFloat64.class, SegmentNormalisation.SQUAREPLUS, SCORES);
        double[] positive = new double[SCORES.length];
        for (int i = 0; i < SCORES.length; i++) {
            double x = SCORES[i] - 40;
            positive[i] = (x + Math.sqrt(x * x + 4)) / 2;
        }
        for (int i = 0; i < SCORES.length; i++) {
            double sum = 0;
            for (int j = i % 2; j < SCORES.length; j += 2) {
                sum += NUMBERS[j / 2] == NUMBERS[i / 2] ? positive[j] : 0;
            }
            assertThat(weights[i]).isCloseTo(positive[i] / sum, within(1e-12));
        }
    }

    @ParameterizedTest
    @EnumSource
    void farApartScoresStayFiniteInSinglePrecision(SegmentNormalisation normalisation) {
        double[] scores = SCORES.clone();
        scores[2] = 2e4;
        scores[6] = -2e4;
        double[] weights = weights(TFloat32.class, normalisation, scores);
        double[] expected = weights(TFloat64.class, normalisation, scores);
        for (int i = 0; i < weights.length; i++) {
            assertThat(weights[i]).isCloseTo(expected[i], within(1e-6));
        }
        assertThat(weights[2]).isPositive();
    }

    @ParameterizedTest
    @EnumSource
    void theGradientIsThatOfFiniteDifferences(SegmentNormalisation normalisation) {
        double[] gradient;
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Operand<TFloat64> scores = constant(tf, TFloat64.class, SCORES);
            Operand<TFloat64> loss = loss(tf, normalisation.apply(tf, scores, tf.constant(NUMBERS), COUNT));
            gradient = graph.evaluate(
                    Gradients.of(tf, loss, Values.of("scores", scores)).get("scores"));
        }
        double h = 1e-5;
        for (int i = 0; i < SCORES.length; i++) {
            double[] up = SCORES.clone();
            double[] down = SCORES.clone();
            up[i] += h;
            down[i] -= h;
            double difference = (loss(normalisation, up) - loss(normalisation, down)) / (2 * h);
            assertThat(gradient[i]).isCloseTo(difference, within(1e-8));
        }
    }

    private static double loss(SegmentNormalisation normalisation, double[] scores) {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Operand<TFloat64> weights =
                    normalisation.apply(tf, constant(tf, TFloat64.class, scores), tf.constant(NUMBERS), COUNT);
            return graph.evaluate(loss(tf, weights))[0];
        }
    }

    private static Operand<TFloat64> loss(Ops tf, Operand<TFloat64> weights) {
        Operand<TFloat64> factors =
                constant(tf, TFloat64.class, new double[] {1, -2, 3, 0.5, 2, -1, 0.3, 1, 4, -3, 0.1, 1});
        return tf.reduceSum(tf.math.mul(tf.math.sin(weights), factors), tf.constant(new int[] {0, 1}));
    }

    private static <T extends TFloating> double[] weights(
            Class<T> type, SegmentNormalisation normalisation, double[] scores) {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Operand<TInt32> numbers = tf.constant(NUMBERS);
            return graph.evaluate(normalisation.apply(tf, constant(tf, type, scores), numbers, COUNT));
        }
    }

    private static <T extends TFloating> Operand<T> constant(Ops tf, Class<T> type, double[] values) {
        return Floats.constant(tf, type, Shape.of(values.length / 2, 2), values);
    }
}
