package dev.odeon.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.odeon.experiments.CommandLineFixture.Ended;
import dev.odeon.experiments.examples.DecayExperiment;
import dev.odeon.experiments.training.CommonOption;
import dev.odeon.experiments.training.DefaultValue;
import dev.odeon.experiments.training.Experiment;
import dev.odeon.experiments.training.ExperimentOption;
import dev.odeon.experiments.training.ExperimentRun;
import dev.odeon.experiments.training.Settings;
import dev.odeon.experiments.training.session.TrainCommand;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.types.family.TFloating;

/** Commands and their help are made from what experiments say of themselves. */
@ResourceLock(Resources.SYSTEM_OUT)
@ResourceLock(Resources.SYSTEM_ERR)
class ExperimentsTest {

    private static final List<Experiment> REGISTERED = registered();

    @TempDir
    private Path folder = Path.of("");

    private static List<Experiment> registered() {
        List<Experiment> all = new ArrayList<>(Experiments.all());
        all.add(new DecayExperiment());
        return all;
    }

    /** What a command prints, lines joined. */
    private static String printed(String... arguments) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            assertThat(Odeon.execute(REGISTERED, arguments)).isZero();
        } finally {
            System.setOut(before);
        }
        return printed.toString(StandardCharsets.UTF_8).replaceAll("\\s+", " ");
    }

    private Ended decay(String... options) {
        List<String> arguments = new ArrayList<>(
                List.of("train", "decay", "--out", folder.resolve("run").toString()));
        arguments.addAll(List.of(options));
        return CommandLineFixture.run(REGISTERED, arguments.toArray(String[]::new));
    }

    @Test
    void theHelpListsWhatIsRegistered() {
        assertThat(printed("train", "--help"))
                .contains("ks Learn the nonlinear term", "burgers Learn", "grand Classify")
                .contains("decay Learn the rate of a decay, to 100 % of its digits.");
        assertThat(printed("--help")).containsPattern("doctor .* data .* train .* solve .* bench .* methods ");
    }

    @Test
    void theHelpOfAnExperimentIsMadeOfItsOptions() {
        assertThat(printed("train", "decay", "--help"))
                .contains("--half-life=<half-life> Time in which half of it decays; default 0.5, paper: 2.")
                .contains("--time=<time> Length of a solve in units of time; default twice the half-life.")
                .contains(
                        "--batch=<batch> Samples in an iteration; default 8.",
                        "--seed=<seed> Of everything random; default 0.")
                .contains("--debug", "--out=<out>", "--resume", "--gradient=<gradient>", "online-revolve:SLOTS")
                .doesNotContain("--grid", "--data");
    }

    @ParameterizedTest
    @CsvSource({
        "ks, '--samples --grid --batch --data', '20001, paper: 4000.'",
        "burgers, '--trajectories --grid --batch --data', 'float32, paper: float64.'",
        "grand, '--dataset --data', 'cora 18.2948.'",
    })
    void theExperimentsOfThePapersKeepTheirOptions(String name, String own, String defaults) {
        assertThat(printed("train", name, "--help"))
                .contains(own.split(" ", -1))
                .contains("--preset", "--method", "--dt", "--time", "--epochs", "--rate", "--dtype", "--compile")
                .contains("--at-once")
                .contains("--gradient", "--memory", "--seed", "--resume", "--out", "--debug", defaults);
    }

    @Test
    void aRegisteredExperimentRunsAndIsResumed() {
        Ended ended = decay("--epochs", "60", "--gradient", "revolve:2", "--time", "0.50", "--at-once", "7");
        assertThat(ended.code()).as(ended.complaint()).isZero();
        // The whole of its data is one batch.
        assertThat(ended.complaint()).contains("--at-once 7 changes nothing", "an epoch has one iteration");
        JsonNode summary = CommandLineFixture.summary(folder.resolve("run"));
        assertThat(summary.get("experiment").asText()).isEqualTo("decay");
        assertThat(summary.get("half-life").asDouble()).isEqualTo(0.5);
        assertThat(summary.get("gradient").asText()).isEqualTo("revolve:2");
        assertThat(summary.get("bestValidLoss").asDouble()).isLessThan(1e-2);
        // Five steps of four stages.
        assertThat(summary.get("nfeForwardPerEpoch").asInt()).isEqualTo(20);
        assertThat(decay("--resume").code()).isZero();
        assertThat(decay("--resume", "--half-life", "1").complaint())
                .contains("--half-life is 1, but the run was started with 0.5: leave the option out");
    }

    @Test
    void defaultsFollowFromThePresetAndFromOtherOptions() {
        Ended ended = decay("--preset", "paper", "--half-life", "2", "--epochs", "1");
        assertThat(ended.code()).as(ended.complaint()).isZero();
        JsonNode summary = CommandLineFixture.summary(folder.resolve("run"));
        assertThat(summary.get("half-life").asInt()).isEqualTo(2);
        assertThat(summary.get("time").asInt()).isEqualTo(4);
        List<String> names = new ArrayList<>();
        summary.fieldNames().forEachRemaining(names::add);
        assertThat(names)
                .startsWith("experiment", "preset", "half-life", "method", "dt", "time", "epochsRequested", "batch");
    }

    @ParameterizedTest
    @CsvSource({
        "--gradient, revolv:2, 'nearest are revolve, revolve-log'",
        "--gradient, revolve, give revolve:SLOTS",
        "--gradient, online-revolve:2, take Checkpointing.revolve(2)",
        "--gradient, revolve:0, keeps no state",
        "--preset, papr, nearest is paper",
        "--half-live, 3, 'Unknown option --half-live 3, nearest is --half-life: odeon train decay --help'",
        "--epochs, 0, give a whole number",
    })
    void refusesInOneLineWithCodeTwo(String option, String value, String complaint) {
        Ended ended = decay(option, value);
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.complaint()).startsWith("odeon: ").contains(complaint).hasLineCount(1);
        assertThat(folder.resolve("run")).doesNotExist();
    }

    @Test
    void refusesOptionsThatContradictEachOther() {
        ExperimentOption epochs = CommonOption.EPOCHS.of("1");
        ExperimentOption dtype = CommonOption.DTYPE.of("float32");
        assertThatThrownBy(() -> TrainCommand.of(with(List.of(epochs, dtype, epochs))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--epochs that is there already");
        ExperimentOption out = ExperimentOption.of("out", "Where", DefaultValue.of(""));
        assertThatThrownBy(() -> TrainCommand.of(with(List.of(epochs, dtype, out))))
                .hasMessageContaining("--out that is there already");
        assertThatThrownBy(() -> TrainCommand.of(with(List.of(epochs)))).hasMessageContaining("add CommonOption.DTYPE");
        assertThatThrownBy(() -> ExperimentOption.of("two words", "", DefaultValue.of("")))
                .hasMessageContaining("lower-case");
    }

    private static Experiment with(List<ExperimentOption> options) {
        return new Experiment() {
            @Override
            public String name() {
                return "bare";
            }

            @Override
            public String title() {
                return "Nothing.";
            }

            @Override
            public List<ExperimentOption> options() {
                return options;
            }

            @Override
            public <T extends TFloating> ExperimentRun prepare(Settings settings, Class<T> type) {
                throw new AssertionError("is not run");
            }
        };
    }
}
