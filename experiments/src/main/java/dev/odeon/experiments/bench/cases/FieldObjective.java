package dev.odeon.experiments.bench.cases;

import dev.odeon.graph.TensorSpec;
import dev.odeon.graph.Values;
import dev.odeon.graph.parameters.Parameters;
import dev.odeon.models.training.Objective;
import dev.odeon.models.training.Phase;
import dev.odeon.models.training.Score;
import dev.odeon.ode.OdeSolver;
import dev.odeon.ode.Solution;
import dev.odeon.solvers.steps.SaveAt;
import java.util.List;
import java.util.function.Consumer;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * A field fitted to the ends of its solutions: mean square of the distance.
 *
 * @param declare its parameters
 * @param solver with field, method and steps; its gradient is taken in training alone
 * @param end of the interval that begins at zero
 */
record FieldObjective<T extends TFloating>(Class<T> type, Consumer<Parameters> declare, OdeSolver<T> solver, double end)
        implements Objective<T> {

    /** The states that solutions begin with: [batch, dimension]. */
    static final String STARTS = "starts";

    /** The states they are to end with, likewise. */
    static final String ENDS = "ends";

    @Override
    public void declare(Parameters parameters) {
        declare.accept(parameters);
    }

    @Override
    public List<TensorSpec> inputs() {
        return List.of();
    }

    @Override
    public Score<T> score(Ops tf, Values values, Values parameters, Phase phase) {
        Solution<T> solution = solver.solve(tf, values.get(STARTS, type), parameters, SaveAt.end(0, end));
        Operand<T> distance = tf.math.square(tf.math.sub(solution.last(), values.get(ENDS, type)));
        return new Score<>(tf.math.mean(distance, tf.constant(new int[] {0, 1})), solution);
    }
}
