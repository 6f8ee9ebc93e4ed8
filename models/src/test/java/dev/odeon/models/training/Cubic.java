package dev.odeon.models.training;

import dev.odeon.adjoint.BacksolveAdjoint;
import dev.odeon.graph.TensorSpec;
import dev.odeon.graph.Values;
import dev.odeon.graph.parameters.Initializer;
import dev.odeon.graph.parameters.Parameters;
import dev.odeon.models.training.data.BatchWeights;
import dev.odeon.models.training.data.TensorRows;
import dev.odeon.ode.OdeSolver;
import dev.odeon.ode.Solution;
import dev.odeon.solvers.Methods;
import dev.odeon.solvers.steps.FixedSteps;
import dev.odeon.solvers.steps.PidController;
import dev.odeon.solvers.steps.SaveAt;
import dev.odeon.solvers.steps.StepControl;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;

/**
 * Fits k in u' = -k u^3, so that rows get from their start to their goal; a state keeps the running mean of the loss.
 *
 * <p>Large starts need more steps than small ones, and a start of 1e200 cannot be solved at all.
 */
record Cubic(Solves solves) implements Objective<TFloat64> {

    static final String START = "start";
    static final String GOAL = "goal";
    static final double FIRST = 0.5;

    /** What the loss is made from. */
    enum Solves {
        NONE,
        SHARED,
        EACH_SAMPLE,
        TWO,
        /** Differentiated by solving backward, which loses starts of 5. */
        BACKSOLVED
    }

    /** Rows of both columns; whoever owns the tensors closes them. */
    static TensorRows rows(TFloat64 starts, TFloat64 goals) {
        return TensorRows.of(Map.of(START, starts, GOAL, goals));
    }

    static TFloat64 column(double... values) {
        return TFloat64.tensorOf(Shape.of(values.length, 1), data -> {
            for (int i = 0; i < values.length; i++) {
                data.setDouble(values[i], i, 0);
            }
        });
    }

    @Override
    public Class<TFloat64> type() {
        return TFloat64.class;
    }

    @Override
    public void declare(Parameters parameters) {
        parameters.declare("k", TFloat64.class, Shape.of(1, 1), Initializer.constant(FIRST));
    }

    @Override
    public void declareStates(Parameters states) {
        states.declare("running", TFloat64.class, Shape.scalar(), Initializer.zeros());
    }

    @Override
    public List<TensorSpec> inputs() {
        return List.of();
    }

    @Override
    public Score<TFloat64> score(Ops tf, Values values, Values parameters, Phase phase) {
        Operand<TFloat64> start = values.get(START, TFloat64.class);
        Operand<TFloat64> goal = values.get(GOAL, TFloat64.class);
        Score<TFloat64> score = switch (solves) {
            case NONE -> Score.of(distance(tf, values, tf.math.mul(start, parameters.get("k", TFloat64.class)), goal));
            case SHARED -> {
                Solution<TFloat64> solution = solve(tf, start, parameters, new FixedSteps(0.1), 1);
                yield new Score<>(distance(tf, values, solution.last(), goal), solution);
            }
            case BACKSOLVED -> {
                Solution<TFloat64> solution = solver(new FixedSteps(0.1))
                        .withGradient(new BacksolveAdjoint())
                        .solve(tf, start, parameters, SaveAt.end(0, 1));
                yield new Score<>(distance(tf, values, solution.last(), goal), solution);
            }
            case EACH_SAMPLE -> {
                PidController control = PidController.of(1e-5, 1e-5)
                        .with(PidController.Scope.EACH_SAMPLE)
                        .withMaxSteps(100);
                Solution<TFloat64> solution = solve(tf, start, parameters, control, 1);
                yield new Score<>(distance(tf, values, solution.last(), goal), solution);
            }
            case TWO -> {
                Solution<TFloat64> first = solve(tf, start, parameters, new FixedSteps(0.1), 1);
                Solution<TFloat64> second = solve(tf, first.last(), parameters, new FixedSteps(0.25), 0.5);
                yield Score.of(tf.math.add(
                                distance(tf, values, first.last(), goal), distance(tf, values, second.last(), goal)))
                        .with(first)
                        .with(second);
            }
        };
        Operand<TFloat64> running = values.get("running", TFloat64.class);
        Operand<TFloat64> moved =
                tf.math.add(tf.math.mul(running, tf.constant(0.9)), tf.math.mul(score.loss(), tf.constant(0.1)));
        return phase == Phase.TRAINING
                ? score.withUpdates(Values.of("running", moved))
                : score.withMetrics(Values.of("double", tf.math.mul(score.loss(), tf.constant(2.0))));
    }

    private static Operand<TFloat64> distance(
            Ops tf, Values values, Operand<TFloat64> reached, Operand<TFloat64> goal) {
        return BatchWeights.mean(tf, values, tf.math.squaredDifference(reached, goal));
    }

    private static Solution<TFloat64> solve(
            Ops tf, Operand<TFloat64> start, Values parameters, StepControl control, double time) {
        return solver(control).solve(tf, start, parameters, SaveAt.end(0, time));
    }

    private static OdeSolver<TFloat64> solver(StepControl control) {
        return OdeSolver.of(
                (inner, t, u, theta) -> inner.math.neg(
                        inner.math.mul(theta.get("k", TFloat64.class), inner.math.mul(u, inner.math.square(u)))),
                control instanceof FixedSteps ? Methods.RK4 : Methods.TSIT5,
                control);
    }
}
