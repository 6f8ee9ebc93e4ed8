package dev.odeon.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.odeon.experiments.CommandLineFixture.Ended;
import dev.odeon.experiments.examples.ScriptedExperiment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code train} does around a model: its last words, its rules, its folder, and signals. */
@ResourceLock(Resources.SYSTEM_OUT)
@ResourceLock(Resources.SYSTEM_ERR)
class TrainRunsTest {

    @TempDir
    private Path folder = Path.of("");

    private final ScriptedExperiment experiment = new ScriptedExperiment();

    private Ended train(Path out, String... options) {
        return CommandLineFixture.run(
                List.of(experiment), ScriptedProcess.words(out, options).toArray(String[]::new));
    }

    private static JsonNode withoutTimes(Path out) {
        ObjectNode summary = (ObjectNode) CommandLineFixture.summary(out);
        summary.remove("secondsPerEpoch");
        return summary;
    }

    @Test
    void endsWithFiveLines() {
        Path out = folder.resolve("run");
        Ended ended = train(out);
        assertThat(ended.code()).as(ended.complaint()).isZero();
        List<String> lines = ended.printed().lines().toList();
        assertThat(lines).hasSize(5);
        assertThat(lines.get(0))
                .matches(
                        "scripted: ended after the last epoch; 6 of 6 epochs, .* s of iterations on .*; this command took .* s");
        // Epochs move by 0.18, 0.30, 0.42 and so on: after the fourth and before the fifth the loss is least.
        assertThat(lines.get(1)).contains("losses: training ", "validation 1.8", "best validation 1.0", "of epoch 3");
        assertThat(lines.get(2)).isEqualTo("best epoch: distance 0.1000, value 0.9000");
        assertThat(lines.get(3))
                .isEqualTo(
                        "outcome of the training: SUCCESS, 0 failed iterations passed over; evaluations in an epoch: 16"
                                + " forward, 32 backward, 2 to validate");
        assertThat(lines.get(4))
                .contains("pictures: " + out.resolve("loss.png") + ", " + out.resolve("nfe.png") + "; all figures: "
                        + out.resolve("summary.json"));
    }

    /** An iteration takes four evaluations and eight for its gradient, failed ones as well. */
    @Test
    void tellsTheEvaluationsOfAnIterationInEveryEpoch() throws IOException {
        Path out = folder.resolve("run");
        assertThat(train(out, "--epochs", "3", "--fails", "6", "--skip-failed", "1")
                        .code())
                .isZero();
        JsonNode summary = CommandLineFixture.summary(out);
        assertThat(summary.get("nfeForward")).hasToString("[4.0,4.0,4.0]");
        assertThat(summary.get("nfeBackward")).hasToString("[8.0,8.0,8.0]");
        assertThat(summary.get("nfeForwardPerIteration").asDouble()).isEqualTo(4);
        List<String> metrics = Files.readAllLines(out.resolve("metrics.csv"));
        assertThat(metrics.get(0)).contains("nfeForwardPerIteration,nfeBackwardPerIteration");
        assertThat(metrics.subList(1, 4)).allMatch(row -> row.contains(",16,32,2,4.0,8.0,"));
        assertThat(out.resolve("nfe.png")).isNotEmptyFile();
    }

    /** Nothing failed, but the number ran away: exit code 0 and a caution. */
    @Test
    void lossesThatGrewTenfoldAreNamed() {
        Ended ended = train(folder.resolve("run"), "--rate", "3");
        assertThat(ended.code()).isZero();
        assertThat(ended.printed())
                .contains("caution: The losses diverged: the last training loss, ", "smaller learning rate (--rate)");
        assertThat(train(folder.resolve("other")).printed()).doesNotContain("caution");
    }

    @Test
    void patienceStopsTheRunAndMoreOfItGoesOn() {
        Path out = folder.resolve("run");
        Ended stopped = train(out, "--patience", "1");
        assertThat(stopped.code()).isZero();
        assertThat(stopped.printed()).contains("ended after epoch 4; 4 of 6 epochs");
        assertThat(CommandLineFixture.summary(out).get("patience").asInt()).isEqualTo(1);
        // Stopped, it stays so; with more patience it goes on, and both are remembered.
        assertThat(train(out, "--resume").printed()).contains("4 of 6 epochs");
        assertThat(train(out, "--resume", "--patience", "9").printed()).contains("6 of 6 epochs");
        assertThat(CommandLineFixture.summary(out).get("patience").asInt()).isEqualTo(9);
        assertThat(train(folder.resolve("whole"), "--patience", "9").code()).isZero();
        assertThat(withoutTimes(out)).isEqualTo(withoutTimes(folder.resolve("whole")));
    }

