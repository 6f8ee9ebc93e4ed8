package dev.odeon.datasets.arrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odeon.datasets.DataException;
import dev.odeon.datasets.Mutations;
import dev.odeon.datasets.arrow.ipc.Allocators;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.arrow.flatbuf.Block;
import org.apache.arrow.flatbuf.Footer;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.apache.arrow.vector.types.UnionMode;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of which one part says what another denies. */
class ContradictionTest {
    private static final int ROWS = 1234;
    private static final int BLOCK = 24;

    @TempDir
    Path folder;

    /** Two columns in three batches of {@link #ROWS} rows; in the first column row 3 is null. */
    private static byte[] file() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (BufferAllocator allocator = Allocators.open();
                Float8Vector u = new Float8Vector("u", allocator);
                Float8Vector v = new Float8Vector("v", allocator);
                VectorSchemaRoot root = new VectorSchemaRoot(List.of(u, v));
                ArrowFileWriter writer = new ArrowFileWriter(root, null, Channels.newChannel(bytes))) {
            for (int i = 0; i < ROWS; i++) {
                u.setSafe(i, i);
                v.setSafe(i, -i);
            }
            u.setNull(3);
            root.setRowCount(ROWS);
            for (int batch = 0; batch < 3; batch++) {
                writer.writeBatch();
            }
            writer.end();
        }
        return bytes.toByteArray();
    }

    private ArrowTable open(byte[] bytes) throws IOException {
        return ArrowTable.open(Files.write(folder.resolve("c.arrow"), bytes));
    }

    private static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** {@return where two numbers of 64 bits stand first, aligned by 8} */
    private static int find(byte[] bytes, long first, long second) {
        for (int at = 0; at + 2 * Long.BYTES <= bytes.length; at += Long.BYTES) {
            if (little(bytes).getLong(at) == first && little(bytes).getLong(at + Long.BYTES) == second) {
                return at;
            }
        }
        throw new AssertionError("no " + first + ", " + second);
    }

    @Test
    void theFileItselfIsFine() throws IOException {
        ArrowTable table = open(file());
        assertThat(table.rows()).isEqualTo(3 * ROWS);
        assertThat(table.column("u").doublesOrNaN()[ROWS + 3]).isNaN();
        assertThat(table.column("v").doubles()[ROWS + 3]).isEqualTo(-3);
    }

    @Test
    void nullsThatTheHeaderDeniesAreNotReadAsNumbers() throws IOException {
        for (long claimed : new long[] {0, 2}) {
            byte[] bytes = file();
            little(bytes).putLong(find(bytes, ROWS, 1) + Long.BYTES, claimed);
            assertThatThrownBy(() -> open(bytes))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("c.arrow: column 'u' with 1 nulls; expected " + claimed);
        }
    }

    /** {@return where the footer's entries of the batches stand} */
    private static int[] blocks(byte[] bytes) {
        int length = little(bytes).getInt(bytes.length - 10);
        int start = bytes.length - 10 - length;
        Footer footer =
                Footer.getRootAsFooter(little(bytes).slice(start, length).order(ByteOrder.LITTLE_ENDIAN));
        int[] blocks = new int[footer.recordBatchesLength()];
        for (int i = 0; i < blocks.length; i++) {
            Block block = footer.recordBatches(i);
            blocks[i] = start;
            while (little(bytes).getLong(blocks[i]) != block.offset()
                    || little(bytes).getLong(blocks[i] + 16) != block.bodyLength()) {
                blocks[i]++;
            }
        }
        return blocks;
    }

    @Test
    void batchesInOneAnothersPlaceAreRefused() throws IOException {
        byte[] bytes = file();
        int[] blocks = blocks(bytes);
        System.arraycopy(bytes, blocks[0], bytes, blocks[2], BLOCK);
        assertThatThrownBy(() -> open(bytes))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("c.arrow: batches that overlap");
    }

    @Test
    void batchesMayBeListedInAnyOrder() throws IOException {
        byte[] bytes = file();
        int[] blocks = blocks(bytes);
        byte[] first = Arrays.copyOfRange(bytes, blocks[0], blocks[0] + BLOCK);
        System.arraycopy(bytes, blocks[2], bytes, blocks[0], BLOCK);
        System.arraycopy(first, 0, bytes, blocks[2], BLOCK);
        assertThat(open(bytes).rows()).isEqualTo(3 * ROWS);
    }

    @Test
    void buffersInOneAnothersPlaceAreRefused() throws IOException {
        byte[] bytes = file();
        // Buffers of a batch: offset and length, padded to 8 bytes. Validity and numbers of u, validity and numbers of
        // v.
        long bits = (ROWS + 7) / 8;
        int v = find(bytes, 160 + ROWS * Double.BYTES, bits);
        little(bytes).putLong(v, 0);
        assertThatThrownBy(() -> open(bytes))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("c.arrow: buffers that overlap");
    }

    /** {@return a file without rows of one field and some entries of metadata} */
    private static byte[] empty(Field field, String value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (BufferAllocator allocator = Allocators.open();
                VectorSchemaRoot root = VectorSchemaRoot.create(
                        new Schema(List.of(field), Map.of("a", value, "b", value, "c", value, "d", value)), allocator);
                ArrowFileWriter writer = new ArrowFileWriter(root, null, Channels.newChannel(bytes))) {
            writer.end();
        }
        return bytes.toByteArray();
    }

    @Test
    void aUnionOfEndlesslyManyMembersTakesNoMemory() throws IOException {
        Field member = new Field("m", FieldType.nullable(ArrowType.Bool.INSTANCE), List.of());
        ArrowType union = new ArrowType.Union(UnionMode.Dense, new int[] {77, 78});
        byte[] bytes = empty(new Field("u", FieldType.nullable(union), List.of(member, member)), "");
        assertThat(open(bytes).columns()).containsExactly("u");
        for (int at = 0; at + 12 <= bytes.length; at += 4) {
            if (little(bytes).getInt(at) == 2 && little(bytes).getLong(at + 4) == (78L << 32 | 77)) {
                little(bytes).putInt(at, Integer.MAX_VALUE);
            }
        }
        long before = Mutations.heapTaken();
        assertThatThrownBy(() -> open(bytes))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("a union of 2147483647 members");
        assertThat(Mutations.heapTaken() - before).isLessThan(16L << 20);
    }

    @Test
    void textsThatAreOneAndTheSameAreRefused() throws IOException {
        Field field = new Field("u".repeat(60), FieldType.nullable(ArrowType.Bool.INSTANCE), List.of());
        byte[] bytes = empty(field, "v".repeat(60));
        assertThat(open(bytes).metadata()).containsKey("a");
        // Lengths of texts stand before them: each is made to reach over all that follows it.
        for (int at = 0; at + 4 <= bytes.length; at += 4) {
            if (little(bytes).getInt(at) == 60) {
                int rest = bytes.length - 10 - at - 4;
                little(bytes).putInt(at, Math.max(60, rest - rest % 4));
            }
        }
        assertThatThrownBy(() -> open(bytes))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("c.arrow: a schema of texts that are longer than itself");
    }
}
