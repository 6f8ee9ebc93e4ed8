package dev.odeon.experiments.bench.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odeon.experiments.CommandLineFixture;
import dev.odeon.experiments.CommandLineFixture.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

@ResourceLock(Resources.SYSTEM_ERR)
class BenchCompileTest {

    @TempDir
    private Path folder = Path.of("");

    private Ended run(Path out, String cases) {
        return CommandLineFixture.run("bench", "compile", "--out", out.toString(), "--runs", "1", "--case", cases);
    }

    @Test
    void measuresBothAndSaysWhatWouldBeTaken() throws IOException {
        Path out = folder.resolve("compile");
        assertThat(run(out, "euler:none:dense:float64:2:1:3,nonsense:none:dense:float64:2:1:3")
                        .code())
                .isZero();
        List<String> lines = Files.readAllLines(out.resolve("compile.csv"));
        assertThat(lines).hasSize(3);
        assertThat(lines.get(1)).contains("euler").contains("XLA: ");
        assertThat(lines.get(2)).contains("nonsense");
        assertThat(Files.readString(out.resolve("summary.json"))).contains("\"measured\" : 1");
    }

    @Test
    void refusesWhatIsNoCase() {
        assertThat(run(folder.resolve("none"), "rk4").complaint())
                .contains("--case is rk4: give method:gradient:field:dtype:dimension:batch:steps");
    }
}
