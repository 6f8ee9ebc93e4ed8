package dev.odeon.models.recurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.odeon.graph.Channels;
import dev.odeon.graph.TestGraph;
import dev.odeon.graph.Values;
import dev.odeon.solvers.Methods;
import dev.odeon.solvers.VectorField;
import dev.odeon.solvers.steps.StepsPerInterval;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat64;

class DrivenHybridTest {

    /** u' = a + t (b - a) of an observation (a, b): its integral over d is a d + (b - a) d^2 / 2, exact in a method of order 2. */
    private static final VectorField<TFloat64> FIELD = (tf, t, u, theta) -> {
        Operand<TFloat64> drive = theta.get("drive", TFloat64.class);
        Operand<TFloat64> here = Channels.part(tf, drive, 0, 1);
        Operand<TFloat64> next = Channels.part(tf, drive, 1, 1);
        return tf.math.add(tf.zerosLike(u), tf.math.add(here, tf.math.mul(t, tf.math.sub(next, here))));
    };

    private static final OdeRnn<TFloat64> HYBRID = OdeRnn.of(
                    FIELD, new KeptState(2, 1), Methods.MIDPOINT, new StepsPerInterval(1))
            .withDrive("drive");

    /** The second sample's second observation is missing, and its drive zero. */
    @Test
    void theFieldSeesTheObservationItStartedFrom() {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Operand<TFloat64> x = tf.constant(new double[][][] {{{1, 3}, {2, 2}}, {{3, -1}, {Double.NaN, 7}}});
            Operand<TBool> seen = tf.constant(new boolean[][] {{true, true}, {true, false}});
            Operand<TFloat64> durations = tf.constant(new double[][] {{1, 0.5}, {2, 1}});
            Passage<TFloat64> passage = HYBRID.pass(
                    tf,
                    tf.constant(new double[][] {{10}, {20}}),
                    Values.empty(),
                    ObservedSeries.of(x, durations).withObserved(seen).data());
            double[] states = TestGraph.evaluate(graph.quickSession(), passage.evolved());
            double[] expected = {10 + 2, 20 + 1, 12 + 3 * 2 - 4 * 2, 21};
            for (int i = 0; i < expected.length; i++) {
                assertThat(states[i]).isCloseTo(expected[i], within(1e-14));
            }
        }
    }

    @Test
    void noForecastWithoutADrive() {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Operand<TFloat64> state = tf.constant(new double[][] {{1}});
            assertThatThrownBy(() -> HYBRID.forecast(tf, state, Values.empty(), state))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("driven by 'drive'")
                    .hasMessageContaining("pass them as further observations");
        }
    }
}
