package dev.odeon.models.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odeon.datasets.arrow.ArrowTable;
import dev.odeon.datasets.arrow.ArrowTableWriter;
import dev.odeon.graph.Compilation;
import dev.odeon.graph.TensorSpec;
import dev.odeon.graph.Values;
import dev.odeon.graph.parameters.Initializer;
import dev.odeon.graph.parameters.Parameters;
import dev.odeon.models.optimisers.Adam;
import dev.odeon.models.schedules.Constant;
import dev.odeon.models.training.BatchedTraining;
import dev.odeon.models.training.Objective;
import dev.odeon.models.training.Phase;
import dev.odeon.models.training.Score;
import dev.odeon.models.training.TrainingData;
import dev.odeon.models.training.TrainingSettings;
import dev.odeon.models.training.runs.Trainer;
import dev.odeon.models.training.runs.TrainingResult;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/** Rows of an Arrow table, which gathers them from its mapped file. */
class GatheredRowsTest {

    private static final int ROWS = 23;

    @TempDir
    private Path folder = Path.of("");

    /** Fits the factors of a sum of two numbers. */
    private static final class Sum implements Objective<TFloat64> {
        @Override
        public Class<TFloat64> type() {
            return TFloat64.class;
        }

        @Override
        public void declare(Parameters parameters) {
            parameters.declare("w", TFloat64.class, Shape.of(2), Initializer.zeros());
        }

        @Override
        public List<TensorSpec> inputs() {
            return List.of();
        }

        @Override
        public Score<TFloat64> score(Ops tf, Values values, Values parameters, Phase phase) {
            Operand<TFloat64> products =
                    tf.math.mul(values.get("x", TFloat64.class), parameters.get("w", TFloat64.class));
            Operand<TFloat64> sums = tf.reduceSum(products, tf.constant(1));
            return Score.of(
                    BatchWeights.mean(tf, values, tf.math.squaredDifference(sums, values.get("y", TFloat64.class))));
        }
    }

    private ArrowTable table() {
        double[] x = new double[2 * ROWS];
        double[] y = new double[ROWS];
        int[] number = new int[ROWS];
        for (int i = 0; i < ROWS; i++) {
            x[2 * i] = Math.sin(i);
            x[2 * i + 1] = Math.cos(3 * i);
            y[i] = 2 * x[2 * i] - x[2 * i + 1];
            number[i] = i;
        }
        Path file = folder.resolve("sums.arrow");
        ArrowTableWriter.to(file)
                .float64("x", x, 2)
                .float64("y", y)
                .int32("number", number)
                .write();
        return ArrowTable.open(file);
    }

    private static GatheredRows rows(ArrowTable table, List<String> names, int... chosen) {
        Map<String, GatheredRows.Column> columns = new LinkedHashMap<>();
        names.forEach(name -> columns.put(name, table.column(name)::gather));
        return GatheredRows.of(columns, chosen);
    }

    @Test
    void rowsOfATableTrainFromTheFileAndFromTheDevice() {
        ArrowTable table = table();
        List<String> names = List.of("x", "y");
        GatheredRows training = rows(table, names, IntStream.range(0, 17).toArray());
        GatheredRows validation = rows(table, names, IntStream.range(17, ROWS).toArray());
        TrainingData data =
                TrainingData.of(training, validation, BatchPlan.of(4).withOrder(Order.shuffled(1)));
        TrainingSettings settings = new TrainingSettings(new Adam(0), Compilation.EXECUTOR, 0);
        try (BatchedTraining<TFloat64> loaded =
                        new BatchedTraining<>(new Sum(), data.withPlacement(Placement.LOADED), settings);
                BatchedTraining<TFloat64> resident = new BatchedTraining<>(new Sum(), data, settings)) {
            TrainingResult fromFile = Trainer.of(40, new Constant(0.05)).start(loaded);
            TrainingResult fromDevice = Trainer.of(40, new Constant(0.05)).start(resident);
            assertThat(fromFile.last().validLoss())
                    .isLessThan(1e-3)
                    .isEqualTo(fromDevice.last().validLoss());
        }
    }

    @Test
    void tellsAndLoadsTheChosenRows() {
        GatheredRows rows = rows(table(), List.of("number", "x"), 5, 7, 9);
        assertThat(rows.rows()).isEqualTo(3);
        assertThat(rows.columns())
                .containsExactly(
                        new TensorSpec("number", TInt32.class, Shape.scalar(), false),
                        new TensorSpec("x", TFloat64.class, Shape.of(2), false));
        Map<String, TType> loaded = rows.load(new int[] {2, 0});
        assertThat(loaded.get("number"))
                .isInstanceOfSatisfying(
                        TInt32.class,
                        numbers -> assertThat(StdArrays.array1dCopyOf(numbers)).containsExactly(9, 5));
        assertThat(loaded.get("x"))
                .isInstanceOfSatisfying(
                        TFloat64.class, x -> assertThat(x.getDouble(1, 0)).isEqualTo(Math.sin(5)));
        loaded.values().forEach(TType::close);
        assertThatThrownBy(() -> rows(table(), List.of("x"), 3, ROWS)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> rows(table(), List.of(), 1)).hasMessageContaining("0 columns and 1 rows");
        assertThatThrownBy(() -> rows(table(), List.of("x"))).hasMessageContaining("1 columns and 0 rows");
        assertThatThrownBy(() -> rows(table(), List.of("x"), -1, 2)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
