package dev.odeon.experiments.kernel;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.odeon.datasets.AtomicFile;
import dev.odeon.datasets.DataException;
import dev.odeon.datasets.Printable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code odeon kernel}: the kernelspec by which Jupyter starts a Java kernel with Odeon on its class path. */
@Command(
        name = "kernel",
        mixinStandardHelpOptions = true,
        description = {
            "Write a kernel.json by which Jupyter starts a Java kernel with Odeon on its class path.",
            "The kernel is rapaio-jupyter-kernel, JJava or IJava; notebooks/run brings the first from Maven Central."
        })
public final class KernelCommand implements Callable<Integer> {

    private static final String FILE = "kernel.json";

    @Option(
            names = "--jar",
            paramLabel = "FILE",
            required = true,
            description = "The kernel's jar, such as rapaio-jupyter-kernel-3.0.1.jar.")
    private Path jar = Path.of("");

    @Option(
            names = "--out",
            paramLabel = "DIR",
            required = true,
            description = "The folder of the kernelspec, for jupyter kernelspec install.")
    private Path out = Path.of("");

    @Option(
            names = "--display-name",
            paramLabel = "NAME",
            defaultValue = "Java (Odeon)",
            description = "What Jupyter calls the kernel (default: ${DEFAULT-VALUE}).")
    private String displayName = "";

    @Override
    public Integer call() throws IOException {
        requireProgram(jar);
        KernelSpec spec = KernelSpec.of(
                displayName,
                Path.of(System.getProperty("java.home"), "bin", "java"),
                Runtime.version().feature(),
                jar,
                System.getProperty("java.class.path"),
                System.getenv());
        byte[] json =
                new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsBytes(spec);
        Path file = out.resolve(FILE);
        AtomicFile.write(file, temporary -> Files.write(temporary, json));
        System.out.println(Printable.line("wrote " + file));
        System.out.println(Printable.line(
                "for every notebook of yours: jupyter kernelspec install " + out + " --user --name java"));
        return 0;
    }

    /** A kernel starts by {@code java -jar}: anything else would fail where nobody sees it, inside Jupyter. */
    private static void requireProgram(Path jar) {
        String remedy = "give the jar of rapaio-jupyter-kernel, JJava or IJava";
        if (!Files.isRegularFile(jar)) {
            throw DataException.of(jar, "no such file", "the kernel's jar", remedy);
        }
        try (JarFile opened = new JarFile(jar.toFile())) {
            Manifest manifest = opened.getManifest();
            if (manifest == null || manifest.getMainAttributes().getValue(Attributes.Name.MAIN_CLASS) == null) {
                throw DataException.of(jar, "names no main class", "a program, which java -jar starts", remedy);
            }
        } catch (IOException e) {
            throw DataException.of(jar, "is no jar (" + e.getMessage() + ")", "the kernel's jar", remedy, e);
        }
    }
}
