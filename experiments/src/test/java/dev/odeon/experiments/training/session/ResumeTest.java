package dev.odeon.experiments.training.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.odeon.experiments.CommandLineFixture;
import dev.odeon.experiments.CommandLineFixture.Ended;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ResourceLock(Resources.SYSTEM_ERR)
class ResumeTest {

    private static final int EPOCHS = 40;

    /** A run to its end, which the tests copy: each would train the same. */
    @TempDir
    private static Path shared = Path.of("");

    @TempDir
    private Path folder = Path.of("");

    @BeforeAll
    static void trainsToTheEnd() {
        assertThat(train(shared.resolve("run")).code()).isZero();
    }

    /** A run of one's own that has come to its end. */
    private Path finished() throws IOException {
        Path from = shared.resolve("run");
        Path to = folder.resolve("run");
        List<Path> files;
        try (Stream<Path> all = Files.walk(from)) {
            files = all.toList();
        }
        for (Path file : files) {
            Files.copy(file, to.resolve(from.relativize(file).toString()));
        }
        return to;
    }

    private static List<String> options(Path out, String... more) {
        List<String> options = new ArrayList<>(List.of(
                "train",
                "ks",
                "--grid",
                "16",
                "--samples",
                "2001",
                "--batch",
                "64",
                "--preset",
                "paper",
                "--epochs",
                String.valueOf(EPOCHS),
                "--out",
                out.toString()));
        options.addAll(Arrays.asList(more));
        if (!options.contains("--compile")) {
            // What is tested is what lies on disk: compiling would take most of the time.
            options.addAll(List.of("--compile", "executor"));
        }
        return options;
    }

    private static Ended train(Path out, String... more) {
        return CommandLineFixture.run(options(out, more).toArray(String[]::new));
    }

