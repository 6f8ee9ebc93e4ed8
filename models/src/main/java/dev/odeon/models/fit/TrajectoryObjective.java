package dev.odeon.models.fit;

import dev.odeon.adjoint.Gradient;
import dev.odeon.graph.Floats;
import dev.odeon.graph.TensorSpec;
import dev.odeon.graph.Values;
import dev.odeon.graph.parameters.Parameters;
import dev.odeon.models.training.Objective;
import dev.odeon.models.training.Phase;
import dev.odeon.models.training.Score;
import dev.odeon.ode.OdeSolver;
import dev.odeon.ode.Solution;
import dev.odeon.solvers.steps.SaveAt;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * The mean square, over all that was observed, of the errors of a solve in units of their components.
 *
 * @param type of the states
 * @param solver of the equation
 * @param declaration of its parameters
 * @param data that it should meet
 */
record TrajectoryObjective<T extends TFloating>(
        Class<T> type, OdeSolver<T> solver, Consumer<Parameters> declaration, Trajectories data)
        implements Objective<T> {

    private static final String STARTS = "starts";
    private static final String OBSERVED = "observed";
    private static final String WEIGHTS = "weights";

    /** What {@link #score} reads; the caller closes it. */
    Map<String, T> tensors() {
        Map<String, T> tensors = new LinkedHashMap<>();
        tensors.put(STARTS, Floats.tensor(type, startShape(data.series()), data.starts()));
        tensors.put(OBSERVED, Floats.tensor(type, data.shape(), data.observed()));
        tensors.put(WEIGHTS, Floats.tensor(type, data.shape(), data.weights()));
        return tensors;
    }

    /** The shape of so many starts. */
    Shape startShape(int series) {
        return Shape.of(series, data.components());
    }

    @Override
    public void declare(Parameters parameters) {
        declaration.accept(parameters);
    }

    @Override
    public List<TensorSpec> inputs() {
        return List.of();
    }

    @Override
    public Score<T> score(Ops tf, Values values, Values parameters, Phase phase) {
        OdeSolver<T> phased = phase == Phase.TRAINING ? solver : solver.withGradient(Gradient.NONE);
        Solution<T> solution = phased.solve(tf, values.get(STARTS, type), parameters, SaveAt.times(data.times()));
        Operand<T> weighted = tf.math.mul(solution.states(), values.get(WEIGHTS, type));
        Operand<T> squares = tf.math.squaredDifference(weighted, values.get(OBSERVED, type));
        Operand<T> sum = tf.reduceSum(squares, tf.constant(new int[] {0, 1, 2}));
        return new Score<>(tf.math.div(sum, Floats.scalar(tf, type, data.count())), solution);
    }
}
