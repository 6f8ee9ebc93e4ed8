package dev.odeon.models.grand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.odeon.datasets.graphs.Edges;
import dev.odeon.graph.Floats;
import dev.odeon.graph.TestGraph;
import dev.odeon.graph.Values;
import dev.odeon.graph.layers.SegmentNormalisation;
import dev.odeon.graph.parameters.Parameters;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt64;

class ScaledDotAttentionTest {

    private static final int NODES = 7;
    private static final int STATE = 3;
    private static final int WIDTH = 4;
    private static final int HEADS = 2;
    private static final double[] U = numbers(1, NODES * STATE);
    private static final double[] QUERY = numbers(2, STATE * WIDTH);
    private static final double[] QUERY_BIAS = numbers(3, WIDTH);
    private static final double[] KEY = numbers(4, STATE * WIDTH);
    private static final double[] KEY_BIAS = numbers(5, WIDTH);

    private static double[] numbers(long seed, int count) {
        return new Random(seed).doubles(count, -1, 1).toArray();
    }

    @ParameterizedTest
    @EnumSource
    void rowsOrColumnsSumToOne(SumsToOne sumsToOne) {
        Edges edges = SmallGraphs.sevenNodes().edges();
        for (SegmentNormalisation normalisation : SegmentNormalisation.values()) {
            double[] weights = heads(new ScaledDotAttention(WIDTH, HEADS, normalisation, sumsToOne), edges, U);
            int[] groups = sumsToOne == SumsToOne.LEAVING_A_NODE ? edges.source() : edges.target();
            double[] sums = new double[NODES * HEADS];
            for (int edge = 0; edge < edges.count(); edge++) {
                for (int head = 0; head < HEADS; head++) {
                    sums[groups[edge] * HEADS + head] += weights[edge * HEADS + head];
                }
            }
            for (int node = 0; node < NODES - 1; node++) {
                assertThat(sums[node * HEADS]).isCloseTo(1, within(1e-14));
                assertThat(sums[node * HEADS + 1]).isCloseTo(1, within(1e-14));
            }
        }
    }

