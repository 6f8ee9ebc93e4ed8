package dev.odeon.experiments.examples;

import dev.odeon.adjoint.Gradient;
import dev.odeon.graph.TensorSpec;
import dev.odeon.graph.Values;
import dev.odeon.graph.parameters.Initializer;
import dev.odeon.graph.parameters.Parameters;
import dev.odeon.models.training.Objective;
import dev.odeon.models.training.Phase;
import dev.odeon.models.training.Score;
import dev.odeon.ode.OdeSolver;
import dev.odeon.ode.Solution;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.VectorField;
import dev.odeon.solvers.steps.FixedSteps;
import dev.odeon.solvers.steps.SaveAt;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * Fits k in u' = k u to pairs of states, [samples, 1], that lie a time apart.
 *
 * @param <T> element type
 */
final class DecayModel<T extends TFloating> implements Objective<T> {

    static final String STARTS = "starts";
    static final String ENDS = "ends";
    static final String RATE = "k";

    private final Class<T> type;
    private final OdeSolver<T> solver;
    private final double time;
    private final Gradient gradient;

    DecayModel(Class<T> type, Method method, double dt, double time, Gradient gradient) {
        this.type = type;
        this.time = time;
        this.gradient = gradient;
        VectorField<T> field = (tf, t, u, theta) -> tf.math.mul(u, theta.get(RATE, type));
        this.solver = OdeSolver.of(field, method, new FixedSteps(dt));
    }

    @Override
    public Class<T> type() {
        return type;
    }

    @Override
    public void declare(Parameters parameters) {
        parameters.declare(RATE, type, Shape.of(1, 1), Initializer.constant(0));
    }

    @Override
    public List<TensorSpec> inputs() {
        return List.of();
    }

    @Override
    public Score<T> score(Ops tf, Values values, Values parameters, Phase phase) {
        Solution<T> solution = solver.withGradient(phase == Phase.TRAINING ? gradient : Gradient.NONE)
                .solve(tf, values.get(STARTS, type), parameters, SaveAt.end(0, time));
        Operand<T> error = tf.math.square(tf.math.sub(solution.last(), values.get(ENDS, type)));
        return new Score<>(tf.math.mean(error, tf.constant(new int[] {0, 1})), solution);
    }
}
