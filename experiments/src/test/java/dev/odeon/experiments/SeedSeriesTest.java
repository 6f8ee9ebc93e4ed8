package dev.odeon.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.odeon.experiments.CommandLineFixture.Ended;
import dev.odeon.experiments.examples.ScriptedExperiment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Series of runs that differ in their seed: the start of the scripted number lies a hundredth of the seed higher. */
@ResourceLock(Resources.SYSTEM_OUT)
@ResourceLock(Resources.SYSTEM_ERR)
class SeedSeriesTest {

    @TempDir
    private Path folder = Path.of("");

    private final ScriptedExperiment experiment = new ScriptedExperiment();

    private Ended train(Path out, String... options) {
        return CommandLineFixture.run(
                List.of(experiment), ScriptedProcess.words(out, options).toArray(String[]::new));
    }

    private static JsonNode seeds(Path out) throws IOException {
        JsonNode seeds = new ObjectMapper().readTree(out.resolve("seeds.json").toFile());
        // Times are never the same.
        ((ObjectNode) seeds.get("figures")).remove("secondsPerEpoch");
        return seeds;
    }

    @Test
    void tellsMeanAndStandardDeviation() throws IOException {
        Path out = folder.resolve("series");
        Ended ended = train(out, "--seed", "7", "--seeds", "3");
        assertThat(ended.code()).as(ended.complaint()).isZero();
        assertThat(ended.complaint()).contains("odeon: seed 7, run 1 of 3", "odeon: seed 9, run 3 of 3");
        // Distances of 0.03, 0.02 and 0.01: the least are 1 - 0.97, 1 - 0.98 and 1 - 0.99.
        JsonNode distance = seeds(out).get("figures").get("distance");
        assertThat(distance.get("mean").asDouble()).isCloseTo(0.02, within(1e-12));
        assertThat(distance.get("deviation").asDouble()).isCloseTo(0.01, within(1e-12));
        assertThat(distance.get("count").asInt()).isEqualTo(3);
        assertThat(seeds(out).get("counted")).hasToString("[7,8,9]");
        assertThat(seeds(out).get("figures").fieldNames())
                .toIterable()
                .contains("trainLoss", "epochs", "digits")
                .doesNotContain("seed", "rate", "epochsRequested", "fails");
        List<String> rows = Files.readAllLines(out.resolve("seeds.csv"));
        assertThat(rows.get(0)).isEqualTo("figure,mean,deviation,count,seed7,seed8,seed9");
        assertThat(rows).contains("digits,17.0,0.0,3,17.0,17.0,17.0");
        List<String> last = ended.printed().lines().toList();
        int from = last.indexOf("scripted: 3 seeds from 7, 3 counted");
        assertThat(last.subList(from, last.size())).contains("  distance 0.02 +- 0.01", "  digits 17 +- 0");
        assertThat(last.get(last.size() - 1)).contains("all figures: " + out.resolve("seeds.json"));
        // Each run is one like any other.
        assertThat(train(folder.resolve("alone"), "--seed", "8").code()).isZero();
        assertThat(CommandLineFixture.summary(out.resolve("seed-8")).get("distance"))
                .isEqualTo(CommandLineFixture.summary(folder.resolve("alone")).get("distance"));
    }

    @Test
    @Timeout(60)
    void anInterruptedSeriesGoesOnWhereItStopped() throws IOException, InterruptedException {
        Path out = folder.resolve("series");
        Path log = folder.resolve("log");
        Process process = ScriptedProcess.start(log, ScriptedProcess.words(out, "--seeds", "3", "--millis", "20"));
        try {
            ScriptedProcess.await(process, log, "odeon: seed 1, run 2 of 3");
            while (process.isAlive() && !Files.exists(out.resolve("seed-1/checkpoints/last"))) {
                Thread.onSpinWait();
            }
            ScriptedProcess.signal(process, "INT");
            assertThat(process.waitFor()).isEqualTo(130);
        } finally {
            process.destroyForcibly();
        }
        assertThat(log)
                .content()
                .contains("go on with: ./odeon train scripted --resume --out " + out + System.lineSeparator());
        assertThat(out.resolve("seeds.json")).doesNotExist();
        assertThat(out.resolve("seed-2")).doesNotExist();
        Ended resumed = train(out, "--resume");
        assertThat(resumed.code()).as(resumed.complaint()).isZero();
        assertThat(resumed.complaint()).doesNotContain("seed 0").contains("seed 1, run 2 of 3", "seed 2, run 3 of 3");
        assertThat(train(folder.resolve("whole"), "--seeds", "3").code()).isZero();
        assertThat(seeds(out).get("figures"))
                .isEqualTo(seeds(folder.resolve("whole")).get("figures"));
    }

