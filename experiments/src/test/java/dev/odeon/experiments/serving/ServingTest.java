package dev.odeon.experiments.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.odeon.datasets.arrow.ArrowTable;
import dev.odeon.datasets.arrow.ArrowTableWriter;
import dev.odeon.experiments.CommandLineFixture;
import dev.odeon.experiments.CommandLineFixture.Ended;
import dev.odeon.graph.Floats;
import dev.odeon.graph.TensorSpec;
import dev.odeon.graph.Values;
import dev.odeon.graph.export.ExportedFunction;
import dev.odeon.graph.export.KnownOperations;
import dev.odeon.graph.export.ModelGraph;
import dev.odeon.graph.export.Outputs;
import dev.odeon.graph.export.SavedModelFolder;
import dev.odeon.models.serving.Model;
import dev.odeon.models.serving.Models;
import dev.odeon.models.serving.ServedModel;
import dev.odeon.solvers.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TUint8;

@ResourceLock(Resources.SYSTEM_OUT)
@ResourceLock(Resources.SYSTEM_ERR)
class ServingTest {

    private static final int POINTS = 16;

    @TempDir
    private Path folder = Path.of("");

    /** y = x0 + x1 + the byte; a negative x0 stands for a solve that failed. */
    private Path tiny(long rows) {
        List<TensorSpec> inputs = List.of(
                new TensorSpec("x", TFloat64.class, Shape.of(rows, 2), true),
                new TensorSpec("image", TUint8.class, Shape.of(rows, 1, 1), false));
        Path out = folder.resolve("tiny" + rows);
        SavedModelFolder.write(
                ModelGraph.of(List.of(), List.of(new ExportedFunction("predict", inputs, (tf, given, none) -> {
                    Operand<TFloat64> x = given.get("x", TFloat64.class);
                    Operand<TFloat64> sum = tf.reduceSum(x, tf.constant(1));
                    Operand<TFloat64> bytes = tf.reshape(
                            tf.dtypes.cast(given.get("image", TUint8.class), TFloat64.class),
                            tf.constant(new int[] {-1}));
                    Operand<TFloat64> first = tf.gather(x, tf.constant(0), tf.constant(1));
                    Operand<TInt32> outcome = tf.select(
                            tf.math.less(first, tf.constant(0.0)),
                            tf.constant(Outcome.MAX_STEPS.code()),
                            tf.constant(Outcome.SUCCESS.code()));
                    return Values.of("y", tf.math.add(sum, bytes)).with("outcome", outcome);
                }))),
                out);
        return out;
    }

    private Path tinyRows(double... x) {
        Path file = folder.resolve("x.arrow");
        int[] bytes = new int[x.length / 2];
        Arrays.setAll(bytes, i -> 250 + i);
        ArrowTableWriter.to(file)
                .int64("id", Arrays.stream(bytes).asLongStream().toArray())
                .float64("x", x, 2)
                .int32("image", bytes, 1, present(bytes.length))
                .write();
        return file;
    }

    private static boolean[] present(int count) {
        boolean[] all = new boolean[count];
        Arrays.fill(all, true);
        return all;
    }

