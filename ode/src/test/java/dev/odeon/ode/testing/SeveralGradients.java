package dev.odeon.ode.testing;

import dev.odeon.adjoint.Gradient;
import dev.odeon.graph.Floats;
import dev.odeon.graph.Gradients;
import dev.odeon.graph.TestGraph;
import dev.odeon.graph.Values;
import dev.odeon.graph.runtime.GraphSize;
import dev.odeon.ode.OdeSolver;
import dev.odeon.ode.Solution;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.SplitField;
import dev.odeon.solvers.linear.Dense;
import dev.odeon.solvers.linear.DenseSolve;
import dev.odeon.solvers.linear.Diagonal;
import dev.odeon.solvers.linear.LinearOperator;
import dev.odeon.solvers.steps.SaveAt;
import dev.odeon.solvers.steps.StepControl;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TFloating;

/**
 * One solve with several gradients, all in one graph that reads the same inputs: u' = tanh(u W + b sin t) + J u, two samples
 * of two components.
 *
 * <p>The loss is the inner product of fed weights with the states kept, so that its gradient is the product of the weights
 * with the transposed Jacobian of the solve.
 */
public final class SeveralGradients implements AutoCloseable {

    /** What J is made of. */
    public enum LinearPart {
        /** A trained matrix. */
        DENSE {
            @Override
            <T extends TFloating> LinearOperator<T> operator(Ops tf, Class<T> type, Values inputs) {
                return Dense.of(inputs.get("j", type), DenseSolve.INVERSE);
            }
        },
        /** Trained rates, whose factors cost nothing: with chosen steps they need no ladder of sizes. */
        DIAGONAL {
            @Override
            <T extends TFloating> LinearOperator<T> operator(Ops tf, Class<T> type, Values inputs) {
                return Diagonal.of(tf.linalg.tensorDiagPart(inputs.get("j", type)));
            }
        },
        /** A constant matrix. */
        CONSTANT {
            @Override
            <T extends TFloating> LinearOperator<T> operator(Ops tf, Class<T> type, Values inputs) {
                return Dense.of(J, DenseSolve.INVERSE);
            }
        };

        abstract <T extends TFloating> LinearOperator<T> operator(Ops tf, Class<T> type, Values inputs);
    }

    private static final double[][] J = {{-2, 1}, {0.5, -3}};
    private static final Map<String, double[]> INPUTS = new LinkedHashMap<>();
    private static final Map<String, Shape> SHAPES =
            Map.of("u0", Shape.of(2, 2), "w", Shape.of(2, 2), "b", Shape.of(2), "j", Shape.of(2, 2));

    static {
        INPUTS.put("u0", new double[] {0.3, -0.2, 0.5, 0.7});
        INPUTS.put("w", new double[] {0.5, -0.3, 0.2, 0.4});
        INPUTS.put("b", new double[] {0.1, -0.2});
        INPUTS.put("j", new double[] {J[0][0], J[0][1], J[1][0], J[1][1]});
    }

    /**
     * What one run gives.
     *
     * @param states kept, row by row
     * @param gradient with respect to all inputs, as one vector
     */
    public record Numbers(double[] states, double[] gradient) {}

    private record Differentiated(Operand<?> states, Values gradients) {}

    private final TestGraph graph = new TestGraph();
    private final SaveAt saveAt;
    private final LinearPart linear;
    private final Values inputs;
    private final Operand<TFloat64> weights;
    private final Map<String, Differentiated> solves = new LinkedHashMap<>();
    private @Nullable Session session;

    public SeveralGradients(LinearPart linear, SaveAt saveAt) {
        this.linear = linear;
        this.saveAt = saveAt;
        Values fed = Values.empty();
        for (Map.Entry<String, double[]> input : INPUTS.entrySet()) {
            // The exponential of a trainable matrix has no derivative: J is constant there.
            if (linear != LinearPart.CONSTANT || !input.getKey().equals("j")) {
                fed = fed.with(input.getKey(), fed(shape(input.getKey()), input.getValue()));
            }
        }
        this.inputs = fed;
        int rows = saveAt.intermediate() == SaveAt.Kept.ALL ? saveAt.times().length : 1;
        this.weights = fed(Shape.of(rows, 2, 2), new double[4 * rows]);
    }

