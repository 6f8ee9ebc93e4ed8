package dev.odeon.graph.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.odeon.graph.Channels;
import dev.odeon.graph.Floats;
import dev.odeon.graph.Gradients;
import dev.odeon.graph.TestGraph;
import dev.odeon.graph.Values;
import dev.odeon.graph.parameters.Parameters;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TFloating;

/** Convolutions and group normalisation. */
class ImageLayersTest {

    private static final int HEIGHT = 4;
    private static final int WIDTH = 3;
    private static final int INPUTS = 2;
    private static final int OUTPUTS = 4;
    private static final Shape IMAGES = Shape.of(2, HEIGHT, WIDTH, INPUTS);
    private static final Shape KERNEL = Shape.of(3, 3, INPUTS, OUTPUTS);
    private static final Shape PADDED_KERNEL = Shape.of(3, 3, INPUTS + 1, OUTPUTS);
    private static final double TIME = 0.7;

    private static double[] numbers(Shape shape, int seed) {
        return new Random(seed).doubles(shape.size(), -1, 1).toArray();
    }

    private static <T extends TFloating> Operand<T> random(Ops tf, Class<T> type, Shape shape, int seed) {
        return Floats.constant(tf, type, shape, numbers(shape, seed));
    }

    private static <T extends TFloating> Values values(Ops tf, Class<T> type, Shape kernel) {
        return Values.of("c/kernel", random(tf, type, kernel, 2))
                .with("c/bias", random(tf, type, Shape.of(OUTPUTS), 3));
    }

