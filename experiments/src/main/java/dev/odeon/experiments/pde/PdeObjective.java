package dev.odeon.experiments.pde;

import dev.odeon.adjoint.Gradient;
import dev.odeon.experiments.training.LinearPartNote;
import dev.odeon.graph.Floats;
import dev.odeon.graph.TensorSpec;
import dev.odeon.graph.Values;
import dev.odeon.graph.layers.Activation;
import dev.odeon.graph.layers.Mlp;
import dev.odeon.graph.parameters.Parameters;
import dev.odeon.models.training.Objective;
import dev.odeon.models.training.Phase;
import dev.odeon.models.training.Score;
import dev.odeon.models.training.data.BatchWeights;
import dev.odeon.ode.OdeSolver;
import dev.odeon.ode.Solution;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.SplitField;
import dev.odeon.solvers.linear.LinearOperator;
import dev.odeon.solvers.steps.FixedSteps;
import dev.odeon.solvers.steps.SaveAt;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.IntFunction;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * Fits a {@link Surrogate} to windows of trajectories: the solve from a window's first state is compared with the states
 * that follow.
 *
 * <p>All states lie on the device; an iteration is fed the rows at which its windows begin.
 */
public final class PdeObjective<T extends TFloating> implements Objective<T> {

    /** Name of the data: all states, [rows, points]. */
    public static final String STATES = "states";
    /** Name of the input: the first row of each window. */
    public static final String ROWS = "rows";
    /** Name of the input: how each window is moved and mirrored, see {@link Symmetry}. */
    public static final String SYMMETRIES = "symmetries";

    private static final String NONLINEAR = "nonlinear";

    /**
     * How it is solved.
     *
     * @param interval between two samples, in units of time
     * @param length of a window in intervals
     */
    public record Solve(Method method, double dt, double interval, int length, Gradient gradient) {

        /** Keeps all samples of so many intervals; of one only the end. */
        SaveAt saveAt(int intervals) {
            return intervals == 1 ? SaveAt.end(0, interval) : SaveAt.times(times(intervals));
        }

        double[] times(int intervals) {
            double[] times = new double[intervals + 1];
            for (int i = 0; i <= intervals; i++) {
                times[i] = i * interval;
            }
            return times;
        }
    }

    private final Class<T> type;
    private final Surrogate surrogate;
    private final Solve solve;
    private final int batch;
    private final Loss loss;
    private final Mlp mlp;
    private final OdeSolver<T> solver;

    /**
     * Joins surrogate, solve and loss.
     *
     * @param linear J in the form it is to be solved
     * @param batch windows in an iteration
     */
    public PdeObjective(
            Class<T> type, Surrogate surrogate, LinearOperator<T> linear, Solve solve, int batch, Loss loss) {
        this.type = type;
        this.surrogate = surrogate;
        this.solve = solve;
        this.batch = batch;
        this.loss = loss;
        this.mlp = Mlp.named(NONLINEAR, surrogate.widths(), Activation.RELU);
        SplitField<T> field = new SplitField<>(
                (tf, t, u, theta) -> {
                    Operand<T> output = mlp.apply(tf, u, theta);
                    return surrogate.factor() == 1
                            ? output
                            : tf.math.mul(output, Floats.scalar(tf, type, surrogate.factor()));
                },
                linear);
        this.solver = OdeSolver.of(field, solve.method(), new FixedSteps(solve.dt()));
    }

    /** The input that leaves every window of a batch as it is; the caller closes it. */
    public static TInt32 identities(int batch) {
        return Symmetry.identities(batch);
    }

    @Override
    public Class<T> type() {
        return type;
    }

    @Override
    public void declare(Parameters parameters) {
        mlp.declare(parameters, type, surrogate.initialization());
    }

    @Override
    public List<TensorSpec> inputs() {
        return List.of(
                new TensorSpec(ROWS, TInt32.class, Shape.of(batch), false),
                new TensorSpec(SYMMETRIES, TInt32.class, Shape.of(2, batch), false));
    }

    @Override
    public Score<T> score(Ops tf, Values values, Values parameters, Phase phase) {
        Operand<T> states = values.get(STATES, type);
        Operand<TInt32> rows = values.get(ROWS, TInt32.class);
        Symmetry<T> symmetry = Symmetry.of(tf, values.get(SYMMETRIES, TInt32.class), surrogate.points(), type);
        Operand<TInt32> axis = tf.constant(0);
        Gradient gradient = phase == Phase.TRAINING ? solve.gradient() : Gradient.NONE;
        Operand<T> start = symmetry.apply(tf, tf.gather(states, rows, axis));
        Solution<T> solution = window(tf, start, parameters, solve.length(), gradient);
        Operand<T> loss = loss(
                tf,
                values,
                solution,
                k -> symmetry.apply(tf, tf.gather(states, tf.math.add(rows, tf.constant(k)), axis)));
        return new Score<>(loss, solution);
    }

    /** Adds the solve from the first state of windows: [batch, points]. */
    Solution<T> window(Ops tf, Operand<T> start, Values parameters, int intervals, Gradient gradient) {
        return solver.withGradient(gradient).solve(tf, start, parameters, solve.saveAt(intervals));
    }

    /**
     * Adds the mean loss over a window.
     *
     * @param values where the weights of a batch may be
     * @param solution of a window of the training's length
     * @param truth the states after k intervals: [batch, points], k from 1 on
     */
    Operand<T> loss(Ops tf, Values values, Solution<T> solution, IntFunction<Operand<T>> truth) {
        Operand<T> total = null;
        for (int k = 1; k <= solve.length(); k++) {
            Operand<T> prediction = solve.length() == 1
                    ? solution.last()
                    : tf.gather(solution.states(), tf.constant(k), tf.constant(0));
            Operand<T> part = BatchWeights.mean(tf, values, loss.apply(tf, prediction, truth.apply(k)));
            total = total == null ? part : tf.math.add(total, part);
        }
        if (total == null) {
            throw new IllegalStateException("a window of no interval");
        }
        return tf.math.div(total, Floats.scalar(tf, type, solve.length()));
    }

    /** What the method makes of J, if it does not treat it separately. */
    List<String> notes() {
        return LinearPartNote.of(solve.method(), solve.dt(), OptionalDouble.of(surrogate.stiffness()));
    }

    /** The method of all solves. */
    Method method() {
        return solve.method();
    }

    /** How the solves of the training are differentiated. */
    Gradient gradient() {
        return solve.gradient();
    }

    /** Windows in an iteration. */
    int batch() {
        return batch;
    }

    /** Intervals of a window. */
    int window() {
        return solve.length();
    }

    /** The time between two samples. */
    double interval() {
        return solve.interval();
    }

    /** Adds a long prediction, keeping the state after each interval; it tells its estimated errors if the method has an estimate. */
    Solution<T> rollout(Ops tf, Operand<T> start, Values parameters, int intervals) {
        OdeSolver<T> predicting = solver.withGradient(Gradient.NONE);
        return (method().embedded().isPresent() ? predicting.withErrorEstimate() : predicting)
                .solve(tf, start, parameters, SaveAt.times(solve.times(intervals)));
    }
}
