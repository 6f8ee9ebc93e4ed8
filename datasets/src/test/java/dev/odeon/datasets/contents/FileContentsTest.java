package dev.odeon.datasets.contents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odeon.datasets.DataException;
import dev.odeon.datasets.archives.TarBuilder;
import dev.odeon.datasets.arrow.ArrowKinds;
import dev.odeon.datasets.arrow.ArrowTableWriter;
import dev.odeon.datasets.graphs.SmallGraph;
import dev.odeon.datasets.graphs.files.ArrowGraphs;
import dev.odeon.datasets.npz.NpzBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No file here has a name that says what it is. */
class FileContentsTest {
    @TempDir
    Path folder;

    private Path file(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("data"), bytes);
    }

    @Test
    void arrowFilesAndStreams() throws IOException {
        ArrowTableWriter.to(folder.resolve("data"))
                .float64("u", new double[4], 2)
                .write();
        assertThat(FileContents.of(folder.resolve("data")))
                .isEqualTo(new FileContents("an Arrow table", Map.of("rows", "2", "column u", "FLOAT64[2]")));
        for (String name : new String[] {"zstd.arrows", "legacy.arrows", "pandas-category-lz4.feather"}) {
            assertThat(FileContents.of(file(ArrowKinds.bytes(name))).kind())
                    .as(name)
                    .isEqualTo("an Arrow table");
        }
        assertThatThrownBy(() -> FileContents.of(file(ArrowKinds.bytes("feather-1.feather"))))
                .hasMessageContaining("Feather version 1");
        assertThatThrownBy(() -> FileContents.of(file(ArrowKinds.bytes("three-rows.parquet"))))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("data: a Parquet file; expected");
    }

    @Test
    void arraysAndGraphs() throws IOException {
        byte[] npy = NpzBuilder.npy(1, "{'descr': '<i4', 'fortran_order': True, 'shape': (2, 3), }", new byte[24]);
        assertThat(FileContents.of(file(npy)).facts()).containsEntry("array", "<i4 [2, 3], Fortran order");
        assertThat(FileContents.of(file(new NpzBuilder().ints("a", 1, 2).stored()))
                        .facts())
                .containsEntry("array a", "<i4 [2]");
        FileContents graph = FileContents.of(file(SmallGraph.npz().compressed()));
        assertThat(graph.kind()).isEqualTo("a graph in a NumPy archive");
        assertThat(graph.facts()).containsEntry("classes", "3").containsEntry("nodes in the file", "7");
        Path tables = Files.createDirectory(folder.resolve("tables"));
        ArrowGraphs.write(SmallGraph.graph(), tables);
        assertThat(FileContents.of(tables).facts()).isEqualTo(graph.facts());
    }

    @Test
    void textsImagesAndArchives() throws IOException {
        byte[] text = "# t,x\n0,1\n1,\n".getBytes(StandardCharsets.UTF_8);
        for (byte[] bytes : new byte[][] {text, TarBuilder.gzip(text), TarBuilder.xz(text)}) {
            assertThat(FileContents.of(file(bytes)).facts())
                    .isEqualTo(Map.of("rows", "2", "column t", "FLOAT64", "column x", "FLOAT64, 1 missing"));
        }
        byte[] idx = {0, 0, 8, 2, 0, 0, 0, 1, 0, 0, 0, 3, 5, 6, 7};
        assertThat(FileContents.of(file(TarBuilder.gzip(idx))).facts()).containsEntry("extents", "[1, 3]");
        byte[] tar = TarBuilder.tar(Map.of("a.txt", "1", "b.txt", "2"));
        assertThat(FileContents.of(file(TarBuilder.xz(tar))).facts())
                .isEqualTo(Map.of("members", "2", "first members", "a.txt, b.txt"));
    }

    @Test
    void anythingElseIsRefusedWithWhatCanBeRead() throws IOException {
        assertThatThrownBy(() -> FileContents.of(file(new byte[] {7, 0, 1})))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("a file of unknown kind; expected a graph in a folder of Arrow tables, ");
        assertThatThrownBy(() -> FileContents.of(folder.resolve("none"))).hasMessageContaining("none: no such file");
        assertThatThrownBy(() -> FileContents.of(Files.createDirectory(folder.resolve("empty"))))
                .hasMessageContaining("empty: a folder that is no data set read here; expected a graph in a folder");
    }

    @Test
    void namesFromOutsideAreNoCodesForTheTerminal() throws IOException {
        ArrowTableWriter.to(folder.resolve("data"))
                .metadata(Map.of("a\u001b[2Jb", "\u009b31m\u202ered"))
                .float64("x\u001b]0;title\u0007", new double[1])
                .write();
        FileContents contents = FileContents.of(folder.resolve("data"));
        assertThat(contents.facts())
                .containsEntry("metadata a [2Jb", " 31m red")
                .containsEntry("column x ]0;title ", "FLOAT64");
    }
}
