package dev.odeon.models.grand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.odeon.adjoint.Gradient;
import dev.odeon.datasets.graphs.GraphData;
import dev.odeon.graph.Floats;
import dev.odeon.graph.TestGraph;
import dev.odeon.graph.Values;
import dev.odeon.graph.layers.SegmentNormalisation;
import dev.odeon.graph.parameters.Parameters;
import dev.odeon.ode.OdeSolver;
import dev.odeon.solvers.Methods;
import dev.odeon.solvers.steps.FixedSteps;
import dev.odeon.solvers.steps.SaveAt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt64;

class GraphDiffusionTest {

    private static final double[] U0 = {1, -1, 2, 0.5, 0, 3, -2, 1, 0.3, 0.2, -0.4, 2, 5, 7};

    /** As it starts: both rates one half, no source. */
    private static double[] solve(GraphDiffusion diffusion, GraphData nodes, double time) {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Parameters parameters = new Parameters(tf, 3);
            diffusion.declare(parameters, TFloat64.class, 2);
            Values read = parameters.read();
            Operand<TFloat64> u0 = Floats.constant(tf, TFloat64.class, Shape.of(7, 2), U0);
            EdgeList edges = EdgeList.of(
                    tf,
                    tf.dtypes.cast(tf.constant(nodes.edges().source()), TInt64.class),
                    tf.dtypes.cast(tf.constant(nodes.edges().target()), TInt64.class),
                    nodes.nodes());
            Operand<TFloat64> last = OdeSolver.of(
                            diffusion.field(tf, read, TFloat64.class, nodes.nodes()),
                            Methods.IMEX_RK5,
                            new FixedSteps(0.1))
                    .withGradient(Gradient.NONE)
                    .solve(tf, u0, diffusion.theta(tf, u0, edges, read), SaveAt.end(0, time))
                    .last();
            return TestGraph.evaluate(graph.session(parameters.initializer()), last);
        }
    }

    private static GraphDiffusion diffusion(SumsToOne sumsToOne, AttentionAt attentionAt) {
        return new GraphDiffusion(
                new ScaledDotAttention(4, 2, SegmentNormalisation.SOFTMAX, sumsToOne), attentionAt, Source.NONE);
    }

    @ParameterizedTest
    @EnumSource
    void aNodeWithoutEdgesDecaysWithTheImplicitRate(AttentionAt attentionAt) {
        double[] u = solve(diffusion(SumsToOne.LEAVING_A_NODE, attentionAt), SmallGraphs.sevenNodes(), 2);
        assertThat(u[12]).isCloseTo(5 * Math.exp(-1), within(1e-7));
        assertThat(u[13]).isCloseTo(7 * Math.exp(-1), within(1e-7));
    }

    @ParameterizedTest
    @EnumSource
    void columnsThatSumToOneKeepTheSumOfAllStates(AttentionAt attentionAt) {
        GraphData looped = SelfLoops.ADDED.in(SmallGraphs.sevenNodes());
        double[] u = solve(diffusion(SumsToOne.REACHING_A_NODE, attentionAt), looped, 3);
        for (int k = 0; k < 2; k++) {
            double before = 0;
            double after = 0;
            for (int node = 0; node < 7; node++) {
                before += U0[2 * node + k];
                after += u[2 * node + k];
            }
            assertThat(after).isCloseTo(before, within(1e-9));
        }
    }

    @Test
    void rowsThatSumToOneLeadToOneStateForAllConnectedNodes() {
        double[] u = solve(
                diffusion(SumsToOne.LEAVING_A_NODE, AttentionAt.CURRENT_STATE),
                SelfLoops.ADDED.in(SmallGraphs.sevenNodes()),
                200);
        for (int node = 1; node < 6; node++) {
            assertThat(u[2 * node]).isCloseTo(u[0], within(1e-6));
        }
        assertThat(u[12]).isCloseTo(5, within(1e-9));
    }
}