    /** Its rate is constant, so that it is the run that had six epochs from the start, to the bit. */
    @Test
    void aFinishedRunIsExtendedByMoreEpochs() {
        Path out = folder.resolve("run");
        assertThat(train(out, "--epochs", "3").code()).isZero();
        Ended again = train(out, "--resume");
        assertThat(again.complaint())
                .endsWith("nothing was left to train in " + out
                        + "; for more epochs: odeon train scripted --resume --out " + out + " --epochs N"
                        + System.lineSeparator());
        assertThat(train(out, "--resume", "--epochs", "2").code()).isEqualTo(2);
        Ended extended = train(out, "--resume", "--epochs", "6");
        assertThat(extended.code()).isZero();
        assertThat(extended.complaint()).contains("epoch 4/6").doesNotContain("epoch 3/", "nothing was left");
        assertThat(train(folder.resolve("whole")).code()).isZero();
        assertThat(withoutTimes(out)).isEqualTo(withoutTimes(folder.resolve("whole")));
    }

    @Test
    void aFailedRunIsToldHowToPassOverTheFailureAndDoesSo() throws IOException {
        Path out = folder.resolve("run");
        Ended failed = train(out, "--fails", "7");
        assertThat(failed.code()).isEqualTo(3);
        assertThat(failed.printed().lines()).hasSize(5);
        assertThat(failed.printed())
                .contains("ended in epoch 2, iteration 3; 1 of 6 epochs", "outcome of the training: NON_FINITE");
        assertThat(failed.complaint())
                .contains("To pass over it: odeon train scripted --resume --out " + out + " --skip-failed N");
        Ended resumed = train(out, "--resume", "--skip-failed", "1");
        assertThat(resumed.code()).isZero();
        assertThat(resumed.printed()).contains("6 of 6 epochs", "1 failed iterations passed over");
        assertThat(resumed.complaint()).containsOnlyOnce("1 failed iterations passed over");
        assertThat(train(folder.resolve("whole"), "--fails", "7", "--skip-failed", "1")
                        .code())
                .isZero();
        assertThat(withoutTimes(out)).isEqualTo(withoutTimes(folder.resolve("whole")));
        List<String> metrics = Files.readAllLines(out.resolve("metrics.csv"));
        int column = List.of(metrics.get(0).split(",", -1)).indexOf("skipped");
        assertThat(metrics.stream().skip(1).map(line -> line.split(",", -1)[column]))
                .containsExactly("0", "1", "0", "0", "0", "0");
    }

