package dev.odeon.experiments.bench.adjoint;

import dev.odeon.experiments.results.MeasuredSolve;
import dev.odeon.experiments.results.Norms;
import dev.odeon.graph.Floats;
import dev.odeon.graph.Gradients;
import dev.odeon.graph.Values;
import dev.odeon.graph.parameters.Parameters;
import dev.odeon.graph.runtime.LoopMemory;
import dev.odeon.graph.runtime.Sessions;
import dev.odeon.ode.OdeSolver;
import dev.odeon.ode.Solution;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.Outcome;
import dev.odeon.solvers.steps.SaveAt;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;

/**
 * One solve of {@code n} steps with the gradient of the mean square of its last state, in a graph of its own.
 *
 * <p>Owns graph and session: close it.
 */
final class MeasuredGradient implements AutoCloseable {

    private static final long SEED = 1;
    private static final String START = "start";

    private static final String NFE = "nfe";
    private static final String ACCEPTED = "accepted";
    private static final String OUTCOME = "outcome";
    private static final String NFE_BACKWARD = "nfe backward";
    private static final String RECOMPUTED = "recomputed";
    private static final String RECONSTRUCTED = "reconstructed";

    private final int steps;
    private final double[] u0;
    private final Graph graph = new Graph();
    private final Op initializer;
    private final Session session;
    private final Placeholder<TFloat64> start;
    private final TFloat64 fed;
    private final Values gradients;
    private final Map<String, Operand<?>> numbers = new LinkedHashMap<>();
    private final double buildMillis;

    /**
     * Builds it.
     *
     * @param u0 initial states, row by row
     */
    MeasuredGradient(
            NeuralField field, double[] u0, int dimension, double interval, Method method, Variant variant, int n) {
        this.steps = n;
        this.u0 = u0;
        try {
            Ops tf = Ops.create(graph);
            long begin = System.nanoTime();
            Parameters parameters = new Parameters(tf, SEED);
            field.declare(parameters);
            Values theta = parameters.read();
            Shape shape = Shape.of(u0.length / dimension, dimension);
            // Fed, because TensorFlow would otherwise compute parts of the solve while it optimises the graph.
            this.start = tf.placeholder(TFloat64.class, Placeholder.shape(shape));
            Solution<TFloat64> solution = OdeSolver.of(field, method, variant.control(interval, n))
                    .withGradient(variant.gradient().apply(n))
                    .solve(tf, start, theta, SaveAt.end(0, interval));
            Operand<TFloat64> loss = tf.math.mean(tf.math.square(solution.last()), tf.constant(new int[] {0, 1}));
            this.gradients = Gradients.of(tf, loss, theta.with(START, start));
            this.buildMillis = millisSince(begin);
            numbers.put(OUTCOME, solution.outcome());
            numbers.put(ACCEPTED, solution.statistics().accepted());
            numbers.put(NFE, solution.statistics().nfe());
            solution.backward().ifPresent(backward -> {
                numbers.put(NFE_BACKWARD, backward.nfe());
                numbers.put(RECOMPUTED, backward.recomputedSteps());
            });
            solution.reconstructed().ifPresent(state -> numbers.put(RECONSTRUCTED, state));
            this.initializer = parameters.initializer();
            this.session = opened();
            this.fed = Floats.tensor(TFloat64.class, shape, u0);
        } catch (RuntimeException | Error e) {
            // Nobody else can close what is not finished.
            graph.close();
            throw e;
        }
    }

    private Session opened() {
        Session opened = Sessions.open(graph);
        try {
            opened.run(initializer);
            return opened;
        } catch (RuntimeException | Error e) {
            opened.close();
            throw e;
        }
    }

    /** Runs it as often as the limits allow. */
    GradientFigures measure(Limits limits) {
        long begin = System.nanoTime();
        Run first = run();
        List<Double> millis = new ArrayList<>();
        while (millis.size() < limits.repeats() && millisSince(begin) < limits.capMillis()) {
            millis.add(run().millis());
        }
        long peak = steps <= limits.tracedSteps() ? peakBytes() : -1;
        return new GradientFigures(
                buildMillis,
                first.millis(),
                millis.isEmpty() ? first.millis() : MeasuredSolve.median(millis),
                Math.max(1, millis.size()),
                peak,
                Outcome.ofCode(first.number(OUTCOME)),
                first.number(ACCEPTED),
                first.number(RECOMPUTED),
                first.number(NFE),
                numbers.containsKey(NFE_BACKWARD) ? first.number(NFE_BACKWARD) : -1,
                first.gradient(),
                numbers.containsKey(RECONSTRUCTED)
                        ? Norms.relativeDistance(first.values().getOrDefault(RECONSTRUCTED, u0), u0)
                        : Double.NaN);
    }

    /** The most memory that tensors take at the same time in one run; see {@link LoopMemory}. */
    long peakBytes() {
        return new LoopMemory(graph, initializer, Map.of(start, fed), gradients.operands()).measure(session);
    }

    private record Run(double millis, double[] gradient, Map<String, double[]> values) {
        int number(String name) {
            double[] found = values.get(name);
            return found == null ? 0 : (int) found[0];
        }
    }

    private Run run() {
        Session.Runner runner = session.runner().feed(start, fed);
        gradients.operands().forEach(runner::fetch);
        numbers.values().forEach(runner::fetch);
        long begin = System.nanoTime();
        try (Result result = runner.run()) {
            double millis = millisSince(begin);
            int parts = gradients.operands().size();
            DoubleStream gradient = DoubleStream.empty();
            for (int i = 0; i < parts; i++) {
                gradient = DoubleStream.concat(gradient, DoubleStream.of(Floats.read(result.get(i))));
            }
            Map<String, double[]> values = new LinkedHashMap<>();
            int next = parts;
            for (String name : numbers.keySet()) {
                values.put(name, read(result.get(next++)));
            }
            return new Run(millis, gradient.toArray(), values);
        }
    }

    private static double[] read(Tensor tensor) {
        return tensor instanceof TInt32 number ? new double[] {number.getInt()} : Floats.read(tensor);
    }

    private static double millisSince(long begin) {
        return (System.nanoTime() - begin) / 1e6;
    }

    @Override
    public void close() {
        fed.close();
        session.close();
        graph.close();
    }
}
