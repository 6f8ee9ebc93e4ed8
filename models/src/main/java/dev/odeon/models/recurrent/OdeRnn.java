package dev.odeon.models.recurrent;

import dev.odeon.adjoint.BacksolveAdjoint;
import dev.odeon.adjoint.Gradient;
import dev.odeon.adjoint.NoGradient;
import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import dev.odeon.graph.scan.Round;
import dev.odeon.graph.scan.Scan;
import dev.odeon.models.recurrent.RecurrentCell.Updated;
import dev.odeon.ode.OdeSolver;
import dev.odeon.ode.Solution;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.Outcome;
import dev.odeon.solvers.VectorField;
import dev.odeon.solvers.steps.SampleTimes;
import dev.odeon.solvers.steps.SaveAt;
import dev.odeon.solvers.steps.StepControl;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Stack;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * A recurrent cell at the observations of irregular series, and a neural ODE between them: one loop over the observations.
 *
 * <p>Round k: s = cell(x_k, s) where x_k was observed, then s' = f(t, s) over the duration of each sample, t counted from the
 * observation. The durations of a batch share a clock (the change of time intervals of the source), so that a round is one
 * solve. The state before the next observation predicts it; a forecast is the state after another last duration.
 *
 * <p>The gradient is one loop back over the observations ({@link Scan}); each round repeats its solve and takes the gradient of
 * the solver there: graph and time to build do not depend on the number of observations. The field of any
 * {@code ContinuousModel} may be given; of one with momentum the cell has the units of the whole state, or is a {@link
 * PartCell}.
 *
 * <p>A sample whose solve failed is NaN from there on, and its outcome is that of its first failure. Source: Rubanova, Chen,
 * Duvenaud, Latent ODEs for irregularly-sampled time series, 2019; Xia's thesis, 3.5.3.1.
 *
 * @param <T> element type
 */
public final class OdeRnn<T extends TFloating> {

    private static final String STATE = "state";
    private static final String MEMORY = "memory/";
    private static final String UPDATED = "updated";
    private static final String VALUES = "values";
    private static final String DURATIONS = "durations";
    private static final String OBSERVED = "observed";
    private static final String LENGTH = "length of each sample's interval";

    private final VectorField<T> field;
    private final RecurrentCell cell;
    private final Method method;
    private final StepControl control;
    private final Gradient gradient;
    private final @Nullable String drive;

    private OdeRnn(
            VectorField<T> field,
            RecurrentCell cell,
            Method method,
            StepControl control,
            Gradient gradient,
            @Nullable String drive) {
        this.field = Objects.requireNonNull(field, "field");
        this.cell = Objects.requireNonNull(cell, "cell");
        this.method = Objects.requireNonNull(method, "method");
        this.control = Objects.requireNonNull(control, "control");
        this.gradient = Objects.requireNonNull(gradient, "gradient");
        this.drive = drive;
    }

    /**
     * The hybrid of a field and a cell, differentiated by the discrete adjoint.
     *
     * @param field of a state [batch, cell.units()]
     * @param control {@code StepsPerInterval} between two observations, or {@code PidController}
     */
    public static <T extends TFloating> OdeRnn<T> of(
            VectorField<T> field, RecurrentCell cell, Method method, StepControl control) {
        return new OdeRnn<>(field, cell, method, control, Gradient.DISCRETE_ADJOINT, null);
    }

    /** The same with another gradient of its solves. */
    public OdeRnn<T> withGradient(Gradient other) {
        return new OdeRnn<>(field, cell, method, control, other, drive);
    }

    /**
     * The same with a field that sees the observation it started from: a force from outside, such as its value there and at the
     * next observation, between which the field interpolates.
     *
     * <p>It is data: no gradient flows into it. Where a sample was not observed it is zero.
     *
     * @param name under which the field finds it among its parameters: [batch, inputs of the cell]
     */
    public OdeRnn<T> withDrive(String name) {
        return new OdeRnn<>(field, cell, method, control, gradient, Objects.requireNonNull(name, "name"));
    }

    /** How its solves are differentiated. */
    public Gradient gradient() {
        return gradient;
    }

    /**
     * Adds the loop over the observations.
     *
     * @param start before the first observation: [batch, units]
     * @param theta parameters of field and cell by name
     * @throws IllegalArgumentException if method, control and gradient do not go together
     */
    public Passage<T> pass(Ops tf, Operand<T> start, Values theta, ObservedSeries<T> series) {
        Class<T> type = start.type();
        Values carried = Values.of(STATE, start).and(cell.memory(tf, start).prefixed(MEMORY));
        Values values = series.role() == ObservedSeries.Role.DATA
                ? Values.empty().withConstant(VALUES, series.values())
                : Values.of(VALUES, series.values());
        Values rows = values.withConstant(DURATIONS, series.durations());
        Operand<TBool> observed = series.mask().orElse(null);
        Values all = observed == null ? rows : rows.with(OBSERVED, observed);
        Operand<TInt32> samples =
                tf.reshape(tf.gather(tf.shape(start), tf.constant(0), tf.constant(0)), tf.constant(new int[] {1}));
        Values counts = Passage.counts(tf, samples);
        Scan scan = Scan.of(
                        "observations", (inner, before, constants, row) -> round(inner, type, before, constants, row))
                .withOutputs(Values.of(UPDATED, start).with(STATE, start))
                .withTold(counts)
                .withToldBack(counts);
        Scan.Result result =
                (gradient instanceof NoGradient ? scan.withoutGradient() : scan).run(tf, carried, theta, all);
        return new Passage<>(
                result.outputs().get(UPDATED, type),
                result.outputs().get(STATE, type),
                result.carried().get(STATE, type),
                result);
    }

