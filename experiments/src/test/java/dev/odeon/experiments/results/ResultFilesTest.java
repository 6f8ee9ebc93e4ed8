package dev.odeon.experiments.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultFilesTest {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void aTableIsOneLineForEachRow() {
        Path out = folder.resolve("new");
        ResultFiles.fresh(out).table("t", List.of("a", "b"), List.of(List.of(1, 2.5), List.of("x", 1e-9)));
        assertThat(out.resolve("t.csv")).content().isEqualToNormalizingNewlines("a,b\n1,2.5\nx,1.0E-9\n");
    }

    @Test
    void refusesARowOfAnotherLength() {
        ResultFiles files = ResultFiles.fresh(folder);
        assertThatThrownBy(() -> files.table("t", List.of("a", "b"), List.of(List.of(1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 entries for 2 columns");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void refusesAFolderWithFiles() throws IOException {
        Files.writeString(folder.resolve("mine"), "");
        assertThatThrownBy(() -> ResultFiles.fresh(folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("holds files already");
        assertThatThrownBy(() -> ResultFiles.fresh(folder.resolve("mine")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is a file");
    }
}
