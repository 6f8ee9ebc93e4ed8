package dev.odeon.experiments;

import dev.odeon.datasets.cache.CacheFolder;
import dev.odeon.datasets.cache.HostEnvironment;
import dev.odeon.graph.Compilation;
import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import dev.odeon.graph.runtime.CudaRedistribution;
import dev.odeon.graph.runtime.Devices;
import dev.odeon.graph.runtime.Sessions;
import java.util.concurrent.Callable;
import org.apache.arrow.vector.types.pojo.Schema;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.TensorFlow;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;
import picocli.CommandLine.Command;

/** Says whether training could start on this machine, and on what. */
@Command(name = "doctor", mixinStandardHelpOptions = true, description = "Check this machine.")
final class Doctor implements Callable<Integer> {

    @Override
    public Integer call() {
        print("Odeon", "0.1.0");
        print("Java", Runtime.version() + " (" + System.getProperty("java.vendor") + ")");
        CudaRedistribution.load().forEach(entry -> print(entry.name(), entry.loaded() ? "loaded" : entry.detail()));
        print("TensorFlow", TensorFlow.version());
        Devices.all()
                .forEach(device ->
                        print("Device", device.shortName() + ", " + device.memoryBytes() / (1 << 20) + " MiB"));
        if (!Devices.gpuPresent()) {
            print("GPU", "none that TensorFlow can use; with an NVIDIA card try ODEON_PROFILES=gpu,cuda-redist");
        }
        boolean xla = xlaWorks();
        print("XLA", xla ? "works" : "does not work: train with --compile executor");
        String arrow = Schema.class.getPackage().getImplementationVersion();
        print("Arrow", arrow == null ? "present" : arrow);
        print("Data folder", String.valueOf(CacheFolder.of(HostEnvironment.current())));
        System.out.println("Ready to train.");
        return 0;
    }

    private static boolean xlaWorks() {
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            Values result = Compilation.XLA.run(
                    tf,
                    "probe",
                    Values.of("x", tf.constant(3.0)),
                    (inner, values) -> Values.of("y", inner.math.square(values.get("x", TFloat64.class))));
            try (Session session = Sessions.open(graph);
                    Result fetched = session.runner().fetch(result.get("y")).run()) {
                return Floats.read(fetched.get(0))[0] == 9;
            }
        } catch (org.tensorflow.exceptions.TensorFlowException e) {
            return false;
        }
    }

    private static void print(String what, String value) {
        System.out.printf("%-14s %s%n", what, value);
    }
}
