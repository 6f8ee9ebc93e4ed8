package dev.odeon.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

@ResourceLock(Resources.SYSTEM_OUT)
class CompletionTest {

    private static final Path BASH = Path.of("/bin/bash");

    @TempDir
    Path folder;

    private Path script() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        try {
            assertThat(Odeon.execute("completion")).isZero();
        } finally {
            System.setOut(before);
        }
        return Files.write(folder.resolve("completion.sh"), out.toByteArray());
    }

    /** What bash offers for the last of the words; compopt works for the Tab key only. */
    private static List<String> offered(Path script, String... words) throws IOException, InterruptedException {
        String line = "compopt() { :; }; source '" + script + "'; COMP_WORDS=(" + String.join(" ", words)
                + "); COMP_CWORD=" + (words.length - 1) + "; _complete_odeon; printf '%s\\n' \"${COMPREPLY[@]}\"";
        Process bash = new ProcessBuilder(BASH.toString(), "-c", line)
                .redirectErrorStream(true)
                .start();
        String text = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor()).as(text).isZero();
        return text.lines().map(String::strip).toList();
    }

    @Test
    void bashCompletesCommandsOptionsAndWords() throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(BASH), "There is no bash here to complete anything");
        Path script = script();
        assertThat(offered(script, "odeon", "tra")).containsExactly("train");
        assertThat(offered(script, "odeon", "train", "ks", "--ep")).containsExactly("--epochs");
        assertThat(offered(script, "odeon", "train", "ks", "--method", "imex-rk"))
                .contains("imex-rk2", "imex-rk3");
        assertThat(offered(script, "odeon", "train", "mnist", "--model", "h")).containsExactly("hbnode");
        assertThat(offered(script, "odeon", "train", "ks", "--gradient", "rev"))
                .containsExactly("revolve-log", "revolve-root", "reversible");
    }
}
