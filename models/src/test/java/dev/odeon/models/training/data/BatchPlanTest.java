package dev.odeon.models.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchPlanTest {

    private static final int ROWS = 50;

    private static List<Integer> order(long seed, int epoch) {
        return Arrays.stream(Order.shuffled(seed).of(ROWS, epoch)).boxed().toList();
    }

    @Test
    void everyShuffledEpochHasEveryRowOnceAndAnOrderOfItsOwn() {
        Set<List<Integer>> orders = new HashSet<>();
        for (long seed = 0; seed < 5; seed++) {
            for (int epoch = 1; epoch <= 40; epoch++) {
                List<Integer> order = order(seed, epoch);
                assertThat(order)
                        .containsExactlyInAnyOrderElementsOf(
                                IntStream.range(0, ROWS).boxed().toList());
                orders.add(order);
            }
        }
        assertThat(orders).hasSize(5 * 40);
        assertThat(order(3, 7)).isEqualTo(order(3, 7));
    }

    @Test
    void theLastRowsAreLeftOutOrFilledUp() {
        BatchPlan plan = BatchPlan.of(4).withOrder((rows, epoch) -> new int[] {5, 4, 3, 2, 1, 0});
        BatchPlan.Epoch padded = plan.epoch(6, 1);
        assertThat(padded.batches()).isEqualTo(2);
        Batch last = padded.batch(1);
        assertThat(last.rows()).containsExactly(1, 0, 1, 1);
        assertThat(last.count()).isEqualTo(2);
        assertThat(last.weights()).containsExactly(1, 1, 0, 0);
        BatchPlan.Epoch dropped = plan.withRemainder(Remainder.DROP).epoch(6, 1);
        assertThat(dropped.batches()).isEqualTo(1);
        assertThat(dropped.batch(0).rows()).containsExactly(5, 4, 3, 2);
        assertThat(dropped.batch(0).weights()).containsExactly(1, 1, 1, 1);
        assertThatThrownBy(() -> dropped.batch(1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void allRowsOfAnEpochAreInItsBatches() {
        BatchPlan.Epoch epoch = BatchPlan.of(8).withOrder(Order.shuffled(1)).epoch(ROWS, 2);
        List<Integer> seen = new ArrayList<>();
        for (int i = 0; i < epoch.batches(); i++) {
            Batch batch = epoch.batch(i);
            assertThat(batch.rows()).hasSize(8);
            Arrays.stream(batch.rows()).limit(batch.count()).forEach(seen::add);
        }
        assertThat(seen).isEqualTo(order(1, 2));
    }

    @Test
    void refusesPlansThatCannotBe() {
        assertThatThrownBy(() -> BatchPlan.of(0)).hasMessageContaining("batch size is 0");
        assertThatThrownBy(() -> BatchPlan.of(2)
                        .withOrder((rows, epoch) -> new int[rows - 1])
                        .epoch(5, 3))
                .hasMessageContaining("order of epoch 3 has 4");
        assertThatThrownBy(() -> new Batch(new int[2], 3)).hasMessageContaining("3 rows");
        assertThatThrownBy(() -> Placement.upTo(-2)).hasMessageContaining("-2");
    }
}
