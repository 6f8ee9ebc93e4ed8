package dev.odeon.experiments.bench.build;

import dev.odeon.experiments.bench.adjoint.NeuralField;
import dev.odeon.experiments.bench.adjoint.Variant;
import dev.odeon.graph.Gradients;
import dev.odeon.graph.Values;
import dev.odeon.graph.parameters.Parameters;
import dev.odeon.graph.runtime.GraphSize;
import dev.odeon.ode.OdeSolver;
import dev.odeon.ode.Solution;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.Methods;
import dev.odeon.solvers.SplitField;
import dev.odeon.solvers.linear.Dense;
import dev.odeon.solvers.linear.DenseSolve;
import dev.odeon.solvers.linear.LinearOperator;
import dev.odeon.solvers.steps.SaveAt;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat64;

/**
 * A method, a gradient and the kind of its steps: what a solve is built of.
 *
 * <p>The field is a network plus J u for four samples of six components, in float64. J is a trained matrix; of exponential
 * methods, which cannot differentiate their exponential, a constant one.
 */
record Combination(Method method, Variant variant, Variant.Steps steps) {

    private static final int SAMPLES = 4;
    private static final int DIMENSION = 6;
    private static final int HIDDEN = 16;
    private static final int STEPS = 10;
    private static final double INTERVAL = 1;
    private static final long SEED = 1;

    private static final String START = "start";
    private static final String MATRIX = "matrix";

    /**
     * A graph with a solve in it.
     *
     * @param millis to add the solve and its gradient
     * @param nodes of the graph and its functions
     */
    record Built(double millis, int nodes) {}

    /** All combinations of some methods and gradients, whether they are allowed or not. */
    static List<Combination> of(List<Method> methods, List<Variant> variants) {
        List<Combination> all = new ArrayList<>();
        for (Method method : methods) {
            for (Variant variant : variants) {
                for (Variant.Steps steps : Variant.Steps.values()) {
                    all.add(new Combination(method, variant, steps));
                }
            }
        }
        return all;
    }

    /** Builds something, so that the first measurement does not pay for loading TensorFlow. */
    static void warmUp() {
        for (Variant variant : Variant.all()) {
            if (variant.steps() == Variant.Steps.FIXED) {
                new Combination(Methods.MIDPOINT, variant, Variant.Steps.FIXED).build();
            }
        }
    }

    /**
     * Builds the solve and the gradient of the mean square of its last state with respect to the state before it, the
     * parameters and J.
     *
     * @throws IllegalArgumentException if method, gradient and steps do not go together
     */
    Built build() {
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            NeuralField network = new NeuralField(DIMENSION, DIMENSION, HIDDEN);
            Parameters parameters = new Parameters(tf, SEED);
            network.declare(parameters);
            Values theta = parameters.read();
            Values targets = theta.with(START, placeholder(tf, SAMPLES));
            LinearOperator<TFloat64> linear;
            if (method.exponentiates()) {
                linear = Dense.of(matrix(), DenseSolve.INVERSE);
            } else {
                targets = targets.with(MATRIX, placeholder(tf, DIMENSION));
                linear = Dense.of(targets.get(MATRIX, TFloat64.class), DenseSolve.INVERSE);
            }
            long begin = System.nanoTime();
            Solution<TFloat64> solution = OdeSolver.of(
                            new SplitField<>(network, linear), method, steps.control(INTERVAL, STEPS))
                    .withGradient(variant.gradient().apply(STEPS))
                    .solve(tf, targets.get(START, TFloat64.class), theta, SaveAt.end(0, INTERVAL));
            Operand<TFloat64> loss = tf.math.mean(tf.math.square(solution.last()), tf.constant(new int[] {0, 1}));
            Gradients.of(tf, loss, targets);
            double millis = (System.nanoTime() - begin) / 1e6;
            return new Built(millis, GraphSize.nodes(graph));
        }
    }

    private static Placeholder<TFloat64> placeholder(Ops tf, int rows) {
        return tf.placeholder(TFloat64.class, Placeholder.shape(Shape.of(rows, DIMENSION)));
    }

    private static double[][] matrix() {
        double[][] matrix = new double[DIMENSION][DIMENSION];
        for (int i = 0; i < DIMENSION; i++) {
            matrix[i][i] = -1 - i;
            matrix[i][(i + 1) % DIMENSION] = 0.5;
        }
        return matrix;
    }
}
