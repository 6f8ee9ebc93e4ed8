package dev.odeon.models.grand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.odeon.datasets.graphs.GraphData;
import dev.odeon.datasets.graphs.SparseFeatures;
import dev.odeon.datasets.graphs.Split;
import dev.odeon.graph.Compilation;
import dev.odeon.models.training.Phase;
import dev.odeon.solvers.Methods;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TFloating;
import org.tensorflow.types.family.TType;

class GrandTest {

    private static final SolverSettings SOLVER =
            SolverSettings.of(Methods.IMEX_RK2, 0.5).withCompilation(Compilation.EXECUTOR);

    @Test
    void dropoutIsOnInTrainingAndOffInAnEvaluation() {
        GrandSettings settings = SmallGraphs.tiny().build();
        try (FedModel<TFloat64> training = model(settings, TFloat64.class, SOLVER, Phase.TRAINING)) {
            assertThat(training.run("loss", 5)).isEqualTo(training.run("loss", 5));
            assertThat(training.run("loss", 5)).isNotEqualTo(training.run("loss", 6));
        }
        try (FedModel<TFloat64> evaluation = model(settings, TFloat64.class, SOLVER, Phase.EVALUATION)) {
            assertThat(evaluation.run("loss", 5)).isEqualTo(evaluation.run("loss", 6));
        }
    }

    @Test
    void eachPhaseHasTheLossOfItsOwnNodes() {
        GrandSettings settings = SmallGraphs.tiny().inputDropout(0).dropout(0).build();
        Split split = SmallGraphs.sevenNodesSplit();
        int[] first = split.validation();
        int[] second = split.train();
        Split swapped = new Split(first, second, split.test());
        try (FedModel<TFloat64> training = model(settings, TFloat64.class, SOLVER, Phase.TRAINING);
                FedModel<TFloat64> evaluation = new FedModel<>(
                        settings, SmallGraphs.sevenNodes(), swapped, SOLVER, TFloat64.class, Phase.EVALUATION)) {
            assertThat(evaluation.run("loss")[0]).isCloseTo(training.run("loss")[0], within(1e-14));
        }
    }

    @Test
    void batchNormalisationUsesTheBatchInTrainingAndTheRunningMeansAfterwards() {
        GrandSettings settings = SmallGraphs.tiny()
                .inputDropout(0)
                .dropout(0)
                .encoding(Encoding.BATCH_NORMALISED)
                .build();
        try (FedModel<TFloat64> training = model(settings, TFloat64.class, SOLVER, Phase.TRAINING);
                FedModel<TFloat64> evaluation = model(settings, TFloat64.class, SOLVER, Phase.EVALUATION)) {
            double trained = training.run("loss")[0];
            double evaluated = evaluation.run("loss")[0];
            assertThat(training.under("update/").names())
                    .containsExactlyInAnyOrder("encoder/norm/mean", "encoder/norm/variance");
            training.numbers().replace("encoder/norm/mean", new double[] {9, 9, 9, 9});
            evaluation.numbers().replace("encoder/norm/mean", new double[] {9, 9, 9, 9});
            assertThat(training.run("loss")[0]).isEqualTo(trained);
            assertThat(evaluation.run("loss")[0]).isNotEqualTo(evaluated);
            assertThat(training.run("update/encoder/norm/mean")[0]).isBetween(7.0, 9.0);
        }
    }

    @Test
    void xlaGivesTheSameEvaluation() {
        GrandSettings settings = SmallGraphs.tiny().build();
        try (FedModel<TFloat64> executor = model(settings, TFloat64.class, SOLVER, Phase.EVALUATION);
                FedModel<TFloat64> xla =
                        model(settings, TFloat64.class, SOLVER.withCompilation(Compilation.XLA), Phase.EVALUATION)) {
            assertThat(xla.run("loss")[0]).isCloseTo(executor.run("loss")[0], within(1e-12));
            assertThat(xla.run("metric/testAccuracy")).isEqualTo(executor.run("metric/testAccuracy"));
        }
    }

