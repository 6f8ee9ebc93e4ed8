package dev.odeon.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainKsTest {

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @CsvSource({"imex-rk2, 2", "imex-rk3, 4", "imex-rk4, 6", "imex-rk5, 8"})
    void trainsAndCountsItsEvaluations(String method, int stages) throws IOException {
        Path out = folder.resolve("run");
        int code = Odeon.execute(
                "train",
                "ks",
                "--grid",
                "16",
                "--method",
                method,
                "--epochs",
                "3",
                "--samples",
                "600",
                "--out",
                out.toString());
        assertThat(code).isZero();
        JsonNode summary =
                new ObjectMapper().readTree(out.resolve("summary.json").toFile());
        // 600 pairs are two batches of 256; one step each.
        assertThat(summary.get("nfeForwardPerEpoch").asInt()).isEqualTo(2 * stages);
        assertThat(summary.get("nfeBackwardPerEpoch").asInt()).isEqualTo(2 * stages);
        String[] first = Files.readAllLines(out.resolve("metrics.csv")).get(1).split(",", -1);
        assertThat(summary.get("trainLoss").asDouble()).isLessThan(Double.parseDouble(first[1]));
        assertThat(out.resolve("rollout.png")).isNotEmptyFile();
    }

    @ParameterizedTest
    @CsvSource({"--dt, -1", "--method, euler", "--grid, 7", "--compile, fast", "--gradient, none", "--samples, 3"})
    void refusesBadInputWithCodeTwo(String option, String value) {
        Path out = folder.resolve("bad");
        assertThat(Odeon.execute("train", "ks", option, value, "--out", out.toString()))
                .isEqualTo(2);
        assertThat(out).doesNotExist();
    }

    @Test
    void overwritesNothing() throws IOException {
        Path old = Files.writeString(folder.resolve("summary.json"), "mine");
        assertThat(Odeon.execute("train", "ks", "--out", folder.toString())).isEqualTo(2);
        assertThat(old).hasContent("mine");
    }
}
