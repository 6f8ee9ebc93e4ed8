package dev.odeon.datasets.batches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odeon.datasets.DataException;
import dev.odeon.datasets.arrow.ArrowTable;
import dev.odeon.datasets.arrow.ArrowTableWriter;
import dev.odeon.datasets.batches.BatchPlan.Remainder;
import dev.odeon.datasets.batches.BatchPlan.Shard;
import dev.odeon.datasets.batches.BatchPlan.Shuffled;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;

@Timeout(30)
class BatchesTest {
    @TempDir
    Path folder;

    private static List<List<Integer>> batches(BatchPlan plan, int rows) {
        List<List<Integer>> all = new ArrayList<>();
        plan.over(rows)
                .forEachRemaining(batch -> all.add(Arrays.stream(batch).boxed().toList()));
        return all;
    }

    @Test
    void thePlanFollowsItsNumbers() {
        assertThat(batches(BatchPlan.of(2), 5)).containsExactly(List.of(0, 1), List.of(2, 3), List.of(4));
        BatchPlan drop = BatchPlan.of(2).withRemainder(Remainder.DROP).withEpochs(2);
        assertThat(batches(drop, 5)).hasSize(4).last().isEqualTo(List.of(2, 3));
        assertThat(drop.batchesPerEpoch(5)).isEqualTo(2);
        assertThat(batches(drop, 1)).isEmpty();
        assertThat(batches(BatchPlan.of(2), 0)).isEmpty();
        assertThatThrownBy(() -> BatchPlan.of(0)).hasMessageContaining("size = 0");
        assertThatThrownBy(() -> new Shard(2, 2)).hasMessageContaining("shard 2 of 2");
    }

