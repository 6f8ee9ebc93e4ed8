package dev.odeon.experiments.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrowingTableTest {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void everyRowIsOnDiskAsSoonAsItIsAdded() {
        ResultFiles files = ResultFiles.fresh(folder.resolve("out"));
        GrowingTable table = files.growing("errors", List.of("method", "error"));
        Path file = folder.resolve("out/errors.csv");
        assertThat(file).hasContent("method,error\n");
        table.add(List.of("rk4", 0.5));
        assertThat(file).hasContent("method,error\nrk4,0.5\n");
        assertThatThrownBy(() -> table.add(List.of("rk4")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("errors.csv has 1 entries for 2 columns");
        assertThat(file).hasContent("method,error\nrk4,0.5\n");
        assertThat(files.told()).isEqualTo("written to " + folder.resolve("out") + ": errors.csv");
    }
}
