package dev.odeon.experiments.pde;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.odeon.datasets.pde.Burgers;
import dev.odeon.datasets.pde.KuramotoSivashinsky;
import dev.odeon.datasets.pde.Sampling;
import dev.odeon.datasets.pde.Trajectories;
import dev.odeon.datasets.pde.TrajectoryFile;
import dev.odeon.experiments.CommandLineFixture;
import dev.odeon.experiments.CommandLineFixture.Ended;
import dev.odeon.graph.layers.Mlp;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of trajectories: what they do not say has to be said, and what they say is what is trained on. */
@ResourceLock(Resources.SYSTEM_OUT)
@ResourceLock(Resources.SYSTEM_ERR)
class PdeDataTest {

    /** 501 of them validate. */
    private static final int SAMPLES = 560;

    @TempDir
    private Path folder = Path.of("");

    private static Trajectories ring(int samples) {
        return KuramotoSivashinsky.standard()
                .withPoints(16)
                .withLength(25)
                .withSampling(new Sampling(5, 0.25, samples))
                .simulate();
    }

    private static Trajectories without(Trajectories trajectories, Map<String, String> metadata) {
        return new Trajectories(
                trajectories.times(), trajectories.states(), trajectories.count(), trajectories.points(), metadata);
    }

    private Ended train(String name, Path out, Trajectories data, String... options) {
        Path file = folder.resolve("data.arrow");
        TrajectoryFile.write(data, file);
        List<String> arguments = new ArrayList<>(
                List.of("train", name, "--data", file.toString(), "--out", out.toString(), "--epochs", "1"));
        arguments.addAll(List.of(options));
        return CommandLineFixture.run(arguments.toArray(String[]::new));
    }

    private void refused(Ended ended, String... complaints) {
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.complaint())
                .contains(complaints)
                .contains("data.arrow")
                .hasLineCount(1);
        assertThat(folder.resolve("bad")).doesNotExist();
    }

    @Test
    void whatAFileDoesNotSayIsDemandedAndTheRestIsItsOwn() {
        Trajectories bare = without(ring(SAMPLES), Map.of());
        refused(
                train("ks", folder.resolve("bad"), bare, "--batch", "16"),
                "does not say the length of its equation: give --length, which is 22 in the paper");
        Path out = folder.resolve("run");
        Ended ended = train("ks", out, bare, "--batch", "16", "--length", "25");
        assertThat(ended.code()).as(ended.complaint()).isZero();
        assertThat(ended.complaint())
                .contains("data.arrow does not say what it holds; it is taken for: ")
                .contains("equation u_t = -u u_x - u_xx - u_xxxx, length 25.0");
        JsonNode summary = CommandLineFixture.summary(out);
        assertThat(summary.get("length").asDouble()).isEqualTo(25);
        assertThat(summary.get("grid").asInt()).isEqualTo(16);
        assertThat(summary.get("dt").asDouble()).isEqualTo(0.25);
        assertThat(summary.get("time").asDouble()).isEqualTo(0.25);
        assertThat(summary.get("samples").asInt()).isEqualTo(SAMPLES - 501);
        // 58 windows are three batches; one step of four stages each.
        assertThat(summary.get("nfeForwardPerEpoch").asInt()).isEqualTo(12);
    }

    @Test
    void whatAFileSaysNeedsNoOption() {
        Path out = folder.resolve("run");
        Ended ended = train("ks", out, ring(SAMPLES), "--batch", "16", "--time", "0.5");
        assertThat(ended.code()).as(ended.complaint()).isZero();
        assertThat(ended.complaint()).doesNotContain("taken for");
        JsonNode summary = CommandLineFixture.summary(out);
        assertThat(summary.get("length").asDouble()).isEqualTo(25);
        // 57 windows of two intervals.
        assertThat(summary.get("nfeForwardPerEpoch").asInt()).isEqualTo(3 * 2 * 4);
        refused(
                train("ks", folder.resolve("bad"), ring(SAMPLES), "--length", "22"),
                "has the length 25.0",
                "22.0",
                "leave --length out");
        refused(train("ks", folder.resolve("bad"), ring(SAMPLES), "--grid", "32"), "has 16 points", "leave --grid out");
    }

    @ParameterizedTest
    @CsvSource({"400", "502"})
    void aTrajectoryThatIsTooShortIsNotMendedByFewerSamples(int samples) {
        Ended ended = train("ks", folder.resolve("bad"), ring(samples));
        refused(ended, "has " + samples + " samples", "503 or more", "give a longer trajectory");
        assertThat(ended.complaint()).doesNotContain("--samples");
    }

    @Test
    void theNumberOfSamplesThatIsProposedWorks() {
        refused(
                train("ks", folder.resolve("bad"), ring(SAMPLES), "--samples", "601"),
                "give --samples " + (SAMPLES - 501) + " or less");
        Trajectories shortest = ring(503);
        refused(
                train("ks", folder.resolve("bad"), shortest, "--samples", "3"),
                "give --samples 2 or less, or a longer trajectory");
        assertThat(train("ks", folder.resolve("run"), shortest, "--samples", "2", "--batch", "1")
                        .code())
                .isZero();
    }

    @Test
    void aGridThatTheModelCannotHaveIsNotProposed() {
        Trajectories data = ring(SAMPLES);
        double[] odd = new double[SAMPLES * 15];
        Trajectories other = new Trajectories(data.times(), odd, 1, 15, Map.of());
        refused(train("ks", folder.resolve("bad"), other), "has 15 points", "a multiple of 2 from 16 to 8192");
    }

    @Test
    void theConstantsOfBurgersAreDemandedToo() {
        Trajectories data = Burgers.standard()
                .withPoints(16)
                .withViscosity(0.01)
                .withTrajectories(5)
                .withSampling(new Sampling(0, 0.2, 9))
                .simulate();
        Trajectories bare = without(data, Map.of());
        refused(train("burgers", folder.resolve("bad"), bare), "does not say the length", "--length, which is 1 in");
        refused(
                train("burgers", folder.resolve("bad"), bare, "--length", "1"),
                "does not say the viscosity",
                "--viscosity, which is 0.0008 in");
        Path out = folder.resolve("run");
        Ended ended =
                train("burgers", out, without(data, Map.of("length", "1.0")), "--viscosity", "0.01", "--batch", "8");
        assertThat(ended.code()).as(ended.complaint()).isZero();
        assertThat(ended.complaint())
                .contains("taken for: equation", "viscosity 0.01")
                .doesNotContain("length 1.0");
        JsonNode summary = CommandLineFixture.summary(out);
        assertThat(summary.get("viscosity").asDouble()).isEqualTo(0.01);
        assertThat(summary.get("dt").asDouble()).isEqualTo(0.1);
        // 32 windows are four batches; two steps of four stages.
        assertThat(summary.get("nfeForwardPerEpoch").asInt()).isEqualTo(4 * 2 * 4);
    }

    /** Half the spacing on half the ring: the same stencil. */
    @Test
    void lengthAndViscosityAreThoseOfTheLinearPart() {
        double[] half =
                Surrogate.kuramotoSivashinsky(32, 11, new Mlp.FanInUniform()).stencil();
        assertThat(Surrogate.kuramotoSivashinsky(64, new Mlp.FanInUniform()).stencil())
                .containsExactly(half);
        double[] burgers =
                Surrogate.burgers(16, 2, 3e-3, new Mlp.FanInUniform()).stencil();
        // 3e-3 / (1/8)^2.
        assertThat(burgers).containsExactly(new double[] {0.192, -0.384, 0.192}, Offset.offset(1e-15));
    }
}
