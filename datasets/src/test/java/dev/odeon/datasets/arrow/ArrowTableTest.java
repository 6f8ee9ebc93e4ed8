package dev.odeon.datasets.arrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odeon.datasets.DataException;
import dev.odeon.datasets.arrow.types.ElementType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;

class ArrowTableTest {
    @TempDir
    Path folder;

    @Test
    void everyKindOfColumnComesBack() {
        Path file = folder.resolve("all.arrow");
        int[] offsets = {0, 2, 2, 5};
        ArrowTableWriter.to(file)
                .metadata(Map.of("seed", "1", "name", "Überprüfung"))
                .float64("d", new double[] {1, Double.NaN, -0.0})
                .float64("dd", new double[] {1, 2, 3, 4, 5, 6}, 2)
                .float32("f", new float[] {1, 2, 3})
                .float32("ff", new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9}, 3)
                .int32("i", new int[] {Integer.MIN_VALUE, 0, Integer.MAX_VALUE})
                .float32Lists("fl", offsets, new float[] {1, 2, 3, 4, 5})
                .int32Lists("il", offsets, new int[] {5, 4, 3, 2, 1})
                .write();
        ArrowTable table = ArrowTable.open(file);
        assertThat(table.rows()).isEqualTo(3);
        assertThat(table.columns()).containsExactly("d", "dd", "f", "ff", "i", "fl", "il");
        assertThat(table.metadata()).containsEntry("seed", "1").containsEntry("name", "Überprüfung");
        assertThat(table.column("d").width()).isEqualTo(1);
        assertThat(table.column("ff").width()).isEqualTo(3);
        assertThat(table.column("il").type()).isEqualTo(ElementType.INT32);
        assertThat(table.column("d").doubles()).containsExactly(1, Double.NaN, -0.0);
        assertThat(table.column("dd").doubles()).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(table.column("f").floats()).containsExactly(1, 2, 3);
        assertThat(table.column("fl").floats()).containsExactly(1, 2, 3, 4, 5);
        assertThat(table.column("il").ints()).containsExactly(5, 4, 3, 2, 1);
        assertThat(table.column("il").listOffsets()).isEqualTo(offsets);
        try (TFloat64 d = table.column("d").tensor(TFloat64.class);
                TFloat64 dd = table.column("dd").tensor(TFloat64.class);
                TFloat32 ff = table.column("ff").tensor(TFloat32.class);
                TInt32 i = table.column("i").tensor(TInt32.class)) {
            assertThat(d.shape()).isEqualTo(Shape.of(3));
            assertThat(Double.doubleToRawLongBits(d.getDouble(2))).isEqualTo(Double.doubleToRawLongBits(-0.0));
            assertThat(dd.shape()).isEqualTo(Shape.of(3, 2));
            assertThat(dd.getDouble(2, 1)).isEqualTo(6);
            assertThat(ff.shape()).isEqualTo(Shape.of(3, 3));
            assertThat(ff.getFloat(1, 2)).isEqualTo(6);
            assertThat(i.getInt(2)).isEqualTo(Integer.MAX_VALUE);
        }
    }

    @Test
    void manyBatchesBecomeOneTensor() {
        // 40 MB: more than one batch, with a last one that is shorter.
        int rows = 100_001;
        double[] values = new double[rows * 50];
        int[] offsets = new int[rows + 1];
        int[] items = new int[rows * 2];
        Arrays.setAll(values, i -> i * 0.5);
        Arrays.setAll(offsets, i -> i * 2);
        Arrays.setAll(items, i -> i);
        Path file = folder.resolve("large.arrow");
        ArrowTableWriter.to(file)
                .float64("u", values, 50)
                .int32Lists("list", offsets, items)
                .write();
        ArrowTable table = ArrowTable.open(file);
        assertThat(Arrays.equals(table.column("u").doubles(), values)).isTrue();
        assertThat(table.column("list").listOffsets()).isEqualTo(offsets);
        assertThat(table.column("list").ints()).isEqualTo(items);
        try (TFloat64 u = table.column("u").tensor(TFloat64.class)) {
            assertThat(u.shape()).isEqualTo(Shape.of(rows, 50));
            for (int row : new int[] {0, 1, 41_942, 41_943, 41_944, rows - 1}) {
                assertThat(u.getDouble(row, 49)).isEqualTo((row * 50 + 49) * 0.5);
            }
        }
    }

    @Test
    void anEmptyTableHasNoRows() {
        Path file = folder.resolve("empty.arrow");
        ArrowTableWriter.to(file)
                .float64("u", new double[0], 4)
                .int32Lists("l", new int[1], new int[0])
                .write();
        ArrowTable table = ArrowTable.open(file);
        assertThat(table.rows()).isZero();
        assertThat(table.column("l").listOffsets()).containsExactly(0);
        try (TFloat64 u = table.column("u").tensor(TFloat64.class)) {
            assertThat(u.shape()).isEqualTo(Shape.of(0, 4));
        }
    }

    @Test
    void tensorsOutliveTheTableTheyCameFrom() {
        Path file = folder.resolve("t.arrow");
        ArrowTableWriter.to(file).float64("u", new double[] {1, 2, 3}).write();
        try (TFloat64 u = ArrowTable.open(file).column("u").tensor(TFloat64.class)) {
            ArrowTableWriter.to(file).float64("u", new double[] {7, 8, 9}).write();
            assertThat(u.getDouble(1)).isEqualTo(2);
        }
    }

    @Test
    void errorsNameFileColumnExpectedAndFound() {
        Path file = folder.resolve("some.arrow");
        ArrowTableWriter.to(file)
                .float32("f", new float[] {1, 2}, 2)
                .int32Lists("l", new int[] {0, 2}, new int[2])
                .write();
        ArrowTable table = ArrowTable.open(file);
        assertBad(
                () -> table.column("f").tensor(TFloat64.class), "some.arrow", "'f'", "FLOAT32[2]", "expected FLOAT64");
        assertBad(() -> table.column("u").doubles(), "some.arrow", "'u'", "[f, l]", "expected a column called 'u'");
        assertBad(() -> table.column("l").tensor(TInt32.class), "some.arrow", "'l'", "list of INT32", "fixed-size");
        assertBad(() -> table.column("l").width(), "'l'", "fixed-size lists");
        assertBad(() -> table.column("f").listOffsets(), "'f'", "expected lists of varying length");
    }

    @Test
    void saysWhatIsWrongWithFilesThatAreNoTables() throws IOException {
        assertBad(() -> ArrowTable.open(folder.resolve("none.arrow")), "none.arrow", "no such file");
        assertBad(() -> ArrowTable.open(folder), "cannot be read");
        Path text = Files.writeString(folder.resolve("text.arrow"), "t,u\n0,1\n".repeat(9));
        assertBad(() -> ArrowTable.open(text), "text.arrow", "is not an Arrow file");
        Path empty = Files.createFile(folder.resolve("empty.arrow"));
        assertBad(() -> ArrowTable.open(empty), "empty.arrow", "0 bytes");
    }

    @Test
    void writerNamesMisuse() {
        ArrowTableWriter writer = ArrowTableWriter.to(folder.resolve("w.arrow")).float64("t", new double[2]);
        assertThatThrownBy(() -> writer.float64("t", new double[2])).hasMessageContaining("name = t");
        assertThatThrownBy(() -> writer.float64("u", new double[3]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("column u has 3 rows: give 2");
        assertThatThrownBy(() -> writer.float64("u", new double[3], 2)).hasMessageContaining("width = 2");
        assertThatThrownBy(() -> writer.int32Lists("l", new int[] {0, 2, 1}, new int[1]))
                .hasMessageContaining("ascend");
        assertThatThrownBy(() -> ArrowTableWriter.to(folder.resolve("w.arrow")).write())
                .isInstanceOf(IllegalStateException.class);
    }

    private static void assertBad(Runnable action, String... parts) {
        assertThatThrownBy(action::run)
                .isInstanceOf(DataException.class)
                .message()
                .contains(parts)
                .doesNotContain("\n");
    }
}
