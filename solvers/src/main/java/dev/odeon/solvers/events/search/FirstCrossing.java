package dev.odeon.solvers.events.search;

import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import dev.odeon.graph.WhileLoop;
import dev.odeon.solvers.stepper.SampleColumns;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceAny;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * Goes through a step piece by piece, from its start, until it meets the first crossing: a loop whose rounds look at one
 * piece of each sample.
 *
 * <p>Where {@link PieceModel} knows g on the piece, or the piece is as short as a time can be resolved, {@link SignWalk} says
 * whether there is a crossing, and the next piece is twice as long; else the piece is halved. Pieces are halved, not moved,
 * so that their ends are exact.
 */
record FirstCrossing<T extends TFloating>(AlongStep<T> step, PieceModel model) {

    /** So many rounds are for pieces that are understood; what then remains is decided by the signs alone. */
    private static final int ROUNDS = 200;

    /** A piece of so many resolved lengths on which g is zero shows that it stays there. */
    private static final double RESOLVED = 8;

    private static final String ROUND = "round";
    private static final String LOOKING = "looking";
    private static final String AT = "at";
    private static final String WIDTH = "width";
    private static final String VALUE = "value";
    private static final String SIGN = "sign";
    private static final String OPEN = "open";
    private static final String FOUND = "found";
    private static final String UNDEFINED = "undefined";
    private static final String FROM = "from";
    private static final String TO = "to";
    private static final String VALUE_FROM = "value from";
    private static final String VALUE_TO = "value to";
    private static final String LAST = "last";
    private static final String RESOLUTION = "resolution";

    /**
     * What was met.
     *
     * @param walk the crossing, if there is one, and the sign of g after it
     * @param undefined whether g was no number before a crossing: a column
     */
    record Met<T extends TFloating>(SignWalk<T> walk, Operand<TBool> undefined) {}

    /**
     * Adds the loop.
     *
     * @param looking which samples to look at: a column
     * @param last whether the interval ends with this step, so that a zero at the end counts: a column
     * @param before g at the start of the step: a column
     * @param sign of g before that, zero if it was zero since the start: a column
     */
    Met<T> search(Ops tf, Operand<TBool> looking, Operand<TBool> last, Operand<T> before, Operand<T> sign) {
        Operand<T> zeros = tf.zerosLike(before);
        Operand<T> none = Floats.scalar(tf, before.type(), SignWalk.NONE_OPEN);
        Operand<T> open = tf.select(tf.math.equal(before, Floats.scalar(tf, before.type(), 0)), zeros, none);
        Operand<TBool> no = tf.math.logicalAnd(looking, tf.math.logicalNot(looking));
        Values initial = Values.of(ROUND, tf.constant(0))
                .with(LOOKING, looking)
                .with(AT, zeros)
                .with(WIDTH, tf.onesLike(before))
                .with(VALUE, before)
                .with(SIGN, sign)
                .with(OPEN, open)
                .with(FOUND, no)
                .with(UNDEFINED, no)
                .with(FROM, zeros)
                .with(TO, zeros)
                .with(VALUE_FROM, zeros)
                .with(VALUE_TO, zeros);
        Values fixed = step.values().with(LAST, last).with(RESOLUTION, step.resolution(tf));
        WhileLoop loop = WhileLoop.define(
                tf,
                "crossing",
                initial.specs(),
                fixed.specs(),
                (inner, carried, values) -> SampleColumns.any(inner, carried.get(LOOKING, TBool.class)),
                this::round);
        Values results = loop.run(tf, initial, fixed).values();
        Class<T> type = step.type();
        return new Met<>(
                new SignWalk<>(
                        results.get(FOUND, TBool.class),
                        results.get(FROM, type),
                        results.get(TO, type),
                        results.get(VALUE_FROM, type),
                        results.get(VALUE_TO, type),
                        results.get(SIGN, type),
                        results.get(OPEN, type)),
                results.get(UNDEFINED, TBool.class));
    }

