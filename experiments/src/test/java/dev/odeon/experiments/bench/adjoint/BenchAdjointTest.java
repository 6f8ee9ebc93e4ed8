package dev.odeon.experiments.bench.adjoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.odeon.experiments.CommandLineFixture;
import dev.odeon.experiments.CommandLineFixture.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ResourceLock(Resources.SYSTEM_ERR)
class BenchAdjointTest {

    private static final String[] TINY = {"--batch", "4", "--hidden", "8", "--repeats", "1"};

    @TempDir
    private Path folder = Path.of("");

    private Ended run(Path out, String... options) {
        List<String> arguments = new ArrayList<>(List.of("bench", "adjoint", "--out", out.toString()));
        arguments.addAll(List.of(TINY));
        arguments.addAll(List.of(options));
        return CommandLineFixture.run(arguments.toArray(String[]::new));
    }

    @Test
    void writesARowForEveryGradientAndNumberOfSteps() throws IOException {
        requireRows(List.of(Dynamics.all().get(0)), Variant.all());
    }

    /** All of these problems with all gradients would take three times as long and find no more. */
    @Test
    void writesARowForEveryProblem() throws IOException {
        requireRows(
                Dynamics.all(),
                List.of(Variant.STORE_ALL, Variant.REVOLVE_LOG, Variant.REVERSIBLE, Variant.BACKPROPAGATION));
    }

    private void requireRows(List<Dynamics> problems, List<Variant> variants) throws IOException {
        Path out = folder.resolve("bench");
        assertThat(run(
                                out,
                                "--problem",
                                problems.stream().map(Dynamics::name).collect(Collectors.joining(",")),
                                "--gradient",
                                variants.stream().map(Variant::name).collect(Collectors.joining(",")),
                                "--steps",
                                "20,10",
                                "--unrolled",
                                "10",
                                "--traced",
                                "10")
                        .code())
                .isZero();
        List<String> lines = Files.readAllLines(out.resolve("gradients.csv"));
        assertThat(lines.get(0))
                .startsWith("problem,gradient,n,buildMs,medianMs,peakBytes,recomputedSteps,"
                        + "gradientDifferenceToStoreAll,reconstructionError");
        Map<String, String[]> rows = lines.stream()
                .skip(1)
                .map(line -> line.split(",", -1))
                .collect(Collectors.toMap(row -> row[0] + " " + row[1] + " " + row[2], Function.identity()));
        assertThat(rows).hasSize(problems.size() * variants.size() * 2);
        assertThat(rows.values()).allSatisfy(row -> assertThat(row).hasSize(GradientPoint.COLUMNS.size()));
        for (Dynamics problem : problems) {
            for (Variant variant : variants) {
                String[] ten = row(rows, problem.name() + " " + variant.name() + " 10");
                assertThat(entry(ten, "outcome")).isEqualTo("SUCCESS");
                assertThat(entry(ten, "steps")).isEqualTo("10");
                assertThat(number(ten, "peakBytes")).isPositive();
                // The reversible solve takes other steps, and the way back of backsolve is another solve; the others
                // differentiate the same.
                boolean other = variant.equals(Variant.REVERSIBLE) || variant.equals(Variant.BACKSOLVE);
                assertThat(number(ten, "gradientDifferenceToStoreAll")).isLessThan(other ? 0.1 : 1e-11);
                String[] twenty = row(rows, problem.name() + " " + variant.name() + " 20");
                if (variant.equals(Variant.BACKPROPAGATION)) {
                    assertThat(entry(twenty, "medianMs")).isEmpty();
                    assertThat(entry(twenty, "note")).contains("--unrolled is 10");
                } else {
                    assertThat(number(twenty, "medianMs")).isPositive();
                    assertThat(entry(twenty, "peakBytes")).isEmpty();
                    assertThat(entry(twenty, "note")).contains("--traced");
                }
            }
            String[] reversible = row(rows, problem.name() + " reversible 20");
            assertThat(number(reversible, "reconstructionError")).isLessThan(1e-12);
            assertThat(number(row(rows, problem.name() + " revolve-log 20"), "recomputedSteps"))
                    .isPositive();
            assertThat(number(row(rows, problem.name() + " store-all 20"), "recomputedSteps"))
                    .isZero();
            assertThat(ImageIO.read(out.resolve(problem.name() + "-time.png").toFile()))
                    .isNotNull();
            assertThat(ImageIO.read(out.resolve(problem.name() + "-memory.png").toFile()))
                    .isNotNull();
        }
    }

    private static String[] row(Map<String, String[]> rows, String key) {
        return Objects.requireNonNull(rows.get(key), key);
    }

    private static String entry(String[] row, String column) {
        return row[GradientPoint.COLUMNS.indexOf(column)];
    }

    private static double number(String[] row, String column) {
        return Double.parseDouble(entry(row, column));
    }

    @Test
    void trainingsWithDifferentGradientsReachTheSameLoss() throws IOException {
        Path out = folder.resolve("training");
        assertThat(run(
                                out,
                                "--problem",
                                "double-pendulum",
                                "--gradient",
                                "store-all,revolve-log,online-log,reversible",
                                "--steps",
                                "10",
                                "--train",
                                "--iterations",
                                "20")
                        .code())
                .isZero();
        JsonNode losses = CommandLineFixture.summary(out).get("trainingLosses").get("double-pendulum");
        double reference = losses.get("store-all").asDouble();
        assertThat(losses.get("revolve-log").asDouble()).isCloseTo(reference, within(1e-9));
        assertThat(losses.get("online-log").asDouble()).isCloseTo(reference, within(1e-6));
        assertThat(losses.get("reversible").asDouble()).isCloseTo(reference, within(0.02));
        List<String> lines = Files.readAllLines(out.resolve("training.csv"));
        assertThat(lines).hasSize(1 + 4 * 20);
        assertThat(reference).isLessThan(Double.parseDouble(lines.get(1).split(",", -1)[3]));
    }

    private static Percentage within(double share) {
        return Percentage.withPercentage(100 * share);
    }

    @Test
    void aPointThatWouldTakeTooLongIsLeftOutAndItsRowSaysSo() throws IOException {
        Path out = folder.resolve("capped");
        assertThat(run(
                                out,
                                "--problem",
                                "white-dwarf",
                                "--gradient",
                                "store-all",
                                "--steps",
                                "10,100000000",
                                "--cap",
                                "1")
                        .code())
                .isZero();
        assertThat(Files.readAllLines(out.resolve("gradients.csv")).get(2)).contains("left out: one run would take");
    }

    @ParameterizedTest
    @CsvSource({"--problem, heat", "--gradient, magic", "--steps, 0", "--repeats, 0", "--cap, 0", "--method, nothing"})
    void refusesBadInput(String option, String value) {
        Path out = folder.resolve("bad");
        Ended ended = CommandLineFixture.run("bench", "adjoint", "--out", out.toString(), option, value);
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.complaint()).contains(value).hasLineCount(1);
        assertThat(out).doesNotExist();
    }
}
