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