    /** Not a constant: TensorFlow would compute the solve while optimising the graph. */
    private Operand<TFloat64> fed(Shape shape, double[] values) {
        return graph.tf().placeholderWithDefault(Floats.constant(graph.tf(), TFloat64.class, shape, values), shape);
    }

    private static Shape shape(String input) {
        return Objects.requireNonNull(SHAPES.get(input));
    }

    /** Adds a solve with a gradient under a name. */
    public <T extends TFloating> void add(
            String name, Class<T> type, Method method, StepControl control, Gradient gradient) {
        Ops tf = graph.tf();
        Values cast = Values.empty();
        for (String input : inputs.names()) {
            cast = cast.with(input, tf.dtypes.cast(inputs.get(input, TFloat64.class), type));
        }
        Values theta = Values.of("w", cast.get("w")).with("b", cast.get("b"));
        Solution<T> solution = OdeSolver.of(
                        new SplitField<T>(Problems::tanh, linear.operator(tf, type, cast)), method, control)
                .withGradient(gradient)
                .solve(tf, cast.get("u0", type), theta, saveAt);
        Operand<T> weighted = tf.math.mul(solution.states(), tf.dtypes.cast(weights, type));
        Operand<T> loss = tf.reduceSum(weighted, tf.constant(new int[] {0, 1, 2}));
        solves.put(name, new Differentiated(solution.states(), Gradients.of(tf, loss, inputs)));
    }

    /** A random direction, or weights. */
    private static double[] random(int count, int seed) {
        return new Random(seed)
                .doubles(count, 0.5, 1)
                .map(x -> x < 0.75 ? -2 * x : x)
                .toArray();
    }

    /** The weights of a seed. */
    public double[] weights(int seed) {
        return random(Math.toIntExact(weights.shape().size()), seed);
    }

    /** A direction in the space of all inputs, in the order of the gradients. */
    public double[] direction() {
        return random(
                inputs.names().stream()
                        .mapToInt(name -> Math.toIntExact(shape(name).size()))
                        .sum(),
                1);
    }

    /** All solves with the inputs moved along the direction; always the same fetches, which start slowly but once. */
    public Map<String, Numbers> run(double step, int seed) {
        if (session == null) {
            session = graph.quickSession();
        }
        Session.Runner runner = session.runner();
        List<TFloat64> tensors = new ArrayList<>();
        double[] direction = direction();
        int next = 0;
        for (String name : inputs.names()) {
            double[] moved = Objects.requireNonNull(INPUTS.get(name)).clone();
            for (int i = 0; i < moved.length; i++) {
                moved[i] += step * direction[next++];
            }
            tensors.add(Floats.tensor(TFloat64.class, shape(name), moved));
            runner.feed(inputs.get(name), tensors.get(tensors.size() - 1));
        }
        tensors.add(Floats.tensor(TFloat64.class, weights.shape(), weights(seed)));
        runner.feed(weights, tensors.get(tensors.size() - 1));
        solves.values().forEach(solve -> {
            runner.fetch(solve.states());
            solve.gradients().operands().forEach(runner::fetch);
        });
        Map<String, Numbers> found = new LinkedHashMap<>();
        try (Result result = runner.run()) {
            int i = 0;
            for (String name : solves.keySet()) {
                double[] states = Floats.read(result.get(i++));
                DoubleStream.Builder gradient = DoubleStream.builder();
                for (int k = 0; k < inputs.size(); k++) {
                    for (double x : Floats.read(result.get(i++))) {
                        gradient.add(x);
                    }
                }
                found.put(name, new Numbers(states, gradient.build().toArray()));
            }
        } finally {
            tensors.forEach(Tensor::close);
        }
        return found;
    }

    /** How many nodes the graph and its functions have. */
    public int nodes() {
        return GraphSize.nodes(graph.graph());
    }

    @Override
    public void close() {
        graph.close();
    }
}
