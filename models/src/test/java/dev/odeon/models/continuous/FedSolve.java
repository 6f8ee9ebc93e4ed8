package dev.odeon.models.continuous;

import dev.odeon.graph.Floats;
import dev.odeon.graph.Gradients;
import dev.odeon.graph.TestGraph;
import dev.odeon.graph.Values;
import dev.odeon.graph.parameters.Parameters;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.family.TFloating;

/** A function of features and parameters, all of them random numbers that a test feeds and may change one by one. */
public final class FedSolve<T extends TFloating> implements AutoCloseable {

    public static final String FEATURES = "features";

    /** What is looked at. */
    @FunctionalInterface
    public interface Function<T extends TFloating> {
        Operand<T> apply(Ops tf, Operand<T> features, Values theta);
    }

    private final TestGraph graph = new TestGraph();
    private final Map<String, Operand<?>> placeholders = new LinkedHashMap<>();
    private final Map<String, Shape> shapes = new LinkedHashMap<>();
    private final Map<String, double[]> numbers = new LinkedHashMap<>();
    private final Class<T> type;
    private final Session session;
    private final Values results;
    private Map<String, double[]> last = Map.of();
    private Map<String, double[]> ranWith = Map.of();

    public FedSolve(Class<T> type, Shape features, Consumer<Parameters> declaration, Function<T> function) {
        this.type = type;
        Ops tf = graph.tf();
        Parameters parameters = new Parameters(tf, 1);
        declaration.accept(parameters);
        Values fed = Values.of(FEATURES, placeholder(FEATURES, features));
        for (Parameters.Parameter parameter : parameters.all()) {
            fed = fed.with(parameter.name(), placeholder(parameter.name(), parameter.shape()));
        }
        Operand<T> result = function.apply(tf, fed.get(FEATURES, type), fed.without(FEATURES));
        Operand<T> weights = weights(result);
        Operand<T> all = tf.reshape(tf.math.mul(result, weights), tf.constant(new int[] {-1}));
        Operand<T> loss = tf.reduceSum(all, tf.constant(0));
        results = Values.of("result", result)
                .with("loss", loss)
                .and(Gradients.of(tf, loss, fed).prefixed("gradient/"));
        session = graph.quickSession();
    }

    private Operand<T> weights(Operand<T> result) {
        double[] weights = new Random(7).doubles(result.shape().size(), -1, 1).toArray();
        return Floats.constant(graph.tf(), type, result.shape(), weights);
    }

    private Operand<T> placeholder(String name, Shape shape) {
        Operand<T> placeholder = graph.tf().placeholder(type, Placeholder.shape(shape));
        placeholders.put(name, placeholder);
        shapes.put(name, shape);
        numbers.put(
                name,
                new Random(name.hashCode()).doubles(shape.size(), -0.8, 0.8).toArray());
        return placeholder;
    }

    /** All results, of the last run if no number has changed since. */
    private Map<String, double[]> results() {
        Map<String, double[]> now = new LinkedHashMap<>();
        numbers.forEach((name, values) -> now.put(name, values.clone()));
        boolean same = !last.isEmpty()
                && numbers.keySet().stream().allMatch(name -> Arrays.equals(of(ranWith, name), of(numbers, name)));
        if (!same) {
            last = run();
            ranWith = now;
        }
        return last;
    }

    private Map<String, double[]> run() {
        Session.Runner runner = session.runner();
        results.operands().forEach(runner::fetch);
        Map<Operand<?>, Tensor> tensors = new LinkedHashMap<>();
        numbers.forEach(
                (name, values) -> tensors.put(of(placeholders, name), Floats.tensor(type, of(shapes, name), values)));
        tensors.forEach(runner::feed);
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

    public double[] result() {
        return of(results(), "result");
    }

    public double[] gradient(String name) {
        return of(results(), "gradient/" + name);
    }

    /** Names of features and parameters. */
    public Iterable<String> names() {
        return numbers.keySet();
    }

    public double[] numbers(String name) {
        return of(numbers, name);
    }

    /** The central difference of the loss. */
    public double difference(String name, int i) {
        double h = 1e-5;
        double[] values = numbers(name);
        double before = values[i];
        values[i] = before + h;
        double up = of(run(), "loss")[0];
        values[i] = before - h;
        double down = of(run(), "loss")[0];
        values[i] = before;
        return (up - down) / (2 * h);
    }

    private static <V> V of(Map<String, V> map, String name) {
        V value = map.get(name);
        if (value == null) {
            throw new IllegalArgumentException(
                    name + " is none of " + Arrays.toString(map.keySet().toArray()));
        }
        return value;
    }

    @Override
    public void close() {
        graph.close();
    }
}
