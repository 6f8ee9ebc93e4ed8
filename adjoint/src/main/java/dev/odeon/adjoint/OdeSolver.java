package dev.odeon.adjoint;

import dev.odeon.graph.CustomGradients;
import dev.odeon.graph.GraphFunction;
import dev.odeon.graph.Values;
import dev.odeon.graph.WhileLoop;
import dev.odeon.solvers.ExplicitRungeKutta;
import dev.odeon.solvers.ImexRungeKutta;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.SplitField;
import dev.odeon.solvers.Statistics;
import dev.odeon.solvers.VectorField;
import dev.odeon.solvers.forward.ForwardLoop;
import dev.odeon.solvers.forward.ForwardLoop.Trajectory;
import dev.odeon.solvers.forward.Prepared;
import dev.odeon.solvers.forward.Prepared.FactorGradient;
import dev.odeon.solvers.linear.LinearOperator;
import dev.odeon.solvers.rungekutta.Problem;
import dev.odeon.solvers.rungekutta.Stages;
import dev.odeon.solvers.steps.FixedSteps;
import dev.odeon.solvers.steps.SaveAt;
import dev.odeon.solvers.steps.TimeGrid;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * The front door: a field, a method, steps and a gradient joined to a solver that adds one loop to a graph.
 *
 * <p>Immutable; one solver can be used in many graphs and several times in one.
 *
 * @param <T> element type of time, state and parameters
 */
public final class OdeSolver<T extends TFloating> {

    private final VectorField<T> nonlinear;
    private final @Nullable LinearOperator<T> linear;
    private final Method method;
    private final FixedSteps steps;
    private final Gradient gradient;

    private OdeSolver(
            VectorField<T> nonlinear,
            @Nullable LinearOperator<T> linear,
            Method method,
            FixedSteps steps,
            Gradient gradient) {
        this.nonlinear = nonlinear;
        this.linear = linear;
        this.method = method;
        this.steps = steps;
        this.gradient = gradient;
    }

    /**
     * A solver of a split field, differentiated by the discrete adjoint.
     *
     * @param method an IMEX method treats J implicitly; an explicit method takes G + J u as one field
     */
    public static <T extends TFloating> OdeSolver<T> of(SplitField<T> field, Method method, FixedSteps steps) {
        return new OdeSolver<>(field.nonlinear(), field.linear(), method, steps, Gradient.DISCRETE_ADJOINT);
    }

    /** A solver of an unsplit field, differentiated by the discrete adjoint. */
    public static <T extends TFloating> OdeSolver<T> of(
            VectorField<T> field, ExplicitRungeKutta method, FixedSteps steps) {
        return new OdeSolver<>(field, null, method, steps, Gradient.DISCRETE_ADJOINT);
    }

    /** The same solver with another gradient. */
    public OdeSolver<T> withGradient(Gradient other) {
        return new OdeSolver<>(nonlinear, linear, method, steps, other);
    }

    /**
     * Adds a solve to the graph of {@code tf}.
     *
     * @param u0 initial state, first axis batch
     * @param theta parameters and data of the field; floating-point ones are differentiated
     * @param saveAt the interval and the times to keep
     */
    public Solution<T> solve(Ops tf, Operand<T> u0, Values theta, SaveAt saveAt) {
        Class<T> type = u0.type();
        TimeGrid grid = steps.grid(saveAt);
        Values parameters = theta;
        Problem<T> problem;
        LinearOperator<T> operator = linear;
        if (method instanceof ImexRungeKutta || operator == null) {
            problem = new Problem<>(nonlinear, operator, method, type);
        } else {
            // An explicit method sees one field; the operator's data join the parameters.
            parameters = theta.and(operator.data(tf, type).prefixed("operator/"));
            problem = new Problem<>(
                    (inner, t, u, values) -> inner.math.add(
                            nonlinear.evaluate(inner, t, u, values),
                            operator.apply(inner, values.under("operator/"), u)),
                    null,
                    method,
                    type);
        }
        Prepared<T> prepared = Prepared.of(
                tf,
                problem,
                grid,
                parameters,
                gradient == Gradient.BACKPROPAGATION ? FactorGradient.FOLLOW : FactorGradient.STOP);
        return gradient == Gradient.BACKPROPAGATION
                ? unrolled(tf, prepared, u0, saveAt)
                : looped(tf, prepared, u0, saveAt);
    }

