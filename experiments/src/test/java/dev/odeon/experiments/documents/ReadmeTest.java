package dev.odeon.experiments.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** The examples of README, SOLVERS and MODELS compile and do what they say. */
@ResourceLock(Resources.SYSTEM_OUT)
class ReadmeTest {

    private static final String IMPORTS = """
            import dev.odeon.adjoint.*;
            import dev.odeon.graph.*;
            import dev.odeon.models.continuous.*;
            import dev.odeon.ode.*;
            import dev.odeon.graph.layers.*;
            import dev.odeon.graph.parameters.*;
            import dev.odeon.graph.runtime.*;
            import dev.odeon.solvers.*;
            import dev.odeon.solvers.events.*;
            import dev.odeon.solvers.linear.*;
            import dev.odeon.solvers.steps.*;
            import java.util.*;
            import org.tensorflow.*;
            import org.tensorflow.op.*;
            import org.tensorflow.types.*;
            """;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void theExampleCompilesAndRuns() throws IOException, ReflectiveOperationException {
        assertThat(printed("README.md")).contains("[64, 200]").contains("SUCCESS");
    }

    /** Somebody copies it: it has to be the version that is installed, and the artifact of the external project. */
    @Test
    void theDependencyIsThatOfThisBuild() throws IOException {
        String readme = Files.readString(Path.of("..", "README.md"));
        Matcher block = Pattern.compile("```xml\n(.*?)```", Pattern.DOTALL).matcher(readme);
        assertThat(block.find()).isTrue();
        Matcher version =
                Pattern.compile("<version>(.*?)</version>").matcher(Files.readString(Path.of("..", "pom.xml")));
        assertThat(version.find()).isTrue();
        String dependency = block.group(1).replaceAll("\\s", "");
        assertThat(dependency).contains("<version>" + version.group(1) + "</version>");
        assertThat(Files.readString(Path.of("src", "test", "external", "pom.xml"))
                        .replaceAll("\\s", ""))
                .contains(dependency.replace(version.group(1), "@odeon.version@"));
    }

    /** A ball falls 2 m in sqrt(4 / 9.81) s; with the speed it has at 0.2 s it goes on to t = 1. */
    @Test
    void theVariationsCompileAndRun() throws IOException, ReflectiveOperationException {
        String[] numbers = printed("docs/SOLVERS.md").split(" s, | m", -1);
        assertThat(Double.parseDouble(numbers[0])).isCloseTo(Math.sqrt(4 / 9.81), within(1e-7));
        assertThat(Double.parseDouble(numbers[1])).isCloseTo(2 - 9.81 * 0.2 * (0.1 + 0.8), within(1e-7));
    }

    /** 2 16 + 16 + 16 2 + 2 of the force, 2 8 + 8 + 8 2 + 2 of the start, and the damping. */
    @Test
    void theModelCompilesAndHasItsParameters() throws IOException, ReflectiveOperationException {
        assertThat(printed("docs/MODELS.md")).isEqualToIgnoringNewLines("125 parameters, h of shape [2, 2]");
    }

    private String printed(String document) throws IOException, ReflectiveOperationException {
        // The examples name the classes that are ambiguous among these packages as they are used.
        Path source = Files.writeString(
                folder.resolve("Example.java"),
                IMPORTS + "import dev.odeon.adjoint.Gradient;\n"
                        + "public class Example { public static void main(String[] arguments) {\n"
                        + ReadmeExample.statements(document) + "}}\n");
        int code = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-d",
                        folder.toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        source.toString());
        assertThat(code).isZero();
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
            loader.loadClass("Example").getMethod("main", String[].class).invoke(null, (Object) new String[0]);
        } finally {
            System.setOut(before);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }
}
