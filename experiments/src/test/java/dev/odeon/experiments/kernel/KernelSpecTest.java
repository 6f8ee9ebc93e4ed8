package dev.odeon.experiments.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.odeon.datasets.DataException;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

@ResourceLock(Resources.SYSTEM_OUT)
class KernelSpecTest {

    @TempDir
    private Path folder = Path.of("");

    private Path jar(String mainClass) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        if (!mainClass.isEmpty()) {
            manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, mainClass);
        }
        Path jar = folder.resolve("kernel.jar");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream written = new JarOutputStream(out, manifest)) {
            written.finish();
        }
        return jar;
    }

    private static void run(Path jar, Path out) {
        CommandLine line = new CommandLine(new KernelCommand());
        line.setExecutionExceptionHandler((e, command, result) -> {
            throw e;
        });
        line.parseArgs("--jar", jar.toString(), "--out", out.toString());
        KernelCommand command = line.getCommand();
        try {
            assertThat(command.call()).isZero();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void jupyterFindsAProgramAndEachKernelItsClassPath() throws IOException {
        Path jar = jar("a.Kernel");
        Path out = folder.resolve("made").resolve("java");
        run(jar, out);
        JsonNode json = new ObjectMapper().readTree(out.resolve("kernel.json").toFile());
        assertThat(json.get("language").asText()).isEqualTo("java");
        assertThat(json.get("display_name").asText()).isEqualTo("Java (Odeon)");
        List<String> argv = new ObjectMapper()
                .convertValue(json.get("argv"), new com.fasterxml.jackson.core.type.TypeReference<List<String>>() {});
        assertThat(Path.of(argv.get(0))).isExecutable();
        assertThat(argv).endsWith("-jar", jar.toAbsolutePath().toString(), "{connection_file}");
        String path = json.get("env").get("JJAVA_CLASSPATH").asText();
        assertThat(path.split(File.pathSeparator))
                .allSatisfy(entry -> assertThat(Path.of(entry)).isAbsolute());
        assertThat(json.get("env").get("IJAVA_CLASSPATH").asText()).isEqualTo(path);
        assertThat(json.get("env").get("RJK_CLASSPATH").asText()).isEqualTo(path.replace(File.pathSeparator, ";"));
        assertThat(json.get("env").get("TF_CPP_MIN_LOG_LEVEL").asText()).isEqualTo("2");
    }

    /** What the launcher sets wins; what it does not is left out where it is empty. */
    @Test
    void theEnvironmentOfTheLauncherIsKept() {
        KernelSpec spec = KernelSpec.of(
                "name",
                Path.of("java"),
                17,
                Path.of("k.jar"),
                "a",
                Map.of("TF_DETERMINISTIC_OPS", "0", "HOME", "mine"));
        assertThat(spec.env())
                .containsEntry("TF_DETERMINISTIC_OPS", "0")
                .containsEntry("NVIDIA_TF32_OVERRIDE", "0")
                .doesNotContainKeys("XLA_FLAGS", "HOME");
    }

    @ParameterizedTest
    @ValueSource(ints = {17, 22, 25})
    void theLauncherGivesJavaTheSameFlags(int feature) throws IOException {
        String launcher = Files.readString(Path.of("..", "odeon"));
        assertThat(KernelSpec.flags(feature))
                .filteredOn(flag -> !flag.contains("jshell"))
                .allSatisfy(flag -> assertThat(launcher).contains(flag));
        assertThat(KernelSpec.flags(feature)).hasSize(feature >= 23 ? 7 : feature >= 22 ? 6 : 5);
    }

    @Test
    void whatNoKernelCanBeMadeOfIsRefused() throws IOException {
        Path none = folder.resolve("none.jar");
        assertThatThrownBy(() -> run(none, folder))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("none.jar: no such file")
                .hasMessageContaining("give the jar of rapaio-jupyter-kernel, JJava or IJava");
        Path library = jar("");
        assertThatThrownBy(() -> run(library, folder))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("names no main class");
        Path text = Files.writeString(folder.resolve("text.jar"), "no jar");
        assertThatThrownBy(() -> run(text, folder))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("is no jar");
        assertThatThrownBy(() -> KernelSpec.of("n", Path.of("java"), 17, text, "one;two", Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("contains ';'");
        assertThat(folder.resolve("kernel.json")).doesNotExist();
    }
}
