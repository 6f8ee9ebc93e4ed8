package dev.odeon.solvers.events.search;

import dev.odeon.graph.Branches;
import dev.odeon.graph.Values;
import dev.odeon.solvers.events.StopEvent;
import dev.odeon.solvers.stepper.SampleColumns;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * The first zero crossing of g within one step, for every sample.
 *
 * <p>{@link FirstLook} settles the step where it has none, which is nearly always. Only where it does not, for any sample, the
 * branch runs that looks closer: {@link FirstCrossing} isolates the crossing and {@link Bracket} narrows it down.
 *
 * @param found whether there is one: a column
 * @param time of the crossing where there is one: a column
 * @param state at the crossing: [batch, ...]
 * @param end g at the end of the step: a column
 * @param sign the last one of g that was not zero, up to the end of the step: a column
 * @param undefined whether g was no number where it was asked before a crossing was found: a column
 */
public record Crossing<T extends TFloating>(
        Operand<TBool> found,
        Operand<T> time,
        Operand<T> state,
        Operand<T> end,
        Operand<T> sign,
        Operand<TBool> undefined) {

    private static final String CLOSER = "closer";
    private static final String LAST = "last";
    private static final String BEFORE = "before";
    private static final String SIGN = "sign";
    private static final String SIGN_AFTER = "sign after";
    private static final String FOUND = "found";
    private static final String TIME = "time";
    private static final String STATE = "state";
    private static final String UNDEFINED = "undefined";

    /** g as a column. */
    public static <T extends TFloating> Operand<T> value(
            Ops tf, StopEvent<T> event, Operand<T> time, Operand<T> state, Values theta) {
        Operand<T> value = event.function().evaluate(tf, time, state, theta);
        requireOneForEachSample(value.shape(), time.shape(), state.shape());
        return SampleColumns.reshaped(tf, state, value);
    }

    private static void requireOneForEachSample(Shape value, Shape time, Shape state) {
        if (value.isUnknown() || state.isUnknown()) {
            return;
        }
        long known = 1;
        boolean complete = true;
        for (long size : value.asArray()) {
            complete &= size != Shape.UNKNOWN_SIZE;
            known *= size == Shape.UNKNOWN_SIZE ? 1 : size;
        }
        long batch = state.get(0);
        boolean fits =
                batch == Shape.UNKNOWN_SIZE ? complete || known == 1 : complete ? known == batch : batch % known == 0;
        if (!fits) {
            throw new IllegalArgumentException("The function of an event gives the shape " + value
                    + " for states of shape " + state + " and times of shape " + time
                    + ": return one number for each sample, [batch] or [batch, 1], such as a component of the state by"
                    + " tf.slice or a sum over its components");
        }
    }

    /**
     * Adds the search.
     *
     * @param theta parameters of g
     * @param dense coefficients of the step's dense output
     * @param time start of the step: scalar or column
     * @param size signed size of the step: scalar or column
     * @param stop end of the step, as the loop knows it: scalar or column
     * @param before g at the start of the step: a column
     * @param sign of g before that, zero if it was zero since the start: a column
     * @param next state at the end of the step
     * @param watching which samples to look at: scalar or column
     * @param last whether the interval ends with this step: scalar or column
     */
    public static <T extends TFloating> Crossing<T> search(
            Ops tf,
            StopEvent<T> event,
            Values theta,
            List<Operand<T>> dense,
            Operand<T> time,
            Operand<T> size,
            Operand<T> stop,
            Operand<T> before,
            Operand<T> sign,
            Operand<T> next,
            Operand<TBool> watching,
            Operand<TBool> last) {
        Operand<T> start = SampleColumns.of(tf, next, time);
        Operand<T> length = SampleColumns.of(tf, next, size);
        FirstLook<T> look = FirstLook.at(
                tf, event, theta, dense, start, length, SampleColumns.of(tf, next, stop), before, sign, next);
        AlongStep<T> step = look.step();
        Operand<TBool> no = tf.math.less(tf.onesLike(before), tf.zerosLike(before));
        Operand<TBool> ends = tf.math.logicalOr(no, last);
        Operand<TBool> closer = tf.math.logicalAnd(watching, look.unsettled(tf, ends));
        Values arguments = step.values()
                .with(CLOSER, closer)
                .with(LAST, ends)
                .with(BEFORE, before)
                .with(SIGN, sign)
                .with(SIGN_AFTER, look.sign());
        Branches branches = Branches.define(
                tf,
                "crossing",
                arguments.specs(),
                List.of(
                        (inner, values) -> none(inner, step.inside(values), values),
                        (inner, values) -> found(inner, step.inside(values), values)));
        Values results = branches.run(tf, tf.dtypes.cast(SampleColumns.any(tf, closer), TInt32.class), arguments);
        Class<T> type = before.type();
        return new Crossing<>(
                results.get(FOUND, TBool.class),
                results.get(TIME, type),
                results.get(STATE, type),
                step.end(),
                results.get(SIGN_AFTER, type),
                results.get(UNDEFINED, TBool.class));
    }

    /** The branch of a step without crossings. */
    private static <T extends TFloating> Values none(Ops tf, AlongStep<T> step, Values values) {
        Operand<TBool> closer = values.get(CLOSER, TBool.class);
        Operand<TBool> no = tf.math.logicalAnd(closer, tf.math.logicalNot(closer));
        return Values.of(FOUND, no)
                .with(TIME, step.start())
                .with(STATE, step.next())
                .with(SIGN_AFTER, values.get(SIGN_AFTER, step.type()))
                .with(UNDEFINED, tf.identity(no));
    }

    /** The branch of a step that may have one for some sample. */
    private static <T extends TFloating> Values found(Ops tf, AlongStep<T> step, Values values) {
        Class<T> type = step.type();
        Operand<TBool> closer = values.get(CLOSER, TBool.class);
        FirstCrossing.Met<T> met = new FirstCrossing<>(step, new PieceModel(PieceModel.HIGHEST))
                .search(tf, closer, values.get(LAST, TBool.class), values.get(BEFORE, type), values.get(SIGN, type));
        Operand<T> at = new Bracket<>(step).narrowed(tf, met.walk());
        return Values.of(FOUND, met.walk().found())
                .with(TIME, step.time(tf, at))
                .with(STATE, step.state(tf, at))
                .with(SIGN_AFTER, tf.select(closer, met.walk().sign(), values.get(SIGN_AFTER, type)))
                .with(UNDEFINED, met.undefined());
    }
}
