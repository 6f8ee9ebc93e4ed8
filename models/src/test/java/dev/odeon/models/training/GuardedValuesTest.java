package dev.odeon.models.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odeon.graph.Compilation;
import dev.odeon.graph.TensorSpec;
import dev.odeon.graph.Values;
import dev.odeon.graph.parameters.Initializer;
import dev.odeon.graph.parameters.Parameters;
import dev.odeon.models.optimisers.Adam;
import dev.odeon.models.optimisers.Clipping;
import dev.odeon.models.training.runs.Iteration;
import dev.odeon.solvers.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Operand;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** What the guard looks at beside outcomes and loss: weights, joined gradients, squares, states; and what is told. */
class GuardedValuesTest {

    @TempDir
    private Path folder = Path.of("");

    /** A loss with a given gradient, a given weight, and a state with a given next value. */
    private record Given() implements Objective<TFloat32> {
        @Override
        public Class<TFloat32> type() {
            return TFloat32.class;
        }

        @Override
        public void declare(Parameters parameters) {
            parameters.declare("k", TFloat32.class, Shape.scalar(), Initializer.constant(0.5));
        }

        @Override
        public void declareStates(Parameters states) {
            states.declare("state", TFloat32.class, Shape.scalar(), Initializer.zeros());
        }

        @Override
        public List<TensorSpec> inputs() {
            return List.of(input("slope"), input("weight"), input("next"));
        }

        private static TensorSpec input(String name) {
            return new TensorSpec(name, TFloat32.class, Shape.scalar(), false);
        }

        @Override
        public Score<TFloat32> score(Ops tf, Values values, Values parameters, Phase phase) {
            Operand<TFloat32> loss =
                    tf.math.mul(values.get("slope", TFloat32.class), parameters.get("k", TFloat32.class));
            Operand<TInt32> outcomes = tf.constant(new int[] {Outcome.SUCCESS.code(), Outcome.STEP_UNDERFLOW.code()});
            Score<TFloat32> score = Score.of(loss)
                    .withWeight(values.get("weight", TFloat32.class))
                    .withMetrics(Values.of("loss", loss).with("again", loss));
            return phase == Phase.TRAINING
                    ? score.withUpdates(Values.of("state", values.get("next", TFloat32.class)))
                    : score.with(SolveReport.of(outcomes, outcomes, Optional::empty));
        }
    }

    private static final TrainingSettings SETTINGS = new TrainingSettings(new Adam(0), Compilation.EXECUTOR, 0);

    private static TrainingGraph<TFloat32> graph(int accumulation) {
        return new TrainingGraph<>(new Given(), Map.of(), SETTINGS.withAccumulation(accumulation));
    }

    private interface Run {
        Iteration run(Map<String, Tensor> fed);
    }

    private static Iteration fed(float slope, float weight, float next, Run run) {
        Map<String, Tensor> fed = new HashMap<>();
        try {
            fed.put("slope", TFloat32.scalarOf(slope));
            fed.put("weight", TFloat32.scalarOf(weight));
            fed.put("next", TFloat32.scalarOf(next));
            return run.run(fed);
        } finally {
            fed.values().forEach(Tensor::close);
        }
    }

    private static Outcome step(TrainingGraph<TFloat32> graph, float slope, float weight, float next) {
        return fed(slope, weight, next, inputs -> graph.train(inputs, 0.01)).verdict();
    }

    private static Outcome joined(TrainingGraph<TFloat32> graph, float slope, float weight) {
        return fed(slope, weight, 0, graph::accumulate).verdict();
    }

    private byte[] everything(TrainingGraph<TFloat32> graph) throws IOException {
        graph.save(folder.resolve("all"));
        return Files.readAllBytes(folder.resolve("all.data-00000-of-00001"));
    }

