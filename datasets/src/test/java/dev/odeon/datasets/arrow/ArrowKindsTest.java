package dev.odeon.datasets.arrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odeon.datasets.DataException;
import dev.odeon.datasets.Mutations;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt64;

/** Files as other libraries write them; made.txt beside them says how. */
class ArrowKindsTest {
    @TempDir
    Path folder;

    private ArrowTable open(String name) throws IOException {
        return ArrowTable.open(Mutations.place(folder.resolve(name), ArrowKinds.bytes(name)));
    }

    private static List<ArrowTable> stream(byte[] bytes) {
        List<ArrowTable> tables = new ArrayList<>();
        try (ArrowStream stream = ArrowStream.read("pipe", new ByteArrayInputStream(bytes))) {
            stream.forEachRemaining(tables::add);
        }
        return tables;
    }

    @Test
    void columnsEncodedByDictionariesAreReadAsTheirValues() throws IOException {
        ArrowTable table = open("dictionaries.arrow");
        assertThat(table.column("x").doubles()).containsExactly(0, 1, 2, 3, 4);
        assertThat(table.column("y").doubles()).containsExactly(0, 1, 2, 3, 4);
        Categories categories = table.column("cat").categories();
        assertThat(categories.codes()).containsExactly(0, 1, -1, 0, 2);
        assertThat(categories.values()).containsExactly("a", "b", "c");
        assertThat(table.column("cat").description()).isEqualTo("dictionary-encoded Utf8");
        assertThat(table.column("num").doublesOrNaN()).containsExactly(2.5, -1, -1, Double.NaN, 2.5);
        try (MaskedTensor<TFloat64> numbers = table.column("num").masked(TFloat64.class)) {
            assertThat(numbers.values().getDouble(1)).isEqualTo(-1);
            assertThat(numbers.mask().getBoolean(3)).isFalse();
        }
        assertThat(table.column("s").categories().values()).containsExactly("é", "", "xyz", "w");
        assertThatThrownBy(() -> table.column("s").texts()).hasMessageContaining("column 's' with a null in row 2");
        assertThatThrownBy(() -> table.column("x").texts()).hasMessageContaining("expected texts");
        assertThatThrownBy(() -> table.column("cat").ints()).hasMessageContaining("dictionary-encoded Utf8");
    }

