package dev.odeon.models.optimisers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.odeon.graph.Gradients;
import dev.odeon.graph.TestGraph;
import dev.odeon.graph.Values;
import dev.odeon.graph.parameters.Initializer;
import dev.odeon.graph.parameters.Parameters;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TFloating;

/** Each optimiser against its formula, written out in Java, on the loss p_0^2 + 3 p_1^2. */
class OptimisersTest {

    private static final double RATE = 0.05;
    private static final double DECAY = 0.1;

    /** One published recurrence; keeps what it needs between steps. */
    private interface Recurrence {
        double next(int step, double p, double gradient, double[] memory);
    }

    private static double adam(int step, double p, double g, double[] memory) {
        memory[0] = 0.9 * memory[0] + 0.1 * g;
        memory[1] = 0.999 * memory[1] + 0.001 * g * g;
        double mean = memory[0] / (1 - Math.pow(0.9, step));
        double square = memory[1] / (1 - Math.pow(0.999, step));
        return p - RATE * mean / (Math.sqrt(square) + 1e-8);
    }

    static Stream<Arguments> optimisers() {
        Recurrence adamW = (step, p, g, memory) -> adam(step, p * (1 - RATE * DECAY), g, memory);
        Recurrence adam = (step, p, g, memory) -> adam(step, p, g + DECAY * p, memory);
        Recurrence adamax = (step, p, g, memory) -> {
            double penalised = g + DECAY * p;
            memory[0] = 0.9 * memory[0] + 0.1 * penalised;
            memory[1] = Math.max(0.999 * memory[1], Math.abs(penalised));
            return p - RATE / (1 - Math.pow(0.9, step)) * memory[0] / (memory[1] + 1e-8);
        };
        Recurrence rmsProp = (step, p, g, memory) -> {
            double penalised = g + DECAY * p;
            memory[0] = 0.99 * memory[0] + 0.01 * penalised * penalised;
            return p - RATE * penalised / (Math.sqrt(memory[0]) + 1e-8);
        };
        return Stream.of(
                Arguments.of(new AdamW(DECAY), adamW),
                Arguments.of(new Adam(DECAY), adam),
                Arguments.of(new Adamax(DECAY), adamax),
                Arguments.of(new RmsProp(DECAY), rmsProp));
    }

    @ParameterizedTest
    @MethodSource("optimisers")
    void followTheirFormulas(Optimiser optimiser, Recurrence recurrence) {
        compare(optimiser, recurrence, TFloat64.class, 1e-13);
    }

    @ParameterizedTest
    @MethodSource("optimisers")
    void followTheirFormulasInFloat32(Optimiser optimiser, Recurrence recurrence) {
        compare(optimiser, recurrence, TFloat32.class, 2e-5);
    }

