package dev.odeon.models.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odeon.graph.TensorSpec;
import dev.odeon.models.training.data.BatchPlan;
import dev.odeon.models.training.data.BatchSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TType;

class TrainingDataTest {

    private record Source(int rows, List<TensorSpec> columns) implements BatchSource {
        @Override
        public Map<String, TType> load(int[] numbers) {
            throw new IllegalStateException("not loaded here");
        }
    }

    private static TensorSpec column(String name) {
        return new TensorSpec(name, TFloat64.class, Shape.scalar(), false);
    }

    private static TrainingData data(BatchSource training, BatchSource validation) {
        return TrainingData.of(training, validation, BatchPlan.of(2));
    }

    @Test
    void theOrderOfTheColumnsIsFree() {
        assertThatCode(() -> data(
                        new Source(4, List.of(column("x"), column("y"))),
                        new Source(4, List.of(column("y"), column("x")))))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> data(new Source(4, List.of(column("x"))), new Source(4, List.of(column("y")))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("give both the same");
    }

    @Test
    void aValidationWithoutRowsIsRefusedAtOnce() {
        List<TensorSpec> columns = List.of(column("x"));
        assertThatThrownBy(() -> data(new Source(4, columns), new Source(0, columns)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("The validation has 0 rows");
    }

    @Test
    void sharedTensorsKeepTheirOrder() {
        Map<String, TType> shared = new LinkedHashMap<>();
        try (TFloat64 number = TFloat64.scalarOf(1)) {
            List.of("q", "a", "z", "m", "b", "y").forEach(name -> shared.put(name, number));
            List<TensorSpec> columns = List.of(column("x"));
            assertThat(data(new Source(2, columns), new Source(2, columns))
                            .withShared(shared)
                            .shared()
                            .keySet())
                    .containsExactly("q", "a", "z", "m", "b", "y");
        }
    }
}
