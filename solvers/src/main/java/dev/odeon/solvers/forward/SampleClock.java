package dev.odeon.solvers.forward;

import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import dev.odeon.solvers.NonlinearSplit;
import dev.odeon.solvers.VectorField;
import dev.odeon.solvers.linear.LinearOperator;
import dev.odeon.solvers.linear.SampleScaled;
import dev.odeon.solvers.stepper.Problem;
import dev.odeon.solvers.stepper.SampleColumns;
import dev.odeon.solvers.steps.SampleTimes;
import dev.odeon.solvers.steps.SaveAt;
import dev.odeon.solvers.steps.StepsPerInterval;
import dev.odeon.solvers.steps.TimeGrid;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceAll;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * The change of variables from the times of each sample to a clock s that all share.
 *
 * <p>t_b = start_b + s length_b, so that du_b/ds = length_b f(t_b, u_b). Start and length travel to the field with its
 * parameters, and the length to the operator with its data; both are columns. Where the times are trained they are
 * differentiated like any parameter: s itself does not depend on them.
 */
public final class SampleClock<T extends TFloating> {

    private static final String START = "start of each sample";
    private static final String LENGTH = "length of each sample";

    private final Class<T> type;
    private final SaveAt.Kept kept;
    private final int count;
    private final Operand<T> columns;
    private final Operand<T> rows;
    private final SampleTimes.Role role;

    private SampleClock(
            Class<T> type, SaveAt.Kept kept, int count, Operand<T> columns, Operand<T> rows, SampleTimes.Role role) {
        this.role = role;
        this.type = type;
        this.kept = kept;
        this.count = count;
        this.columns = columns;
        this.rows = rows;
    }

    /** The clock of a batch. */
    public static <T extends TFloating> SampleClock<T> of(Ops tf, SampleTimes<T> times, Operand<T> u0) {
        Operand<T> given = times.role() == SampleTimes.Role.TRAINED ? times.times() : tf.stopGradient(times.times());
        Operand<T> rows = tf.linalg.transpose(given, tf.constant(new int[] {1, 0}));
        Operand<TInt32> shape =
                tf.concat(List.of(tf.constant(new int[] {times.count()}), SampleColumns.shape(tf, u0)), tf.constant(0));
        return new SampleClock<>(u0.type(), times.kept(), times.count(), tf.reshape(rows, shape), rows, times.role());
    }

    /** The problem on the clock. */
    public Problem<T> problem(Ops tf, Problem<T> problem) {
        LinearOperator<T> linear = problem.linear();
        NonlinearSplit<T> split = problem.split();
        return new Problem<>(
                onClock(problem.field()),
                linear == null ? null : SampleScaled.of(with(Values.empty(), SampleScaled.SCALE, whole(tf)), linear),
                type,
                problem.shape(),
                split == null
                        ? null
                        : new NonlinearSplit<>(onClock(split.explicit()), onClock(split.implicit()), split.solver()),
                problem.resolution());
    }

    /**
     * The lengths of the samples among the parameters of a problem on a clock, zero for a sample that rests: a column; null
     * where there is no clock.
     */
    public static <T extends TFloating> @Nullable Operand<T> length(Values theta, Class<T> type) {
        return theta.contains(LENGTH) ? theta.get(LENGTH, type) : null;
    }

    private VectorField<T> onClock(VectorField<T> field) {
        return (tf, s, u, theta) -> {
            Operand<T> length = theta.get(LENGTH, type);
            Operand<T> time = tf.math.add(theta.get(START, type), tf.math.mul(s, length));
            return tf.math.mul(field.evaluate(tf, time, u, theta), length);
        };
    }

    /** Whether the times are differentiated. */
    public SampleTimes.Role role() {
        return role;
    }

    private Operand<T> column(Ops tf, int time) {
        return tf.gather(columns, tf.constant(time), tf.constant(0));
    }

    private Operand<T> whole(Ops tf) {
        return tf.math.sub(column(tf, count - 1), column(tf, 0));
    }

    /** The parameters, with one line from the first time to the last, s from 0 to 1. */
    public Values theta(Ops tf, Values theta) {
        return with(with(theta, START, column(tf, 0)), LENGTH, whole(tf));
    }

    private Values with(Values values, String name, Operand<T> value) {
        return role == SampleTimes.Role.TRAINED ? values.with(name, value) : values.withConstant(name, value);
    }

    /** What is kept, in terms of s from 0 to 1; the times between differ from sample to sample. */
    public SaveAt saveAt() {
        if (kept == SaveAt.Kept.END) {
            return SaveAt.end(0, 1);
        }
        double[] clock = new double[count];
        for (int k = 0; k < count; k++) {
            clock[k] = (double) k / (count - 1);
        }
        return SaveAt.times(clock);
    }

    /** The values of s at which the state of each sample is kept, the first left out: [k - 1, batch]. */
    public Operand<T> clockTimes(Ops tf) {
        Operand<T> first = tf.gather(rows, tf.constant(new int[] {0}), tf.constant(0));
        Operand<T> last = tf.gather(rows, tf.constant(new int[] {count - 1}), tf.constant(0));
        Operand<T> later =
                tf.gather(rows, tf.range(tf.constant(1), tf.constant(count), tf.constant(1)), tf.constant(0));
        return tf.math.divNoNan(tf.math.sub(later, first), tf.math.sub(last, first));
    }

