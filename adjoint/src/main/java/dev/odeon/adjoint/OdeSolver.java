package dev.odeon.adjoint;

import dev.odeon.graph.Values;
import dev.odeon.solvers.ImexRungeKutta;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.NonlinearSplit;
import dev.odeon.solvers.SplitField;
import dev.odeon.solvers.VectorField;
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
    private final @Nullable NonlinearSplit<T> split;
    private final Method method;
    private final StepControl control;
    private final Gradient gradient;

    private OdeSolver(
            VectorField<T> nonlinear,
            @Nullable LinearOperator<T> linear,
            @Nullable NonlinearSplit<T> split,
            Method method,
            StepControl control,
            Gradient gradient) {
        this.nonlinear = Objects.requireNonNull(nonlinear, "nonlinear");
        this.linear = linear;
        this.split = split;
        this.method = Objects.requireNonNull(method, "method");
        this.control = Objects.requireNonNull(control, "control");
        this.gradient = Objects.requireNonNull(gradient, "gradient");
    }

    /**
     * A solver of a split field, differentiated by the discrete adjoint.
     *
     * @param method an IMEX or exponential method treats J on its own; any other takes G + J u as one field
     */
    public static <T extends TFloating> OdeSolver<T> of(SplitField<T> field, Method method, StepControl control) {
        return new OdeSolver<>(field.nonlinear(), field.linear(), null, method, control, Gradient.DISCRETE_ADJOINT);
    }

    /**
     * A solver of a field with a nonlinear implicit part, differentiated by the discrete adjoint.
     *
     * @param method an implicit-explicit Runge-Kutta method treats the parts each in its way; an explicit or implicit method
     *     takes their sum as one field
     * @throws IllegalArgumentException if the method needs a linear part
     */
    public static <T extends TFloating> OdeSolver<T> of(NonlinearSplit<T> field, Method method, StepControl control) {
        if (method instanceof ImexRungeKutta) {
            return new OdeSolver<>(field.explicit(), null, field, method, control, Gradient.DISCRETE_ADJOINT);
        }
        return of(field.whole(), method, control);
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
        return new OdeSolver<>(field, null, null, method, control, Gradient.DISCRETE_ADJOINT);
    }

    /** The same solver with another gradient. */
    public OdeSolver<T> withGradient(Gradient other) {
        return new OdeSolver<>(nonlinear, linear, split, method, control, other);
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
        if (split != null) {
            problem = Problem.of(split, type, u0.shape());
        } else if (operator == null || method.linearPart() == Method.LinearPart.SEPARATE) {
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
        Differentiability.require(tf, problem, method, control, gradient, saveAt);
        if (control instanceof FixedSteps steps) {
            TimeGrid grid = steps.grid(saveAt);
            Method used = Steppers.forSteps(problem, method, grid.count());
            return new FixedSolve<>(tf, problem, used, gradient).run(u0, parameters, grid, saveAt);
        }
        return new AdaptiveSolve<>(tf, problem, method, (PidController) control, gradient).run(u0, parameters, saveAt);
    }
}
