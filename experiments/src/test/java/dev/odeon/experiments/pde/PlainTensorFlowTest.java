package dev.odeon.experiments.pde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.odeon.adjoint.Gradient;
import dev.odeon.datasets.graphs.KarateClub;
import dev.odeon.graph.Floats;
import dev.odeon.graph.TensorSpec;
import dev.odeon.graph.Values;
import dev.odeon.graph.export.ExportedFunction;
import dev.odeon.graph.export.KnownOperations;
import dev.odeon.graph.export.ModelGraph;
import dev.odeon.graph.export.SavedModelFolder;
import dev.odeon.graph.layers.Activation;
import dev.odeon.graph.layers.Mlp;
import dev.odeon.graph.parameters.Parameters;
import dev.odeon.models.grand.Grand;
import dev.odeon.models.grand.GrandSettings;
import dev.odeon.models.grand.SolverSettings;
import dev.odeon.models.recurrent.GruCell;
import dev.odeon.models.recurrent.ObservedSeries;
import dev.odeon.models.recurrent.OdeRnn;
import dev.odeon.models.serving.ServedModel;
import dev.odeon.models.training.Objective;
import dev.odeon.solvers.Methods;
import dev.odeon.solvers.steps.PidController;
import java.io.File;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;

/** Exported models give the same numbers in a process that has TensorFlow Java but nothing of Odeon. */
class PlainTensorFlowTest {

    private static final double ROUNDING = 1e-12;

    @TempDir
    private Path folder = Path.of("");

    /** A function, the numbers it is given, and what it gave here, where the parameters are variables. */
    private record Case(String name, Map<String, double[]> expected) {}

