package dev.odeon.experiments.series;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.odeon.experiments.CommandLineFixture;
import dev.odeon.experiments.CommandLineFixture.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

@ResourceLock(Resources.SYSTEM_ERR)
class TrainSeriesTest {

    @TempDir
    private Path folder = Path.of("");

    /** A file of the aircraft's columns: waves, enough for three windows that train and one each to validate and test. */
    private Path waves() throws IOException {
        StringBuilder lines = new StringBuilder("Force,Voltage,Acceleration1,Acceleration2,Acceleration3\n");
        for (int i = 0; i < 700; i++) {
            for (int c = 0; c < 5; c++) {
                lines.append(c == 0 ? "" : ",").append(Math.sin(0.1 * i + c));
            }
            lines.append('\n');
        }
        return Files.writeString(folder.resolve("waves.csv"), lines);
    }

    /**
     * Voltages of an oscillator, as many as the rule of the data cuts.
     *
     * @param largest between which and its negative the input jumps from the 2000th step on, where the windows of the test
     *     are; 0 for an input that goes on
     */
    private Path voltages(double largest) throws IOException {
        StringBuilder lines = new StringBuilder("V1,V2,\n");
        for (int i = 0; i < 4000; i++) {
            boolean jumps = i > 2000 && largest > 0;
            lines.append(jumps ? largest - 2 * largest * (i % 2) : 0.01 * Math.sin(0.3 * i))
                    .append(',')
                    .append(0.02 * Math.sin(0.3 * i - 1))
                    .append(",\n");
        }
        return Files.writeString(folder.resolve("voltages.csv"), lines);
    }

    private static Ended train(String experiment, Path data, Path out, String... more) {
        String[] common = {
            "train",
            experiment,
            "--data",
            data.toString(),
            "--out",
            out.toString(),
            "--batch",
            "2",
            "--steps",
            "1",
            "--method",
            "midpoint",
            "--hidden",
            "5",
            "--compile",
            "executor"
        };
        String[] all = new String[common.length + more.length];
        System.arraycopy(common, 0, all, 0, common.length);
        System.arraycopy(more, 0, all, common.length, more.length);
        return CommandLineFixture.run(all);
    }

    @Test
    void learnsWavesAndForecastsThem() throws IOException {
        Path out = folder.resolve("waves");
        Ended ended = train("plane-vibration", waves(), out, "--epochs", "1", "--model", "ghbnode");
        assertThat(ended.code()).as(ended.complaint()).isZero();
        JsonNode summary = CommandLineFixture.summary(out);
        assertThat(summary.get("testNextError").asDouble()).isFinite().isPositive();
        assertThat(summary.get("testForecastError").asDouble()).isFinite().isPositive();
        // 64 intervals of two stages and seven of the forecast, for two batches.
        assertThat(summary.get("nfeForwardPerEpoch").asInt()).isEqualTo(2 * 71 * 2);
        assertThat(out.resolve("prediction.png")).exists();
    }

    @Test
    void drivesAnOscillatorAndResumesToTheBit() throws IOException {
        Path data = voltages(0);
        Path whole = folder.resolve("whole");
        Path halves = folder.resolve("halves");
        Ended ended = driven(data, whole, "--epochs", "2");
        assertThat(ended.code()).as(ended.complaint()).isZero();
        JsonNode summary = CommandLineFixture.summary(whole);
        assertThat(summary.get("testNextError").asDouble()).isFinite().isPositive();
        assertThat(summary.get("trainWindows").asInt()).isEqualTo(3);
        // 64 intervals of two stages for two batches.
        assertThat(summary.get("nfeForwardPerEpoch").asInt()).isEqualTo(2 * 64 * 2);
        // Five pairs from 25 outputs, a field of 5 + 1 inputs, two coefficients, and five weights and a bias to read h.
        assertThat(summary.get("parameters").asInt()).isEqualTo(26 * 10 + 7 * 5 + 2 + 6);
        assertThat(whole.resolve("prediction.png")).exists();
        driven(data, halves, "--epochs", "1");
        Ended resumed =
                CommandLineFixture.run("train", "silverbox", "--resume", "--out", halves.toString(), "--epochs", "2");
        assertThat(resumed.code()).as(resumed.complaint()).isZero();
        assertThat(CommandLineFixture.summary(halves).get("testNextError")).isEqualTo(summary.get("testNextError"));
    }

    private static Ended driven(Path data, Path out, String... more) {
        return train(
                "silverbox",
                data,
                out,
                Stream.concat(Stream.of("--windows", "3", "--model", "ghbnode"), Arrays.stream(more))
                        .toArray(String[]::new));
    }

    /** In single precision twice the largest voltage, in hundredths of a volt, is infinite. */
    @Test
    void aTestThatFailsIsNoSuccess() throws IOException {
        Path out = folder.resolve("failed");
        Path data = voltages(3e36);
        Ended ended = train("silverbox", data, out, "--epochs", "1", "--windows", "1", "--model", "node");
        assertThat(ended.code()).as(ended.complaint()).isEqualTo(4);
        JsonNode summary = CommandLineFixture.summary(out);
        assertThat(summary.get("outcome").asText()).isEqualTo("SUCCESS");
        assertThat(summary.get("testOutcome").asText()).isEqualTo("NON_FINITE");
        assertThat(ended.printed())
                .contains("the windows of the test were not judged")
                .contains("caution: ");
    }
}
