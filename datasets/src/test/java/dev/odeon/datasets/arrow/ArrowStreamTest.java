package dev.odeon.datasets.arrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odeon.datasets.DataException;
import dev.odeon.datasets.Fuzz;
import dev.odeon.datasets.arrow.columns.RowCopy;
import dev.odeon.datasets.arrow.ipc.Allocators;
import dev.odeon.datasets.arrow.types.ElementType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.impl.UnionFixedSizeListWriter;
import org.apache.arrow.vector.complex.impl.UnionListWriter;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TType;

class ArrowStreamTest {
    @TempDir
    Path folder;

    private static byte[] stream(int rows) throws IOException {
        double[] values = new double[rows * 4];
        Arrays.setAll(values, i -> i);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ArrowTableWriter.to(Path.of("unused"))
                .metadata(Map.of("seed", "7"))
                .float64("u", values, 4)
                .int64("n", new long[rows])
                .writeStream(bytes);
        return bytes.toByteArray();
    }

    @Test
    void aStreamComesBatchByBatch() throws IOException {
        byte[] bytes = stream(1_000_000);
        int rows = 0;
        int batches = 0;
        try (ArrowStream stream = ArrowStream.read("pipe", new ByteArrayInputStream(bytes))) {
            while (stream.hasNext()) {
                ArrowTable table = stream.next();
                assertThat(table.metadata()).containsEntry("seed", "7");
                try (TFloat64 u = table.column("u").tensor(TFloat64.class);
                        TInt64 n = table.column("n").tensor(TInt64.class)) {
                    assertThat(u.getDouble(0, 1)).isEqualTo(4.0 * rows + 1);
                    assertThat(n.size()).isEqualTo(table.rows());
                }
                rows += table.rows();
                batches++;
            }
            assertThatThrownBy(stream::next).isInstanceOf(NoSuchElementException.class);
        }
        assertThat(rows).isEqualTo(1_000_000);
        assertThat(batches).isGreaterThan(1);
    }

    @Test
    void aFileOfAStreamIsMappedAsOneTable() throws IOException {
        ArrowTable table = ArrowTable.open(Files.write(folder.resolve("s.arrows"), stream(600_000)));
        assertThat(table.rows()).isEqualTo(600_000);
        assertThat(table.metadata()).containsEntry("seed", "7");
        try (TFloat64 u = table.column("u").tensor(TFloat64.class)) {
            assertThat(u.getDouble(599_999, 3)).isEqualTo(4.0 * 600_000 - 1);
        }
    }

    @Test
    void brokenStreamsAreRefused() throws IOException {
        byte[] bytes = stream(100);
        for (int length : new int[] {4, 12, 200, bytes.length - 100}) {
            assertThatThrownBy(() -> drain(Arrays.copyOf(bytes, length)))
                    .as("%d bytes", length)
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("pipe");
        }
        assertThatThrownBy(() -> drain(new byte[0])).hasMessageContaining("pipe: nothing");
        byte[] hostile = bytes.clone();
        hostile[7] = 0x7f;
        assertThatThrownBy(() -> drain(hostile)).hasMessageContaining("a header of");
    }

    /** A stream of two batches, cut off behind the first. */
    private static byte[] firstOfTwo() throws IOException {
        byte[] bytes = stream(600_000);
        ByteBuffer numbers = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int at = 0;
        for (int message = 0; message < 2; message++) {
            int header = numbers.getInt(at + 4);
            at += 8
                    + header
                    + (int) Message.getRootAsMessage(
                                    numbers.slice(at + 8, header).order(ByteOrder.LITTLE_ENDIAN))
                            .bodyLength();
        }
        assertThat(at).isBetween(1_000_000, bytes.length - 1_000_000);
        return Arrays.copyOf(bytes, at);
    }

    @Test
    void aStreamThatIsCutOffBetweenTwoBatchesIsNotComplete() throws IOException {
        byte[] half = firstOfTwo();
        Path file = Files.write(folder.resolve("half.arrows"), half);
        assertThatThrownBy(() -> ArrowTable.open(file))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("half.arrows: no marker at the end, perhaps cut off");
        assertThatThrownBy(() -> drain(half))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("pipe: an end without its marker");
    }

