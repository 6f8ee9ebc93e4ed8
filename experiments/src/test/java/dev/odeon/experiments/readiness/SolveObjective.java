package dev.odeon.experiments.readiness;

import dev.odeon.adjoint.Gradient;
import dev.odeon.experiments.bench.adjoint.NeuralField;
import dev.odeon.graph.Floats;
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
import dev.odeon.solvers.SplitField;
import dev.odeon.solvers.events.StopEvent;
import dev.odeon.solvers.linear.LinearOperator;
import dev.odeon.solvers.steps.SaveAt;
import dev.odeon.solvers.steps.StepControl;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;

/**
 * A network plus J u, trained with its start: the mean square of the last state.
 *
 * @param operator J
 * @param watch what evaluations look for
 */
record SolveObjective(Method method, StepControl steps, Gradient gradient, TestOperator operator, Watch watch)
        implements Objective<TFloat64> {

    /** What besides the end a solve looks for. */
    enum Watch {
        NOTHING,
        AN_EVENT
    }

    private static final int SAMPLES = 4;
    private static final int HIDDEN = 8;
    private static final String START = "start";
    private static final double INTERVAL = 1;

    private NeuralField network() {
        return new NeuralField(operator.components(), operator.components(), HIDDEN);
    }

    @Override
    public Class<TFloat64> type() {
        return TFloat64.class;
    }

    @Override
    public void declare(Parameters parameters) {
        network().declare(parameters);
        parameters.declare(START, TFloat64.class, Shape.of(SAMPLES, operator.components()), Initializer.uniform(1));
        operator.trained()
                .forEach((name, shape) -> parameters.declare(name, TFloat64.class, shape, Initializer.uniform(0.1)));
    }

    @Override
    public List<TensorSpec> inputs() {
        return List.of();
    }

    @Override
    public Score<TFloat64> score(Ops tf, Values values, Values parameters, Phase phase) {
        LinearOperator<TFloat64> linear = operator.make(tf, parameters);
        OdeSolver<TFloat64> solver = OdeSolver.of(new SplitField<>(network(), linear), method, steps)
                .withGradient(phase == Phase.TRAINING ? gradient : Gradient.NONE);
        // Solves with events have no gradient.
        if (watch == Watch.AN_EVENT && phase == Phase.EVALUATION) {
            solver = solver.withEvent(StopEvent.of((inner, t, u, theta) ->
                    inner.math.sub(inner.reduceSum(u, inner.constant(1)), Floats.scalar(inner, TFloat64.class, 1))));
        }
        Solution<TFloat64> solution =
                solver.solve(tf, parameters.get(START, TFloat64.class), parameters, SaveAt.end(0, INTERVAL));
        Operand<TFloat64> loss = tf.math.mean(tf.math.square(solution.last()), tf.constant(new int[] {0, 1}));
        return new Score<>(loss, solution);
    }
}
