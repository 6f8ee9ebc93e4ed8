package dev.odeon.experiments.readiness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.odeon.graph.Compilation;
import dev.odeon.models.training.TrainingDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Training graphs stay on a GPU: {@code ./mvnw -Pgpu-readiness -pl experiments -am verify}, with or without a GPU.
 *
 * <p>Writes {@code target/gpu-readiness.csv}: for each graph what leaves the device, and the copies to the host in a round of
 * each of its loops.
 */
class GpuReadinessTest {

    private static final String GPU_BUILD =
            "/org/tensorflow/internal/c_api/linux-x86_64-gpu/libtensorflow_framework.so.2";

    /**
     * The most copies to the host in a round, by the beginning of the loop's name, none for others; lower a number when
     * loops need fewer.
     */
    private static final Map<String, Integer> MOST_COPIES = Map.ofEntries(
            Map.entry("solve", 21),
            Map.entry("adjoint", 64),
            Map.entry("chosen", 33),
            Map.entry("backsolve", 38),
            Map.entry("nonlinear", 10),
            Map.entry("jacobian", 11),
            Map.entry("gmres", 3),
            Map.entry("gmres_cycle", 3),
            Map.entry("bicgstab", 1),
            Map.entry("crossing", 2),
            Map.entry("event", 2));

    @Test
    void noOperationOfAnyTrainingGraphLeavesTheDevice() throws IOException {
        assumeTrue(
                GpuReadinessTest.class.getResource(GPU_BUILD) != null,
                "TensorFlow's CPU build has no kernels for GPUs: run with -Pgpu-readiness");
        KernelRegistry registry = KernelRegistry.read();
        List<String> lines = new ArrayList<>(List.of("graph,compilation,without kernel,on the host,copies in a round"));
        Map<String, String> leaving = new TreeMap<>();
        Map<String, Integer> copies = new TreeMap<>();
        int built = 0;
        for (Zoo graph : Zoo.all()) {
            for (Compilation compilation : List.of(Compilation.EXECUTOR, Compilation.XLA)) {
                TrainingDefinition definition;
                try {
                    definition = graph.build().apply(compilation);
                } catch (IllegalArgumentException e) {
                    // A method, a gradient and steps that do not go together.
                    continue;
                }
                built++;
                GraphReport report = GraphReport.of(registry, definition.graph(), definition.iterated());
                String where = graph.name() + " " + compilation;
                report.missing().forEach(operation -> leaving.putIfAbsent("no kernel: " + operation, where));
                report.onHost().forEach(operation -> leaving.putIfAbsent("in the host's memory: " + operation, where));
                report.copies().forEach((loop, number) -> copies.merge(kind(loop), number, Math::max));
                lines.add(graph.name() + "," + compilation + "," + listed(report.missing()) + ","
                        + listed(report.onHost()) + "," + listed(report.copies().entrySet()));
            }
        }
        Files.write(Path.of("target", "gpu-readiness.csv"), lines);
        assertThat(built).isGreaterThan(200);
        assertThat(leaving).isEmpty();
        copies.forEach((loop, number) -> assertThat(number)
                .as("copies to the host in a round of %s", loop)
                .isLessThanOrEqualTo(MOST_COPIES.getOrDefault(loop, 0)));
    }

    /** Bodies are named after their loop and a hash. */
    private static String kind(String body) {
        return body.substring(0, body.indexOf("_body"));
    }

    private static String listed(Iterable<?> items) {
        List<String> texts = new ArrayList<>();
        items.forEach(item -> texts.add(item.toString().replace(',', ' ')));
        return String.join("; ", texts);
    }
}
