package dev.odeon.experiments.classification;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.odeon.experiments.CommandLineFixture;
import dev.odeon.experiments.CommandLineFixture.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The experiments of classification, each as short as it can be. */
@ResourceLock(Resources.SYSTEM_OUT)
@ResourceLock(Resources.SYSTEM_ERR)
class ClassificationTest {

    @TempDir
    private Path folder = Path.of("");

    private static Ended train(String experiment, Path out, String... options) {
        List<String> words = new ArrayList<>(List.of("train", experiment, "--out", out.toString()));
        words.addAll(List.of(options));
        return CommandLineFixture.run(words.toArray(String[]::new));
    }

    private static JsonNode withoutTimes(Path out) {
        ObjectNode summary = (ObjectNode) CommandLineFixture.summary(out);
        summary.remove("secondsPerEpoch");
        return summary;
    }

    /** Fixed steps, so that it takes a second; what the momentum separates, no flow in the plane does. */
    @Test
    void aHeavyBallSeparatesTheCloudAndItsRunIsExtendedToTheBit() {
        Path out = folder.resolve("run");
        assertThat(quick(out, "--epochs", "40").code()).isZero();
        assertThat(train("point-cloud", out, "--resume", "--epochs", "100").code())
                .isZero();
        JsonNode summary = CommandLineFixture.summary(out);
        assertThat(summary.get("accuracy").asDouble()).isEqualTo(1);
        assertThat(summary.get("testAccuracy").asDouble()).isGreaterThan(0.95);
        assertThat(summary.get("separated").asInt()).isEqualTo(1);
        assertThat(summary.get("testRows").asInt()).isEqualTo(12_000);
        assertThat(summary.get("parameters").asInt()).isEqualTo(568);
        // Four steps of two stages.
        assertThat(summary.get("nfeForwardPerIteration").asDouble()).isEqualTo(8);
        assertThat(out.resolve("evolution.png")).isNotEmptyFile();
        Path whole = folder.resolve("whole");
        assertThat(quick(whole, "--epochs", "100").code()).isZero();
        assertThat(withoutTimes(out)).isEqualTo(withoutTimes(whole));
    }

    private static Ended quick(Path out, String... options) {
        List<String> all = new ArrayList<>(
                List.of("--dt", "0.25", "--method", "midpoint", "--compile", "executor", "--rate", "0.02"));
        all.addAll(List.of(options));
        return train("point-cloud", out, all.toArray(String[]::new));
    }

    /** At the tolerance of the training the count is that of the validation, which is of the same points. */
    @Test
    void countsTheEvaluationsOfTheTrainedModelAtATolerance() throws IOException {
        Path out = folder.resolve("run");
        Ended ended = train(
                "point-cloud",
                out,
                "--model",
                "node",
                "--epochs",
                "1",
                "--tolerance",
                "1e-3",
                "--tolerances",
                "1e-3",
                "--method",
                "bosh3",
                "--compile",
                "executor");
        assertThat(ended.code()).as(ended.complaint()).isZero();
        List<String> rows = Files.readAllLines(out.resolve("tolerances.csv"));
        assertThat(rows).hasSize(2);
        String[] fields = rows.get(1).split(",", -1);
        assertThat(fields).endsWith("SUCCESS", "SUCCESS");
        int forward = Integer.parseInt(fields[1]);
        assertThat(forward)
                .isEqualTo(CommandLineFixture.summary(out)
                        .get("nfeEvaluationPerEpoch")
                        .asInt());
        // The discrete adjoint evaluates what the accepted steps did; the adjoint equation chooses steps of its own.
        assertThat(Integer.parseInt(fields[2])).isPositive().isLessThanOrEqualTo(forward);
        assertThat(Integer.parseInt(fields[3])).isPositive();
        assertThat(out.resolve("tolerances.png")).isNotEmptyFile();
    }

    @Test
    void learnsMadeUpDigitsAndJudgesTheWholeTestSetInChunks() throws IOException {
        PictureFiles.mnist(Files.createDirectory(folder.resolve("mnist")), 60, 270);
        Path out = folder.resolve("run");
        Ended ended = train(
                "mnist",
                out,
                "--data",
                folder.toString(),
                "--hidden",
                "6",
                "--train",
                "40",
                "--valid",
                "20",
                "--batch",
                "20",
                "--epochs",
                "12",
                "--rate",
                "0.03",
                "--shift",
                "0",
                "--dt",
                "0.5",
                "--method",
                "midpoint",
                "--compile",
                "executor");
        assertThat(ended.code()).as(ended.complaint()).isZero();
        JsonNode summary = CommandLineFixture.summary(out);
        assertThat(summary.get("testRows").asInt()).isEqualTo(270);
        assertThat(summary.get("testAccuracy").asDouble()).isGreaterThan(0.95);
        assertThat(ended.printed()).contains("best epoch: testAccuracy");
    }

    @Test
    void trainsOnAFileOfPhotographs() throws IOException {
        Path archive = Files.createDirectory(folder.resolve("cifar10")).resolve("cifar-10-binary.tar.gz");
        PictureFiles.cifar10(archive, 4);
        Path out = folder.resolve("run");
        Ended ended = train(
                "cifar10",
                out,
                "--data",
                archive.toString(),
                "--model",
                "ghbnode",
                "--hidden",
                "3",
                "--train",
                "16",
                "--valid",
                "4",
                "--batch",
                "8",
                "--epochs",
                "2",
                "--dt",
                "1",
                "--method",
                "midpoint",
                "--compile",
                "executor");
        assertThat(ended.code()).as(ended.complaint()).isZero();
        JsonNode summary = CommandLineFixture.summary(out);
        assertThat(summary.get("outcome").asText()).isEqualTo("SUCCESS");
        assertThat(summary.get("testRows").asInt()).isEqualTo(4);
        assertThat(summary.get("nfeForward")).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "point-cloud, --model resnet, '--model is resnet: choose one of node, anode, sonode, hbnode, ghbnode'",
        "point-cloud, --batch 121, 'there are only 120 points'",
        "point-cloud, --dt 2, 'give at most 1, the length of the solve'",
        "point-cloud, --tolerance 0, '--tolerance is 0: give a positive, finite number'",
        "point-cloud, --tolerances 1e-3;1e-4, 'give numbers between 0 and 1 with commas between them, or none'",
        "point-cloud, --gradient revolve-log, 'it asks for the number of steps'",
        "mnist, --train 60000, 'there are 60 pictures to train and validate on'",
    })
    void refusesInOneLine(String experiment, String options, String complaint) throws IOException {
        List<String> words = new ArrayList<>(List.of(options.split(" ", -1)));
        if (experiment.equals("mnist")) {
            PictureFiles.mnist(Files.createDirectory(folder.resolve("mnist")), 60, 10);
            words.addAll(List.of("--data", folder.toString()));
        }
        Ended ended = train(experiment, folder.resolve("run"), words.toArray(String[]::new));
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.complaint()).contains(complaint).hasLineCount(1);
        assertThat(folder.resolve("run")).doesNotExist();
    }
}
