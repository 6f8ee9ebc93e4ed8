package dev.odeon.plots.notebook;

import dev.odeon.graph.Floats;
import dev.odeon.graph.runtime.Sessions;
import dev.odeon.ode.Solution;
import dev.odeon.solvers.Outcome;
import dev.odeon.solvers.Statistics;
import java.util.Arrays;
import java.util.function.Function;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;

/**
 * The numbers of a solution, read out of its graph: times, states, outcome and cost.
 *
 * <p>Components of a state are counted from 0, in the order in which they lie in the tensor. Holds nothing that must be closed.
 */
public final class Solved {

    private final double[] times;
    private final double[] states;
    private final int rows;
    private final int samples;
    private final int size;
    private final Outcome outcome;
    private final Cost cost;

    /**
     * What a solve cost; of samples with steps of their own the sums.
     *
     * @param evaluations of the field, or of its nonlinear part
     * @param linearSolves with a factor
     * @param accepted steps taken
     * @param rejected steps tried and thrown away
     */
    public record Cost(long evaluations, long linearSolves, long accepted, long rejected) {}

    private Solved(double[] times, double[] states, Shape shape, Outcome outcome, Cost cost) {
        this.times = times;
        this.states = states;
        this.rows = (int) shape.get(0);
        this.samples = (int) shape.get(1);
        this.size = rows * samples == 0 ? 0 : states.length / (rows * samples);
        this.outcome = outcome;
        this.cost = cost;
    }

    /**
     * Builds a solution in a graph of its own, runs it once, and closes graph and session.
     *
     * @param build adds the solve to the graph; what it needs must be constants, not trained variables
     */
    public static Solved of(Function<Ops, ? extends Solution<?>> build) {
        try (Graph graph = new Graph()) {
            Solution<?> solution = build.apply(Ops.create(graph));
            try (Session session = Sessions.open(graph)) {
                return of(session, solution);
            }
        }
    }

    /** Runs a solution in a session of the caller, in which its variables have their values. */
    public static Solved of(Session session, Solution<?> solution) {
        Statistics statistics = solution.statistics();
        try (Result result = session.runner()
                .fetch(solution.times())
                .fetch(solution.states())
                .fetch(solution.outcome())
                .fetch(statistics.nfe())
                .fetch(statistics.linearSolves())
                .fetch(statistics.accepted())
                .fetch(statistics.rejected())
                .run()) {
            return new Solved(
                    Floats.read(result.get(0)),
                    Floats.read(result.get(1)),
                    result.get(1).shape(),
                    Outcome.of(result.get(2)),
                    new Cost(sum(result.get(3)), sum(result.get(4)), sum(result.get(5)), sum(result.get(6))));
        }
    }

    private static long sum(Tensor counts) {
        long[] sum = {0};
        ((TInt32) counts).scalars().forEach(count -> sum[0] += count.getInt());
        return sum[0];
    }

    /** How it ended. */
    public Outcome outcome() {
        return outcome;
    }

    /** What it cost. */
    public Cost cost() {
        return cost;
    }

    /** How many samples were solved at once. */
    public int samples() {
        return samples;
    }

    /** How many components the state of a sample has. */
    public int size() {
        return size;
    }

    /** The times of the kept states of a sample; NaN where chosen steps did not reach them. */
    public double[] times(int sample) {
        check(sample, samples, "sample");
        if (times.length == rows) {
            return times.clone();
        }
        double[] own = new double[rows];
        for (int row = 0; row < rows; row++) {
            own[row] = times[row * samples + sample];
        }
        return own;
    }

    /** One component of a sample at all its times; NaN where the solve did not reach them. */
    public double[] component(int sample, int component) {
        check(sample, samples, "sample");
        check(component, size, "component");
        double[] values = new double[rows];
        for (int row = 0; row < rows; row++) {
            values[row] = states[(row * samples + sample) * size + component];
        }
        return values;
    }

    /** All states of a sample, time after time: [times * size]. */
    public double[] states(int sample) {
        check(sample, samples, "sample");
        double[] values = new double[rows * size];
        for (int row = 0; row < rows; row++) {
            System.arraycopy(states, (row * samples + sample) * size, values, row * size, size);
        }
        return values;
    }

    /** The last kept state of a sample: [size]. */
    public double[] last(int sample) {
        double[] all = states(sample);
        return Arrays.copyOfRange(all, all.length - size, all.length);
    }

    private static void check(int wanted, int there, String what) {
        if (wanted < 0 || wanted >= there) {
            throw new IllegalArgumentException("There is no " + what + " " + wanted + ": give 0 to " + (there - 1));
        }
    }
}