    @Test
    void softmaxIsThatOfADenseComputation() {
        Edges edges = SmallGraphs.sevenNodes().edges();
        double[] weights = heads(
                new ScaledDotAttention(WIDTH, HEADS, SegmentNormalisation.SOFTMAX, SumsToOne.LEAVING_A_NODE), edges, U);
        double[][] query = affine(QUERY, QUERY_BIAS);
        double[][] key = affine(KEY, KEY_BIAS);
        for (int head = 0; head < HEADS; head++) {
            double[][] exponentials = new double[NODES][NODES];
            double[] sums = new double[NODES];
            for (int edge = 0; edge < edges.count(); edge++) {
                int i = edges.source()[edge];
                int j = edges.target()[edge];
                double score = 0;
                for (int k = head * 2; k < head * 2 + 2; k++) {
                    score += query[i][k] * key[j][k] / Math.sqrt(2);
                }
                exponentials[i][j] = Math.exp(score);
                sums[i] += exponentials[i][j];
            }
            for (int edge = 0; edge < edges.count(); edge++) {
                int i = edges.source()[edge];
                double expected = exponentials[i][edges.target()[edge]] / sums[i];
                assertThat(weights[edge * HEADS + head]).isCloseTo(expected, within(1e-14));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void renumberingTheNodesRenumbersTheResult(SegmentNormalisation normalisation) {
        ScaledDotAttention attention = new ScaledDotAttention(WIDTH, HEADS, normalisation, SumsToOne.REACHING_A_NODE);
        Edges edges = SmallGraphs.sevenNodes().edges();
        int[] renumbered = {3, 0, 6, 1, 5, 2, 4};
        int[] source = new int[edges.count()];
        int[] target = new int[edges.count()];
        for (int edge = 0; edge < edges.count(); edge++) {
            // Edges in another order, too.
            int other = edges.count() - 1 - edge;
            source[edge] = renumbered[edges.source()[other]];
            target[edge] = renumbered[edges.target()[other]];
        }
        double[] moved = new double[U.length];
        for (int node = 0; node < NODES; node++) {
            System.arraycopy(U, node * STATE, moved, renumbered[node] * STATE, STATE);
        }
        Edges other = Edges.unweighted(source, target);
        double[] product = product(attention, edges, U);
        double[] otherProduct = product(attention, other, moved);
        for (int node = 0; node < NODES; node++) {
            for (int k = 0; k < STATE; k++) {
                assertThat(otherProduct[renumbered[node] * STATE + k])
                        .isCloseTo(product[node * STATE + k], within(1e-14));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aNodeWithoutEdgesReceivesNothing(SegmentNormalisation normalisation) {
        double[] product = product(
                new ScaledDotAttention(WIDTH, HEADS, normalisation, SumsToOne.LEAVING_A_NODE),
                SmallGraphs.sevenNodes().edges(),
                U);
        assertThat(product).doesNotContain(Double.NaN);
        for (int k = 0; k < STATE; k++) {
            assertThat(product[6 * STATE + k]).isZero();
        }
    }

    @Test
    void theFirstAttentionIsThatOfEquals() {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            ScaledDotAttention attention =
                    new ScaledDotAttention(WIDTH, HEADS, SegmentNormalisation.SQUAREPLUS, SumsToOne.LEAVING_A_NODE);
            Parameters parameters = new Parameters(tf, 3);
            attention.declare(parameters, TFloat64.class, STATE);
            Operand<TFloat64> weights = attention.mean(tf, u(tf, U), edges(tf), parameters.read());
            double[] values = TestGraph.evaluate(graph.session(parameters.initializer()), weights);
            int[] source = SmallGraphs.sevenNodes().edges().source();
            int[] degree = new int[NODES];
            for (int node : source) {
                degree[node]++;
            }
            for (int edge = 0; edge < source.length; edge++) {
                assertThat(values[edge]).isCloseTo(1.0 / degree[source[edge]], within(1e-4));
            }
        }
    }

    @Test
    void aWidthThatTheHeadsCannotShareIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ScaledDotAttention(10, 4, SegmentNormalisation.SOFTMAX, SumsToOne.LEAVING_A_NODE))
                .withMessageContaining("width 10 and 4 heads");
    }

    private static double[][] affine(double[] kernel, double[] bias) {
        double[][] result = new double[NODES][WIDTH];
        for (int node = 0; node < NODES; node++) {
            for (int k = 0; k < WIDTH; k++) {
                result[node][k] = bias[k];
                for (int i = 0; i < STATE; i++) {
                    result[node][k] += U[node * STATE + i] * kernel[i * WIDTH + k];
                }
            }
        }
        return result;
    }

    private static double[] heads(ScaledDotAttention attention, Edges edges, double[] state) {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            return graph.evaluate(attention.heads(tf, u(tf, state), edges(tf, edges), parameters(tf)));
        }
    }

    private static double[] product(ScaledDotAttention attention, Edges graphEdges, double[] state) {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Operand<TFloat64> u = u(tf, state);
            EdgeList edges = edges(tf, graphEdges);
            return graph.evaluate(edges.times(tf, attention.mean(tf, u, edges, parameters(tf)), u));
        }
    }

    private static Operand<TFloat64> u(Ops tf, double[] state) {
        return Floats.constant(tf, TFloat64.class, Shape.of(NODES, STATE), state);
    }

    private static EdgeList edges(Ops tf) {
        return edges(tf, SmallGraphs.sevenNodes().edges());
    }

    private static EdgeList edges(Ops tf, Edges edges) {
        return EdgeList.of(
                tf,
                tf.dtypes.cast(tf.constant(edges.source()), TInt64.class),
                tf.dtypes.cast(tf.constant(edges.target()), TInt64.class),
                NODES);
    }

    private static Values parameters(Ops tf) {
        Shape kernel = Shape.of(STATE, WIDTH);
        Shape bias = Shape.of(WIDTH);
        return Values.of("attention/query/kernel", Floats.constant(tf, TFloat64.class, kernel, QUERY))
                .with("attention/query/bias", Floats.constant(tf, TFloat64.class, bias, QUERY_BIAS))
                .with("attention/key/kernel", Floats.constant(tf, TFloat64.class, kernel, KEY))
                .with("attention/key/bias", Floats.constant(tf, TFloat64.class, bias, KEY_BIAS));
    }
}