    /**
     * Kept states of chosen steps whose gradients with respect to trained times are right for samples whose times are all the
     * same as well: on the way from a time to the same time nothing tells one kept state from the other.
     *
     * @param problem on this clock
     * @param u0 where the solve started
     * @param theta parameters, those of the clock included
     * @param states all but the first: [k - 1, batch, ...]
     */
    public Operand<T> movedByTimes(Ops tf, Problem<T> problem, Operand<T> u0, Values theta, Operand<T> states) {
        if (role != SampleTimes.Role.TRAINED) {
            return states;
        }
        Operand<T> one = tf.onesLike(whole(tf));
        LinearOperator<T> linear = problem.linear();
        Values data = linear == null ? Values.empty() : linear.data(tf, type).with(SampleScaled.SCALE, one);
        Operand<T> rate = problem.rate(tf, Floats.scalar(tf, type, 0), u0, theta.with(LENGTH, one), data);
        Operand<T> zero = Floats.scalar(tf, type, 0);
        // u(t_k) = u(t_0) + (t_k - t_0) f, of which the difference is zero: it has a gradient alone.
        Operand<T> ofResting =
                tf.stopGradient(tf.select(tf.math.equal(whole(tf), zero), rate, Floats.scalar(tf, type, 0)));
        Operand<T> later =
                tf.gather(columns, tf.range(tf.constant(1), tf.constant(count), tf.constant(1)), tf.constant(0));
        return tf.math.add(states, tf.math.mul(tf.math.sub(later, column(tf, 0)), ofResting));
    }

    /** The times of the kept states: [k, batch], or [1, batch] for the end alone. */
    public Operand<T> keptTimes(Ops tf) {
        return kept == SaveAt.Kept.END ? tf.gather(rows, tf.constant(new int[] {count - 1}), tf.constant(0)) : rows;
    }

    /** Whether the times of each sample are finite and do not turn back: [batch]. */
    public Operand<TBool> valid(Ops tf) {
        Operand<TInt32> axis = tf.constant(0);
        Operand<T> later = tf.gather(rows, tf.range(tf.constant(1), tf.constant(count), tf.constant(1)), axis);
        Operand<T> earlier = tf.gather(rows, tf.range(tf.constant(0), tf.constant(count - 1), tf.constant(1)), axis);
        Operand<T> whole = tf.math.sub(
                tf.gather(rows, tf.constant(new int[] {count - 1}), axis),
                tf.gather(rows, tf.constant(new int[] {0}), axis));
        Operand<T> steps = tf.math.sub(later, earlier);
        Operand<T> zero = Floats.scalar(tf, type, 0);
        // A sample that ends where it starts must stay there.
        Operand<TBool> onward = tf.math.logicalAnd(
                tf.math.greaterEqual(tf.math.mul(steps, tf.math.sign(whole)), zero),
                tf.math.logicalOr(tf.math.notEqual(whole, zero), tf.math.equal(steps, zero)));
        Operand<TBool> finite = tf.math.logicalAnd(tf.math.isFinite(later), tf.math.isFinite(earlier));
        return tf.reduceAll(tf.math.logicalAnd(onward, finite), axis, new ReduceAll.Options[0]);
    }

    /** The steps: each segment, from one time to the next, has s from 0 to 1. */
    public TimeGrid grid(StepsPerInterval steps) {
        boolean all = kept == SaveAt.Kept.ALL;
        int n = steps.count();
        int total = Math.multiplyExact(n, count - 1);
        double[] starts = new double[total];
        int[] saveIndices = new int[total];
        int none = all ? count - 1 : 0;
        for (int i = 0; i < total; i++) {
            starts[i] = (double) (i % n) / n;
            saveIndices[i] = all && i % n == n - 1 ? i / n : none;
        }
        return new TimeGrid(starts, new double[] {1.0 / n}, new int[total], saveIndices, none);
    }

    /** The lines of the segments. */
    public Segments segments(Ops tf, StepsPerInterval steps, @Nullable LinearOperator<T> linear) {
        int[] ofStep = new int[Math.multiplyExact(steps.count(), count - 1)];
        for (int i = 0; i < ofStep.length; i++) {
            ofStep[i] = i / steps.count();
        }
        Operand<TInt32> axis = tf.constant(0);
        Operand<T> starts = tf.gather(columns, tf.range(tf.constant(0), tf.constant(count - 1), tf.constant(1)), axis);
        Operand<T> ends = tf.gather(columns, tf.range(tf.constant(1), tf.constant(count), tf.constant(1)), axis);
        Operand<T> lengths = tf.math.sub(ends, starts);
        return new Segments(
                count - 1,
                ofStep,
                with(with(Values.empty(), START, starts), LENGTH, lengths),
                linear == null ? Values.empty() : with(Values.empty(), SampleScaled.SCALE, lengths));
    }
}