    private static <T extends TFloating> void compare(
            Optimiser optimiser, Recurrence recurrence, Class<T> type, double tolerance) {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Parameters parameters = new Parameters(tf, 1);
            Parameters slots = new Parameters(tf, 1);
            parameters.declare("p", type, Shape.of(2), Initializer.constant(1.5));
            Values read = parameters.read();
            Operand<T> weights = tf.dtypes.cast(tf.constant(new double[] {1, 3}), type);
            Operand<T> loss = tf.reduceSum(tf.math.mul(weights, tf.math.square(read.get("p", type))), tf.constant(0));
            Operand<T> rate = tf.dtypes.cast(tf.constant(RATE), type);
            Op update = optimiser.apply(tf, parameters, slots, Gradients.of(tf, loss, read), rate);
            Session session = graph.session(parameters.initializer(), slots.initializer());
            double[] p = {1.5, 1.5};
            double[][] memory = new double[2][2];
            for (int step = 1; step <= 20; step++) {
                session.run(update);
                for (int i = 0; i < 2; i++) {
                    p[i] = recurrence.next(step, p[i], 2 * (i == 0 ? 1 : 3) * p[i], memory[i]);
                }
                assertThat(TestGraph.evaluate(session, read.get("p"))).containsExactly(p, within(tolerance));
            }
        }
    }

    /** The update of tensors, as a loop carries them: twenty steps one after another. */
    @ParameterizedTest
    @MethodSource("optimisers")
    void tensorsFollowTheSameFormulas(Optimiser optimiser, Recurrence recurrence) {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Parameters parameters = new Parameters(tf, 1);
            Parameters slots = new Parameters(tf, 1);
            parameters.declare("p", TFloat64.class, Shape.of(2), Initializer.constant(1.5));
            optimiser.declare(parameters, slots);
            Values values = parameters.read().and(slots.read());
            Operand<TFloat64> weights = tf.constant(new double[] {2, 6});
            double[] p = {1.5, 1.5};
            double[][] memory = new double[2][2];
            for (int step = 1; step <= 20; step++) {
                Operand<TFloat64> present = values.get("p", TFloat64.class);
                Values gradients = Values.of("p", tf.math.mul(weights, present));
                values = optimiser.next(tf, Values.of("p", present), values, gradients, tf.constant(RATE));
                for (int i = 0; i < 2; i++) {
                    p[i] = recurrence.next(step, p[i], (i == 0 ? 2 : 6) * p[i], memory[i]);
                }
            }
            assertThat(values.names())
                    .containsExactlyInAnyOrderElementsOf(
                            parameters.read().and(slots.read()).names());
            Session session = graph.session(parameters.initializer(), slots.initializer());
            assertThat(TestGraph.evaluate(session, values.get("p"))).containsExactly(p, within(1e-13));
        }
    }

    @Test
    void clippingScalesAllGradientsTogether() {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Values gradients =
                    Values.of("a", tf.constant(new double[] {3, 0})).with("b", tf.constant(new float[] {0, 4}));
            Values clipped = new Clipping.ByNorm(0.5).clip(tf, gradients);
            Values untouched = new Clipping.ByNorm(5.1).clip(tf, gradients);
            assertThat(graph.evaluate(Clipping.globalNorm(tf, gradients))).containsExactly(5);
            assertThat(graph.evaluate(clipped.get("a"))).containsExactly(new double[] {0.3, 0}, within(1e-7));
            assertThat(graph.evaluate(clipped.get("b"))).containsExactly(new double[] {0, 0.4}, within(1e-7));
            assertThat(graph.evaluate(untouched.get("a"))).containsExactly(3, 0);
        }
    }

    @Test
    void clippingByValueLimitsEachComponent() {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Values gradients = Values.of("a", tf.constant(new double[] {3, -0.25}))
                    .with("b", tf.constant(new float[] {-2, 0.5f, Float.NaN}));
            Values clipped = new Clipping.ByValue(0.5).clip(tf, gradients);
            assertThat(graph.evaluate(clipped.get("a"))).containsExactly(0.5, -0.25);
            assertThat(graph.evaluate(clipped.get("b"))).containsExactly(-0.5, 0.5, Double.NaN);
            Values both =
                    new Clipping.ByValue(0.3).then(new Clipping.ByNorm(0.1)).clip(tf, gradients.without("b"));
            // (0.3, -0.25) has the norm 0.3905.
            assertThat(graph.evaluate(both.get("a")))
                    .containsExactly(new double[] {0.3 / 3.905125, -0.25 / 3.905125}, within(1e-6));
            assertThat(Clipping.none().clip(tf, gradients)).isSameAs(gradients);
        }
    }

    @Test
    void refuseBadHyperParameters() {
        assertThatThrownBy(() -> new AdamW(-1)).hasMessageContaining("-1");
        assertThatThrownBy(() -> new Adam(0, 1, 0.9, 1e-8)).hasMessageContaining("beta1 is 1.0");
        assertThatThrownBy(() -> new RmsProp(0, 0.9, 0)).hasMessageContaining("Epsilon is 0.0");
        assertThatThrownBy(() -> new Clipping.ByNorm(0)).hasMessageContaining("0.0");
        assertThatThrownBy(() -> new Clipping.ByValue(Double.NaN)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> new Averaging.Exponential(1, Averaging.Judged.AVERAGE))
                .hasMessageContaining("decay is 1.0");
    }
}