    private Ended predict(Path model, Path input, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "predict",
                "--model",
                model.toString(),
                "--input",
                input.toString(),
                "--output",
                folder.resolve("y.arrow").toString()));
        arguments.addAll(List.of(more));
        return CommandLineFixture.run(arguments.toArray(String[]::new));
    }

    private ArrowTable predicted() {
        return ArrowTable.open(folder.resolve("y.arrow"));
    }

    @Test
    void rowsArePredictedBatchByBatchAndFailuresAreTold() {
        Path model = tiny(Shape.UNKNOWN_SIZE);
        assertThat(predict(model, tinyRows(1, 2, 3, 4, 5, 6), "--batch", "2").code())
                .isZero();
        assertThat(predicted().column("y").doubles()).containsExactly(253, 258, 263);
        assertThat(predicted().column("outcome").ints()).containsOnly(0);
        Ended failed = predict(model, tinyRows(1, 2, -3, 4), "--batch", "1");
        assertThat(failed.code()).isEqualTo(4);
        assertThat(failed.complaint()).contains("1 of 2 rows failed").contains("MAX_STEPS");
        assertThat(predicted().column("outcome").ints()).containsExactly(0, Outcome.MAX_STEPS.code());
    }

    @Test
    void aFileThatDoesNotFitIsRefusedWithTheRemedy() {
        Path model = tiny(Shape.UNKNOWN_SIZE);
        Path other = folder.resolve("other.arrow");
        ArrowTableWriter.to(other).float64("u", new double[] {1}).write();
        Ended missing = predict(model, other);
        assertThat(missing.code()).isEqualTo(2);
        assertThat(missing.complaint())
                .contains("has no column 'x' but [u]; expected a column 'x' of FLOAT64[2]; write the file with");
        ArrowTableWriter.to(other).float32("x", new float[] {1, 2}, 2).write();
        assertThat(predict(model, other).complaint())
                .contains("has a column 'x' of FLOAT32[2]; expected a column 'x' of FLOAT64[2]");
        ArrowTableWriter.to(other).float64("x", new double[] {1, 2, 3}, 3).write();
        assertThat(predict(model, other).complaint()).contains("of FLOAT64[3]; expected a column 'x' of FLOAT64[2]");
        Path large = tinyRows(new double[20]);
        assertThat(predict(model, large).complaint()).contains("has a 256 in the column 'image'");
        assertThat(folder.resolve("y.arrow")).doesNotExist();
        assertThat(predict(model, large, "--batch", "0").complaint()).contains("--batch is 0");
        assertThat(predict(folder, large).complaint()).contains("holds neither a run nor a SavedModel");
    }

    @Test
    void aModelOfAFixedNumberOfRowsTakesWholeBatches() {
        Path model = tiny(2);
        assertThat(predict(model, tinyRows(1, 2, 3, 4, 5, 6, 7, 8)).code()).isZero();
        assertThat(predicted().column("y").doubles()).containsExactly(253, 258, 263, 268);
        assertThat(predict(model, tinyRows(1, 2, 3, 4, 5, 6)).complaint())
                .contains("has 3 rows; expected a multiple of 2");
    }

    /** Names and contents of all files below a folder. */
    private static Map<String, byte[]> contents(Path of) throws IOException {
        Map<String, byte[]> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(of)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(of.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        return contents;
    }

    @Test
    void aRunIsExportedAndPredictsTheSameFromEverywhere() throws Exception {
        Path run = folder.resolve("run");
        assertThat(CommandLineFixture.run(
                                "train",
                                "ks",
                                "--grid",
                                "16",
                                "--samples",
                                "601",
                                "--epochs",
                                "1",
                                "--compile",
                                "executor",
                                "--out",
                                run.toString())
                        .code())
                .isZero();
        Map<String, byte[]> before = contents(run);
        Path exported = folder.resolve("model");
        Path picture = folder.resolve("graph.dot");
        Ended ended = CommandLineFixture.run(
                "export",
                "--run",
                run.toString(),
                "--out",
                exported.toString(),
                "--gradient",
                "--graph",
                picture.toString());
        assertThat(ended.code()).as(ended.complaint()).isZero();
        assertThat(ended.printed())
                .contains("predict: state float64 [?, 16] -> next float64 [?, 16], outcome int32 []")
                .contains("gradient: state float64 [?, 16], following float64 [?, 1, 16] -> loss float64 []");
        assertThat(KnownOperations.unknown(exported)).isEmpty();
        assertThat(exported.resolve("assets.extra/settings.json"))
                .hasSameTextualContentAs(run.resolve("settings.json"));
        assertThat(exported.resolve("assets.extra/model_card.md")).content().contains("16 equidistant points");
        assertThat(picture).content().contains("subgraph cluster_1").contains("StatelessWhile");

        double[][] states = new double[5][POINTS];
        for (int i = 0; i < states.length; i++) {
            int sample = i;
            Arrays.setAll(states[i], j -> Math.sin(sample + 2 * Math.PI * j / POINTS));
        }
        double[] flat = Arrays.stream(states).flatMapToDouble(Arrays::stream).toArray();
        Path file = folder.resolve("states.arrow");
        ArrowTableWriter.to(file).float64("state", flat, POINTS).write();
        assertThat(predict(run, file, "--batch", "2").code()).isZero();
        double[] fromRun = predicted().column("next").doubles();
        assertThat(predict(exported, file).code()).isZero();
        double[] fromExport = predicted().column("next").doubles();
        assertThat(fromExport).containsExactly(fromRun, within(1e-12));
        try (Model model = Models.load(run)) {
            double[][] next = model.predict(states);
            assertThat(Arrays.stream(next).flatMapToDouble(Arrays::stream).toArray())
                    .containsExactly(fromRun, within(1e-12));
            assertThatThrownBy(() -> model.predict(new double[][] {{1, 2}}))
                    .hasMessageContaining("A row has 2 numbers: give 16, as state is float64 [?, 16]");
        }
        // Of one interval the loss is the mean square of the difference, so that its gradient by the state follows.
        try (Model model = Models.load(exported);
                TFloat64 state = Floats.tensor(TFloat64.class, Shape.of(5, POINTS), flat);
                TFloat64 following = Floats.tensor(TFloat64.class, Shape.of(5, 1, POINTS), new double[5 * POINTS])) {
            double[] direction = flat;
            double h = 1e-6;
            double[] moved = new double[flat.length];
            Arrays.setAll(moved, i -> flat[i] + h * direction[i]);
            try (TFloat64 further = Floats.tensor(TFloat64.class, Shape.of(5, POINTS), moved);
                    Outputs at = model.call("gradient", Map.of("state", state, "following", following));
                    Outputs beyond = model.call("gradient", Map.of("state", further, "following", following))) {
                double[] gradient = at.doubles(ServedModel.BY + "state");
                double slope = 0;
                for (int i = 0; i < gradient.length; i++) {
                    slope += gradient[i] * direction[i];
                }
                double mean = Arrays.stream(fromRun).map(u -> u * u).average().orElseThrow();
                assertThat(at.doubles("loss")[0]).isCloseTo(mean, within(1e-12));
                assertThat(slope).isCloseTo((beyond.doubles("loss")[0] - at.doubles("loss")[0]) / h, within(1e-5));
                assertThat(at.names()).contains("loss_by/nonlinear/layer0/kernel");
            }
        }

        Map<String, byte[]> after = contents(run);
        assertThat(after.keySet()).isEqualTo(before.keySet());
        after.forEach((name, bytes) -> assertThat(bytes).as(name).isEqualTo(before.get(name)));
        assertThat(CommandLineFixture.run("export", "--run", run.toString(), "--out", exported.toString())
                        .complaint())
                .contains("nothing is overwritten");
        assertThat(CommandLineFixture.run(
                                "export",
                                "--run",
                                folder.toString(),
                                "--out",
                                folder.resolve("n").toString())
                        .complaint())
                .contains("holds no run: name the --out folder of a training");
        Files.delete(run.resolve("model/graph.pb"));
        assertThatThrownBy(() -> Models.load(run)).hasMessageContaining("a run of an earlier version");
    }
}
