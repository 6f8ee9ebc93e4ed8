package dev.odeon.experiments.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What CONTRIBUTING says about adding things: each example touches as few files as it says, compiles together with the
 * library's own sources, and does what it is for.
 *
 * <p>An example is a folder of resources: new files under their paths in the repository, {@code edits.txt} with the lines
 * that change in files there are, and {@code Use.java}, which is run.
 */
class AddingTest {

    private static final Path REPOSITORY = Path.of("..");
    private static final Path EXAMPLES = Path.of("src", "test", "resources", "adding");

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @CsvSource({"tableau, 2, 3", "gradient, 4, 2.7183 1.5000", "command, 2, 0.3466"})
    void anExampleTouchesFewFilesAndWorks(String name, int files, String printed) throws Exception {
        Path example = EXAMPLES.resolve(name);
        Map<String, String> touched = new TreeMap<>(newFiles(example));
        touched.putAll(edited(example.resolve("edits.txt")));
        assertThat(touched).hasSize(files);
        assertThat(Files.readString(REPOSITORY.resolve("CONTRIBUTING.md")))
                .contains("experiments/src/test/resources/adding/" + name);

        List<String> arguments = new ArrayList<>(List.of(
                "-proc:none", "-nowarn", "-d", folder.toString(), "-cp", System.getProperty("java.class.path")));
        for (Map.Entry<String, String> file : touched.entrySet()) {
            Path source = folder.resolve("sources").resolve(file.getKey());
            Files.createDirectories(source.getParent());
            arguments.add(Files.writeString(source, file.getValue()).toString());
        }
        arguments.add(example.resolve("Use.java").toString());
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)))
                .isZero();
        assertThat(run()).endsWith(printed);
    }

    private static Map<String, String> newFiles(Path example) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(example)) {
            for (Path path : paths.filter(each -> each.toString().endsWith(".java"))
                    .filter(each -> !each.endsWith("Use.java"))
                    .toList()) {
                files.put(example.relativize(path).toString(), Files.readString(path));
            }
        }
        return files;
    }

    /** Files of the repository with their changes: "= path", "- a line there is", and "+ a line in its place". */
    private static Map<String, String> edited(Path edits) throws IOException {
        Map<String, String> files = new TreeMap<>();
        String path = "";
        int place = 0;
        for (String line : Files.readAllLines(edits)) {
            String text = line.substring(2) + "\n";
            if (line.startsWith("=")) {
                path = text.strip();
                files.put(path, Files.readString(REPOSITORY.resolve(path)));
                continue;
            }
            StringBuilder source = new StringBuilder(files.get(path));
            if (line.startsWith("-")) {
                place = source.indexOf(text);
                assertThat(place).as(path + " has the line " + text).isNotNegative();
                source.delete(place, place + text.length());
            } else {
                source.insert(place, text);
                place += text.length();
            }
            files.put(path, source.toString());
        }
        return files;
    }

    private String run() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        folder + System.getProperty("path.separator") + System.getProperty("java.class.path"),
                        "Use")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return output.strip();
    }
}