    @Test
    void pandasDefaultsAreRead() throws IOException {
        ArrowTable table = open("pandas-category-lz4.feather");
        assertThat(table.column("x").doubles()).containsExactly(0, 1, 2, 3, 4);
        assertThat(table.column("k").categories()).satisfies(k -> {
            assertThat(k.values()).containsExactly("lo", "hi");
            assertThat(k.codes()).containsExactly(0, 1, 0, -1, 1);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"lz4.arrow", "zstd.arrow", "zstd.arrows"})
    void compressedFilesAreRead(String name) throws IOException {
        ArrowTable table = open(name);
        double[] x = new double[300];
        Arrays.setAll(x, i -> i);
        assertThat(table.column("x").doubles()).containsExactly(x);
        try (TFloat64 tensor = table.column("x").tensor(TFloat64.class)) {
            assertThat(tensor.getDouble(299)).isEqualTo(299);
        }
        assertThat(table.column("l").listOffsets()[300]).isEqualTo(600);
        assertThat(table.column("l").ints()[599]).isEqualTo(300);
        assertThat(table.column("s").texts()[8]).isEqualTo("t1");
    }

    @Test
    void dictionariesGrowAndChangeInStreams() throws IOException {
        List<String> expected = List.of("a", "b", "c", "a", "z", "a");
        ArrowTable table = open("delta-replaced.arrows");
        assertThat(table.column("c").texts()).containsExactlyElementsOf(expected);
        assertThat(table.column("x").doubles()).containsExactly(0, 1, 2, 3, 4, 5);
        List<String> found = new ArrayList<>();
        stream(ArrowKinds.bytes("delta-replaced.arrows"))
                .forEach(batch -> found.addAll(List.of(batch.column("c").texts())));
        assertThat(found).isEqualTo(expected);
        assertThat(open("delta.arrow").column("c").texts()).containsExactly("a", "b", "c", "a");
    }

    @Test
    void viewsAndLargeListsAreRead() throws IOException {
        ArrowTable table = open("views.arrow");
        assertThat(table.column("x").doubles()).containsExactly(0, 1, 2, 3, 4);
        assertThat(table.column("v").categories().values())
                .containsExactly("short", "a text of more than twelve bytes", "", "another long text, really");
        assertThat(table.column("ls").categories().values()).containsExactly("p", "q", "r", "s");
        assertThat(table.column("ll").listOffsets()).containsExactly(0, 2, 2, 3, 4, 6);
        try (RaggedTensor<TFloat64> lists = table.column("ll").ragged(TFloat64.class)) {
            assertThat(lists.values().getDouble(5)).isEqualTo(6);
        }
        assertThatThrownBy(() -> table.column("lv").ints())
                .isInstanceOf(DataException.class)
                .hasMessageContaining("column 'lv' of type ListView");
        assertThatThrownBy(() -> table.column("bv").texts()).hasMessageContaining("column 'bv' of type BinaryView");
    }

    @Test
    void otherColumnsArePassedOverAndNamed() throws IOException {
        for (String[] each : new String[][] {
            {"decimals.arrow", "x", "d32", "Decimal"}, {"decimals.arrow", "x", "d64", "Decimal"},
            {"runs.arrow", "x", "r", "RunEndEncoded"}, {"runs.arrow", "x", "n", "Null"},
            {"v4-union.arrow", "y", "u", "Union"}
        }) {
            ArrowTable table = open(each[0]);
            assertThat(table.column(each[1]).doubles()).containsExactly(0, 1, 2, 3, 4);
            assertThatThrownBy(() -> table.column(each[2]).doubles())
                    .hasMessageContaining("column '" + each[2] + "' of type " + each[3]);
        }
    }

    @Test
    void theFramingBeforeVersion15IsRead() throws IOException {
        for (String name : new String[] {"legacy.arrow", "legacy.arrows"}) {
            assertThat(open(name).column("x").doubles()).containsExactly(0, 1, 2, 3, 4);
            assertThat(open(name).column("c").categories().codes()).containsExactly(0, 1, -1, 0, 2);
        }
        byte[] old = ArrowKinds.bytes("legacy.arrows");
        assertThat(stream(old)).hasSize(1);
        // Today's messages, and the end of before.
        byte[] today = ArrowKinds.bytes("zstd.arrows");
        byte[] mixed = Arrays.copyOf(today, today.length - 4);
        Arrays.fill(mixed, mixed.length - 4, mixed.length, (byte) 0);
        assertThat(ArrowTable.open(Files.write(folder.resolve("mixed.arrows"), mixed))
                        .rows())
                .isEqualTo(300);
        assertThat(stream(mixed)).hasSize(1);
        assertThatThrownBy(() -> stream(Arrays.copyOf(old, old.length - 6)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("pipe: ");
    }

    @Test
    void metadataThatIsNotUtf8IsShownWithMarks() throws IOException {
        ArrowTable table = open("latin1-metadata.arrow");
        assertThat(table.column("x").doubles()).containsExactly(0, 1, 2, 3, 4);
        assertThat(table.metadata()).containsEntry("unit", "\ufffdm").containsEntry("\ufffd", "1");
    }

    @Test
    void timesAreWholeNumbersOfTheirUnit() throws IOException {
        ArrowTable table = open("times.arrow");
        try (MaskedTensor<TInt64> ns = table.column("ns").masked(TInt64.class)) {
            assertThat(ns.values().getLong(1)).isEqualTo(1_500_000_000_123_456_790L);
            assertThat(ns.mask().getBoolean(2)).isFalse();
        }
        assertThat(table.column("ns").description()).isEqualTo("INT64 Timestamp(NANOSECOND, Europe/Berlin)");
        assertThat(table.column("us").longs()[0]).isEqualTo(1_500_000_000_123_456L);
        assertThat(table.column("ms").longs()[0]).isEqualTo(1);
        assertThat(table.column("s").longs()[0]).isEqualTo(2);
        assertThat(table.column("d32").ints()[0]).isEqualTo(3);
        assertThat(table.column("d64").longs()[0]).isEqualTo(86_400_000);
        assertThat(table.column("t32").ints()[0]).isEqualTo(4);
        assertThat(table.column("t64").longs()[0]).isEqualTo(5);
        assertThat(table.column("dur").longs()[0]).isEqualTo(6);
    }

    @Test
    void whatCannotBeReadIsRefusedByName() throws IOException {
        assertThatThrownBy(() -> open("feather-1.feather"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("feather-1.feather: a file of Feather version 1; expected");
    }

    /** Damage to dictionaries, views, offsets of 64 bits and compressed buffers. */
    @Timeout(240)
    @ParameterizedTest
    @ValueSource(
            strings = {
                "dictionaries.arrow",
                "views.arrow",
                "zstd.arrow",
                "pandas-category-lz4.feather",
                "delta-replaced.arrows"
            })
    void damagedFilesAreRefusedOrTables(String name) throws IOException {
        byte[] intact = ArrowKinds.bytes(name);
        Path file = folder.resolve("damaged");
        int refused = 0;
        for (int seed = 0; seed < 200; seed++) {
            long before = Mutations.heapTaken();
            try {
                ArrowTable table = ArrowTable.open(Mutations.place(file, Mutations.damage(intact, seed)));
                for (String column : table.columns()) {
                    if (table.column(column).description().contains("Utf8")) {
                        assertThat(table.column(column).categories().codes()).hasSize(table.rows());
                    }
                }
            } catch (DataException e) {
                assertThat(e).hasMessageContaining("damaged");
                refused++;
            } catch (RuntimeException | Error e) {
                throw new AssertionError("seed " + seed + " was met with " + e, e);
            }
            assertThat(Mutations.heapTaken() - before)
                    .as("heap for seed %d", seed)
                    .isLessThan(16L << 20);
        }
        assertThat(refused).isGreaterThan(40);
    }
}