    @Test
    void aConvolutionIsTheSumOverItsWindowWithZerosAround() {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            double[] y = graph.evaluate(new Convolution("c")
                    .apply(tf, random(tf, TFloat64.class, IMAGES, 1), values(tf, TFloat64.class, KERNEL)));
            double[] x = numbers(IMAGES, 1);
            double[] kernel = numbers(KERNEL, 2);
            double[] bias = numbers(Shape.of(OUTPUTS), 3);
            double[] expected = new double[y.length];
            for (int i = 0; i < expected.length; i++) {
                int out = i % OUTPUTS;
                int column = i / OUTPUTS % WIDTH;
                int row = i / OUTPUTS / WIDTH % HEIGHT;
                int sample = i / OUTPUTS / WIDTH / HEIGHT;
                expected[i] = bias[out];
                for (int k = 0; k < 9 * INPUTS; k++) {
                    int r = row + k / INPUTS / 3 - 1;
                    int c = column + k / INPUTS % 3 - 1;
                    if (r >= 0 && r < HEIGHT && c >= 0 && c < WIDTH) {
                        expected[i] += kernel[k * OUTPUTS + out]
                                * x[((sample * HEIGHT + r) * WIDTH + c) * INPUTS + k % INPUTS];
                    }
                }
            }
            assertThat(y).containsExactly(expected, within(1e-13));
        }
    }

    /** The time as one more channel, as it is meant, with a time for all and one for each sample. */
    private static Operand<TFloat64> padded(Ops tf, Operand<TFloat64> t, Operand<TFloat64> x, Values values) {
        Operand<TFloat64> channel = tf.broadcastTo(t, Channels.shape(tf, x, 1));
        return new Convolution("c").apply(tf, Channels.joined(tf, List.of(x, channel)), values);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void aTimePaddedConvolutionIsOneOfAnImageWithTheTimeAsAChannel(int size) {
        Shape shape = Shape.of(size, size, INPUTS + 1, OUTPUTS);
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            TimePaddedConvolution layer = new TimePaddedConvolution(new Convolution("c"), INPUTS);
            Values values = values(tf, TFloat64.class, shape);
            Operand<TFloat64> x = random(tf, TFloat64.class, IMAGES, 1);
            for (Operand<TFloat64> t : List.<Operand<TFloat64>>of(
                    tf.constant(TIME), random(tf, TFloat64.class, Shape.of(2, 1, 1, 1), 4))) {
                Values targets = values.with("x", x).with("t", t);
                Operand<TFloat64> layered = layer.apply(tf, t, x, values);
                Operand<TFloat64> meant = padded(tf, t, x, values);
                assertThat(graph.evaluate(layered)).containsExactly(graph.evaluate(meant), within(1e-13));
                Values actual = Gradients.of(tf, loss(tf, layered), targets);
                Values expected = Gradients.of(tf, loss(tf, meant), targets);
                for (String name : targets.names()) {
                    assertThat(graph.evaluate(actual.get(name)))
                            .as(name)
                            .containsExactly(graph.evaluate(expected.get(name)), within(1e-12));
                }
            }
        }
    }

    private static <T extends TFloating> Operand<T> loss(Ops tf, Operand<T> y) {
        return tf.reduceSum(tf.math.square(tf.math.tanh(y)), tf.constant(new int[] {0, 1, 2, 3}));
    }

    /** A time padded convolution, normalised in two groups. */
    private static <T extends TFloating> Operand<T> stack(Ops tf, Class<T> type, Operand<T> x, Values values) {
        Operand<T> y = new TimePaddedConvolution(new Convolution("c"), INPUTS)
                .apply(tf, Floats.scalar(tf, type, TIME), x, values);
        return loss(tf, new GroupNorm("n", 2, OUTPUTS).apply(tf, new Activation.LeakyRelu(0.3).apply(tf, y), values));
    }

    private static <T extends TFloating> Values arguments(Ops tf, Class<T> type) {
        return values(tf, type, PADDED_KERNEL)
                .with("n/scale", random(tf, type, Shape.of(OUTPUTS), 5))
                .with("n/shift", random(tf, type, Shape.of(OUTPUTS), 6))
                .with("x", random(tf, type, IMAGES, 1));
    }

    @Test
    void gradientsOfImageLayersEqualFiniteDifferences() {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Values values = arguments(tf, TFloat64.class);
            Values results =
                    Gradients.of(tf, stack(tf, TFloat64.class, values.get("x", TFloat64.class), values), values);
            for (String name : results.names()) {
                Operand<TFloat64> direction = moved(tf, name, 1);
                Operand<TFloat64> up = moved(tf, name, 1e-5);
                Operand<TFloat64> down = moved(tf, name, -1e-5);
                double[] gradient = graph.evaluate(results.get(name));
                double[] towards = graph.evaluate(direction);
                double slope = 0;
                for (int i = 0; i < gradient.length; i++) {
                    slope += gradient[i] * towards[i];
                }
                double difference = (at(graph, name, up) - at(graph, name, down)) / 2e-5;
                assertThat(slope).as(name).isCloseTo(difference, within(1e-7 * Math.max(1, Math.abs(slope))));
            }
        }
    }

    /** A direction times a number. */
    private static Operand<TFloat64> moved(Ops tf, String name, double by) {
        Shape shape = arguments(tf, TFloat64.class).get(name).shape();
        return tf.math.mul(random(tf, TFloat64.class, shape, 11), tf.constant(by));
    }

    private static double at(TestGraph graph, String name, Operand<TFloat64> change) {
        Ops tf = graph.tf();
        Values values = arguments(tf, TFloat64.class);
        values = values.with(name, tf.math.add(values.get(name, TFloat64.class), change));
        return graph.evaluate(stack(tf, TFloat64.class, values.get("x", TFloat64.class), values))[0];
    }

    @Test
    void singlePrecisionGivesTheSame() {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Values exact = arguments(tf, TFloat64.class);
            Values single = arguments(tf, TFloat32.class);
            double expected = graph.evaluate(stack(tf, TFloat64.class, exact.get("x", TFloat64.class), exact))[0];
            double actual = graph.evaluate(stack(tf, TFloat32.class, single.get("x", TFloat32.class), single))[0];
            assertThat(actual).isCloseTo(expected, within(1e-4));
        }
    }

    @Test
    void aGroupHasMeanZeroAndVarianceOne() {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Parameters parameters = new Parameters(tf, 1);
            GroupNorm norm = new GroupNorm("n", 2, OUTPUTS);
            norm.declare(parameters, TFloat64.class);
            Shape shape = Shape.of(2, HEIGHT, WIDTH, OUTPUTS);
            Operand<TFloat64> y = norm.apply(tf, random(tf, TFloat64.class, shape, 1), parameters.read());
            double[] normalised = TestGraph.evaluate(graph.session(parameters.initializer()), y);
            int half = normalised.length / 2;
            for (int group = 0; group < 2; group++) {
                double sum = 0;
                double squares = 0;
                int count = 0;
                for (int i = 0; i < half; i++) {
                    if (i % OUTPUTS / 2 == group) {
                        sum += normalised[i];
                        squares += normalised[i] * normalised[i];
                        count++;
                    }
                }
                assertThat(sum / count).isCloseTo(0, within(1e-13));
                // A little less than one by what keeps the divisor from zero.
                assertThat(squares / count).isCloseTo(1, within(1e-4)).isLessThan(1);
            }
        }
    }

    @Test
    void activationsWithANumberOfTheirOwn() {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Operand<TFloat64> x = tf.constant(new double[] {-7, -2, 3, 6});
            assertThat(graph.evaluate(new Activation.HardTanh(5).apply(tf, x))).containsExactly(-5, -2, 3, 5);
            assertThat(graph.evaluate(new Activation.LeakyRelu(0.5).apply(tf, x)))
                    .containsExactly(-3.5, -1, 3, 6);
            Operand<TFloat64> sum =
                    tf.reduceSum(tf.math.mul(new Activation.HardTanh(5).apply(tf, x), x), tf.constant(0));
            Operand<?> gradient = Gradients.of(tf, sum, Values.of("x", x)).get("x");
            assertThat(graph.evaluate(gradient)).containsExactly(-5, -4, 6, 5);
        }
    }

    @Test
    void misuseIsToldInOneLine() {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Parameters parameters = new Parameters(tf, 1);
            assertThatThrownBy(
                            () -> Convolution.declare(parameters, "c", TFloat32.class, 2, 1, 1, new Mlp.FanInUniform()))
                    .hasMessageContaining("window of 2");
            assertThatThrownBy(() -> new GroupNorm("n", 3, 4)).hasMessageContaining("3 groups of 4");
            assertThatThrownBy(() ->
                            new GroupNorm("n", 1, 3).apply(tf, random(tf, TFloat32.class, IMAGES, 1), Values.empty()))
                    .hasMessageContaining("has 2");
            assertThatThrownBy(() -> new Activation.LeakyRelu(1)).hasMessageContaining("slope 1.0");
            assertThatThrownBy(() -> new Activation.HardTanh(0)).hasMessageContaining("bound 0.0");
        }
    }
}