    @Test
    void aDivergedRunIsCountedAndToldAndMayBePassedOver() throws IOException {
        Path out = folder.resolve("series");
        Ended failed = train(out, "--seeds", "3", "--fails", "7", "--unlucky", "1");
        assertThat(failed.code()).isEqualTo(3);
        assertThat(failed.printed()).contains("scripted: 3 seeds from 0, 2 counted, 1 diverged and left out: [1]");
        assertThat(failed.complaint())
                .contains("of 3 seeds 1 diverged; to pass over failed iterations: odeon train scripted --resume --out "
                        + out + " --skip-failed N");
        assertThat(seeds(out).get("figures").get("distance").get("count").asInt())
                .isEqualTo(2);
        int prepared = experiment.prepared();
        assertThat(train(out, "--resume").code()).isEqualTo(3);
        assertThat(experiment.prepared()).as("nothing is trained again").isEqualTo(prepared);
        assertThat(train(out, "--resume", "--skip-failed", "1").code()).isZero();
        assertThat(seeds(out).get("figures").get("distance").get("count").asInt())
                .isEqualTo(3);
        assertThat(CommandLineFixture.summary(out.resolve("seed-1"))
                        .get("epochs")
                        .asInt())
                .isEqualTo(6);
    }

    @Test
    void moreSeedsAndMoreEpochsExtendASeries() throws IOException {
        Path out = folder.resolve("series");
        assertThat(train(out, "--seeds", "1", "--epochs", "2").code()).isZero();
        assertThat(seeds(out).get("figures").get("distance").has("deviation")).isFalse();
        assertThat(train(out, "--resume", "--seeds", "2", "--epochs", "6").code())
                .isZero();
        assertThat(train(folder.resolve("whole"), "--seeds", "2").code()).isZero();
        assertThat(seeds(out).get("figures"))
                .isEqualTo(seeds(folder.resolve("whole")).get("figures"));
    }

    @ParameterizedTest
    @CsvSource({
        "--seeds 0, '--seeds is 0: give a whole number from 1'",
        "--seeds many, '--seeds is many: give a whole number from 1'",
        "--seeds 2 --rate fast, '--rate is fast: give a positive'",
        "--seeds 2 --resume, '--resume finds no series of runs in'",
    })
    void refusesBeforeAnythingIsMade(String options, String complaint) {
        Ended ended = train(folder.resolve("series"), options.split(" ", -1));
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.complaint()).startsWith("odeon: " + complaint).hasLineCount(1);
        assertThat(folder.resolve("series")).doesNotExist();
    }

    @Test
    void whatTheDataRefuseLeavesNothingBehind() {
        Path out = folder.resolve("series");
        // Only the preparation finds out.
        Ended ended = train(out, "--seeds", "2", "--fails", "soon");
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.complaint()).endsWith("--fails is soon: give a whole number" + System.lineSeparator());
        assertThat(out).doesNotExist();
    }

    @Test
    void refusesFoldersOfOtherRuns() {
        Path out = folder.resolve("series");
        assertThat(train(out, "--seeds", "2").code()).isZero();
        String series = "holds a series of runs already: give --resume";
        refused(out, series);
        refused(out, series, "--seeds", "2");
        refused(out, "--seeds is 1, but the series", "--resume", "--seeds", "1");
        refused(out, "--seed is 4, but the series", "--resume", "--seed", "4");
        Path single = folder.resolve("single");
        assertThat(train(single).code()).isZero();
        refused(single, "holds a run already: give --resume", "--seeds", "2");
        refused(single, "--resume finds no series of runs in", "--resume", "--seeds", "2");
        Ended other = CommandLineFixture.run("train", "grand", "--resume", "--out", out.toString());
        assertThat(other.code()).isEqualTo(2);
        assertThat(other.complaint()).contains("is one of scripted, not of grand");
    }

    private void refused(Path out, String complaint, String... options) {
        Ended ended = train(out, options);
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.complaint()).contains(complaint).hasLineCount(1);
    }
}