    /** Exports a function with fresh parameters, and runs it here on them. */
    private Case exported(
            String name, List<TensorSpec> parameters, Declaration declaration, ExportedFunction function, long batch)
            throws Exception {
        Path own = Files.createDirectories(folder.resolve(name));
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            Parameters declared = new Parameters(tf, 3);
            Parameters states = new Parameters(tf, 3);
            declaration.declare(declared, states);
            Values values = declared.read().and(states.read());
            Values inputs = Values.empty();
            for (TensorSpec input : function.inputs()) {
                long[] extents = input.shape().asArray();
                extents[0] = extents[0] < 0 ? batch : extents[0];
                Shape shape = Shape.of(extents);
                double[] numbers = new double[Math.toIntExact(shape.size())];
                // Positive, as durations have to be.
                Arrays.setAll(
                        numbers,
                        i -> 0.6 + 0.5 * Math.sin(i * 0.7 + input.name().length()));
                inputs = inputs.with(input.name(), Floats.constant(tf, TFloat64.class, shape, numbers));
                Files.write(own.resolve(input.name() + ".in"), bytes(numbers));
                Files.write(
                        own.resolve(input.name() + ".shape"),
                        Arrays.stream(extents).mapToObj(Long::toString).toList());
            }
            Values outputs = function.body().apply(tf, inputs, values);
            try (Session session = new Session(graph)) {
                session.run(declared.initializer());
                session.run(states.initializer());
                SavedModelFolder.write(
                        ModelGraph.of(parameters, List.of(function)).frozen(session, values), own.resolve("model"));
                Map<String, double[]> expected = new LinkedHashMap<>();
                for (TensorSpec output : outputs.specs()) {
                    if (output.type().equals(TFloat64.class)) {
                        try (Result fetched = session.runner()
                                .fetch(outputs.get(output.name()))
                                .run()) {
                            expected.put(output.name(), Floats.read(fetched.get(0)));
                        }
                    }
                }
                return new Case(name, expected);
            }
        }
    }

    private interface Declaration {
        void declare(Parameters parameters, Parameters states);
    }

    private Case exported(String name, Objective<TFloat64> objective, ServedModel model) throws Exception {
        List<TensorSpec> inputs =
                model.inputs().stream().map(input -> input.spec()).toList();
        return exported(
                name,
                model.parameters(),
                (parameters, states) -> {
                    objective.declare(parameters);
                    objective.declareStates(states);
                },
                new ExportedFunction(ServedModel.PREDICT, inputs, model.predict()),
                3);
    }

    private Case kuramotoSivashinsky() throws Exception {
        Surrogate surrogate = Surrogate.kuramotoSivashinsky(16, new Mlp.FanInUniform());
        PdeObjective<TFloat64> objective = new PdeObjective<>(
                TFloat64.class,
                surrogate,
                surrogate.linear(),
                new PdeObjective.Solve(Methods.IMEX_RK3, 0.05, 0.2, 1, Gradient.DISCRETE_ADJOINT),
                4,
                Loss.MEAN_SQUARE);
        return exported("ks", objective, ServedSurrogate.of(objective, 16, 22));
    }

    private Case grand() throws Exception {
        Grand<TFloat64> objective = new Grand<>(
                GrandSettings.cora(), KarateClub.load(), SolverSettings.of(Methods.IMEX_RK2, 1), TFloat64.class);
        return exported("grand", objective, objective.served());
    }

    /** By the library alone: a gated cell at five observations, chosen steps between them. */
    private Case odeRnn() throws Exception {
        GruCell cell = new GruCell("cell", 2, 4);
        Mlp mlp = Mlp.named("field", List.of(4, 6, 4), Activation.TANH);
        OdeRnn<TFloat64> hybrid = OdeRnn.<TFloat64>of(
                        (tf, t, u, theta) -> mlp.apply(tf, u, theta),
                        cell,
                        Methods.named("dopri5"),
                        PidController.of(1e-6, 1e-6))
                .withGradient(Gradient.NONE);
        Declaration declaration = (parameters, states) -> {
            cell.declare(parameters, TFloat64.class);
            mlp.declare(parameters, TFloat64.class, new Mlp.FanInUniform());
        };
        List<TensorSpec> specs = new ArrayList<>();
        try (Graph graph = new Graph()) {
            Parameters parameters = new Parameters(Ops.create(graph), 0);
            declaration.declare(parameters, parameters);
            specs.addAll(parameters.read().specs());
        }
        ExportedFunction predict = new ExportedFunction(
                "predict",
                List.of(
                        new TensorSpec("x", TFloat64.class, Shape.of(-1, 5, 2), true),
                        new TensorSpec("gaps", TFloat64.class, Shape.of(-1, 5), false)),
                (tf, inputs, parameters) -> {
                    Operand<TFloat64> x =
                            tf.linalg.transpose(inputs.get("x", TFloat64.class), tf.constant(new int[] {1, 0, 2}));
                    Operand<TFloat64> gaps =
                            tf.linalg.transpose(inputs.get("gaps", TFloat64.class), tf.constant(new int[] {1, 0}));
                    Operand<TFloat64> first = tf.gather(x, tf.constant(0), tf.constant(0));
                    Operand<TFloat64> start =
                            tf.math.mul(tf.constant(0.1), tf.concat(List.of(first, first), tf.constant(1)));
                    return Values.of(
                            "next",
                            hybrid.pass(tf, start, parameters, ObservedSeries.of(x, gaps))
                                    .evolved());
                });
        return exported("ode-rnn", specs, declaration, predict, 3);
    }

    @Test
    void predictionsAreTheSameWithoutOdeon() throws Exception {
        List<Case> cases = List.of(kuramotoSivashinsky(), grand(), odeRnn());
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.matches(".*(tensorflow-core|ndarray|javacpp|protobuf-java).*"))
                .collect(Collectors.joining(File.pathSeparator));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx512m",
                "-cp",
                classPath,
                Path.of(Objects.requireNonNull(PlainTensorFlowTest.class.getResource("/plain/PlainTensorFlow.java"))
                                .toURI())
                        .toString()));
        cases.forEach(each -> command.add(folder.resolve(each.name()).toString()));
        File log = folder.resolve("log").toFile();
        Process child = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start();
        assertThat(child.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(child.exitValue()).as(Files.readString(log.toPath())).isZero();
        for (Case each : cases) {
            assertThat(KnownOperations.unknown(folder.resolve(each.name()).resolve("model")))
                    .as(each.name())
                    .isEmpty();
            assertThat(each.expected()).isNotEmpty();
            for (Map.Entry<String, double[]> output : each.expected().entrySet()) {
                double[] there = doubles(folder.resolve(each.name()).resolve(output.getKey() + ".out"));
                assertThat(there).as(each.name()).hasSameSizeAs(output.getValue());
                assertThat(Arrays.stream(there).map(Math::abs).sum()).isGreaterThan(0.1);
                assertThat(there).as(each.name()).containsExactly(output.getValue(), within(ROUNDING));
            }
        }
    }

    private static byte[] bytes(double[] numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(numbers.length * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asDoubleBuffer().put(numbers);
        return bytes.array();
    }

    private static double[] doubles(Path file) throws Exception {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        double[] numbers = new double[bytes.remaining() / Double.BYTES];
        bytes.asDoubleBuffer().get(numbers);
        return numbers;
    }
}
