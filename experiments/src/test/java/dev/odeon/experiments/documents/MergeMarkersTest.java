package dev.odeon.experiments.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No document keeps the marks of a merge that was not finished. */
class MergeMarkersTest {

    private static final List<String> MARKS = List.of("<".repeat(7) + " ", "=".repeat(7), ">".repeat(7) + " ");

    @Test
    void documentsAreMerged() throws IOException {
        List<Path> documents;
        try (Stream<Path> top = Files.list(Path.of(".."));
                Stream<Path> docs = Files.walk(Path.of("..", "docs"))) {
            documents = Stream.concat(top, docs)
                    .filter(path -> path.toString().endsWith(".md"))
                    .toList();
        }
        assertThat(documents).hasSizeGreaterThan(5);
        for (Path document : documents) {
            assertThat(Files.readAllLines(document))
                    .as(document.toString())
                    .noneMatch(line -> MARKS.stream().anyMatch(line::startsWith));
        }
    }
}
