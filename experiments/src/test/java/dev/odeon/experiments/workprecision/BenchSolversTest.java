package dev.odeon.experiments.workprecision;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.odeon.experiments.CommandLineFixture;
import dev.odeon.experiments.CommandLineFixture.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@ResourceLock(Resources.SYSTEM_ERR)
class BenchSolversTest {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void writesAPointForEverySettingAndAPictureForEveryCost() throws IOException {
        Path out = folder.resolve("bench");
        assertThat(CommandLineFixture.run(
                                "bench", "solvers", "--quick", "--problem", "brusselator", "--out", out.toString())
                        .code())
                .isZero();
        JsonNode problem = CommandLineFixture.summary(out).get("brusselator");
        assertThat(problem.get("referenceUncertainty").asDouble()).isLessThan(1e-9);
        assertThat(problem.get("failed")).isEmpty();
        List<String> lines = Files.readAllLines(out.resolve("work-precision.csv"));
        assertThat(lines).hasSize(1 + 2 * Brusselator.problem().series().size());
        for (int i = 1; i < lines.size(); i += 2) {
            String[] coarse = lines.get(i).split(",", -1);
            String[] fine = lines.get(i + 1).split(",", -1);
            assertThat(coarse).hasSize(Point.COLUMNS.size());
            assertThat(fine[1]).isEqualTo(coarse[1]);
            // More work, less error.
            assertThat(number(fine, "nfe")).isGreaterThan(number(coarse, "nfe"));
            assertThat(number(fine, "error")).isLessThan(number(coarse, "error"));
            assertThat(number(fine, "medianMillis")).isPositive();
        }
        assertThat(ImageIO.read(out.resolve("brusselator-nfe.png").toFile())).isNotNull();
        assertThat(ImageIO.read(out.resolve("brusselator-time.png").toFile())).isNotNull();
    }

    private static double number(String[] row, String column) {
        return Double.parseDouble(row[Point.COLUMNS.indexOf(column)]);
    }

    @ParameterizedTest
    @CsvSource({"--problem, heat", "--repeats, 0"})
    void refusesBadInput(String option, String value) {
        Path out = folder.resolve("bad");
        Ended ended = CommandLineFixture.run("bench", "solvers", option, value, "--out", out.toString());
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.complaint()).contains(value).hasLineCount(1);
        assertThat(out).doesNotExist();
    }

    static List<Case> problems() {
        return Case.all();
    }

    @ParameterizedTest
    @MethodSource("problems")
    void theSeriesOfAProblemHaveNamesOfTheirOwn(Case problem) {
        assertThat(problem.series().stream().map(Series::label)).doesNotHaveDuplicates();
        assertThat(problem.reference()).hasSize(2);
    }
}
