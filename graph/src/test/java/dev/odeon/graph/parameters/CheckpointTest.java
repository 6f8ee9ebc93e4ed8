package dev.odeon.graph.parameters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odeon.graph.Floats;
import dev.odeon.graph.TensorSpec;
import dev.odeon.graph.TestGraph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;

class CheckpointTest {

    @TempDir
    private Path folder = Path.of("");

    /** A model of two variables; the seed decides their first values. */
    private static final class Model implements AutoCloseable {
        private final TestGraph graph = new TestGraph();
        private final Parameters parameters;
        private final Checkpoint checkpoint;
        private final Session session;

        Model(long seed, int width) {
            parameters = new Parameters(graph.tf(), seed);
            Parameters slots = new Parameters(graph.tf(), seed);
            parameters.declare("layer/kernel", TFloat64.class, Shape.of(3, width), Initializer.normal(1));
            slots.declare("slot", TFloat32.class, Shape.scalar(), Initializer.uniform(1));
            checkpoint = new Checkpoint(graph.tf(), parameters, slots);
            session = graph.session(parameters.initializer(), slots.initializer());
        }

        double[] kernel() {
            return TestGraph.evaluate(session, parameters.read().get("layer/kernel"));
        }

        @Override
        public void close() {
            graph.close();
        }
    }

    @Test
    void restoresToTheBit() {
        Path prefix = folder.resolve("model");
        double[] saved;
        try (Model model = new Model(1, 4)) {
            saved = model.kernel();
            model.checkpoint.save(model.session, prefix);
        }
        try (Model model = new Model(2, 4)) {
            assertThat(model.kernel()).isNotEqualTo(saved);
            model.checkpoint.restore(model.session, prefix);
            assertThat(model.kernel()).isEqualTo(saved);
        }
    }

    @Test
    void refusesACheckpointOfAnotherModel() {
        Path prefix = folder.resolve("model");
        try (Model model = new Model(1, 4)) {
            model.checkpoint.save(model.session, prefix);
        }
        try (Model model = new Model(2, 5)) {
            double[] before = model.kernel();
            assertThatThrownBy(() -> model.checkpoint.restore(model.session, prefix))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("another model")
                    .hasMessageContaining("[3, 4]")
                    .hasMessageContaining("[3, 5]");
            assertThat(model.kernel()).isEqualTo(before);
        }
    }

    @Test
    void aPartOfACheckpointIsRestoredWithoutTheRest() {
        Path prefix = folder.resolve("model");
        double[] saved;
        try (Model model = new Model(1, 4)) {
            saved = model.kernel();
            model.checkpoint.save(model.session, prefix);
        }
        try (TestGraph graph = new TestGraph()) {
            Parameters parameters = new Parameters(graph.tf(), 2);
            parameters.declare("layer/kernel", TFloat64.class, Shape.of(3, 4), Initializer.normal(1));
            Checkpoint checkpoint = new Checkpoint(graph.tf(), parameters);
            Session session = graph.session(parameters.initializer());
            assertThatThrownBy(() -> checkpoint.restore(session, prefix))
                    .hasMessageContaining("also holds slot float32")
                    .hasMessageContaining("restorePart");
            checkpoint.restorePart(session, prefix);
            assertThat(TestGraph.evaluate(session, parameters.read().get("layer/kernel")))
                    .isEqualTo(saved);
        }
        TensorSpec kernel = new TensorSpec("layer/kernel", TFloat64.class, Shape.of(3, 4), true);
        try (Tensor read =
                Objects.requireNonNull(Checkpoint.read(prefix, List.of(kernel)).get("layer/kernel"))) {
            assertThat(Floats.read(read)).isEqualTo(saved);
        }
        assertThatThrownBy(() -> Checkpoint.read(prefix, List.of(kernel.named("other/kernel"))))
                .hasMessageContaining("another model")
                .hasMessageContaining("other/kernel");
    }

    @Test
    void refusesDamagedFilesAndChangesNothing() throws IOException {
        Path prefix = folder.resolve("model");
        try (Model model = new Model(1, 4)) {
            model.checkpoint.save(model.session, prefix);
        }
        for (String ending : new String[] {".index", ".data-00000-of-00001"}) {
            Path file = Path.of(prefix + ending);
            byte[] whole = Files.readAllBytes(file);
            Files.write(file, Arrays.copyOf(whole, whole.length / 2));
            try (Model model = new Model(2, 4)) {
                double[] before = model.kernel();
                assertThatThrownBy(() -> model.checkpoint.restore(model.session, prefix))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("model");
                assertThat(model.kernel()).isEqualTo(before);
            }
            Files.write(file, whole);
        }
    }

    @Test
    void refusesAMissingCheckpoint() {
        try (Model model = new Model(1, 4)) {
            assertThatThrownBy(() -> model.checkpoint.restore(model.session, folder.resolve("nothing")))
                    .hasMessageContaining("There is no checkpoint");
        }
    }
}
