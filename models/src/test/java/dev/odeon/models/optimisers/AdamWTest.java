package dev.odeon.models.optimisers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.odeon.graph.Gradients;
import dev.odeon.graph.TestGraph;
import dev.odeon.graph.Values;
import dev.odeon.graph.parameters.Initializer;
import dev.odeon.graph.parameters.Parameters;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;

class AdamWTest {

    @Test
    void followsTheRecurrenceWithDecoupledDecay() {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Parameters parameters = new Parameters(tf, 1);
            Parameters slots = new Parameters(tf, 1);
            parameters.declare("p", TFloat64.class, Shape.of(2), Initializer.constant(1.5));
            Values read = parameters.read();
            Operand<TFloat64> scaled =
                    tf.math.mul(tf.constant(new double[] {1, 3}), tf.math.square(read.get("p", TFloat64.class)));
            Operand<TFloat64> loss = tf.reduceSum(scaled, tf.constant(0));
            Op update = new AdamW(0.1).apply(tf, parameters, slots, Gradients.of(tf, loss, read), tf.constant(0.05));
            Session session = graph.session(parameters.initializer(), slots.initializer());
            double[] p = {1.5, 1.5};
            double[] m = new double[2];
            double[] v = new double[2];
            for (int step = 1; step <= 20; step++) {
                session.run(update);
                for (int i = 0; i < 2; i++) {
                    double gradient = 2 * (i == 0 ? 1 : 3) * p[i];
                    p[i] *= 1 - 0.05 * 0.1;
                    m[i] = 0.9 * m[i] + 0.1 * gradient;
                    v[i] = 0.999 * v[i] + 0.001 * gradient * gradient;
                    double mean = m[i] / (1 - Math.pow(0.9, step));
                    double square = v[i] / (1 - Math.pow(0.999, step));
                    p[i] -= 0.05 * mean / (Math.sqrt(square) + 1e-8);
                }
                assertThat(TestGraph.evaluate(session, read.get("p"))).containsExactly(p, within(1e-13));
            }
        }
    }

    @Test
    void refusesANegativeDecay() {
        assertThatThrownBy(() -> new AdamW(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1");
    }
}
