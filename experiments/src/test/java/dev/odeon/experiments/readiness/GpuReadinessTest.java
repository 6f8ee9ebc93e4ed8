package dev.odeon.experiments.readiness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.odeon.graph.Compilation;
import dev.odeon.models.training.TrainingDefinition;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
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

    /** Loops over steps of known sizes that look for no event and iterate nothing, as these two operators do; and their adjoints. */
    private static final Pattern COUNTING = Pattern.compile(
            "(imex-rk2|sbdf2|etdrk2|tsit5|abm2) (store|revolve)\\S* FIXED (?!SPARSE |SUM )\\S+ NOTHING");

    /** The condition of a loop that may end early. */
    private static final int MOST_OF_COUNTING = 1;

    /**
     * The most copies to the host in a round, by the loop's name, none for others; lower a number when loops need fewer.
     *
     * <p>Loops of chosen steps and of iterations ask the device whether they go on, and do arithmetic with outcomes and
     * positions in int32, which has kernels on the host alone.
     */
    private static final Map<String, Integer> MOST_COPIES = Map.ofEntries(
            Map.entry("solve", 8),
            Map.entry("adjoint", 20),
            Map.entry("chosen", 20),
            Map.entry("backsolve", 17),
            Map.entry("nonlinear", 5),
            Map.entry("jacobian", 3),
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
        Map<String, String> leaving = new TreeMap<>();
        Map<String, Integer> copies = new TreeMap<>();
        int built = 0;
        Path csv = Path.of("target", "gpu-readiness.csv");
        try (PrintWriter table = new PrintWriter(Files.newBufferedWriter(csv), true)) {
            table.println("graph,compilation,without kernel,on the host,copies in a round");
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
                    report.onHost()
                            .forEach(operation -> leaving.putIfAbsent("in the host's memory: " + operation, where));
                    Map<String, Set<String>> ofLoops = new TreeMap<>();
                    definition.executed().forEach(executed -> ofLoops.putAll(LoopCopies.of(registry, executed)));
                    ofLoops.forEach((loop, tensors) -> copies.merge(kind(loop), tensors.size(), Math::max));
                    if (COUNTING.matcher(graph.name()).matches()) {
                        ofLoops.forEach((loop, tensors) -> assertThat(tensors)
                                .as("copies of %s to the host in a round of %s", where, loop)
                                .hasSizeLessThanOrEqualTo(mostOfCounting(kind(loop))));
                    }
                    table.println(graph.name() + "," + compilation + "," + listed(report.missing()) + ","
                            + listed(report.onHost()) + "," + listed(ofLoops.entrySet()));
                }
            }
        }
        assertThat(built).isGreaterThan(200);
        assertThat(leaving).isEmpty();
        copies.forEach((loop, number) -> assertThat(number)
                .as("copies to the host in a round of %s", loop)
                .isLessThanOrEqualTo(MOST_COPIES.getOrDefault(loop, 0)));
    }

    /** In loops of known steps; iterations inside them ask whether they go on, as everywhere. */
    private static int mostOfCounting(String kind) {
        return switch (kind) {
            case "solve" -> MOST_OF_COUNTING;
            case "adjoint" -> 0;
            default -> MOST_COPIES.getOrDefault(kind, 0);
        };
    }

    /** A loop's own name, without those of the functions around it and without its numbers. */
    private static String kind(String loop) {
        return loop.substring(loop.lastIndexOf('/') + 1).replaceFirst("(_\\d+)+$", "");
    }

    private static String listed(Iterable<?> items) {
        List<String> texts = new ArrayList<>();
        items.forEach(item -> texts.add(item.toString().replace(',', ' ')));
        return String.join("; ", texts);
    }
}
