package dev.odeon.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DataExceptionTest {
    @Test
    void messageNamesFileFoundExpectedAndRemedy() {
        assertThat(DataException.of(Path.of("a.npz"), "nothing", "an array", "write one"))
                .hasMessage("a.npz: nothing; expected an array; write one")
                .hasNoCause();
    }

    @Test
    void messageStaysOnOneLineWhateverTheFileHolds() {
        String message = new DataException("a\nb\r\u001b[31m\u2028\u009b\u202ec" + "x".repeat(10_000)).getMessage();
        assertThat(message)
                .startsWith("a b")
                .hasSizeLessThan(1000)
                .doesNotContainPattern("[\\p{Cntrl}\u2028\u009b\u202e]");
    }
}