    private Solution<T> looped(Ops tf, Prepared<T> prepared, Operand<T> u0, SaveAt saveAt) {
        Class<T> type = prepared.problem().type();
        boolean differentiable = gradient == Gradient.DISCRETE_ADJOINT;
        Values initial = ForwardLoop.initial(tf, prepared, u0, differentiable ? Trajectory.STORE : Trajectory.FORGET);
        WhileLoop loop = ForwardLoop.define(tf, prepared, initial);
        List<Solution.BackwardNode> backwardNodes = new CopyOnWriteArrayList<>();
        String key = "";
        if (differentiable) {
            BackwardLoop backward = BackwardLoop.define(tf, prepared, loop, initial);
            key = CustomGradients.define(
                    tf, (inner, node, upstream) -> backward.gradient(inner, node, upstream, backwardNodes));
        }
        Values result = loop.run(tf, initial, prepared.invariants(), key).values();
        Operand<T> last = result.get(ForwardLoop.STATE, type);
        return new Solution<>(
                GraphFunction.graphOf(tf),
                last,
                kept(tf, u0, last, result.get(ForwardLoop.KEPT, type), saveAt),
                result.get(ForwardLoop.OUTCOME, TInt32.class),
                new Statistics(
                        result.get(ForwardLoop.NFE, TInt32.class),
                        result.get(ForwardLoop.SOLVES, TInt32.class),
                        tf.constant(prepared.factorizations()),
                        result.get(ForwardLoop.STEP, TInt32.class)),
                backwardNodes);
    }

    private Operand<T> kept(Ops tf, Operand<T> u0, Operand<T> last, Operand<T> rows, SaveAt saveAt) {
        if (saveAt.intermediate() == SaveAt.Kept.END) {
            return tf.expandDims(last, tf.constant(0));
        }
        int count = saveAt.times().length - 1;
        Operand<TInt32> used = tf.range(tf.constant(0), tf.constant(count), tf.constant(1));
        return tf.concat(
                List.of(tf.expandDims(u0, tf.constant(0)), tf.gather(rows, used, tf.constant(0))), tf.constant(0));
    }

    private Solution<T> unrolled(Ops tf, Prepared<T> prepared, Operand<T> u0, SaveAt saveAt) {
        MatrixGradients.register();
        TimeGrid grid = prepared.grid();
        Operand<T> state = u0;
        List<Operand<T>> keptStates = new ArrayList<>();
        keptStates.add(u0);
        int nfe = 0;
        int solves = 0;
        for (int n = 0; n < grid.count(); n++) {
            Stages<T> stages = Stages.build(
                    tf, prepared.problem(), prepared.input(tf, tf.constant(n), state, prepared.invariants()), u -> u);
            state = stages.next();
            nfe += stages.evaluations();
            solves += stages.solves();
            if (grid.saveIndices()[n] < grid.kept()) {
                keptStates.add(state);
            }
        }
        return new Solution<>(
                GraphFunction.graphOf(tf),
                state,
                saveAt.intermediate() == SaveAt.Kept.END ? tf.expandDims(state, tf.constant(0)) : tf.stack(keptStates),
                ForwardLoop.outcome(tf, state),
                new Statistics(
                        tf.constant(nfe),
                        tf.constant(solves),
                        tf.constant(prepared.factorizations()),
                        tf.constant(grid.count())),
                List.of());
    }
}
