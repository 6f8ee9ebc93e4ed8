package dev.odeon.datasets.arrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odeon.datasets.DataException;
import dev.odeon.datasets.arrow.ipc.Allocators;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

class ColumnTensorsTest {
    @TempDir
    Path folder;

    @Test
    void nullsOfEveryTypeBecomeAMask() {
        Path file = folder.resolve("nulls.arrow");
        boolean[] present = {true, false, true, true, false, true};
        ArrowTableWriter.to(file)
                .int32("i", new int[] {1, 99, 3, 4, 99, 6}, 2, present)
                .int64("l", new long[] {1, 99, 3, 4, 99, 1L << 62}, 2, present)
                .float32("f", new float[] {1, Float.NaN, 3, 4, Float.NaN, 6}, 2, present)
                .float64("d", new double[] {1, Double.NaN, 3, 4, Double.NaN, 6}, 2, present)
                .write();
        ArrowTable table = ArrowTable.open(file);
        try (MaskedTensor<TInt32> ints = table.column("i").masked(TInt32.class);
                MaskedTensor<TInt64> longs = table.column("l").masked(TInt64.class);
                MaskedTensor<TFloat32> floats = table.column("f").masked(TFloat32.class);
                MaskedTensor<TFloat64> doubles = table.column("d").masked(TFloat64.class)) {
            assertThat(ints.values().shape()).isEqualTo(Shape.of(3, 2));
            assertThat(ints.values().streamOfObjects()).containsExactly(1, 0, 3, 4, 0, 6);
            assertThat(longs.values().streamOfObjects()).containsExactly(1L, 0L, 3L, 4L, 0L, 1L << 62);
            assertThat(floats.values().streamOfObjects()).containsExactly(1f, 0f, 3f, 4f, 0f, 6f);
            assertThat(doubles.values().streamOfObjects()).containsExactly(1.0, 0.0, 3.0, 4.0, 0.0, 6.0);
            for (MaskedTensor<?> masked : new MaskedTensor<?>[] {ints, longs, floats, doubles}) {
                assertThat(masked.mask().streamOfObjects()).containsExactly(true, false, true, true, false, true);
            }
        }
        assertThatThrownBy(() -> table.column("l").tensor(TInt64.class))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("column 'l' with 2 nulls; expected no nulls; read it with its mask");
        assertThatThrownBy(() -> table.column("i").masked(TInt64.class))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("column 'i' of type INT32[2]; expected INT64");
    }

    @Test
    void nullsAmongPlainNumbersOfAnyProducerBecomeAMask() {
        try (BufferAllocator allocator = Allocators.open();
                IntVector ints = new IntVector("i", allocator);
                BigIntVector longs = new BigIntVector("l", allocator)) {
            ints.setSafe(0, 5);
            ints.setNull(1);
            ints.setValueCount(2);
            longs.setNull(0);
            longs.setSafe(1, -7);
            longs.setValueCount(2);
            try (VectorSchemaRoot root = VectorSchemaRoot.of(ints, longs)) {
                ArrowTable table = ArrowTable.of("batch", root);
                try (MaskedTensor<TInt32> i = table.column("i").masked(TInt32.class);
                        MaskedTensor<TInt64> l = table.column("l").masked(TInt64.class)) {
                    assertThat(i.values().streamOfObjects()).containsExactly(5, 0);
                    assertThat(i.mask().streamOfObjects()).containsExactly(true, false);
                    assertThat(l.values().streamOfObjects()).containsExactly(0L, -7L);
                    assertThat(l.mask().streamOfObjects()).containsExactly(false, true);
                }
            }
        }
    }

    @Test
    void listsOfEveryTypeBecomeRaggedTensors() {
        Path file = folder.resolve("lists.arrow");
        int[] offsets = {0, 2, 2, 3};
        ArrowTableWriter.to(file)
                .int32Lists("i", offsets, new int[] {1, 2, 3})
                .int64Lists("l", offsets, new long[] {1, 1L << 40, 3})
                .float32Lists("f", offsets, new float[] {1, 2, 3})
                .float64Lists("d", offsets, new double[] {1, 2, 3})
                .write();
        ArrowTable table = ArrowTable.open(file);
        try (RaggedTensor<TInt32> ints = table.column("i").ragged(TInt32.class);
                RaggedTensor<TInt64> longs = table.column("l").ragged(TInt64.class);
                RaggedTensor<TFloat32> floats = table.column("f").ragged(TFloat32.class);
                RaggedTensor<TFloat64> doubles = table.column("d").ragged(TFloat64.class)) {
            assertThat(ints.values().streamOfObjects()).containsExactly(1, 2, 3);
            assertThat(longs.values().streamOfObjects()).containsExactly(1L, 1L << 40, 3L);
            assertThat(floats.values().streamOfObjects()).containsExactly(1f, 2f, 3f);
            assertThat(doubles.values().streamOfObjects()).containsExactly(1.0, 2.0, 3.0);
            for (RaggedTensor<?> ragged : new RaggedTensor<?>[] {ints, longs, floats, doubles}) {
                assertThat(ragged.rowSplits().streamOfObjects()).containsExactly(0L, 2L, 2L, 3L);
            }
        }
        assertThat(table.column("l").longs()).containsExactly(1, 1L << 40, 3);
        assertThatThrownBy(() -> table.column("l").ragged(TInt32.class))
                .hasMessageContaining("column 'l' of type list of INT64");
    }

    @Test
    void listsAreJoinedOverBatches() {
        Path file = folder.resolve("batches.arrow");
        int rows = 300_000;
        int[] offsets = new int[rows + 1];
        Arrays.setAll(offsets, i -> 10 * i);
        long[] values = IntStream.range(0, 10 * rows).asLongStream().toArray();
        ArrowTableWriter.to(file).int64Lists("l", offsets, values).write();
        try (RaggedTensor<TInt64> lists = ArrowTable.open(file).column("l").ragged(TInt64.class)) {
            assertThat(lists.rowSplits().shape()).isEqualTo(Shape.of(rows + 1));
            assertThat(lists.rowSplits().getLong(rows)).isEqualTo(10L * rows);
            assertThat(lists.values().getLong(10L * rows - 1)).isEqualTo(10L * rows - 1);
        }
    }

    @Test
    void plainNumbersAreNoLists() {
        Path file = folder.resolve("plain.arrow");
        ArrowTableWriter.to(file).int64("n", new long[] {1, 2}).write();
        assertThatThrownBy(() -> ArrowTable.open(file).column("n").ragged(TInt64.class))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("column 'n' of type INT64; expected lists of varying length");
    }
}
