package dev.odeon.models.grand;

import dev.odeon.datasets.graphs.GraphData;
import dev.odeon.datasets.graphs.Split;
import dev.odeon.graph.Floats;
import dev.odeon.graph.Gradients;
import dev.odeon.graph.TestGraph;
import dev.odeon.graph.Values;
import dev.odeon.graph.parameters.Parameters;
import dev.odeon.models.training.Phase;
import dev.odeon.models.training.Score;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;
import org.tensorflow.types.family.TType;

/** A model whose parameters are random numbers that a test feeds, and can change one by one. */
final class FedModel<T extends TFloating> implements AutoCloseable {

    private final TestGraph graph = new TestGraph();
    private final Map<String, Operand<?>> placeholders = new LinkedHashMap<>();
    private final Map<String, Shape> shapes = new LinkedHashMap<>();
    private final Map<String, double[]> numbers = new LinkedHashMap<>();
    private final Map<String, TType> data;
    private final Class<T> type;
    private final Session session;
    private final Values results;

    FedModel(GrandSettings settings, GraphData nodes, Split split, SolverSettings solver, Class<T> type, Phase phase) {
        this.type = type;
        Grand<T> model = new Grand<>(settings, nodes, solver, type);
        Ops tf = graph.tf();
        Parameters parameters = new Parameters(tf, 1);
        Parameters states = new Parameters(tf, 1);
        model.declare(parameters);
        model.declareStates(states);
        data = model.data(split);
        Values fed = feeds(tf, parameters);
        Values arguments = fed;
        Values constants = feeds(tf, states);
        for (String name : constants.names()) {
            arguments = arguments.withConstant(name, constants.get(name));
        }
        for (Map.Entry<String, TType> entry : data.entrySet()) {
            Operand<?> placeholder = tf.placeholder(
                    entry.getValue().type(), Placeholder.shape(entry.getValue().shape()));
            placeholders.put(entry.getKey(), placeholder);
            arguments = arguments.withConstant(entry.getKey(), placeholder);
        }
        Operand<TInt64> seed = tf.placeholder(TInt64.class, Placeholder.shape(Shape.of(2)));
        placeholders.put(Grand.SEED, seed);
        arguments = arguments.withConstant(Grand.SEED, seed);
        results = solver.compilation().run(tf, "score", arguments, (inner, values) -> {
            Values trained = Values.empty();
            for (String name : fed.names()) {
                trained = trained.with(name, values.get(name));
            }
            Score<T> score = model.score(inner, values, trained, phase);
            Values all = Values.of("loss", score.loss())
                    .and(score.metrics().prefixed("metric/"))
                    .and(score.updates().prefixed("update/"));
            return phase == Phase.TRAINING
                    ? all.and(Gradients.of(inner, score.loss(), trained).prefixed("gradient/"))
                    : all;
        });
        session = graph.quickSession();
    }

    /** One placeholder for each variable, with numbers that depend on its name. */
    private Values feeds(Ops tf, Parameters parameters) {
        Values fed = Values.empty();
        for (Parameters.Parameter parameter : parameters.all()) {
            Random random = new Random(parameter.name().hashCode());
            double[] values = random.doubles(parameter.count(), -0.8, 0.8).toArray();
            if (parameter.name().endsWith("variance")) {
                values = random.doubles(parameter.count(), 0.5, 2).toArray();
            }
            Operand<?> placeholder = tf.placeholder(type, Placeholder.shape(parameter.shape()));
            placeholders.put(parameter.name(), placeholder);
            shapes.put(parameter.name(), parameter.shape());
            numbers.put(parameter.name(), values);
            fed = fed.with(parameter.name(), placeholder);
        }
        return fed;
    }

    /** Parameters and states: their numbers, which may be changed. */
    Map<String, double[]> numbers() {
        return numbers;
    }

    /** Names of the gradients, or of the updates, without their prefix. */
    Values under(String prefix) {
        return results.under(prefix);
    }

    double[] run(String result) {
        return run(result, 5);
    }

    double[] run(String result, long seed) {
        double[] numbersOfResult = run(seed).get(result);
        if (numbersOfResult == null) {
            throw new IllegalArgumentException(result + " is none of " + results.names());
        }
        return numbersOfResult;
    }

    /** All results of one run; always all of them, because TensorFlow optimises the graph anew for others. */
    Map<String, double[]> run(long seed) {
        Session.Runner runner = session.runner();
        results.operands().forEach(runner::fetch);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        numbers.forEach((name, values) -> tensors.put(name, Floats.tensor(type, shape(name), values)));
        tensors.put(Grand.SEED, TInt64.vectorOf(seed, 3));
        tensors.forEach((name, tensor) -> runner.feed(placeholder(name), tensor));
        data.forEach((name, tensor) -> runner.feed(placeholder(name), tensor));
        try (Result fetched = runner.run()) {
            Map<String, double[]> all = new LinkedHashMap<>();
            int i = 0;
            for (String name : results.names()) {
                all.put(name, Floats.read(fetched.get(i++)));
            }
            return all;
        } finally {
            tensors.values().forEach(Tensor::close);
        }
    }

    private Operand<?> placeholder(String name) {
        Operand<?> placeholder = placeholders.get(name);
        if (placeholder == null) {
            throw new IllegalArgumentException(name);
        }
        return placeholder;
    }

    private Shape shape(String name) {
        Shape shape = shapes.get(name);
        if (shape == null) {
            throw new IllegalArgumentException(name);
        }
        return shape;
    }

    @Override
    public void close() {
        data.values().forEach(TType::close);
        graph.close();
    }
}
