package dev.odeon.experiments.results;

import dev.odeon.adjoint.Gradient;
import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import dev.odeon.graph.runtime.Sessions;
import dev.odeon.ode.OdeSolver;
import dev.odeon.ode.Solution;
import dev.odeon.solvers.Outcome;
import dev.odeon.solvers.Statistics;
import dev.odeon.solvers.steps.SaveAt;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;

/**
 * One solve in float64, without gradient, in a graph of its own.
 *
 * <p>Evaluations and steps are summed over the samples: samples that share their steps each count all of them.
 */
public final class MeasuredSolve {

    /** In milliseconds; the share of preparing the executor in such a run is small. */
    private static final double LONG = 2000;

    private MeasuredSolve() {}

    /**
     * Builds the solve of a batch of one and runs it.
     *
     * @param u0 initial state
     * @param repeats as below
     */
    public static SolveFigures run(OdeSolver<TFloat64> solver, double[] u0, SaveAt saveAt, int repeats) {
        return run(solver, new double[][] {u0}, saveAt, repeats);
    }

    /**
     * Builds the solve of a batch and runs it.
     *
     * @param u0 initial state of each sample
     * @param repeats how many runs are measured after a first one; the first is measured itself if only one is asked for
     *     or if it takes long
     */
    public static SolveFigures run(OdeSolver<TFloat64> solver, double[][] u0, SaveAt saveAt, int repeats) {
        if (repeats < 1) {
            throw new IllegalArgumentException("The number of runs is " + repeats + ": give 1 or more");
        }
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            Shape shape = Shape.of(u0.length, u0[0].length);
            // Fed, because TensorFlow would otherwise compute parts of the solve while it optimises the graph.
            Placeholder<TFloat64> start = tf.placeholder(TFloat64.class, Placeholder.shape(shape));
            Solution<TFloat64> solution = solver.withGradient(Gradient.NONE).solve(tf, start, Values.empty(), saveAt);
            try (Session session = Sessions.open(graph);
                    TFloat64 fed = Floats.tensor(
                            TFloat64.class,
                            shape,
                            Arrays.stream(u0).flatMapToDouble(Arrays::stream).toArray())) {
                return run(tf, session, start, fed, solution, repeats);
            }
        }
    }

    private static SolveFigures run(
            Ops tf, Session session, Operand<TFloat64> start, TFloat64 fed, Solution<TFloat64> solution, int repeats) {
        Statistics statistics = solution.statistics();
        Session.Runner runner =
                session.runner().feed(start, fed).fetch(solution.states()).fetch(worst(tf, solution.outcome()));
        int samples = Math.toIntExact(fed.shape().get(0));
        for (Operand<TInt32> count : List.of(
                statistics.nfe(),
                statistics.linearSolves(),
                statistics.factorizations(),
                statistics.newtonIterations(),
                statistics.accepted(),
                statistics.rejected())) {
            runner.fetch(total(tf, count, samples));
        }
        List<Double> millis = new ArrayList<>();
        Timed last = timed(runner);
        if (repeats == 1 || last.millis() > LONG) {
            return last.figures(last.millis());
        }
        // The first run also prepared the executor.
        for (int i = 0; i < repeats; i++) {
            last = timed(runner);
            millis.add(last.millis());
        }
        return last.figures(median(millis));
    }

    /** The first outcome that is not SUCCESS. */
    private static Operand<TInt32> worst(Ops tf, Operand<TInt32> outcome) {
        return outcome.shape().numDimensions() == 0 ? outcome : tf.reduceMax(outcome, tf.constant(0));
    }

    private static Operand<TInt32> total(Ops tf, Operand<TInt32> count, int samples) {
        return count.shape().numDimensions() == 0
                ? tf.math.mul(count, tf.constant(samples))
                : tf.reduceSum(count, tf.constant(0));
    }

    private record Timed(double millis, double[] states, int[] numbers) {
        SolveFigures figures(double medianMillis) {
            return new SolveFigures(
                    states,
                    Outcome.ofCode(numbers[0]),
                    numbers[1],
                    numbers[2],
                    numbers[3],
                    numbers[4],
                    numbers[5],
                    numbers[6],
                    medianMillis);
        }
    }

    private static Timed timed(Session.Runner runner) {
        long begin = System.nanoTime();
        try (Result result = runner.run()) {
            double millis = (System.nanoTime() - begin) / 1e6;
            int[] numbers = new int[result.size() - 1];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = ((TInt32) result.get(i + 1)).getInt();
            }
            return new Timed(millis, Floats.read(result.get(0)), numbers);
        }
    }

    /** The median; of an even number the mean of the two in the middle. */
    public static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int n = sorted.size();
        return (sorted.get((n - 1) / 2) + sorted.get(n / 2)) / 2;
    }
}