    @Test
    void singlePrecisionGivesTheSameLossToItsPrecision() {
        GrandSettings settings = SmallGraphs.tiny().build();
        try (FedModel<TFloat64> wide = model(settings, TFloat64.class, SOLVER, Phase.TRAINING);
                FedModel<TFloat32> narrow = model(settings, TFloat32.class, SOLVER, Phase.TRAINING)) {
            assertThat(narrow.run("loss")[0]).isCloseTo(wide.run("loss")[0], within(1e-5));
            assertThat(narrow.run("gradient/attention/query/kernel"))
                    .containsExactly(wide.run("gradient/attention/query/kernel"), within(1e-5));
        }
    }

    @Test
    void sparseAndDenseFeaturesGiveTheSameFirstLayer() {
        // The same features once in few columns, once with empty columns behind that make them sparse.
        GraphData graph = SmallGraphs.sevenNodes();
        SparseFeatures features = graph.features().sparse();
        SparseFeatures wide = new SparseFeatures(features.offsets(), features.indices(), features.values(), 200);
        assertThat(FeatureForm.of(features)).isEqualTo(FeatureForm.DENSE);
        assertThat(FeatureForm.of(wide)).isEqualTo(FeatureForm.SPARSE);
        GrandSettings settings = SmallGraphs.tiny().inputDropout(0).build();
        try (FedModel<TFloat64> dense = model(settings, TFloat64.class, SOLVER, Phase.TRAINING);
                FedModel<TFloat64> sparse = new FedModel<>(
                        settings,
                        new GraphData(graph.name(), graph.edges(), wide, graph.labels(), graph.classes()),
                        SmallGraphs.sevenNodesSplit(),
                        SOLVER,
                        TFloat64.class,
                        Phase.TRAINING)) {
            Map<String, double[]> numbers = sparse.numbers();
            dense.numbers().forEach((name, values) -> {
                double[] other = numbers.getOrDefault(name, new double[0]);
                System.arraycopy(values, 0, other, 0, values.length);
            });
            assertThat(sparse.run("loss")[0]).isCloseTo(dense.run("loss")[0], within(1e-13));
            double[] gradient = dense.run("gradient/encoder/kernel");
            double[] other = sparse.run("gradient/encoder/kernel");
            for (int i = 0; i < gradient.length; i++) {
                assertThat(other[i]).isCloseTo(gradient[i], within(1e-13));
            }
        }
    }

    @Test
    void selfLoopsAreAddedWhereTheyAreMissing() {
        GraphData graph = SmallGraphs.sevenNodes();
        int edges = graph.edges().count();
        assertThat(edgesRead(graph, SelfLoops.AS_GIVEN)).isEqualTo(edges);
        assertThat(edgesRead(graph, SelfLoops.ADDED)).isEqualTo(edges + 7);
        assertThat(edgesRead(graph.withSelfLoops(1), SelfLoops.ADDED)).isEqualTo(edges + 7);
    }

    @Test
    void aSplitOfAnotherGraphIsRefused() {
        Grand<TFloat32> model =
                new Grand<>(SmallGraphs.tiny().build(), SmallGraphs.sevenNodes(), SOLVER, TFloat32.class);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> close(model.data(SmallGraphs.karateClubSplit())))
                .withMessageContaining("node 33");
    }

    @Test
    void aSplitWithoutNodesOfAPartIsRefused() {
        Grand<TFloat32> model =
                new Grand<>(SmallGraphs.tiny().build(), SmallGraphs.sevenNodes(), SOLVER, TFloat32.class);
        Split split = new Split(new int[] {0, 2}, new int[0], new int[] {4});
        assertThatIllegalArgumentException()
                .isThrownBy(() -> close(model.data(split)))
                .withMessageContaining("no validation nodes");
    }

    private static long edgesRead(GraphData graph, SelfLoops selfLoops) {
        GrandSettings settings = SmallGraphs.tiny().selfLoops(selfLoops).build();
        Map<String, TType> data =
                new Grand<>(settings, graph, SOLVER, TFloat32.class).data(SmallGraphs.sevenNodesSplit());
        long edges = Objects.requireNonNull(data.get(EdgeList.SOURCE)).size();
        close(data);
        return edges;
    }

    private static void close(Map<String, TType> data) {
        data.values().forEach(TType::close);
    }

    private static <T extends TFloating> FedModel<T> model(
            GrandSettings settings, Class<T> type, SolverSettings solver, Phase phase) {
        return new FedModel<>(settings, SmallGraphs.sevenNodes(), SmallGraphs.sevenNodesSplit(), solver, type, phase);
    }
}
