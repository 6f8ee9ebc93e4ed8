package dev.odeon.ode;

import dev.odeon.adjoint.Gradient;
import dev.odeon.graph.SolveWork;
import dev.odeon.graph.Survey;
import dev.odeon.graph.Values;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.NonlinearSplit;
import dev.odeon.solvers.SplitField;
import dev.odeon.solvers.VectorField;
import dev.odeon.solvers.events.StopEvent;
import dev.odeon.solvers.forward.SampleClock;
import dev.odeon.solvers.linear.LinearOperator;
import dev.odeon.solvers.solve.ForwardSolve;
import dev.odeon.solvers.solve.SolveSettings;
import dev.odeon.solvers.solve.SolveSettings.Estimates;
import dev.odeon.solvers.stepper.Problem;
import dev.odeon.solvers.steps.FixedSteps;
import dev.odeon.solvers.steps.Jumps;
import dev.odeon.solvers.steps.PidController;
import dev.odeon.solvers.steps.SampleTimes;
import dev.odeon.solvers.steps.SaveAt;
import dev.odeon.solvers.steps.StepControl;
import dev.odeon.solvers.steps.StepsPerInterval;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
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
    private final @Nullable StopEvent<T> event;
    private final @Nullable Jumps<T> jumps;
    private final Estimates estimates;

    private OdeSolver(
            VectorField<T> nonlinear,
            @Nullable LinearOperator<T> linear,
            @Nullable NonlinearSplit<T> split,
            Method method,
            StepControl control,
            Gradient gradient,
            @Nullable StopEvent<T> event,
            @Nullable Jumps<T> jumps,
            Estimates estimates) {
        this.nonlinear = Objects.requireNonNull(nonlinear, "nonlinear");
        this.linear = linear;
        this.split = split;
        this.method = Objects.requireNonNull(method, "method");
        this.control = Objects.requireNonNull(control, "control");
        this.gradient = Objects.requireNonNull(gradient, "gradient");
        this.event = event;
        this.jumps = jumps;
        this.estimates = estimates;
    }

    /** With what a solver has until it is told otherwise. */
    private OdeSolver(
            VectorField<T> nonlinear,
            @Nullable LinearOperator<T> linear,
            @Nullable NonlinearSplit<T> split,
            Method method,
            StepControl control) {
        this(nonlinear, linear, split, method, control, Gradient.UNCHOSEN, null, null, Estimates.UNTOLD);
    }

    /**
     * A solver of a split field, differentiated by the discrete adjoint.
     *
     * @param method an IMEX or exponential method treats J on its own; any other takes G + J u as one field
     */
    public static <T extends TFloating> OdeSolver<T> of(SplitField<T> field, Method method, StepControl control) {
        return new OdeSolver<>(new CheckedField<>(field.nonlinear()), field.linear(), null, method, control);
    }

    /**
     * A solver of a field with a nonlinear implicit part, differentiated by the discrete adjoint.
     *
     * @param method an implicit-explicit Runge-Kutta method treats the parts each in its way; an explicit or implicit method
     *     takes their sum as one field
     * @throws IllegalArgumentException if the method needs a linear part
     */
    public static <T extends TFloating> OdeSolver<T> of(NonlinearSplit<T> field, Method method, StepControl control) {
        if (method.splitsNonlinear()) {
            NonlinearSplit<T> checked = new NonlinearSplit<>(
                    new CheckedField<>(field.explicit()), new CheckedField<>(field.implicit()), field.solver());
            return new OdeSolver<>(checked.explicit(), null, checked, method, control);
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
        return new OdeSolver<>(new CheckedField<>(field), null, null, method, control);
    }

    /** The same solver with another gradient. */
    public OdeSolver<T> withGradient(Gradient other) {
        return new OdeSolver<>(nonlinear, linear, split, method, control, other, event, jumps, estimates);
    }

    /**
     * The same solver, which ends the solve of a sample at its first event.
     *
     * <p>The solution then holds when and where: {@link Solution#event}. Where each sample has its own steps its solve ends
     * with the outcome EVENT. Where the batch shares its steps, a sample rests at its event, which is its last state, while
     * the others go on; the outcome is EVENT if all samples met theirs, and SUCCESS if some reached the end of the
     * interval. States kept for later times are NaN. Such a solve
     * has no gradient: another than {@link Gradient#NONE} is refused if it was chosen, and else when it is asked for.
     */
    public OdeSolver<T> withEvent(StopEvent<T> stop) {
        return new OdeSolver<>(
                nonlinear,
                linear,
                split,
                method,
                control,
                gradient,
                Objects.requireNonNull(stop, "stop"),
                jumps,
                estimates);
    }

    /**
     * The same solver of a field that jumps at known times.
     *
     * <p>Each is the end of a step, seen from its own side, and nothing is remembered over it: {@link Jumps}. Not with events
     * and {@link SampleTimes}.
     */
    public OdeSolver<T> withJumps(Jumps<T> times) {
        return new OdeSolver<>(
                nonlinear,
                linear,
                split,
                method,
                control,
                gradient,
                event,
                Objects.requireNonNull(times, "times"),
                estimates);
    }

    /**
     * The same solver, which tells the largest error that its steps of known size estimate: {@link
     * dev.odeon.solvers.Statistics#largestError}.
     *
     * <p>By the second result of an embedded method, at the cost of a sum over its stages, and of an evaluation where the
     * estimate reads the rate at the end of the step, as those of tsit5 and dopri5 do. Chosen steps need none: they are chosen
     * by it. With {@link SampleTimes} it costs one evaluation more in every step. Such a solve has no gradient, as one with an
     * event has none; {@link dev.odeon.solvers.EstimatedError} says what the number means.
     */
    public OdeSolver<T> withErrorEstimate() {
        return new OdeSolver<>(nonlinear, linear, split, method, control, gradient, event, jumps, Estimates.LARGEST);
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
        Survey.tell(() -> work(u0, saveAt));
        Values parameters = parameters(tf, u0.type(), theta);
        SolveSettings<T> settings = new SolveSettings<>(problem(u0), method, control, saveAt, event, null, estimates);
        Jumps<T> known = jumps;
        if (known == null) {
            return solution(tf, settings.countedFromStart(), u0, parameters);
        }
        if (known instanceof Jumps.Trained) {
            requireOwnTimes();
        }
        return Solution.of(
                tf,
                ForwardSolve.of(tf, settings, known, gradient.differentiation()).run(tf, u0, parameters));
    }

    private Solution<T> solution(Ops tf, SolveSettings<T> settings, Operand<T> u0, Values parameters) {
        return Solution.of(
                tf, ForwardSolve.of(tf, settings, gradient.differentiation()).run(tf, u0, parameters));
    }

    /**
     * Adds a solve in which each sample has its own times.
     *
     * <p>With {@link StepsPerInterval}, differentiated as any solve of fixed steps; with {@link PidController}, under the
     * conditions of any solve of chosen steps. IMEX methods need an operator whose factor can have another alpha for every
     * sample: ScaledIdentity, Diagonal, PairBlock or Circulant.
     *
     * @param u0 initial state, first axis batch
     * @param theta parameters and data of the field; floating-point ones are differentiated
     * @param times of each sample
     * @throws IllegalArgumentException if method, control, gradient and operator do not go together
     */
    public Solution<T> solve(Ops tf, Operand<T> u0, Values theta, SampleTimes<T> times) {
        if (event != null) {
            throw new IllegalArgumentException(
                    "Events are not looked for where each sample has its own times: solve with"
                            + " SaveAt, or without withEvent");
        }
        if (jumps != null) {
            throw new IllegalArgumentException(
                    "Jumps of the field are not looked for where each sample has its own times:"
                            + " solve with SaveAt, or without withJumps");
        }
        requireOwnTimes();
        SampleClock<T> clock = SampleClock.of(tf, times, u0);
        Survey.tell(() -> work(u0, clock.saveAt()));
        Values parameters = parameters(tf, u0.type(), theta);
        Problem<T> problem = clock.problem(tf, problem(u0));
        return solution(
                tf,
                new SolveSettings<>(problem, method, control, clock.saveAt(), null, clock, estimates),
                u0,
                parameters);
    }

    private SolveWork work(Operand<T> u0, SaveAt saveAt) {
        return new ExpectedWork(method, control, gradient, saveAt).on(u0, split);
    }

    /** What can take steps that each sample has to itself. */
    private void requireOwnTimes() {
        if (method.exponentiates()) {
            throw new IllegalArgumentException(
                    "The method " + method.name()
                            + " has one exponential for sizes known now, and those between the times of SampleTimes and Jumps.trained are not: take an IMEX method");
        }
        if (control instanceof FixedSteps fixed) {
            throw new IllegalArgumentException(
                    "Steps of the size " + fixed.size()
                            + " do not fit the times of SampleTimes and Jumps.trained, which are known only when the graph runs: take StepsPerInterval or PidController");
        }
    }

    /** Where the method sees one field, the operator's data join the parameters. */
    private Values parameters(Ops tf, Class<T> type, Values theta) {
        LinearOperator<T> operator = linear;
        return operator == null || method.linearPart() == Method.LinearPart.SEPARATE
                ? theta
                : theta.and(operator.data(tf, type).prefixed(OPERATOR));
    }

    private Problem<T> problem(Operand<T> u0) {
        if (split != null) {
            return Problem.of(split, u0.type(), u0.shape());
        }
        LinearOperator<T> operator = linear;
        if (operator != null) {
            requireFits(operator.components(), u0.shape());
        }
        if (operator == null || method.linearPart() == Method.LinearPart.SEPARATE) {
            return new Problem<>(nonlinear, operator, u0.type(), u0.shape());
        }
        return new Problem<>(
                (inner, t, u, values) -> inner.math.add(
                        nonlinear.evaluate(inner, t, u, values), operator.apply(inner, values.under(OPERATOR), u)),
                null,
                u0.type(),
                u0.shape());
    }

    private static void requireFits(OptionalLong components, Shape state) {
        if (components.isEmpty() || state.isUnknown()) {
            return;
        }
        long size = components.getAsLong();
        if (state.numDimensions() != 2 || (state.get(1) != Shape.UNKNOWN_SIZE && state.get(1) != size)) {
            throw new IllegalArgumentException(
                    "The linear part has " + size + " components, but the state has the shape " + state
                            + ": give it the shape [batch, " + size + "], or an operator of its size");
        }
    }
}