    private Round round(Ops tf, Class<T> type, Values carried, Values theta, Values row) {
        Operand<T> before = carried.get(STATE, type);
        Values memory = carried.under(MEMORY);
        Operand<T> values = row.get(VALUES, type);
        Updated<T> updated;
        if (row.contains(OBSERVED)) {
            Operand<TBool> column = tf.expandDims(row.get(OBSERVED, TBool.class), tf.constant(1));
            values = tf.select(column, values, Floats.scalar(tf, type, 0));
            updated = observed(tf, column, before, memory, theta, values);
        } else {
            updated = cell.update(tf, values, before, memory, theta);
        }
        Values seen = drive == null ? theta : theta.withConstant(drive, values);
        Solution<T> solution = solve(tf, updated.state(), seen, row.get(DURATIONS, type));
        Operand<TBool> failed = tf.math.notEqual(
                tf.reshape(solution.outcome(), tf.constant(new int[] {-1, 1})), tf.constant(Outcome.SUCCESS.code()));
        Operand<T> after = Floats.nanIf(tf, failed, solution.last());
        return Round.of(Values.of(STATE, after).and(updated.memory().prefixed(MEMORY)))
                .withOutputs(Values.of(UPDATED, updated.state()).with(STATE, after))
                .withTold((inner, told) -> Passage.forward(inner, told, solution))
                .withToldBack((inner, told) -> Passage.backward(inner, told, solution));
    }

    /** The cell where a sample was observed; elsewhere state and memory stay, and the cell sees zeros, whatever stands there. */
    private Updated<T> observed(
            Ops tf, Operand<TBool> column, Operand<T> state, Values memory, Values theta, Operand<T> seen) {
        Updated<T> updated = cell.update(tf, seen, state, memory, theta);
        Values kept = memory;
        for (String name : memory.names()) {
            Operand<T> other = updated.memory().get(name, state.type());
            kept = kept.with(name, tf.select(column, other, memory.get(name, state.type())));
        }
        return new Updated<>(tf.select(column, updated.state(), state), kept);
    }

    private Solution<T> solve(Ops tf, Operand<T> state, Values theta, Operand<T> durations) {
        if (gradient instanceof BacksolveAdjoint) {
            return OdeSolver.of(onClock(state.type()), method, control)
                    .withGradient(gradient)
                    .solve(
                            tf,
                            state,
                            theta.withConstant(LENGTH, tf.expandDims(durations, tf.constant(1))),
                            SaveAt.end(0, 1));
        }
        Operand<T> times = tf.stack(List.of(tf.zerosLike(durations), durations), Stack.axis(1L));
        return solver().solve(tf, state, theta, SampleTimes.end(times));
    }

    /** ds/dtau = duration f(tau duration, s), as the backsolve adjoint, which takes no times that are tensors, needs it. */
    private VectorField<T> onClock(Class<T> type) {
        return (tf, s, state, theta) -> {
            Operand<T> length = theta.get(LENGTH, type);
            return tf.math.mul(field.evaluate(tf, tf.math.mul(s, length), state, theta), length);
        };
    }

    private OdeSolver<T> solver() {
        return OdeSolver.of(field, method, control).withGradient(gradient);
    }

    /**
     * Adds the solve from a state after an observation to several later times of each sample.
     *
     * @param state such as the last row of {@link Passage#updated}: [batch, units]
     * @param durations since the observation, not decreasing: [batch, times]
     * @return a solution whose states are [times + 1, batch, units], the given state first
     * @throws IllegalArgumentException for a backsolve adjoint, which takes no times that are tensors, and for a driven field,
     *     whose drive behind the last observation is not known
     */
    public Solution<T> forecast(Ops tf, Operand<T> state, Values theta, Operand<T> durations) {
        if (drive != null) {
            throw new IllegalArgumentException("The field is driven by '" + drive + "', which has no values behind the"
                    + " last observation: pass them as further observations, of a KeptState for a cell");
        }
        Operand<T> first = tf.slice(durations, tf.constant(new int[] {0, 0}), tf.constant(new int[] {-1, 1}));
        Operand<T> times = tf.concat(List.of(tf.zerosLike(first), durations), tf.constant(1));
        return solver().solve(tf, state, theta, SampleTimes.of(times));
    }
}
