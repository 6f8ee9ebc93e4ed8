package dev.odeon.experiments.bench.adjoint;

import dev.odeon.adjoint.Gradient;
import dev.odeon.datasets.pde.Sampling;
import dev.odeon.datasets.pde.Trajectories;
import dev.odeon.graph.Compilation;
import dev.odeon.graph.TensorSpec;
import dev.odeon.graph.Values;
import dev.odeon.graph.parameters.Parameters;
import dev.odeon.models.optimisers.Adam;
import dev.odeon.models.training.Objective;
import dev.odeon.models.training.Phase;
import dev.odeon.models.training.Score;
import dev.odeon.models.training.TrainingGraph;
import dev.odeon.models.training.TrainingSettings;
import dev.odeon.models.training.runs.Iteration;
import dev.odeon.ode.OdeSolver;
import dev.odeon.ode.Solution;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.Outcome;
import dev.odeon.solvers.steps.SaveAt;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;

/** Fits a network to whole trajectories of a system: mean square of the distance at all samples. */
final class Training implements Objective<TFloat64> {

    private static final String STATES = "states";
    private static final int TRAJECTORIES = 16;
    private static final int INTERVALS = 10;
    private static final int STEPS = 40;
    private static final double RATE = 5e-3;
    private static final long SEED = 1;

    private final NeuralField field;
    private final Method method;
    private final Variant variant;
    private final Trajectories data;

    private Training(NeuralField field, Method method, Variant variant, Trajectories data) {
        this.field = field;
        this.method = method;
        this.variant = variant;
        this.data = data;
    }

    /** The loss before each iteration; shorter if one failed. */
    static double[] run(Dynamics system, Method method, Variant variant, int hidden, int iterations) {
        Sampling sampling = new Sampling(0, system.horizon() / INTERVALS, INTERVALS + 1);
        Trajectories data = system.simulation().run(sampling, TRAJECTORIES);
        Training training = new Training(system.field(hidden), method, variant, data);
        double[] losses = new double[iterations];
        try (TFloat64 states = data.toFloat64();
                TrainingGraph<TFloat64> graph = new TrainingGraph<>(
                        training,
                        Map.of(STATES, states),
                        new TrainingSettings(new Adam(0), Compilation.EXECUTOR, SEED))) {
            for (int i = 0; i < iterations; i++) {
                Iteration iteration = graph.train(Map.of(), RATE);
                if (iteration.verdict() != Outcome.SUCCESS) {
                    return Arrays.copyOf(losses, i);
                }
                losses[i] = iteration.loss();
            }
        }
        return losses;
    }

    @Override
    public Class<TFloat64> type() {
        return TFloat64.class;
    }

    @Override
    public void declare(Parameters parameters) {
        field.declare(parameters);
    }

    @Override
    public List<TensorSpec> inputs() {
        return List.of();
    }

    @Override
    public Score<TFloat64> score(Ops tf, Values values, Values parameters, Phase phase) {
        // [times, trajectories, dimension], as solves keep their states.
        Operand<TFloat64> truth =
                tf.linalg.transpose(values.get(STATES, TFloat64.class), tf.constant(new int[] {1, 0, 2}));
        double[] times = data.times();
        Gradient gradient = phase == Phase.TRAINING ? variant.gradient().apply(STEPS) : Gradient.NONE;
        Solution<TFloat64> solution = OdeSolver.of(
                        field, method, variant.control(times[times.length - 1] - times[0], STEPS))
                .withGradient(gradient)
                .solve(tf, tf.gather(truth, tf.constant(0), tf.constant(0)), parameters, SaveAt.times(times));
        Operand<TFloat64> distance = tf.math.square(tf.math.sub(solution.states(), truth));
        return new Score<>(tf.math.mean(distance, tf.constant(new int[] {0, 1, 2})), solution);
    }
}