    @Test
    void shufflingIsSeededAndNewInEveryEpoch() {
        BatchPlan plan = BatchPlan.of(100).withOrder(new Shuffled(3)).withEpochs(2);
        List<List<Integer>> epochs = batches(plan, 100);
        assertThat(batches(plan, 100)).isEqualTo(epochs);
        assertThat(epochs.get(0)).isNotEqualTo(epochs.get(1));
        assertThat(batches(plan.withOrder(new Shuffled(4)), 100)).isNotEqualTo(epochs);
        for (List<Integer> epoch : epochs) {
            assertThat(epoch)
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, 100).boxed().toList());
        }
    }

    @Test
    void shardsShareEveryRowOnce() {
        List<Integer> all = new ArrayList<>();
        for (int worker = 0; worker < 3; worker++) {
            BatchPlan plan = BatchPlan.of(7).withOrder(new Shuffled(1)).withShard(new Shard(worker, 3));
            batches(plan, 50).forEach(all::addAll);
        }
        assertThat(all)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 50).boxed().toList());
    }

    private ArrowTable table(int rows) {
        Path file = folder.resolve("t.arrow");
        double[] u = new double[rows * 50];
        int[] n = new int[rows];
        Arrays.setAll(u, i -> i);
        Arrays.setAll(n, i -> i);
        ArrowTableWriter.to(file).int32("n", n).float64("u", u, 50).write();
        return ArrowTable.open(file);
    }

    @Test
    void batchesHoldTheRowsOfThePlan() {
        // More than one record batch in the file: 50 000 rows of 400 bytes.
        ArrowTable table = table(50_000);
        BatchPlan plan = BatchPlan.of(4096).withOrder(new Shuffled(5)).withEpochs(2);
        int rows = 0;
        try (Batches<TableBatch> batches = Batches.prefetch(new TableSource(table, List.of("n", "u")), plan, 2)) {
            while (batches.hasNext()) {
                try (TableBatch batch = batches.next()) {
                    TInt32 n = (TInt32) batch.tensor("n");
                    TFloat64 u = (TFloat64) batch.tensor("u");
                    assertThat(u.shape()).isEqualTo(Shape.of(n.size(), 50));
                    for (int i = 0; i < n.size(); i += 97) {
                        assertThat(u.getDouble(i, 49)).isEqualTo(n.getInt(i) * 50 + 49);
                    }
                    rows += (int) n.size();
                    assertThatThrownBy(() -> batch.tensor("z")).hasMessageContaining("column 'z'");
                }
            }
        }
        assertThat(rows).isEqualTo(100_000);
    }

    @Test
    void closingEarlyGivesEverythingBack() {
        TableSource source = new TableSource(table(1000), List.of("u"));
        for (int taken = 0; taken < 4; taken++) {
            try (Batches<TableBatch> batches =
                    Batches.prefetch(source, BatchPlan.of(10).withEpochs(1000), 3)) {
                for (int i = 0; i < taken; i++) {
                    batches.next().close();
                }
                // Looked at, but not taken: still theirs to close.
                assertThat(batches.hasNext()).isTrue();
            }
        }
    }

    @Test
    void aFailureWhileLoadingReachesTheCallerAfterTheGoodBatches() {
        AtomicInteger loaded = new AtomicInteger();
        BatchSource<AutoCloseable> source = new BatchSource<>() {
            @Override
            public int rows() {
                return 3;
            }

            @Override
            public AutoCloseable load(int[] rows) {
                if (rows[0] == 2) {
                    throw new DataException("row 2 is missing");
                }
                loaded.incrementAndGet();
                return loaded::decrementAndGet;
            }
        };
        try (Batches<AutoCloseable> batches = Batches.prefetch(source, BatchPlan.of(1), 1)) {
            for (int i = 0; i < 2; i++) {
                AutoCloseable batch = batches.next();
                assertThat(batch).isNotNull();
                loaded.decrementAndGet();
            }
            assertThatThrownBy(batches::hasNext)
                    .isInstanceOf(DataException.class)
                    .hasMessage("row 2 is missing");
        }
        assertThat(loaded).hasValue(0);
    }

    /** Throws an exception that no signature announces, as code in other languages and bytecode tricks do. */
    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void sneak(Throwable e) throws E {
        throw (E) e;
    }

    /** One row per batch; a batch counts itself while it is open, and {@code close} says how it ends. */
    private record Counted(int rows, AtomicInteger open, IntConsumer loading, IntConsumer closing)
            implements BatchSource<AutoCloseable> {
        @Override
        public AutoCloseable load(int[] rows) {
            loading.accept(rows[0]);
            open.incrementAndGet();
            return () -> {
                open.decrementAndGet();
                closing.accept(rows[0]);
            };
        }
    }

    @Test
    void aCheckedExceptionOfASourceReachesTheCallerToo() {
        IOException broken = new IOException("the disk is gone");
        Counted source =
                new Counted(3, new AtomicInteger(), row -> BatchesTest.<RuntimeException>sneak(broken), row -> {});
        try (Batches<AutoCloseable> batches = Batches.prefetch(source, BatchPlan.of(1), 1)) {
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(batches::hasNext)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("the disk is gone")
                        .hasCause(broken);
            }
        }
    }

    @Test
    void aBatchThatCannotBeClosedDoesNotKeepTheOthersOpen() throws InterruptedException {
        AtomicInteger open = new AtomicInteger();
        Counted source = new Counted(100, open, row -> {}, row -> {
            throw new IllegalStateException("batch " + row + " is stuck");
        });
        Batches<AutoCloseable> batches = Batches.prefetch(source, BatchPlan.of(1), 3);
        assertThat(batches.hasNext()).isTrue();
        while (open.get() < 5) {
            Thread.sleep(1);
        }
        assertThatThrownBy(batches::close)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("5 batches could not be closed")
                .hasMessageContaining("is stuck");
        assertThat(open).hasValue(0);
    }

    @Test
    void atMostTheQueueIsLoadedAhead() throws InterruptedException {
        AtomicInteger loaded = new AtomicInteger();
        BatchSource<AutoCloseable> source = new BatchSource<>() {
            @Override
            public int rows() {
                return 1000;
            }

            @Override
            public AutoCloseable load(int[] rows) {
                loaded.incrementAndGet();
                return () -> {};
            }
        };
        try (Batches<AutoCloseable> batches = Batches.prefetch(source, BatchPlan.of(1), 2)) {
            assertThat(batches.hasNext()).isTrue();
            Thread.sleep(100);
            // One looked at, two in the queue, one in the loader's hand.
            assertThat(loaded.get()).isLessThanOrEqualTo(4);
        }
    }

    @Test
    void wrongColumnsAreNamedBeforeTheFirstBatch() {
        ArrowTable table = table(3);
        assertThatThrownBy(() -> new TableSource(table, List.of("v")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("t.arrow: columns [n, u]; expected a column called 'v'");
        assertThatThrownBy(() -> new TableSource(table, List.of())).hasMessageContaining("no columns");
        assertThatThrownBy(() -> Batches.prefetch(new TableSource(table, List.of("u")), BatchPlan.of(1), 0))
                .hasMessageContaining("ahead = 0");
    }
}
