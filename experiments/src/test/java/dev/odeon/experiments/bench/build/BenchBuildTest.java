package dev.odeon.experiments.bench.build;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.odeon.experiments.CommandLineFixture;
import dev.odeon.experiments.CommandLineFixture.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ResourceLock(Resources.SYSTEM_ERR)
class BenchBuildTest {

    @TempDir
    private Path folder = Path.of("");

    private Ended run(Path out, String... options) {
        return CommandLineFixture.run(
                Stream.concat(Stream.of("bench", "build", "--out", out.toString()), Stream.of(options))
                        .toArray(String[]::new));
    }

    @Test
    void writesARowForEveryMethodGradientAndKindOfSteps() throws IOException {
        Path out = folder.resolve("build");
        assertThat(run(
                                out,
                                "--method",
                                "imex-rk2,etdrk2,bdf2",
                                "--gradient",
                                "store-all,reversible,backsolve,backpropagation",
                                "--repeats",
                                "1")
                        .code())
                .isZero();
        List<String> lines = Files.readAllLines(out.resolve("build.csv"));
        assertThat(lines.get(0)).isEqualTo("method,gradient,steps,nodes,buildMs,note");
        Map<String, String[]> rows = lines.stream()
                .skip(1)
                .map(line -> line.split(",", -1))
                .collect(Collectors.toMap(row -> row[0] + " " + row[1] + " " + row[2], Function.identity()));
        assertThat(rows).hasSize(3 * 4 * 2);
        List<String> built = List.of(
                "imex-rk2 store-all fixed",
                "imex-rk2 reversible fixed",
                "imex-rk2 backsolve fixed",
                "imex-rk2 backpropagation fixed",
                "etdrk2 store-all fixed",
                "etdrk2 reversible fixed",
                "etdrk2 backpropagation fixed",
                "bdf2 store-all fixed",
                "bdf2 backsolve fixed",
                "bdf2 backpropagation fixed");
        assertThat(rows).allSatisfy((name, row) -> {
            assertThat(row).hasSize(BuildTime.COLUMNS.size());
            if (row[4].isEmpty()) {
                assertThat(row[5]).startsWith("refused: ");
                assertThat(built).doesNotContain(name);
            } else {
                assertThat(Integer.parseInt(row[3])).isGreaterThan(100);
                assertThat(Double.parseDouble(row[4])).isPositive();
                assertThat(row[5]).isEmpty();
            }
        });
        assertThat(rows).containsKeys(built.toArray(String[]::new));
        assertThat(rows.get("bdf2 reversible fixed"))
                .anySatisfy(entry -> assertThat(entry).contains("looks back over several steps"));

        JsonNode summary = CommandLineFixture.summary(out);
        assertThat(summary.get("built").asInt() + summary.get("refused").asInt())
                .isEqualTo(rows.size());
        double slowest = rows.values().stream()
                .filter(row -> !row[4].isEmpty())
                .mapToDouble(row -> Double.parseDouble(row[4]))
                .max()
                .orElseThrow();
        assertThat(summary.get("slowest").get(0).get("buildMs").asDouble()).isEqualTo(slowest);
    }

    @ParameterizedTest
    @CsvSource({"--gradient, magic", "--method, nothing", "--repeats, 0"})
    void refusesBadInput(String option, String value) {
        Path out = folder.resolve("bad");
        Ended ended = CommandLineFixture.run("bench", "build", "--out", out.toString(), option, value);
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.complaint()).contains(value).hasLineCount(1);
        assertThat(out).doesNotExist();
    }
}
