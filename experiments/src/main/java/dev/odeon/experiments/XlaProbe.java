package dev.odeon.experiments;

import dev.odeon.graph.Compilation;
import dev.odeon.graph.Floats;
import dev.odeon.graph.RunTimeValues;
import dev.odeon.graph.Values;
import dev.odeon.graph.WhileLoop;
import dev.odeon.graph.runtime.Sessions;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;

/**
 * What of a training XLA compiles and runs: float64 exp and tanh, a matrix product, a loop.
 *
 * <p>In a process of its own: where a part of CUDA is missing, XLA may end the process that asks.
 */
final class XlaProbe {

    private static final double TOLERANCE = 1e-12;
    private static final long SECONDS = 120;
    private static final int ROUNDS = 5;
    private static final double[] VECTOR = {0.5, -0.25};

    private XlaProbe() {}

    /** What is wrong, empty if nothing is. */
    static String inAnotherProcess() throws IOException, InterruptedException {
        Path said = Files.createTempFile("odeon-probe", ".txt");
        try {
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString()));
            ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                    .filter(argument -> argument.startsWith("--add-opens")
                            || argument.startsWith("--enable-native-access")
                            || argument.startsWith("-Dorg.bytedeco"))
                    .forEach(command::add);
            command.addAll(List.of("-cp", System.getProperty("java.class.path"), XlaProbe.class.getName()));
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
                return "no answer after " + SECONDS + " seconds";
            }
            if (process.exitValue() == 0) {
                return "";
            }
            String last = new String(Files.readAllBytes(said), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .reduce("", (before, line) -> line);
            return last.isEmpty() ? "its process ended with code " + process.exitValue() : last;
        } finally {
            Files.deleteIfExists(said);
        }
    }

    /** The other process: exit code 0 if all is right, otherwise the last line says what is not. */
    public static void main(String[] arguments) {
        String failure;
        try {
            failure = failure();
        } catch (RuntimeException | LinkageError e) {
            failure = Odeon.oneLine(e);
        }
        System.out.println(failure);
        System.exit(failure.isEmpty() ? 0 : 1);
    }

    /** Here: what is wrong, empty if nothing is. */
    static String failure() {
        double[] found = computed();
        double[] expected = VECTOR.clone();
        for (int round = 0; round < ROUNDS; round++) {
            double[] before = expected.clone();
            for (int i = 0; i < expected.length; i++) {
                // The matrix has rows (0, 1) and (1, 1).
                double product = i == 0 ? before[1] : before[0] + before[1];
                expected[i] = Math.tanh(product) + Math.exp(-before[i]);
            }
        }
        for (int i = 0; i < expected.length; i++) {
            if (!(Math.abs(found[i] - expected[i]) <= TOLERANCE * Math.abs(expected[i]))) {
                return "it found " + found[i] + " in place of " + expected[i];
            }
        }
        return "";
    }

    private static double[] computed() {
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            // Not constants, which TensorFlow would work out beforehand.
            Operand<TFloat64> start = RunTimeValues.of(tf, Floats.constant(tf, TFloat64.class, Shape.of(2, 1), VECTOR));
            Values result =
                    Compilation.XLA.run(tf, "probe", Values.of("x", start), (inner, values) -> looped(inner, values));
            try (Session session = Sessions.open(graph);
                    Result fetched = session.runner().fetch(result.get("x")).run()) {
                return Floats.read(fetched.get(0));
            }
        }
    }

    private static Values looped(Ops tf, Values values) {
        Values initial = Values.of("round", tf.constant(0)).with("x", values.get("x"));
        WhileLoop loop = WhileLoop.define(
                tf,
                "probe",
                initial.specs(),
                List.of(),
                (inner, carried, fixed) -> inner.math.less(carried.get("round", TInt32.class), inner.constant(ROUNDS)),
                (inner, carried, fixed) -> {
                    Operand<TFloat64> x = carried.get("x", TFloat64.class);
                    Operand<TFloat64> matrix = Floats.constant(inner, TFloat64.class, Shape.of(2, 2), 0, 1, 1, 1);
                    Operand<TFloat64> product = inner.linalg.matMul(matrix, x);
                    Operand<TFloat64> next =
                            inner.math.add(inner.math.tanh(product), inner.math.exp(inner.math.neg(x)));
                    return Values.of("round", inner.math.add(carried.get("round", TInt32.class), inner.constant(1)))
                            .with("x", next);
                });
        return Values.of("x", loop.run(tf, initial, Values.empty()).values().get("x"));
    }
}
