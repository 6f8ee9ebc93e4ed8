package dev.odeon.experiments.documents;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.VarSnippet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every notebook runs from its first to its last cell, in the shell that the Java kernels are made of and in short, and shows an
 * image where its committed outputs have one.
 */
@ResourceLock(Resources.SYSTEM_OUT)
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class NotebooksTest {

    private static final Path FOLDER = Path.of("..", "notebooks");
    private static final String QUICK = "odeon.quick";
    private static final int LARGEST = 300_000;

    static List<Path> notebooks() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".ipynb"))
                    .sorted()
                    .toList();
        }
    }

    private static List<JsonNode> code(Path notebook) throws IOException {
        List<JsonNode> cells = new ArrayList<>();
        for (JsonNode cell : new ObjectMapper().readTree(notebook.toFile()).get("cells")) {
            if (cell.get("cell_type").asText().equals("code")) {
                cells.add(cell);
            }
        }
        return cells;
    }

    @ParameterizedTest
    @MethodSource("notebooks")
    void runsAndShowsWhatItPromises(Path notebook) throws IOException {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        System.setProperty(QUICK, "true");
        List<String> problems = new ArrayList<>();
        try (JShell shell = JShell.builder().executionEngine("local").build()) {
            shell.addToClasspath(System.getProperty("java.class.path"));
            for (JsonNode cell : code(notebook)) {
                String source = text(cell.get("source"));
                run(shell, source, problems);
                List<BufferedImage> shown = ShownImages.taken();
                if (shown.size() != images(cell).size()) {
                    problems.add("shows " + shown.size() + " images, committed "
                            + images(cell).size() + ":\n" + source);
                }
                if (!shown.stream().allMatch(ShownImages::drawn)) {
                    problems.add("shows an empty image:\n" + source);
                }
                if (!problems.isEmpty()) {
                    break;
                }
            }
        } finally {
            System.clearProperty(QUICK);
            System.setOut(before);
        }
        assertThat(problems).isEmpty();
        assertThat(printed.toString(StandardCharsets.UTF_8)).isNotBlank().doesNotContain("NaN", "Exception");
    }

    /** Whoever reads it where no kernel runs sees its pictures, and no error. */
    @ParameterizedTest
    @MethodSource("notebooks")
    void isCommittedWithItsPictures(Path notebook) throws IOException {
        assertThat(Files.size(notebook)).isLessThan(LARGEST);
        int images = 0;
        for (JsonNode cell : code(notebook)) {
            assertThat(cell.get("execution_count").isInt())
                    .as(text(cell.get("source")))
                    .isTrue();
            for (JsonNode output : cell.get("outputs")) {
                assertThat(output.get("output_type").asText()).isNotEqualTo("error");
                assertThat(output.toString()).doesNotContain("Exception", "\\tat ");
            }
            for (BufferedImage image : images(cell)) {
                assertThat(ShownImages.drawn(image))
                        .as(text(cell.get("source")))
                        .isTrue();
                images++;
            }
        }
        assertThat(images).isGreaterThanOrEqualTo(2);
    }

    @Test
    void theTableListsThemAll() throws IOException {
        String readme = Files.readString(FOLDER.resolve("README.md"));
        assertThat(notebooks())
                .hasSizeGreaterThanOrEqualTo(7)
                .allSatisfy(notebook ->
                        assertThat(readme).contains("(" + notebook.getFileName().toString() + ")"));
    }

    private static List<BufferedImage> images(JsonNode cell) throws IOException {
        List<BufferedImage> images = new ArrayList<>();
        for (JsonNode output : cell.get("outputs")) {
            JsonNode png = output.path("data").path("image/png");
            if (!png.isMissingNode()) {
                byte[] bytes = Base64.getMimeDecoder().decode(text(png));
                images.add(ImageIO.read(new ByteArrayInputStream(bytes)));
            }
        }
        return images;
    }

    private static String text(JsonNode lines) {
        if (lines.isTextual()) {
            return lines.asText();
        }
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line.asText()));
        return text.toString();
    }

    private static void run(JShell shell, String source, List<String> problems) {
        String rest = source;
        while (!rest.isBlank()) {
            CompletionInfo next = shell.sourceCodeAnalysis().analyzeCompletion(rest);
            boolean complete = next.completeness().isComplete();
            String remaining = complete ? next.remaining() : "";
            for (SnippetEvent event : shell.eval(complete ? next.source() : rest)) {
                if (event.status() == Snippet.Status.REJECTED || event.exception() != null) {
                    problems.add(event.snippet().source() + "\n" + event.exception());
                    shell.diagnostics(event.snippet()).forEach(problem -> problems.add(problem.getMessage(null)));
                } else if (remaining.isBlank()
                        && event.snippet() instanceof VarSnippet value
                        && value.subKind() == Snippet.SubKind.TEMP_VAR_EXPRESSION_SUBKIND) {
                    // What a kernel shows: the value of the last expression.
                    shell.eval(ShownImages.class.getName() + ".add(" + value.name() + ");");
                }
            }
            rest = remaining;
        }
    }
}