    private Values round(Ops tf, Values carried, Values fixed) {
        Class<T> type = step.type();
        Operand<T> one = Floats.scalar(tf, type, 1);
        Operand<T> at = carried.get(AT, type);
        Operand<T> width = carried.get(WIDTH, type);
        Operand<T> sign = carried.get(SIGN, type);
        Operand<TBool> looking = carried.get(LOOKING, TBool.class);
        Operand<TInt32> round = carried.get(ROUND, TInt32.class);
        AlongStep<T> inside = step.inside(fixed);
        Operand<T> reached = tf.math.add(at, width);
        Operand<TBool> toTheEnd = tf.math.greaterEqual(reached, one);
        List<Operand<T>> fractions = fractions(tf, at, width, reached);
        List<Operand<T>> values = new ArrayList<>();
        values.add(carried.get(VALUE, type));
        values.addAll(inside.values(tf, fractions.subList(1, fractions.size())));
        int n = model.degree();
        values.set(n, tf.select(toTheEnd, inside.end(), values.get(n)));
        Operand<T> all = tf.stack(values);
        PieceModel.Known known = model.of(tf, all);
        // No more can be learned of the piece, or there is no time left to.
        Operand<T> resolution = fixed.get(RESOLUTION, type);
        Operand<TBool> shortest = tf.math.lessEqual(width, resolution);
        Operand<TBool> late = tf.math.greaterEqual(round, tf.constant(ROUNDS));
        Operand<TBool> settled =
                tf.math.logicalAnd(looking, tf.math.logicalOr(known.anything(tf), tf.math.logicalOr(shortest, late)));
        Operand<TBool> lasts = tf.math.logicalAnd(
                known.zero(), tf.math.greater(width, tf.math.mul(resolution, Floats.scalar(tf, type, RESOLVED))));
        Operand<TBool> closes = tf.math.logicalAnd(toTheEnd, fixed.get(LAST, TBool.class));
        SignWalk<T> walk = SignWalk.along(
                        tf, step.event().direction(), sign, carried.get(OPEN, type), fractions, values)
                .closed(tf, step.event().direction(), tf.math.logicalOr(lasts, closes));
        Operand<TBool> found = tf.math.logicalAnd(settled, walk.found());
        Operand<TBool> passed = tf.math.logicalAnd(settled, tf.math.logicalNot(walk.found()));
        Operand<TBool> undefined =
                tf.math.logicalAnd(passed, tf.reduceAny(tf.math.isNan(all), tf.constant(0), new ReduceAny.Options[0]));
        Operand<TBool> done =
                tf.math.logicalOr(tf.math.logicalOr(found, undefined), tf.math.logicalAnd(passed, toTheEnd));
        Operand<T> half = tf.math.mul(width, Floats.scalar(tf, type, 0.5));
        Operand<T> twice = tf.math.minimum(tf.math.add(width, width), tf.math.sub(one, reached));
        return Values.of(ROUND, tf.math.add(round, tf.constant(1)))
                .with(LOOKING, tf.math.logicalAnd(looking, tf.math.logicalNot(done)))
                .with(AT, tf.select(passed, reached, at))
                .with(WIDTH, tf.select(passed, twice, tf.select(looking, half, width)))
                .with(VALUE, tf.select(passed, values.get(n), carried.get(VALUE, type)))
                .with(SIGN, tf.select(settled, walk.sign(), sign))
                .with(FOUND, tf.math.logicalOr(carried.get(FOUND, TBool.class), found))
                .with(UNDEFINED, tf.math.logicalOr(carried.get(UNDEFINED, TBool.class), undefined))
                .with(OPEN, tf.select(settled, walk.open(), carried.get(OPEN, type)))
                .with(FROM, tf.select(found, walk.from(), carried.get(FROM, type)))
                .with(TO, tf.select(found, walk.to(), carried.get(TO, type)))
                .with(VALUE_FROM, tf.select(found, walk.valueFrom(), carried.get(VALUE_FROM, type)))
                .with(VALUE_TO, tf.select(found, walk.valueTo(), carried.get(VALUE_TO, type)));
    }

    private List<Operand<T>> fractions(Ops tf, Operand<T> at, Operand<T> width, Operand<T> reached) {
        double[] points = model.points();
        List<Operand<T>> fractions = new ArrayList<>();
        fractions.add(at);
        for (int j = 1; j < model.degree(); j++) {
            fractions.add(tf.math.add(at, tf.math.mul(width, Floats.scalar(tf, step.type(), points[j]))));
        }
        fractions.add(reached);
        return fractions;
    }
}