    /** Starts a training in a process of its own and kills it in the middle of an epoch. */
    private static void trainAndKill(Path out, String... more) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.odeon.experiments.Odeon"));
        command.addAll(options(out, more));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(out.resolveSibling("killed.log").toFile())
                .start();
        try {
            while (process.isAlive() && !Files.isDirectory(out.resolve("checkpoints/epoch-3"))) {
                TimeUnit.MILLISECONDS.sleep(2);
            }
        } finally {
            // SIGKILL: nothing can be tidied up.
            process.destroyForcibly().waitFor();
        }
    }

    private static JsonNode withoutTimes(Path out) {
        ObjectNode summary = (ObjectNode) CommandLineFixture.summary(out);
        summary.remove("secondsPerEpoch");
        return summary;
    }

    @Test
    @Timeout(120)
    void aKilledRunGoesOnAsIfNothingHadHappened() throws IOException, InterruptedException {
        Path whole = folder.resolve("whole");
        Path killed = folder.resolve("killed");
        // All iterations of an epoch in one run, once its pace allows: what is killed is somewhere in such a run.
        String[] more = {"--at-once", "100", "--compile", "xla"};
        assertThat(train(whole, more).code()).isZero();
        assertThat(CommandLineFixture.summary(whole).get("iterationsInARun").asInt())
                .isEqualTo(31);
        trainAndKill(killed, more);
        assertThat(killed.resolve("summary.json")).doesNotExist();
        assertThat(killed.resolve("checkpoints/last")).exists();
        // The settings of the run are remembered.
        Ended resumed = CommandLineFixture.run("train", "ks", "--resume", "--out", killed.toString());
        assertThat(resumed.code()).isZero();
        assertThat(resumed.complaint()).doesNotContain("epoch 1/");
        assertThat(withoutTimes(killed)).isEqualTo(withoutTimes(whole));
    }

    @Test
    void refusesAFolderInWhichATrainingIsAtWork() throws IOException {
        Path out = finished();
        String summary = Files.readString(out.resolve("summary.json"));
        try (FileChannel channel = FileChannel.open(out.resolve("lock"), StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            assertThat(lock.isValid()).isTrue();
            Ended ended = train(out, "--resume");
            assertThat(ended.code()).isEqualTo(2);
            assertThat(ended.complaint())
                    .contains("Another training is at work in")
                    .hasLineCount(1);
        }
        assertThat(out.resolve("summary.json")).hasContent(summary);
        assertThat(train(out, "--resume").code()).isZero();
    }

    @Test
    void theMetricsAreThereAfterEveryEpochAlsoWhenTheRunWasKilled() throws IOException, InterruptedException {
        Path out = folder.resolve("killed");
        trainAndKill(out);
        List<String> lines = Files.readAllLines(out.resolve("metrics.csv"));
        assertThat(lines).hasSizeGreaterThanOrEqualTo(3).hasSizeLessThanOrEqualTo(EPOCHS);
        assertThat(train(out, "--resume").code()).isZero();
        assertThat(Files.readAllLines(out.resolve("metrics.csv")))
                .hasSize(EPOCHS + 1)
                .containsAll(lines);
    }

    @Test
    void aFinishedRunStaysAsItIs() throws IOException {
        Path out = finished();
        JsonNode before = withoutTimes(out);
        Ended ended = train(out, "--resume");
        assertThat(ended.code()).isZero();
        assertThat(withoutTimes(out)).isEqualTo(before);
    }

    @Test
    void refusesOtherSettingsOtherExperimentsAndNoRunAtAll() throws IOException {
        Path out = finished();
        String[][] attempts = {
            {"train", "ks", "--resume", "--out", out.toString(), "--dt", "0.05"},
            {"train", "ks", "--resume", "--out", out.toString(), "--epochs", "39"},
            {"train", "burgers", "--resume", "--out", out.toString()},
            {"train", "ks", "--resume", "--out", folder.resolve("nothing").toString()},
            {"train", "ks", "--resume", "--out", out.toString(), "--dt", "0.20000000000000001"}
        };
        assertThat(train(out, "--resume", "--dt", "0.200").code()).isZero();
        for (String[] attempt : attempts) {
            Ended ended = CommandLineFixture.run(attempt);
            assertThat(ended.code()).isEqualTo(2);
            assertThat(ended.complaint()).hasLineCount(1).startsWith("odeon: ");
        }
    }

    @ParameterizedTest
    @CsvSource({"settings.json, null", "settings.json, {}", "checkpoints/epoch-40/state.json, {}"})
    void refusesDamagedFilesOfItsOwn(String name, String contents) throws IOException {
        Path out = finished();
        Files.writeString(out.resolve(name), contents);
        Ended ended = CommandLineFixture.run("train", "ks", "--resume", "--out", out.toString());
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.complaint())
                .hasLineCount(1)
                .startsWith("odeon: ")
                .contains(Path.of(name).getFileName().toString(), "damaged");
    }

    @Test
    void refusesACheckpointOfAnotherModelAndADamagedOne() throws IOException {
        Path out = finished();
        String summary = Files.readString(out.resolve("summary.json"));
        Path settings = out.resolve("settings.json");
        Files.writeString(settings, Files.readString(settings).replace("\"16\"", "\"18\""));
        Ended other = CommandLineFixture.run("train", "ks", "--resume", "--out", out.toString());
        assertThat(other.code()).isEqualTo(2);
        assertThat(other.complaint()).contains("another model");
        Files.writeString(settings, Files.readString(settings).replace("\"18\"", "\"16\""));
        Path index = out.resolve("checkpoints/epoch-" + EPOCHS + "/model.index");
        Files.write(index, Arrays.copyOf(Files.readAllBytes(index), 20));
        Ended damaged = CommandLineFixture.run("train", "ks", "--resume", "--out", out.toString());
        assertThat(damaged.code()).isEqualTo(2);
        assertThat(damaged.complaint()).contains("readable checkpoint");
        assertThat(out.resolve("summary.json")).hasContent(summary);
    }
}
