package dev.odeon.experiments.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** The README's example compiles and does what it says. */
@ResourceLock(Resources.SYSTEM_OUT)
class ReadmeTest {

    private static final String IMPORTS = """
            import dev.odeon.adjoint.*;
            import dev.odeon.graph.*;
            import dev.odeon.ode.*;
            import dev.odeon.graph.layers.*;
            import dev.odeon.graph.parameters.*;
            import dev.odeon.graph.runtime.*;
            import dev.odeon.solvers.*;
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
        // The examples name the classes that are ambiguous among these packages as they are used.
        Path source = Files.writeString(
                folder.resolve("Example.java"),
                IMPORTS + "import dev.odeon.adjoint.Gradient;\n"
                        + "public class Example { public static void main(String[] arguments) {\n"
                        + ReadmeExample.statements() + "}}\n");
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
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("[64, 200]")
                .contains("SUCCESS");
    }
}
