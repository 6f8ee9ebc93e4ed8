package dev.odeon.solvers.linear;

import dev.odeon.graph.Compilation;
import dev.odeon.graph.Floats;
import dev.odeon.graph.GraphFunction;
import dev.odeon.graph.TestGraph;
import dev.odeon.graph.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/** Builds a graph of fed inputs, runs it, and gives its results as numbers. */
final class Runs {

    /** An input: numbers of a shape. */
    record Numbers(double[] values, long... shape) {}

    /** Numbers by name; asking for a name that is not there is a mistake of the test. */
    record Named(Map<String, double[]> all) {
        double[] get(String name) {
            return Objects.requireNonNull(all.get(name), name);
        }

        /** The inputs' numbers without their shapes. */
        static Named of(Map<String, Numbers> inputs) {
            Map<String, double[]> all = new LinkedHashMap<>();
            inputs.forEach((name, numbers) -> all.put(name, numbers.values()));
            return new Named(all);
        }
    }

    private Runs() {}

    /** The floating-point results of a body by name; inputs are fed, so that nothing is folded beforehand. */
    static <T extends TFloating> Named run(
            Class<T> type, Compilation compilation, Map<String, Numbers> inputs, GraphFunction.Body body) {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Values arguments = Values.empty();
            for (Map.Entry<String, Numbers> input : inputs.entrySet()) {
                Shape shape = Shape.of(input.getValue().shape());
                arguments = arguments.with(input.getKey(), tf.placeholder(type, Placeholder.shape(shape)));
            }
            Values results = compilation.run(tf, "run", arguments, body);
            List<Tensor> fed = new ArrayList<>();
            Session session = graph.session();
            Session.Runner runner = session.runner();
            inputs.forEach(
                    (name, numbers) -> fed.add(Floats.tensor(type, Shape.of(numbers.shape()), numbers.values())));
            int i = 0;
            for (Operand<?> argument : arguments.operands()) {
                runner.feed(argument, fed.get(i++));
            }
            results.operands().forEach(runner::fetch);
            Map<String, double[]> found = new LinkedHashMap<>();
            try (Result fetched = runner.run()) {
                int k = 0;
                for (String name : results.names()) {
                    found.put(name, Floats.read(fetched.get(k++)));
                }
            } finally {
                fed.forEach(Tensor::close);
            }
            return new Named(found);
        }
    }

    /** A flag as a number of the element type. */
    static <T extends TFloating> Operand<T> number(Ops tf, Class<T> type, Operand<TInt32> flag) {
        return tf.dtypes.cast(flag, type);
    }
}
