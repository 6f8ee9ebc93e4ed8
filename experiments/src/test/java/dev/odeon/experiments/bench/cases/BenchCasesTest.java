package dev.odeon.experiments.bench.cases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odeon.experiments.CommandLineFixture;
import dev.odeon.experiments.CommandLineFixture.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

@ResourceLock(Resources.SYSTEM_ERR)
class BenchCasesTest {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void putsTheFiguresOfBothLibrariesSideBySide() throws IOException {
        Path other = folder.resolve("torch.jsonl");
        Files.writeString(
                other,
                "{\"case\": \"vdp\", \"library\": \"PyTorch 2\", \"device\": \"CPU\", \"threads\": 2, \"dtype\": \"float64\","
                        + " \"medianMs\": 1e6}\n");
        Path page = folder.resolve("page.md");
        Ended ended = CommandLineFixture.run(
                "bench",
                "cases",
                "--case",
                "vdp",
                "--runs",
                "1",
                "--warmup",
                "1",
                "--against",
                other.toString(),
                "--write",
                page.toString());
        assertThat(ended.code()).isZero();
        assertThat(Files.readAllLines(page))
                .anyMatch(line -> line.matches("\\| vdp \\| xla \\| .* \\| 1[.]00e\\+06 \\| \\d+[.]\\d\\d \\|"))
                .contains("Other library: PyTorch 2, CPU, 2 threads, in the same minutes, one after the other.");
    }

    @Test
    void refusesFiguresOfAnotherNumberType() throws IOException {
        Path other = folder.resolve("torch.jsonl");
        Files.writeString(
                other,
                "{\"case\": \"vdp\", \"library\": \"PyTorch 2\", \"device\": \"CPU\", \"threads\": 2, \"dtype\": \"float32\","
                        + " \"medianMs\": 1}\n");
        assertThat(CommandLineFixture.run("bench", "cases", "--case", "vdp", "--against", other.toString())
                        .complaint())
                .contains("has figures of float32, not of float64: give both sides one --dtype");
        Files.writeString(other, "{\"case\": \"vdp\"}\n");
        assertThat(CommandLineFixture.run("bench", "cases", "--case", "vdp", "--against", other.toString())
                        .complaint())
                .contains("has a line without 'library': give what torch_cases.py prints");
    }
}
