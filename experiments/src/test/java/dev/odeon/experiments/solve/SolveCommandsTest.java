package dev.odeon.experiments.solve;

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

@ResourceLock(Resources.SYSTEM_ERR)
class SolveCommandsTest {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void proximalMethodsNeedFewerEvaluationsThanExplicitOnes() throws IOException {
        Path out = folder.resolve("diffusion");
        Ended ended = CommandLineFixture.run("solve", "diffusion", "--quick", "--out", out.toString());
        assertThat(ended.code()).isZero();
        assertThat(ended.complaint())
                .startsWith("odeon: up to 69 solves, some seconds; the tables in " + out + " grow row by row")
                .contains("odeon: solve 69 of 69: ");
        assertThat(ended.printed())
                .contains("the cheapest proximal method is prox-", "written to " + out + ": errors-against-evaluations")
                .hasLineCount(2);
        JsonNode summary = CommandLineFixture.summary(out);
        JsonNode table = summary.get("tightest");
        assertThat(table)
                .hasSize(7)
                .allSatisfy(row -> assertThat(row.get("outcome").asText()).isEqualTo("SUCCESS"));
        // Before the waves have decayed the order of the method shows.
        double first = table.get("prox-backward-euler").get("error").asDouble();
        double second = table.get("prox-bdf2").get("error").asDouble();
        double third = table.get("prox-bdf3").get("error").asDouble();
        assertThat(second).isLessThan(first / 3);
        assertThat(third).isLessThan(second / 3);
        int proximal = table.get("prox-bdf2").get("nfe").asInt();
        summary.get("explicitNfe")
                .forEach(counts ->
                        counts.forEach(count -> assertThat(count.asInt()).isGreaterThan(proximal / 2)));
        assertThat(summary.get("explicitNfe").get("dopri5").get(0).asInt()).isGreaterThan(proximal);
        assertThat(table.get("prox-variational2").get("error").asDouble()).isLessThan(first / 3);
        assertThat(table.get("prox-variational3").get("error").asDouble()).isLessThan(second / 3);
        // Nine methods: seven at three tolerances, two at two; one time.
        assertThat(Files.readAllLines(out.resolve("errors-against-evaluations.csv")))
                .hasSize(1 + 7 * 3 + 2 * 2);
        assertThat(ImageIO.read(
                        out.resolve("errors-against-evaluations-t0.01.png").toFile()))
                .isNotNull();
        JsonNode scaling = summary.get("solverScalingMillis");
        assertThat(scaling.get("fixed point").get("8").isNumber()).isTrue();
        assertThat(scaling.get("fixed point").get("32").asText()).isEqualTo("NON_FINITE");
        for (String solver : List.of("proximal, Fletcher-Reeves", "fixed point, smaller steps", "Newton")) {
            assertThat(scaling.get(solver).get("32").isNumber()).isTrue();
        }
        JsonNode inner = summary.get("innerConvergence");
        assertThat(inner.get("innerStep 0.1").get("GRADIENT_DESCENT").asText()).isEqualTo("does not converge");
        JsonNode careful = inner.get("innerStep 0.025");
        assertThat(careful.get("FLETCHER_REEVES").asInt())
                .isPositive()
                .isLessThan(careful.get("GRADIENT_DESCENT").asInt() / 2);
        assertThat(summary.get("differences")).isNotEmpty();
    }

    @Test
    void theProximalMethodTendsToBackwardEuler() throws IOException {
        Path out = folder.resolve("stiff");
        Ended ended = CommandLineFixture.run("solve", "stiff", "--time", "0.5", "--out", out.toString());
        assertThat(ended.code()).isZero();
        assertThat(ended.printed())
                .contains("h' = -50 (h - cos t), largest error to t = 0.5: forward-euler ", "written to " + out)
                .hasLineCount(3);
        JsonNode summary = CommandLineFixture.summary(out);
        for (String equation : new String[] {"unstable", "stiff"}) {
            JsonNode figures = summary.get(equation);
            double exactSolve = figures.get("backward-euler").get("finalError").asDouble();
            double before = Double.POSITIVE_INFINITY;
            for (String tolerance : new String[] {"1e-03", "1e-05", "1e-07"}) {
                JsonNode entry = figures.get("prox-backward-euler " + tolerance);
                double distance = Math.abs(entry.get("finalError").asDouble() - exactSolve);
                assertThat(distance).isLessThan(before);
                before = distance;
            }
            assertThat(before).isLessThan(1e-4);
            assertThat(figures.get("forward-euler").get("nfe").asInt()).isEqualTo(50);
            assertThat(ImageIO.read(
                            out.resolve("errors-over-time-" + equation + ".png").toFile()))
                    .isNotNull();
        }
        assertThat(Files.readAllLines(out.resolve("errors-over-time.csv"))).hasSize(1 + 2 * 6 * 51);
    }

    @ParameterizedTest
    @CsvSource({"stiff, --time, -1", "stiff, --time, 0.015", "stiff, --tolerances, 0", "diffusion, --rate, 0"})
    void refusesBadInputWithOneLineAndWritesNothing(String command, String option, String value) {
        Path out = folder.resolve("bad");
        Ended ended = CommandLineFixture.run("solve", command, option, value, "--out", out.toString());
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.complaint()).contains(value).hasLineCount(1).startsWith("odeon: ");
        assertThat(out).doesNotExist();
    }

    @Test
    void overwritesNothing() throws IOException {
        Path old = Files.writeString(folder.resolve("summary.json"), "mine");
        assertThat(CommandLineFixture.run("solve", "diffusion", "--out", folder.toString())
                        .code())
                .isEqualTo(2);
        assertThat(old).hasContent("mine");
    }
}
