package dev.odeon.datasets.arrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odeon.datasets.DataException;
import dev.odeon.datasets.Fuzz;
import dev.odeon.datasets.arrow.ForeignFile.Format;
import dev.odeon.datasets.arrow.types.ElementType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt64;

class ForeignFileTest {
    @TempDir
    Path folder;

    /** Columns u = 1, 2, 3 (float64) and n = 7, 8, 9 (int64), written by Arrow's own Parquet writer. */
    private Path parquet() throws IOException {
        Path target = folder.resolve("three-rows.parquet");
        try (InputStream resource =
                Objects.requireNonNull(ForeignFileTest.class.getResourceAsStream("three-rows.parquet"))) {
            Files.copy(resource, target);
        }
        return target;
    }

    @Test
    void parquetBecomesTensors() throws IOException {
        Path file = parquet();
        int[] rows = new int[1];
        ForeignFile.read(file, Format.PARQUET, table -> {
            try (TFloat64 u = table.column("u").tensor(TFloat64.class);
                    TInt64 n = table.column("n").tensor(TInt64.class)) {
                assertThat(u.getDouble(2)).isEqualTo(3);
                assertThat(n.getLong(0)).isEqualTo(7);
            }
            rows[0] += table.rows();
        });
        assertThat(rows[0]).isEqualTo(3);
        Path converted = folder.resolve("converted.arrow");
        ForeignFile.convert(file, Format.PARQUET, converted);
        assertThat(ArrowTable.open(converted).column("u").doubles()).containsExactly(1, 2, 3);
    }

    @Test
    void aFirstRowOfNumbersIsNotTakenForNames() throws IOException {
        for (String start : new String[] {"", "# t,x\n"}) {
            Path file = Files.writeString(folder.resolve("bare.csv"), start + "0,1\n0.5,2\n");
            assertThatThrownBy(() -> ForeignFile.convert(file, Format.CSV, folder.resolve("bare.arrow")))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("bare.csv: a comment or values in the first line");
        }
    }

    @Test
    void csvBecomesATable() throws IOException {
        Path file = Files.writeString(folder.resolve("t.csv"), "u,n\n1.5,2\n,4\n");
        Path converted = folder.resolve("c.arrow");
        ForeignFile.convert(file, Format.CSV, converted);
        ArrowTable table = ArrowTable.open(converted);
        assertThat(table.column("n").type()).isEqualTo(ElementType.INT64);
        assertThat(table.column("u").doublesOrNaN()).containsExactly(1.5, Double.NaN);
    }

    @Test
    void filesOfAnotherFormatAreRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("t.parquet"), "no parquet");
        assertThatThrownBy(() -> ForeignFile.convert(file, Format.PARQUET, folder.resolve("x.arrow")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("t.parquet: cannot be read");
        assertThatThrownBy(() -> ForeignFile.convert(folder.resolve("none"), Format.CSV, folder.resolve("x.arrow")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("none: no such file");
        assertThat(folder.resolve("x.arrow")).doesNotExist();
    }

    @Test
    void damagedParquetIsRefusedOrRead() throws IOException {
        byte[] intact = Files.readAllBytes(parquet());
        int refused = Fuzz.refused(
                folder.resolve("damaged.parquet"),
                intact,
                file -> ForeignFile.read(
                        file, Format.PARQUET, table -> assertThat(table.rows()).isNotNegative()));
        assertThat(refused).isPositive();
    }

    @Test
    void damagedCsvIsRefusedOrRead() throws IOException {
        byte[] intact = "u,n\n1.5,2\n,4\n-3e5,70000\n".getBytes(StandardCharsets.UTF_8);
        int refused = Fuzz.refused(
                folder.resolve("damaged.csv"),
                intact,
                file -> ForeignFile.read(
                        file, Format.CSV, table -> assertThat(table.rows()).isNotNegative()));
        assertThat(refused).isPositive();
    }
}
