package dev.odeon.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ResourceLock(Resources.SYSTEM_OUT)
@ResourceLock(Resources.SYSTEM_ERR)
class OdeonTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final PrintStream outBefore = System.out;
    private final PrintStream errBefore = System.err;

    @BeforeEach
    void listen() {
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void stopListening() {
        System.setOut(outBefore);
        System.setErr(errBefore);
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String complained() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"--nonsense", "nonsense", "data", "train", "data fetch", "data fetch nonsense", "train nonsense"
            })
    void badInputIsOneLineAndCodeTwo(String arguments) {
        assertThat(Odeon.execute(arguments.split(" ", -1))).isEqualTo(2);
        assertThat(complained()).startsWith("odeon: ").hasLineCount(1);
        assertThat(printed()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "train kss, 'odeon train has no command ''kss'', nearest is ks: choose one of ks, burgers, point-cloud'",
        "data fech, 'odeon data has no command ''fech'', nearest is fetch: choose one of list, fetch, info, convert'",
        "bench solver, 'odeon bench has no command ''solver'', nearest is solvers: choose one of '",
        "trian, 'odeon has no command ''trian'', nearest is train: choose one of doctor, data, train'",
        "train, 'odeon train does nothing by itself: give one of ks, burgers, point-cloud'",
        "train ks --epoch 3 --out o, 'Unknown option --epoch 3, nearest is --epochs: odeon train ks --help lists them all'",
        "train ks --epoch=3 --out o, 'Unknown option --epoch=3, nearest is --epochs'",
        "train --epochs 3, 'Unknown option --epochs 3 of odeon train: give it behind the command, ks, burgers, point-cloud'",
        "train ks now --out o, 'odeon train ks takes no word ''now'': leave it out'",
        "train ks, 'odeon train ks needs --out (Folder for the results; new or empty unless --resume), for example: odeon"
                + " train ks --out out/results'",
        "train ks --out, 'odeon train ks needs a value behind --out (Folder'",
        "data convert, 'odeon data convert needs NAME (A name, as ''odeon data list'' shows it) and FOLDER (Where the"
                + " tables go; made if it is missing), for example: odeon data convert cora out/tables'",
        "data info, 'odeon data info needs NAME ('",
        "data convert karate, 'odeon data convert needs FOLDER (Where the tables go; made if it is missing), for example: odeon"
                + " data convert karate out/tables'",
        "train ks --epochs 3 --resume, 'odeon train ks needs --out (Folder for the results; new or empty unless --resume), for"
                + " example: odeon train ks --epochs 3 --resume --out out/results'",
        "train grand --out o --dataset karat, '--dataset is karat, nearest is karate: choose one of cora, coauthor-cs, photo,"
                + " karate; for another graph give --data FILE'",
        "train ks --out o --dtype float16, '--dtype is float16: choose one of float64, float32'",
        "train ks --out o --seed 99999999999999999999, '--seed is 99999999999999999999: it is too large, give at most 18'",
        "bench --grid 99999999999, '--grid is 99999999999, which is too large: give a whole number of fewer digits'",
        "train ks --out o --memory 1 --gradient backprop, '--memory is 1: only --gradient adjoint stores states by a budget:"
                + " leave --memory or --gradient out'",
        "bench --grid x, '--grid is x: give a whole number (Points in space)'",
        "bench --dt x, '--dt is x: give a number (Step size in units of time)'",
        "solve stiff --out o --tolerances x, '--tolerances is x: give a number (Of the inner solves)'",
        "solve stiff --out o --tolerances 0, '--tolerances holds 0.0: give positive numbers'",
        "train ks --out o --method imexrk3, '--method is imexrk3, nearest are imex-rk3, imex-rk2, imex-rk4: choose a name"
                + " that odeon methods lists'",
        "bench --method sbdf, '--method is sbdf, nearest are sbdf1, sbdf2, sbdf3: choose a name'",
        "bench adjoint --out o --method nonsense, '--method is nonsense: choose a name that odeon methods lists'",
        "doctor --gpu -1, 'The GPU is -1: give its number, 0 or more'",
        "doctor --nonsense, 'Unknown option --nonsense: odeon doctor --help lists them all'",
        "help trian, 'odeon has no command ''trian'', nearest is train'",
    })
    void namesTheNearestOfWhatIsMistyped(String arguments, String complaint) {
        assertThat(Odeon.execute(arguments.split(" ", -1))).isEqualTo(2);
        assertThat(complained()).startsWith("odeon: " + complaint).hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "train ks",
                "train grand",
                "solve stiff",
                "solve diffusion",
                "bench",
                "bench solvers",
                "bench adjoint",
                "bench build",
                "bench data",
                "data convert",
                "methods"
            })
    void helpShowsNoEmptyDefault(String command) {
        assertThat(Odeon.execute((command + " --help").split(" ", -1))).isZero();
        assertThat(printed().lines()).isNotEmpty().noneMatch(line -> line.matches(" *Default:( \\[])? *"));
    }

    @ParameterizedTest
    @CsvSource({"help, --help", "help train, train --help", "help train ks, train ks --help"})
    void helpIsACommandToo(String command, String option) {
        assertThat(Odeon.execute(command.split(" ", -1))).isZero();
        String told = printed();
        out.reset();
        assertThat(Odeon.execute(option.split(" ", -1))).isZero();
        assertThat(told).contains("Usage: ").isEqualTo(printed());
    }

    @Test
    void debugShowsTheStackTrace() {
        assertThat(Odeon.execute("data", "fetch", "nonsense", "--debug")).isEqualTo(2);
        assertThat(complained()).contains("\tat dev.odeon.").contains("odeon: data set 'nonsense' is unknown");
    }

    @Test
    void listsTheDataSets() {
        assertThat(Odeon.execute("data", "list")).isZero();
        assertThat(printed()).contains("cora", "citeseer", "coauthor-cs", "photo");
    }

    @Test
    void theDoctorSaysThatTrainingCouldStart() {
        assertThat(Odeon.execute("doctor")).isZero();
        assertThat(printed())
                .contains("Odeon ", "Java ", "TensorFlow ", "CPU:0", "GPU ", "XLA ", "Arrow ", "Data cache ")
                .endsWith("ready to train" + System.lineSeparator());
    }

    @Test
    void tellsItsVersion() {
        assertThat(Odeon.execute("--version")).isZero();
        assertThat(printed()).startsWith("odeon 0.");
    }
}
