package dev.odeon.solvers.forward.chosen;

import dev.odeon.graph.Branches;
import dev.odeon.graph.Floats;
import dev.odeon.graph.LoopTables;
import dev.odeon.graph.Values;
import dev.odeon.solvers.stepper.StepSize;
import dev.odeon.solvers.stepper.Stepper;
import java.util.Arrays;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;
import org.tensorflow.types.family.TType;

/**
 * Step sizes that are the interval halved again and again, and what the stepper prepared for those in use.
 *
 * <p>A factor is made when its rung is stepped on first, by operations in the loop with the size as a tensor, and cached, so
 * that chosen steps cost as many factors as there are sizes in use. Positions are whole numbers of the finest size: the end is reached exactly, without a factor
 * of its own, and the size grows only where the coarser grid allows it.
 */
final class Ladder<T extends TFloating> {

    /** Halvings from the first to the last rung; the positions fit 32 bits. */
    static final int FINEST = 30;

    private static final String CACHE = "cache/";
    private static final String MADE = "made";

    private final Stepper<T> stepper;
    private final Class<T> type;
    private final double interval;

    /** A ladder under a signed interval. */
    Ladder(Stepper<T> stepper, Class<T> type, double interval) {
        this.stepper = stepper;
        this.type = type;
        this.interval = interval;
    }

    /** The signed size of a rung. */
    double size(int rung) {
        return Math.scalb(interval, -rung);
    }

    /** The empty cache, in the graph around the loop. */
    Values initial(Ops tf, Values linearData) {
        // For its types and shapes: nothing fetches it, where those are known.
        Values sample = prepared(tf, linearData, tf.constant(0));
        Values cache = Values.of(MADE, tf.fill(tf.constant(new int[] {FINEST + 1}), tf.constant(0)));
        for (String name : sample.names()) {
            cache = cache.with(CACHE + name, rows(tf, sample.get(name)));
        }
        return cache;
    }

    private static <V extends TType> Operand<V> rows(Ops tf, Operand<V> like) {
        Shape shape = like.shape();
        Operand<TInt32> one =
                shape.isUnknown() || shape.hasUnknownDimension() ? tf.shape(like) : tf.constant(ints(shape.asArray()));
        Operand<TInt32> all = tf.concat(List.of(tf.constant(new int[] {FINEST + 1}), one), tf.constant(0));
        return tf.zeros(all, like.type());
    }

    private static int[] ints(long[] dimensions) {
        return Arrays.stream(dimensions).mapToInt(Math::toIntExact).toArray();
    }

    /** What was prepared for a rung, the cache with it, and how many factors were made. */
    record Lookup(Values prepared, Values cache, Operand<TInt32> factors) {}

    /** Adds the look-up, in the body of the loop. */
    Lookup lookup(Ops tf, Operand<TInt32> rung, Values cache, Values linearData) {
        Operand<TInt32> made = tf.gather(cache.get(MADE, TInt32.class), rung, tf.constant(0));
        Values rows = cache.under(CACHE);
        Values arguments = linearData.prefixed("data/").with("rung", rung).and(rows.prefixed("rows/"));
        Branches branches = Branches.define(
                tf,
                "factor",
                arguments.specs(),
                List.of(
                        (inner, values) -> written(
                                inner,
                                values.under("rows/"),
                                values.get("rung", TInt32.class),
                                prepared(inner, values.under("data/"), values.get("rung", TInt32.class))),
                        (inner, values) -> kept(inner, values.under("rows/"))));
        Values updated = branches.run(tf, made, arguments)
                .prefixed(CACHE)
                .with(MADE, LoopTables.written(tf, cache.get(MADE, TInt32.class), rung, tf.constant(1)));
        Operand<TInt32> factors = tf.math.mul(tf.math.sub(tf.constant(1), made), tf.constant(stepper.factorsPerKind()));
        // Read after it is written: nothing else holds the table while a row of it is replaced.
        return new Lookup(cached(tf, updated, rung), updated, factors);
    }

    private Values prepared(Ops tf, Values linearData, Operand<TInt32> rung) {
        Operand<T> size = tf.math.mul(Floats.scalar(tf, type, interval), fraction(tf, rung));
        return stepper.prepare(tf, linearData, new StepSize.InGraph<>(size));
    }

    /** The size of a rung in units of the interval. */
    Operand<T> fraction(Ops tf, Operand<TInt32> rung) {
        return tf.math.pow(Floats.scalar(tf, type, 0.5), tf.dtypes.cast(rung, type));
    }

    /** The offset of a position: rounded once, however many steps led there. */
    Operand<T> offset(Ops tf, Operand<TInt32> position) {
        return tf.math.mul(Floats.scalar(tf, type, size(FINEST)), tf.dtypes.cast(position, type));
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

    private static Values kept(Ops tf, Values rows) {
        Values same = Values.empty();
        for (String name : rows.names()) {
            same = same.with(name, tf.identity(rows.get(name)));
        }
        return same;
    }

    private static Values written(Ops tf, Values rows, Operand<TInt32> rung, Values prepared) {
        Values written = Values.empty();
        for (String name : rows.names()) {
            written = written.with(name, written(tf, rows.get(name), rung, prepared.get(name)));
        }
        return written;
    }

    @SuppressWarnings("unchecked") // a cache row has the type of its cache
    private static <V extends TType> Operand<V> written(
            Ops tf, Operand<V> rows, Operand<TInt32> rung, Operand<?> value) {
        return LoopTables.written(tf, rows, rung, (Operand<V>) value);
    }

    /** The position after a round. */
    Operand<TInt32> position(Ops tf, Operand<TInt32> before, Operand<TInt32> rung, Operand<TBool> accepted) {
        return tf.select(accepted, tf.math.add(before, ticks(tf, rung)), before);
    }

    /** The rung of the next step: down as far as a size demands, up one where the position allows it. */
    Operand<TInt32> next(Ops tf, Operand<TInt32> rung, Operand<TInt32> position, Operand<T> size) {
        Operand<TInt32> wanted = rungOf(tf, size);
        Operand<TInt32> coarser = tf.math.maximum(tf.math.sub(rung, tf.constant(1)), tf.constant(0));
        Operand<TBool> aligned = tf.math.equal(tf.math.mod(position, ticks(tf, coarser)), tf.constant(0));
        return tf.select(tf.math.less(wanted, rung), tf.select(aligned, coarser, rung), wanted);
    }

    /** The first rung that is not above a size. */
    Operand<TInt32> rungOf(Ops tf, Operand<T> size) {
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
