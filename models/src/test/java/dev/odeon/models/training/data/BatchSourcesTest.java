package dev.odeon.models.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odeon.graph.Floats;
import dev.odeon.graph.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

class BatchSourcesTest {

    /** One wide column whose rows hold their number; notes on which thread it was read. */
    private static class Numbers implements BatchSource {
        private static final int WIDTH = 5000;
        private final List<String> threads = new ArrayList<>();

        @Override
        public int rows() {
            return 10;
        }

        @Override
        public List<TensorSpec> columns() {
            return List.of(new TensorSpec("n", TFloat64.class, Shape.of(WIDTH), false));
        }

        @Override
        public Map<String, TType> load(int[] rows) {
            threads.add(Thread.currentThread().getName());
            if (rows[0] == 9) {
                throw new IllegalStateException("row 9 is damaged");
            }
            double[] values = new double[rows.length * WIDTH];
            for (int i = 0; i < values.length; i++) {
                values[i] = rows[i / WIDTH];
            }
            return Map.of("n", Floats.tensor(TFloat64.class, Shape.of(rows.length, WIDTH), values));
        }
    }

    private static double first(Map<String, TType> tensors) {
        double value = Floats.read(tensors.values().iterator().next())[0];
        tensors.values().forEach(TType::close);
        return value;
    }

    @Test
    void rowsOfTensorsAreGathered() {
        try (TInt32 numbers = TInt32.tensorOf(StdArrays.ndCopyOf(new int[][] {{1, 2}, {3, 4}, {5, 6}}));
                TFloat32 scalars = TFloat32.vectorOf(10, 20, 30)) {
            TensorRows rows = TensorRows.of(Map.of("numbers", numbers, "scalars", scalars));
            assertThat(rows.rows()).isEqualTo(3);
            assertThat(rows.columns())
                    .containsExactlyInAnyOrder(
                            new TensorSpec("numbers", TInt32.class, Shape.of(2), false),
                            new TensorSpec("scalars", TFloat32.class, Shape.scalar(), false));
            Map<String, TType> loaded = rows.load(new int[] {2, 0, 2, 1});
            try (TInt32 chosen = (TInt32) loaded.get("numbers");
                    TFloat32 others = (TFloat32) loaded.get("scalars")) {
                assertThat(StdArrays.array2dCopyOf(chosen)).isDeepEqualTo(new int[][] {{5, 6}, {1, 2}, {5, 6}, {3, 4}});
                assertThat(StdArrays.array1dCopyOf(others)).containsExactly(30, 10, 30, 20);
            }
            assertThatThrownBy(() -> rows.load(new int[] {3})).isInstanceOf(IndexOutOfBoundsException.class);
            assertThat(Placement.upTo(36).resident(rows)).isTrue();
            assertThat(Placement.upTo(35).resident(rows)).isFalse();
            assertThat(Placement.LOADED.resident(rows)).isFalse();
        }
    }

    @Test
    void refusesColumnsThatAreNone() {
        try (TInt32 two = TInt32.vectorOf(1, 2);
                TInt32 three = TInt32.vectorOf(1, 2, 3);
                TInt32 scalar = TInt32.scalarOf(1)) {
            assertThatThrownBy(() -> TensorRows.of(Map.of("a", two, "b", three)))
                    .hasMessageContaining("same length");
            assertThatThrownBy(() -> TensorRows.of(Map.of("a", scalar))).hasMessageContaining("'a'");
            assertThatThrownBy(() -> TensorRows.of(Map.of())).hasMessageContaining("BatchSource.whole()");
        }
    }

    @Test
    void theNextBatchIsLoadedOnAnotherThreadWhileThisOneIsUsed() {
        Numbers source = new Numbers();
        try (LoadedAhead batches = new LoadedAhead(source, 2)) {
            assertThat(first(batches.load(new int[] {0, 1}, new int[] {2, 3}))).isEqualTo(0);
            assertThat(first(batches.load(new int[] {2, 3}, new int[] {4, 5}))).isEqualTo(2);
            // Not what was announced.
            assertThat(first(batches.load(new int[] {6, 7}, null))).isEqualTo(6);
        }
        assertThat(source.threads.subList(1, 3)).containsOnly("odeon-batches");
        assertThat(source.threads)
                .hasSize(4)
                .last()
                .isEqualTo(Thread.currentThread().getName());
    }

    @Test
    void aFailureToLoadReachesWhoAsksForTheRows() {
        try (LoadedAhead batches = new LoadedAhead(new Numbers(), 2)) {
            first(batches.load(new int[] {0, 1}, new int[] {9, 0}));
            assertThatThrownBy(() -> batches.load(new int[] {9, 0}, null)).hasMessage("row 9 is damaged");
            assertThat(first(batches.load(new int[] {3, 4}, null))).isEqualTo(3);
        }
    }

    @Test
    void closingEndsTheThreadWhateverTheLastBatchEndedIn() {
        Numbers source = new Numbers() {
            @Override
            public Map<String, TType> load(int[] rows) {
                if (rows[0] == 2) {
                    throw new OutOfMemoryError("none left");
                }
                return super.load(rows);
            }
        };
        LoadedAhead batches = new LoadedAhead(source, 2);
        first(batches.load(new int[] {0, 1}, new int[] {2, 3}));
        batches.close();
        assertThat(Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getName().equals("odeon-batches"))
                        .filter(thread -> !ended(thread)))
                .isEmpty();
    }

    private static boolean ended(Thread thread) {
        try {
            thread.join(5000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }
}
