package dev.odeon.solvers.forward.adaptive;

import dev.odeon.graph.Branches;
import dev.odeon.graph.Floats;
import dev.odeon.graph.GraphFunction;
import dev.odeon.graph.Values;
import dev.odeon.solvers.stepping.Stepper;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;
import org.tensorflow.types.family.TType;

/**
 * Step sizes that are the interval halved again and again, and what the engine prepared for those in use.
 *
 * <p>A factor is made when its rung is stepped on first and cached in the loop, so that adaptive steps cost as many factors
 * as there are sizes in use. Positions are whole numbers of the finest size: the end is reached exactly, without a factor
 * of its own, and the size grows only where the coarser grid allows it.
 */
final class Ladder {

    /** Halvings from the first to the last rung; the positions fit 32 bits. */
    static final int FINEST = 30;

    private static final String CACHE = "cache/";
    private static final String MADE = "made";

    private final Stepper<?> stepper;
    private final double interval;

    /** A ladder under a signed interval. */
    Ladder(Stepper<?> stepper, double interval) {
        this.stepper = stepper;
        this.interval = interval;
    }

    /** The signed size of a rung. */
    double size(int rung) {
        return Math.scalb(interval, -rung);
    }

    /** The empty cache, in the graph around the loop. */
    Values initial(Ops tf, Values linearData) {
        Values sample = stepper.prepare(tf, linearData, new double[] {size(FINEST)});
        Values cache = Values.of(MADE, tf.fill(tf.constant(new int[] {FINEST + 1}), tf.constant(0)));
        for (String name : sample.names()) {
            cache = cache.with(CACHE + name, rows(tf, sample.get(name)));
        }
        return cache;
    }

    private static <V extends TType> Operand<V> rows(Ops tf, Operand<V> like) {
        Operand<TInt32> shape = tf.concat(List.of(tf.constant(new int[] {FINEST + 1}), tf.shape(like)), tf.constant(0));
        return tf.broadcastTo(tf.zerosLike(like), shape);
    }

    /** What was prepared for a rung, the cache with it, and how many factors were made. */
    record Lookup(Values prepared, Values cache, Operand<TInt32> factors) {}

    /** Adds the look-up, in the body of the loop. */
    Lookup lookup(Ops tf, Operand<TInt32> rung, Values cache, Values linearData) {
        Operand<TInt32> made = tf.gather(cache.get(MADE, TInt32.class), rung, tf.constant(0));
        Values rows = cache.under(CACHE);
        Values stored = cached(tf, cache, rung);
        Values arguments = linearData.prefixed("data/").and(stored.prefixed("stored/"));
        List<GraphFunction.Body> bodies = new ArrayList<>();
        bodies.add((inner, values) -> copied(inner, values.under("stored/")));
        for (int k = 0; k <= FINEST; k++) {
            double[] sizes = {size(k)};
            bodies.add((inner, values) -> stepper.prepare(inner, values.under("data/"), sizes));
        }
        Branches branches = Branches.define(tf, "factor", arguments.specs(), bodies);
        Operand<TInt32> branch =
                tf.select(tf.math.equal(made, tf.constant(1)), tf.constant(0), tf.math.add(rung, tf.constant(1)));
        Values prepared = branches.run(tf, branch, arguments);
        Operand<TInt32> row = tf.reshape(rung, tf.constant(new int[] {1, 1}));
        Values updated = Values.of(
                MADE, tf.tensorScatterNdUpdate(cache.get(MADE, TInt32.class), row, tf.constant(new int[] {1})));
        for (String name : rows.names()) {
            updated = updated.with(CACHE + name, written(tf, rows.get(name), row, prepared.get(name)));
        }
        Operand<TInt32> factors = tf.math.mul(tf.math.sub(tf.constant(1), made), tf.constant(stepper.factorsPerKind()));
        return new Lookup(prepared, updated, factors);
    }

    /** What the cache holds for a rung. */
    static Values cached(Ops tf, Values cache, Operand<TInt32> rung) {
        Values rows = cache.under(CACHE);
        Values stored = Values.empty();
        for (String name : rows.names()) {
            stored = stored.with(name, tf.gather(rows.get(name), rung, tf.constant(0)));
        }
        return stored;
    }

    private static Values copied(Ops tf, Values values) {
        Values copies = Values.empty();
        for (String name : values.names()) {
            copies = copies.with(name, tf.identity(values.get(name)));
        }
        return copies;
    }

    @SuppressWarnings("unchecked") // a cache row has the type of its cache
    private static <V extends TType> Operand<V> written(
            Ops tf, Operand<V> rows, Operand<TInt32> row, Operand<?> value) {
        return tf.tensorScatterNdUpdate(rows, row, tf.expandDims((Operand<V>) value, tf.constant(0)));
    }

    /** The position after a round. */
    Operand<TInt32> position(Ops tf, Operand<TInt32> before, Operand<TInt32> rung, Operand<TBool> accepted) {
        return tf.select(accepted, tf.math.add(before, ticks(tf, rung)), before);
    }

    /** The rung of the next step: down as far as a size demands, up one where the position allows it. */
    <T extends TFloating> Operand<TInt32> next(
            Ops tf, Operand<TInt32> rung, Operand<TInt32> position, Operand<T> size) {
        Operand<TInt32> wanted = rungOf(tf, size);
        Operand<TInt32> coarser = tf.math.maximum(tf.math.sub(rung, tf.constant(1)), tf.constant(0));
        Operand<TBool> aligned = tf.math.equal(tf.math.mod(position, ticks(tf, coarser)), tf.constant(0));
        return tf.select(tf.math.less(wanted, rung), tf.select(aligned, coarser, rung), wanted);
    }

    /** The first rung that is not above a size. */
    <T extends TFloating> Operand<TInt32> rungOf(Ops tf, Operand<T> size) {
        Class<T> type = size.type();
        Operand<T> ratio = tf.math.div(Floats.scalar(tf, type, Math.abs(interval)), size);
        Operand<T> halvings = tf.math.div(tf.math.log(ratio), Floats.scalar(tf, type, Math.log(2)));
        // A size that is a rung but for rounding is that rung.
        Operand<T> whole = tf.math.ceil(tf.math.sub(halvings, Floats.scalar(tf, type, 1e-5)));
        Operand<T> bounded =
                tf.math.minimum(tf.math.maximum(whole, Floats.scalar(tf, type, 0)), Floats.scalar(tf, type, FINEST));
        return tf.dtypes.cast(bounded, TInt32.class);
    }

    /** The size of a rung in units of the finest. */
    static Operand<TInt32> ticks(Ops tf, Operand<TInt32> rung) {
        return tf.bitwise.leftShift(tf.constant(1), tf.math.sub(tf.constant(FINEST), rung));
    }
}
