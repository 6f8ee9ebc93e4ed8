package dev.odeon.experiments.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.odeon.experiments.CommandLineFixture;
import dev.odeon.experiments.CommandLineFixture.Ended;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ResourceLock(Resources.SYSTEM_OUT)
@ResourceLock(Resources.SYSTEM_ERR)
class BenchTest {

    @Test
    void printsOneLineForEachVariantAndAllComputeTheSame() throws IOException {
        Ended ended = CommandLineFixture.run(
                "bench",
                "--grid",
                "8",
                "--batch",
                "4",
                "--steps",
                "2",
                "--iterations",
                "3",
                "--warmup",
                "1",
                "--linear",
                "stencil,inverse",
                "--at-once",
                "1,3",
                "--compile",
                "executor");
        assertThat(ended.code()).isZero();
        List<String> lines = ended.printed().lines().toList();
        assertThat(lines).hasSize(8);
        double loss = new ObjectMapper().readTree(lines.get(0)).get("firstLoss").asDouble();
        for (String line : lines) {
            JsonNode figures = new ObjectMapper().readTree(line);
            assertThat(figures.get("medianMs").asDouble()).isPositive();
            assertThat(figures.get("buildMs").asDouble()).isPositive();
            assertThat(figures.get("peakBytes").asLong()).isPositive();
            assertThat(Math.abs(figures.get("firstLoss").asDouble() - loss)).isLessThan(1e-10 * loss);
        }
    }

    @Test
    void failsIfNothingCouldBeMeasured() {
        String options =
                "bench --grid 64 --batch 4 --steps 15 --dt 50 --method rk4 --compile executor --linear stencil";
        Ended ended = CommandLineFixture.run(options.split(" ", -1));
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.complaint()).contains("not measured: ", "take a smaller step", "no variant could be measured");
    }

    @ParameterizedTest
    @CsvSource({
        "--grid, 7",
        "--steps, 0",
        "--warmup, -5",
        "--at-once, 0",
        "--dt, -1",
        "--method, eulers",
        "--compile, fast",
        "--case, heat"
    })
    void refusesBadInput(String option, String value) {
        Ended ended = CommandLineFixture.run("bench", option, value);
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.complaint()).contains(value).hasLineCount(1);
    }
}