    @Test
    void aGradientWhoseSquareOverflowsChangesNothing() throws IOException {
        try (TrainingGraph<TFloat32> graph = graph(1)) {
            assertThat(step(graph, 1, 1, 0)).isEqualTo(Outcome.SUCCESS);
            byte[] before = everything(graph);
            assertThat(step(graph, (float) 1e21, 1, 0)).isEqualTo(Outcome.NON_FINITE);
            assertThat(everything(graph)).isEqualTo(before);
            assertThat(step(graph, 1, 1, 0)).isEqualTo(Outcome.SUCCESS);
            assertThat(everything(graph)).isNotEqualTo(before);
        }
    }

    @Test
    void clippingMakesNoNumberOfAnInfiniteGradient() throws IOException {
        try (TrainingGraph<TFloat32> graph =
                new TrainingGraph<>(new Given(), Map.of(), SETTINGS.withClipping(new Clipping.ByValue(1)))) {
            byte[] before = everything(graph);
            assertThat(step(graph, Float.POSITIVE_INFINITY, 1, 0)).isEqualTo(Outcome.NON_FINITE);
            assertThat(everything(graph)).isEqualTo(before);
            // Clipped, it can be worked with.
            assertThat(step(graph, (float) 1e21, 1, 0)).isEqualTo(Outcome.SUCCESS);
        }
    }

    @Test
    void aWeightThatIsNoNumberIsAFailure() throws IOException {
        try (TrainingGraph<TFloat32> graph = graph(1)) {
            byte[] before = everything(graph);
            assertThat(step(graph, 1, Float.NaN, 0)).isEqualTo(Outcome.NON_FINITE);
            assertThat(everything(graph)).isEqualTo(before);
        }
    }

    @Test
    void aStateThatIsNoNumberIsAFailure() throws IOException {
        try (TrainingGraph<TFloat32> graph = graph(1)) {
            byte[] before = everything(graph);
            assertThat(step(graph, 1, 1, Float.NaN)).isEqualTo(Outcome.NON_FINITE);
            assertThat(everything(graph)).isEqualTo(before);
        }
    }

    @Test
    void batchesThatCountNothingTeachNothing() throws IOException {
        try (TrainingGraph<TFloat32> graph = graph(2)) {
            assertThat(joined(graph, 1, 0)).isEqualTo(Outcome.SUCCESS);
            assertThat(step(graph, 1, 0, 0)).isEqualTo(Outcome.SUCCESS);
            assertThat(step(graph, 1, 1, 0)).isEqualTo(Outcome.SUCCESS);
            byte[] before = everything(graph);
            assertThat(joined(graph, 1, Float.NaN)).isEqualTo(Outcome.NON_FINITE);
            assertThat(everything(graph)).isEqualTo(before);
        }
    }

    @Test
    void joinedGradientsThatOverflowChangeNothing() throws IOException {
        try (TrainingGraph<TFloat32> graph = graph(2)) {
            byte[] before = everything(graph);
            assertThat(joined(graph, (float) 1e18, (float) 1e22)).isEqualTo(Outcome.NON_FINITE);
            assertThat(everything(graph)).isEqualTo(before);
        }
    }

    @Test
    void oneTensorMayBeToldTwice() {
        try (TrainingGraph<TFloat32> graph = graph(1)) {
            Iteration iteration = fed(2, 1, 0, inputs -> graph.train(inputs, 0.01));
            assertThat(iteration.metrics()).containsEntry("loss", 1.0).containsEntry("again", 1.0);
        }
    }

    @Test
    void outcomesOfCountedSolvesAreNotTakenForThoseOfRows() {
        try (TrainingGraph<TFloat32> graph = graph(1)) {
            // Two rows, of which one counts; and two solves, of which the second failed.
            Iteration iteration = fed(2, 1, 0, inputs -> graph.evaluate(inputs, 2, 1));
            assertThat(iteration.verdict()).isEqualTo(Outcome.STEP_UNDERFLOW);
        }
    }
}
