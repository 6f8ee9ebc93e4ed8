package dev.odeon.experiments;

import dev.odeon.datasets.DataException;
import dev.odeon.datasets.DatasetsVersion;
import dev.odeon.datasets.Printable;
import dev.odeon.datasets.cache.DataLocator;
import dev.odeon.datasets.cache.HostEnvironment;
import dev.odeon.graph.Compilation;
import dev.odeon.graph.CompilationChoice;
import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import dev.odeon.graph.runtime.CudaRedistribution;
import dev.odeon.graph.runtime.Devices;
import dev.odeon.graph.runtime.LibDevice;
import dev.odeon.graph.runtime.Sessions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.TensorFlow;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;
import picocli.CommandLine.Command;

/**
 * Says whether training could start on this machine, and on what.
 *
 * <p>Nothing is taken on trust: TensorFlow and XLA each run a small function, XLA in a process of its own, Arrow allocates a
 * buffer. Exit code 0 means
 * that training could start; otherwise the last line gives the reason.
 */
@Command(name = "doctor", mixinStandardHelpOptions = true, description = "Check this machine.")
final class Doctor implements Callable<Integer> {

    private static final String GPU_BUILD =
            "/org/tensorflow/internal/c_api/linux-x86_64-gpu/libtensorflow_framework.so.2";

    private final List<String> reasons = new ArrayList<>();

    @Override
    public Integer call() {
        meetTensorFlow();
        print("Odeon", DatasetsVersion.current());
        print(
                "Java",
                Runtime.version() + " (" + System.getProperty("java.vendor") + "), " + System.getProperty("os.name")
                        + " " + System.getProperty("os.arch"));
        attempt("TensorFlow", this::tensorFlow);
        attempt("Arrow", this::arrow);
        attempt("Data folder", this::data);
        if (reasons.isEmpty()) {
            System.out.println("ready to train");
            return 0;
        }
        System.out.println(Printable.line("not ready to train: " + String.join("; ", reasons)));
        return 1;
    }

    /** TensorFlow prints lines of its own at its first run, which shall not stand in the middle of the table. */
    private static void meetTensorFlow() {
        try {
            CudaRedistribution.load();
            works(Compilation.EXECUTOR);
        } catch (RuntimeException | LinkageError e) {
            // The check in the table meets it again, and tells it.
            return;
        }
    }

    private interface Check {
        void run() throws IOException;
    }

    /** A check that fails becomes a reason, so that the later ones still run. */
    private void attempt(String what, Check check) {
        try {
            check.run();
        } catch (IOException | RuntimeException | LinkageError e) {
            String message = Odeon.oneLine(e);
            print(what, "failed: " + message);
            reasons.add(what + ": " + message);
        }
    }

    private void tensorFlow() throws IOException {
        List<CudaRedistribution.Entry> bundled = CudaRedistribution.load();
        boolean gpuBuild = Doctor.class.getResource(GPU_BUILD) != null;
        print("TensorFlow", TensorFlow.version() + (gpuBuild ? ", GPU build" : ", CPU build"));
        for (Devices.Device device : Devices.all()) {
            // TensorFlow gives its CPU device a nominal memory, which would only mislead.
            boolean cpu = device.type().equals("CPU");
            int processors = Runtime.getRuntime().availableProcessors();
            print(
                    "Device",
                    device.shortName()
                            + (cpu
                                    ? ", " + processors + " processors"
                                    : ", " + device.memoryBytes() / (1 << 20) + " MiB"));
        }
        GpuReport.of(bundled, gpuBuild).forEach(line -> print(line.what(), line.value()));
        if (!works(Compilation.EXECUTOR)) {
            throw new IllegalStateException("a small function gave a wrong result; reinstall TensorFlow");
        }
        xla();
    }

    /** Training does without XLA, so its absence is no reason to stop. */
    private static void xla() throws IOException {
        String failure;
        try {
            failure = XlaProbe.inAnotherProcess();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failure = "the probe was interrupted";
        }
        print("XLA", failure.isEmpty() ? "works" : "does not work (" + failure + "): " + advice(failure));
        print("Compile auto", CompilationChoice.rule());
    }

    /** XLA's own libraries lack one file of NVIDIA's, which is on no Maven repository. */
    private static String advice(String failure) {
        String executor = "train with --compile executor";
        return Devices.gpuPresent() && failure.contains("libdevice")
                ? LibDevice.remedy() + "; until then " + executor
                : executor;
    }

    /** Runs x * x = 9. */
    private static boolean works(Compilation compilation) {
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            Values result = compilation.run(
                    tf,
                    "probe",
                    Values.of("x", tf.constant(3.0)),
                    (inner, values) -> Values.of("y", inner.math.square(values.get("x", TFloat64.class))));
            try (Session session = Sessions.open(graph);
                    Result fetched = session.runner().fetch(result.get("y")).run()) {
                return Floats.read(fetched.get(0))[0] == 9;
            }
        }
    }

    private void arrow() throws IOException {
        // Needs java.nio opened; the launcher does that.
        try (BufferAllocator allocator = new RootAllocator();
                ArrowBuf buffer = allocator.buffer(Long.BYTES)) {
            buffer.setLong(0, 1);
        }
        Properties properties = new Properties();
        try (InputStream in = ArrowBuf.class.getResourceAsStream(
                "/META-INF/maven/org.apache.arrow/arrow-memory-core/pom.properties")) {
            if (in != null) {
                properties.load(in);
            }
        }
        print("Arrow", properties.getProperty("version", "works, version unknown"));
    }

    private void data() throws IOException {
        HostEnvironment environment = HostEnvironment.current();
        DataCommand.namedFolder(environment)
                .ifPresent(folder -> print("Data folder", folder + " (" + DataLocator.VARIABLE + ")"));
        Path cache = DataLocator.cachedData(environment).toAbsolutePath();
        Path existing = cache;
        while (existing.getParent() != null && Files.notExists(existing)) {
            existing = existing.getParent();
        }
        if (!Files.isDirectory(existing) || !Files.isWritable(existing)) {
            throw DataException.of(
                    cache, "cannot be written", "a folder for downloads", "set ODEON_HOME to a folder of yours");
        }
        print("Data cache", cache + (existing.equals(cache) ? "" : " (made when needed)"));
    }

    private static void print(String what, String value) {
        System.out.printf("%-14s %s%n", what, Printable.line(value));
    }
}
