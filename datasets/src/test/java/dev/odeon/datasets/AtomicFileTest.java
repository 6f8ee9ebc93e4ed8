package dev.odeon.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
    @TempDir
    Path folder;

    @Test
    void makesFoldersAndReplacesFiles() throws IOException {
        Path file = folder.resolve("a/b/c.txt");
        AtomicFile.write(file, temporary -> Files.writeString(temporary, "old"));
        AtomicFile.write(file, temporary -> Files.writeString(temporary, "new"));
        assertThat(file).hasContent("new");
        assertThat(file.getParent()).isDirectoryNotContaining("glob:**/.c.txt*");
    }

    @Test
    void keepsTheOldFileWhenWritingFails() throws IOException {
        Path file = folder.resolve("c.txt");
        Files.writeString(file, "old");
        assertThatThrownBy(() -> AtomicFile.write(file, temporary -> {
                    Files.writeString(temporary, "half");
                    throw new IOException("disk full");
                }))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("c.txt")
                .hasMessageContaining("disk full");
        assertThat(file).hasContent("old");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void refusesAFolder() {
        assertThatThrownBy(() -> AtomicFile.write(folder, temporary -> {}))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("is a folder");
    }
}