    @Test
    void settingsOfAnotherVersionAreRefusedUnlessOnlyRulesAreMissing() throws IOException {
        Path out = folder.resolve("run");
        assertThat(train(out, "--epochs", "1").code()).isZero();
        Path settings = out.resolve("settings.json");
        String text = Files.readString(settings);
        Files.writeString(settings, text.replaceAll("\\s*\"(patience|skip-failed)\" : \"[^\"]*\",", ""));
        assertThat(train(out, "--resume").code()).isZero();
        Files.writeString(settings, text.replaceAll("\\s*\"millis\" : \"[^\"]*\",", ""));
        Ended ended = train(out, "--resume");
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.complaint())
                .contains("was started without --millis, by another version of Odeon: go on with that one")
                .hasLineCount(1);
    }

    @Test
    void tensorBoardSeesTheRunAndItsResumption() throws IOException {
        Path out = folder.resolve("run");
        assertThat(train(out, "--tensorboard", "--patience", "1").code()).isZero();
        assertThat(events(out)).isEqualTo(2);
        assertThat(train(out, "--resume", "--patience", "9").code()).isZero();
        assertThat(events(out)).isEqualTo(4);
        assertThat(train(out, "--resume", "--tensorboard", "no").code()).isZero();
        assertThat(events(out)).isEqualTo(4);
        assertThat(train(folder.resolve("other")).code()).isZero();
        assertThat(folder.resolve("other/events")).doesNotExist();
    }

    /** Files for epochs and for iterations. */
    private static long events(Path out) throws IOException {
        try (Stream<Path> files = Files.walk(out.resolve("events"))) {
            return files.filter(Files::isRegularFile).count();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "--patience, 0, '--patience is 0: give a whole number, 1 or more, or none'",
        "--patience, soon, '--patience is soon: give a whole number, 1 or more, or none'",
        "--skip-failed, -1, '--skip-failed is -1: give a whole number, 0 or more'",
        "--tensorboard, maybe, '--tensorboard is maybe: choose one of'",
    })
    void refusesRulesThatAreNone(String option, String value, String complaint) {
        Ended ended = train(folder.resolve("run"), option, value);
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.complaint()).startsWith("odeon: " + complaint).hasLineCount(1);
        assertThat(experiment.prepared()).isZero();
        assertThat(folder.resolve("run")).doesNotExist();
    }

    @Test
    void looksAtTheFolderBeforeAnythingIsSimulated() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "mine");
        Path full = Files.createDirectories(folder.resolve("full"));
        Files.writeString(full.resolve("notes"), "mine");
        Path run = folder.resolve("run");
        assertThat(train(run).code()).isZero();
        assertThat(experiment.prepared()).isEqualTo(1);
        refused(file, "is a file: name a folder");
        refused(file.resolve("deep/run"), "cannot be made, " + file + " is a file");
        refused(full, "holds files already: name another folder");
        refused(run, "holds a run already: give --resume to go on with it, or name another folder");
        // What is mistyped comes first, and another kind of run cannot be resumed.
        assertThat(train(run, "--rate", "fast").complaint())
                .contains("--rate is fast: give a positive")
                .hasLineCount(1);
        assertThat(CommandLineFixture.run("train", "grand", "--out", run.toString())
                        .complaint())
                .contains("holds a run of scripted already, not of grand: name another folder")
                .doesNotContain("--resume");
        assertThat(experiment.prepared()).isEqualTo(1);
        assertThat(file).hasContent("mine");
    }

    private void refused(Path out, String complaint) {
        Ended ended = train(out);
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.complaint()).contains(complaint).hasLineCount(1);
    }

    @Test
    void refusesAFolderInWhichNothingCanBeWritten() {
        // Nobody may make files there, not even root.
        Path out = Path.of("/proc/odeon");
        assumeThat(out.getParent()).isDirectory();
        refused(out, "cannot be written");
        assertThat(experiment.prepared()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    @Timeout(60)
    void aSignalEndsTheRunAfterTheIterationInProgressAndTheCommandGoesOn(String name, int code)
            throws IOException, InterruptedException {
        Path out = folder.resolve("my run");
        Path log = folder.resolve("log");
        Process process = ScriptedProcess.start(log, ScriptedProcess.words(out, "--millis", "60"));
        try {
            ScriptedProcess.await(process, log, "epoch 1/6");
            ScriptedProcess.signal(process, name);
            assertThat(process.waitFor()).isEqualTo(code);
        } finally {
            process.destroyForcibly();
        }
        assertThat(log)
                .content()
                .contains("ending after the iteration in progress; a second Ctrl-C ends at once")
                .contains("outcome of the training: interrupted, no failed iteration so far")
                .doesNotContain("SUCCESS")
                .containsPattern("odeon: interrupted in epoch [23], after iteration [1-4]; go on with: ")
                .contains("./odeon train scripted --resume --out '" + out + "'");
        assertThat(out.resolve("checkpoints/last")).content().startsWith("in-epoch-");
        assertThat(train(out, "--resume").code()).isZero();
        assertThat(train(folder.resolve("whole"), "--millis", "60").code()).isZero();
        assertThat(withoutTimes(out)).isEqualTo(withoutTimes(folder.resolve("whole")));
    }

    @Test
    @Timeout(60)
    void aSecondSignalEndsItAtOnce() throws IOException, InterruptedException {
        Path out = folder.resolve("run");
        Path log = folder.resolve("log");
        // Nobody waits for the end of this iteration.
        Process process = ScriptedProcess.start(log, ScriptedProcess.words(out, "--millis", "600000"));
        try {
            while (process.isAlive() && !Files.exists(out.resolve("metrics.csv"))) {
                TimeUnit.MILLISECONDS.sleep(5);
            }
            ScriptedProcess.signal(process, "INT");
            ScriptedProcess.await(process, log, "a second Ctrl-C ends at once");
            assertThat(process.isAlive()).isTrue();
            ScriptedProcess.signal(process, "INT");
            assertThat(process.waitFor()).isEqualTo(130);
        } finally {
            process.destroyForcibly();
        }
        assertThat(log).content().doesNotContain("go on with");
        // The settings are there: the run begins anew.
        assertThat(out.resolve("settings.json")).exists();
        assertThat(out.resolve("checkpoints")).doesNotExist();
    }
}
