package dev.odeon.experiments.grand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.odeon.datasets.graphs.GraphData;
import dev.odeon.datasets.graphs.Split;
import dev.odeon.experiments.CommandLineFixture;
import dev.odeon.experiments.CommandLineFixture.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ResourceLock(Resources.SYSTEM_ERR)
class TrainGrandTest {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void learnsTheKarateClub() {
        Path out = folder.resolve("karate");
        Ended ended = CommandLineFixture.run("train", "grand", "--dataset", "karate", "--out", out.toString());
        assertThat(ended.code()).isZero();
        JsonNode summary = CommandLineFixture.summary(out);
        assertThat(summary.get("nodes").asInt()).isEqualTo(34);
        assertThat(summary.get("edges").asInt()).isEqualTo(78);
        assertThat(summary.get("testAccuracy").asDouble()).isGreaterThan(0.8);
        // The best epoch is not the one of the least loss.
        assertThat(ended.printed())
                .contains("best epoch " + summary.get("bestEpoch").asInt() + ", by its validAccuracy ")
                .contains("; its validation loss ")
                .doesNotContain("best validation");
        // Four steps of two stages.
        for (String pass : new String[] {"Forward", "Backward", "Evaluation"}) {
            assertThat(summary.get("nfe" + pass + "PerEpoch").asInt()).isEqualTo(8);
        }
    }

    @Test
    void smallGraphsTrain() throws IOException {
        Path file = SmallGraphFile.write(folder.resolve("small.npz"), false);
        Path out = folder.resolve("small");
        Ended ended = CommandLineFixture.run(
                "train", "grand", "--data", file.toString(), "--epochs", "1", "--time", "1", "--out", out.toString());
        assertThat(ended.code()).as(ended.complaint()).isZero();
        assertThat(ended.complaint()).contains("split by shares of each class");
        JsonNode summary = CommandLineFixture.summary(out);
        assertThat(summary.get("nodes").asInt()).isEqualTo(183);
        assertThat(summary.get("classes").asInt()).isEqualTo(3);
        // 61 nodes of each class: 12 test, 30 of the other 49 train.
        assertThat(summary.get("trainNodes").asInt()).isEqualTo(90);
        assertThat(summary.get("validNodes").asInt()).isEqualTo(57);
        assertThat(summary.get("testNodes").asInt()).isEqualTo(36);
    }

    @Test
    void theSplitIsThatOfTheFileOrOfTheOptions() throws IOException {
        GraphDataset cora = Objects.requireNonNull(GraphDataset.all().get("cora"));
        String plain = SmallGraphFile.write(folder.resolve("plain.npz"), false).toString();
        GraphData graph = cora.read(plain);
        Split counted = cora.split(graph, plain, "120", 0).split();
        assertThat(counted.train()).hasSize(60);
        assertThat(counted.test()).hasSize(63);
        assertThatThrownBy(() -> cora.split(graph, plain, "many", 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--development is many: give a whole number");
        String masked = SmallGraphFile.write(folder.resolve("masked.npz"), true).toString();
        ChosenSplit chosen = cora.split(cora.read(masked), masked, GraphDataset.AUTO, 0);
        assertThat(chosen.rule()).isEqualTo("the masks in the file");
        assertThat(chosen.split().train()).hasSize(100);
        assertThat(chosen.split().validation()).hasSize(50);
        assertThat(chosen.split().test()).hasSize(33);
        GraphDataset karate = Objects.requireNonNull(GraphDataset.all().get("karate"));
        assertThat(karate.split(karate.read(""), "", GraphDataset.AUTO, 0)
                        .split()
                        .train())
                .hasSize(8);
    }

    @Test
    void resumesWithTheSameDropout() {
        Path whole = folder.resolve("whole");
        Path parts = folder.resolve("parts");
        String[] common = {"train", "grand", "--dataset", "karate", "--dtype", "float64", "--out"};
        assertThat(CommandLineFixture.run(with(common, whole.toString(), "--epochs", "6"))
                        .code())
                .isZero();
        assertThat(CommandLineFixture.run(with(common, parts.toString(), "--epochs", "3"))
                        .code())
                .isZero();
        replace(parts.resolve("settings.json"), "\"3\"", "\"6\"");
        assertThat(CommandLineFixture.run("train", "grand", "--resume", "--out", parts.toString())
                        .code())
                .isZero();
        assertThat(withoutTimes(parts)).isEqualTo(withoutTimes(whole));
    }

    @ParameterizedTest
    @CsvSource({"imex-rk2, 114", "imex-rk3, 228", "imex-rk4, 342", "imex-rk5, 456"})
    void countsWhatThePaperCountsForCora(String method, int evaluations) {
        countsOn("cora", method, evaluations);
    }

    @ParameterizedTest
    @CsvSource({"photo, imex-rk2, 24", "coauthor-cs, imex-rk5, 96"})
    void countsWhatThePaperCounts(String dataset, String method, int evaluations) {
        countsOn(dataset, method, evaluations);
    }

    private void countsOn(String dataset, String method, int evaluations) {
        assumeThat(System.getenv("ODEON_DATA"))
                .as("ODEON_DATA names no folder: real graphs are left out")
                .isNotNull();
        Path out = folder.resolve(dataset + method);
        Ended ended = CommandLineFixture.run(
                "train",
                "grand",
                "--dataset",
                dataset,
                "--method",
                method,
                "--epochs",
                "1",
                "--preset",
                "paper",
                "--out",
                out.toString());
        assertThat(ended.code()).as(ended.complaint()).isZero();
        JsonNode summary = CommandLineFixture.summary(out);
        assertThat(summary.get("nfeForwardPerEpoch").asInt()
                        + summary.get("nfeBackwardPerEpoch").asInt()
                        + summary.get("nfeEvaluationPerEpoch").asInt())
                .isEqualTo(evaluations);
    }

    @Test
    void refusesUnknownDatasetsAndDamagedFiles() throws IOException {
        Path out = folder.resolve("bad");
        Path broken = Files.write(folder.resolve("cora.npz"), new byte[] {'P', 'K', 3, 4, 0, 0});
        String[][] attempts = {
            {"train", "grand", "--dataset", "nonsense", "--out", out.toString()},
            {"train", "grand", "--data", broken.toString(), "--out", out.toString()},
            {"train", "grand", "--data", folder.resolve("nowhere").toString(), "--out", out.toString()},
            {"train", "grand", "--grid", "64", "--out", out.toString()}
        };
        for (String[] attempt : attempts) {
            Ended ended = CommandLineFixture.run(attempt);
            assertThat(ended.code()).as(ended.complaint()).isEqualTo(2);
            assertThat(ended.complaint()).hasLineCount(1).startsWith("odeon: ").contains(attempt[3]);
            assertThat(out).doesNotExist();
        }
    }

    private static String[] with(String[] first, String... more) {
        String[] all = Arrays.copyOf(first, first.length + more.length);
        System.arraycopy(more, 0, all, first.length, more.length);
        return all;
    }

    private static void replace(Path file, String old, String replacement) {
        try {
            Files.writeString(file, Files.readString(file).replace(old, replacement));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static JsonNode withoutTimes(Path out) {
        ObjectNode summary = (ObjectNode) CommandLineFixture.summary(out);
        summary.remove("secondsPerEpoch");
        return summary;
    }
}