    @Test
    void aProducerMayCloseInsteadOfMarkingTheEndWhereThatIsSaid() throws IOException {
        byte[] half = firstOfTwo();
        try (ArrowStream stream =
                ArrowStream.read("pipe", new ByteArrayInputStream(half), ArrowStream.End.MARKER_OR_CLOSE)) {
            assertThat(stream.next().rows()).isPositive();
            assertThat(stream.hasNext()).isFalse();
        }
        byte[] inside = Arrays.copyOf(half, half.length - 1);
        try (ArrowStream stream =
                ArrowStream.read("pipe", new ByteArrayInputStream(inside), ArrowStream.End.MARKER_OR_CLOSE)) {
            assertThatThrownBy(stream::hasNext).hasMessageContaining("an end after");
        }
    }

    @Test
    void bytesBehindTheEndOfAFileAreNotIgnored() throws IOException {
        byte[] bytes = stream(6);
        Path file = Files.write(folder.resolve("more.arrows"), Arrays.copyOf(bytes, bytes.length + 8));
        assertThatThrownBy(() -> ArrowTable.open(file))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("an end before the end of the file");
    }

    @Test
    void aFailedStreamStaysFailed() throws IOException {
        byte[] garbled = stream(6);
        garbled[0] = 0;
        // Behind the damage an intact stream begins.
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.write(garbled, 0, 8);
        both.write(stream(6));
        try (ArrowStream stream = ArrowStream.read("pipe", new ByteArrayInputStream(both.toByteArray()))) {
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(stream::hasNext)
                        .isInstanceOf(DataException.class)
                        .hasMessageContaining("something else where a message should begin");
            }
            assertThatThrownBy(stream::next).isInstanceOf(DataException.class);
        }
    }

    private static void drain(byte[] bytes) {
        try (ArrowStream stream = ArrowStream.read("pipe", new ByteArrayInputStream(bytes))) {
            stream.forEachRemaining(
                    table -> table.column("u").tensor(TFloat64.class).close());
        }
    }

    @Test
    @Timeout(240)
    void damagedStreamsAreRefusedOrTables() throws IOException {
        byte[] intact = stream(6);
        int refused = Fuzz.refused(folder.resolve("damaged.arrows"), intact, file -> {
            ArrowTable table = ArrowTable.open(file);
            table.column("u").tensor(TFloat64.class).close();
            table.column("n").tensor(TInt64.class).close();
        });
        assertThat(refused).isGreaterThan(Fuzz.FILES / 4);
        int[] broken = new int[1];
        Fuzz.refused(folder.resolve("pipe"), intact, file -> {
            try {
                drain(Files.readAllBytes(file));
            } catch (DataException e) {
                broken[0]++;
            }
        });
        assertThat(broken[0]).isGreaterThan(Fuzz.FILES / 4);
    }

    @Test
    void batchesOfAnyProducerAreTables() {
        try (BufferAllocator allocator = Allocators.open();
                Float8Vector plain = new Float8Vector("plain", allocator);
                BigIntVector whole = new BigIntVector("whole", allocator);
                FixedSizeListVector fixed = new FixedSizeListVector(
                        "fixed", allocator, FieldType.nullable(new ArrowType.FixedSizeList(2)), null);
                ListVector ragged = ListVector.empty("ragged", allocator)) {
            plain.setSafe(0, 1.5);
            plain.setNull(1);
            plain.setSafe(2, 3.5);
            plain.setValueCount(3);
            for (int i = 0; i < 3; i++) {
                whole.setSafe(i, 10 + i);
            }
            whole.setValueCount(3);
            UnionFixedSizeListWriter pairs = fixed.getWriter();
            UnionListWriter lists = ragged.getWriter();
            pairs.allocate();
            for (int i = 0; i < 3; i++) {
                pairs.setPosition(i);
                pairs.startList();
                pairs.float8().writeFloat8(i);
                pairs.float8().writeFloat8(-i);
                pairs.endList();
                lists.setPosition(i);
                lists.startList();
                for (int k = 0; k < i; k++) {
                    lists.integer().writeInt(k);
                }
                lists.endList();
            }
            fixed.setValueCount(3);
            ragged.setValueCount(3);
            try (VectorSchemaRoot root = VectorSchemaRoot.of(plain, whole, fixed, ragged)) {
                ArrowTable table = ArrowTable.of("batch", root);
                assertThat(table.rows()).isEqualTo(3);
                try (MaskedTensor<TFloat64> masked = table.column("plain").masked(TFloat64.class);
                        TInt64 numbers = table.column("whole").tensor(TInt64.class);
                        TFloat64 two = table.column("fixed").tensor(TFloat64.class)) {
                    assertThat(masked.values().getDouble(1)).isZero();
                    assertThat(masked.mask().getBoolean(1)).isFalse();
                    assertThat(masked.values().getDouble(2)).isEqualTo(3.5);
                    assertThat(numbers.getLong(2)).isEqualTo(12);
                    assertThat(two.getDouble(2, 1)).isEqualTo(-2);
                }
                assertThat(table.column("ragged").listOffsets()).containsExactly(0, 0, 1, 3);
                assertThat(table.column("ragged").ints()).containsExactly(0, 0, 1);
                assertThatThrownBy(() -> table.column("plain").tensor(TFloat64.class))
                        .hasMessageContaining("batch: column 'plain' with 1 nulls");
            }
        }
    }

    @Test
    void rowsOfMoreThan4GibibytesHaveASize() {
        int width = 1 << 29;
        try (BufferAllocator allocator = Allocators.open();
                FixedSizeListVector wide = new FixedSizeListVector(
                        "wide", allocator, FieldType.nullable(new ArrowType.FixedSizeList(width)), null)) {
            wide.addOrGetVector(FieldType.nullable(ElementType.FLOAT64.arrowType()));
            wide.setValueCount(0);
            try (VectorSchemaRoot root = VectorSchemaRoot.of(wide);
                    TType none = ArrowTable.of("batch", root).column("wide").gather(new int[0])) {
                assertThat(none.shape()).isEqualTo(Shape.of(0, width));
            }
        }
        assertThat(RowCopy.rowBytes("u", width, ElementType.FLOAT64, 1)).isEqualTo(1L << 32);
        assertThatThrownBy(() -> RowCopy.rowBytes("u", Integer.MAX_VALUE, ElementType.FLOAT64, Integer.MAX_VALUE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("column 'u': 2147483647 rows of 2147483647 FLOAT64");
    }

    @Test
    void nullsBecomeAMaskAndTensorsBecomeColumns() {
        Path file = folder.resolve("n.arrow");
        boolean[] present = {true, false, true, true, false, true};
        try (TFloat64 tensor = TFloat64.tensorOf(
                Shape.of(3, 2, 2), data -> data.scalars().forEachIndexed((at, x) -> x.setDouble((double) at[0])))) {
            ArrowTableWriter.to(file)
                    .float64("x", new double[] {1, 99, 3, 4, Double.NaN, 6}, 2, present)
                    .float64Lists("l", new int[] {0, 1, 1, 3}, new double[] {7, 8, 9})
                    .tensor("t", tensor)
                    .write();
        }
        ArrowTable table = ArrowTable.open(file);
        assertThat(table.metadata()).containsEntry("shape.t", "2,2");
        assertThat(table.column("x").present()).isEqualTo(present);
        assertThat(table.column("l").doubles()).containsExactly(7, 8, 9);
        try (MaskedTensor<TFloat64> x = table.column("x").masked(TFloat64.class);
                TFloat64 t = table.column("t").tensor(TFloat64.class)) {
            assertThat(x.values().getDouble(0, 1)).isZero();
            assertThat(x.values().getDouble(2, 0)).isZero();
            assertThat(x.values().getDouble(2, 1)).isEqualTo(6);
            assertThat(x.mask().getBoolean(2, 0)).isFalse();
            assertThat(t.getDouble(2, 3)).isEqualTo(2);
        }
        assertThatThrownBy(() -> table.column("x").tensor(TFloat64.class))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("n.arrow: column 'x' with 2 nulls; expected no nulls; read it with its mask");
        assertThatThrownBy(() -> table.column("x").masked(TFloat32.class)).hasMessageContaining("FLOAT64[2]");
        assertThat(List.copyOf(table.columns())).containsExactly("x", "l", "t");
    }
}
