package dev.odeon.adjoint;

import dev.odeon.graph.Values;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.SplitField;
import dev.odeon.solvers.VectorField;
import dev.odeon.solvers.events.StopEvent;
import dev.odeon.solvers.forward.Steppers;
import dev.odeon.solvers.linear.LinearOperator;
import dev.odeon.solvers.stepping.Problem;
import dev.odeon.solvers.steps.FixedSteps;
import dev.odeon.solvers.steps.PidController;
import dev.odeon.solvers.steps.SaveAt;
import dev.odeon.solvers.steps.StepControl;
import dev.odeon.solvers.steps.TimeGrid;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * The front door: a field, a method, steps and a gradient joined to a solver that adds one loop to a graph.
 *
 * <p>Immutable; one solver can be used in many graphs and several times in one.
 *
 * @param <T> element type of time, state and parameters
 */
public final class OdeSolver<T extends TFloating> {

    private static final String OPERATOR = "operator/";

    private final VectorField<T> nonlinear;
    private final @Nullable LinearOperator<T> linear;
    private final Method method;
    private final StepControl control;
    private final Gradient gradient;
    private final @Nullable StopEvent<T> event;

    private OdeSolver(
            VectorField<T> nonlinear,
            @Nullable LinearOperator<T> linear,
            Method method,
            StepControl control,
            Gradient gradient,
            @Nullable StopEvent<T> event) {
        this.nonlinear = Objects.requireNonNull(nonlinear, "nonlinear");
        this.linear = linear;
        this.method = Objects.requireNonNull(method, "method");
        this.control = Objects.requireNonNull(control, "control");
        this.gradient = Objects.requireNonNull(gradient, "gradient");
        this.event = event;
    }

    /**
     * A solver of a split field, differentiated by the discrete adjoint.
     *
     * @param method an IMEX or exponential method treats J on its own; any other takes G + J u as one field
     */
    public static <T extends TFloating> OdeSolver<T> of(SplitField<T> field, Method method, StepControl control) {
        return new OdeSolver<>(field.nonlinear(), field.linear(), method, control, Gradient.DISCRETE_ADJOINT, null);
    }

    /**
     * A solver of an unsplit field, differentiated by the discrete adjoint.
     *
     * @throws IllegalArgumentException if the method needs a linear part
     */
    public static <T extends TFloating> OdeSolver<T> of(VectorField<T> field, Method method, StepControl control) {
        if (method.linearPart() == Method.LinearPart.SEPARATE) {
            throw new IllegalArgumentException(
                    "The method " + method.name()
                            + " needs the linear part of the field: pass a SplitField, or choose an explicit or implicit method");
        }
        return new OdeSolver<>(field, null, method, control, Gradient.DISCRETE_ADJOINT, null);
    }

    /** The same solver with another gradient. */
    public OdeSolver<T> withGradient(Gradient other) {
        return new OdeSolver<>(nonlinear, linear, method, control, other, event);
    }

    /**
     * The same solver, which ends the solve of a sample at its first event.
     *
     * <p>The solution then holds when and where: {@link Solution#event}. Where each sample has its own steps its solve ends
     * with the outcome EVENT. Where the batch shares its steps, a sample rests at its event, which is its last state, while
     * the others go on; the outcome is EVENT if all samples met theirs, and SUCCESS if some reached the end of the
     * interval. States kept for later times are NaN. Without gradient only.
     */
    public OdeSolver<T> withEvent(StopEvent<T> stop) {
        return new OdeSolver<>(nonlinear, linear, method, control, gradient, Objects.requireNonNull(stop, "stop"));
    }

    /**
     * Adds a solve to the graph of {@code tf}.
     *
     * @param u0 initial state, first axis batch
     * @param theta parameters and data of the field; floating-point ones are differentiated
     * @param saveAt the interval and the times to keep
     * @throws IllegalArgumentException if method, control and gradient do not go together
     */
    public Solution<T> solve(Ops tf, Operand<T> u0, Values theta, SaveAt saveAt) {
        Class<T> type = u0.type();
        Values parameters = theta;
        Problem<T> problem;
        LinearOperator<T> operator = linear;
        if (operator == null || method.linearPart() == Method.LinearPart.SEPARATE) {
            problem = new Problem<>(nonlinear, operator, type, u0.shape());
        } else {
            // The method sees one field; the operator's data join the parameters.
            parameters = theta.and(operator.data(tf, type).prefixed(OPERATOR));
            problem = new Problem<>(
                    (inner, t, u, values) -> inner.math.add(
                            nonlinear.evaluate(inner, t, u, values), operator.apply(inner, values.under(OPERATOR), u)),
                    null,
                    type,
                    u0.shape());
        }
        Differentiability.require(tf, problem, method, control, gradient, saveAt, event);
        if (control instanceof FixedSteps steps) {
            TimeGrid grid = steps.grid(saveAt);
            Method used = Steppers.forSteps(problem, method, grid.count());
            return new FixedSolve<>(tf, problem, used, gradient, event).run(u0, parameters, grid, saveAt);
        }
        return new AdaptiveSolve<>(tf, problem, method, (PidController) control, gradient, event)
                .run(u0, parameters, saveAt);
    }
}
