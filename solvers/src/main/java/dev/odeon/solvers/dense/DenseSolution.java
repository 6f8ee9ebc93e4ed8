package dev.odeon.solvers.dense;

import dev.odeon.graph.Floats;
import dev.odeon.solvers.stepper.Origin;
import dev.odeon.solvers.steps.SaveAt;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * A solution as a function of time: the dense output of every accepted step.
 *
 * <p>Between the ends of a step the state is the method's own dense output where it has one (tsit5, dopri5, dopri8), else
 * the cubic Hermite interpolant, which is of order 3. A gradient of the states goes
 * through the solve by {@code DiscreteAdjoint}, exactly for the steps taken; the one with respect to the times asked for is
 * that of the interpolant.
 */
public final class DenseSolution<T extends TFloating> {

    private final SaveAt saveAt;
    private final List<DenseSteps<T>> stretches;
    private final Operand<TInt32> count;
    private final Operand<T> ends;

    private DenseSolution(SaveAt saveAt, List<DenseSteps<T>> stretches, Operand<TInt32> count, Operand<T> ends) {
        this.saveAt = saveAt;
        this.stretches = List.copyOf(stretches);
        this.count = count;
        this.ends = ends;
    }

    /**
     * From what a loop recorded, in offsets from the start of the interval.
     *
     * @param saveAt the interval
     * @param coefficients of the powers of the fraction of a step, each [rows, batch, ...]
     * @param starts of the steps: [rows], or [rows, batch] where each sample has its own; infinite beyond the last step
     * @param sizes of the steps, likewise
     * @param count how many rows are filled: scalar, or [batch]
     * @param ends how far the solution of each sample goes: [batch]
     */
    public DenseSolution(
            Ops tf,
            SaveAt saveAt,
            List<? extends Operand<T>> coefficients,
            Operand<T> starts,
            Operand<T> sizes,
            Operand<TInt32> count,
            Operand<T> ends) {
        this(
                saveAt,
                List.of(new DenseSteps<>(saveAt, List.copyOf(coefficients), starts, sizes, count, ends)),
                count,
                new Origin(saveAt.start()).absolute(tf, ends));
    }

    /**
     * Of several loops, each of which begins where the one before ended.
     *
     * @param saveAt the whole interval
     * @param ends at what time the solution of each sample ends: [batch]
     */
    public static <T extends TFloating> DenseSolution<T> joined(
            Ops tf, SaveAt saveAt, List<DenseSolution<T>> solutions, Operand<T> ends) {
        List<DenseSteps<T>> stretches = new ArrayList<>();
        Operand<TInt32> count = null;
        for (DenseSolution<T> each : solutions) {
            stretches.addAll(each.stretches);
            count = count == null ? each.count : tf.math.add(count, each.count);
        }
        return new DenseSolution<>(saveAt, stretches, Objects.requireNonNull(count, "solutions"), ends);
    }

    /** The number of steps recorded: scalar, or [batch] where each sample has its own. */
    public Operand<TInt32> count() {
        return count;
    }

    /** How far the solution of each sample goes: [batch]; the end of the interval, of a failed solve, or an event. */
    public Operand<T> ends() {
        return ends;
    }

    /**
     * Adds the states at times known now: [times, batch, ...].
     *
     * @throws IllegalArgumentException if a time lies outside the interval of the solve
     */
    public Operand<T> evaluate(Ops tf, double... times) {
        double low = Math.min(saveAt.start(), saveAt.end());
        double high = Math.max(saveAt.start(), saveAt.end());
        for (double time : times) {
            if (!(time >= low && time <= high)) {
                throw new IllegalArgumentException("The time " + time + " is outside the solve from " + saveAt.start()
                        + " to " + saveAt.end() + ": ask for times within, or solve a longer interval");
            }
        }
        Shape shape = Shape.of(times.length);
        return at(tf, tf.constant(new int[] {times.length}), stretch -> {
            double start = stretch.saveAt().start();
            double[] offsets = Arrays.stream(times).map(time -> time - start).toArray();
            return Floats.constant(tf, ends.type(), shape, offsets);
        });
    }

    /**
     * Adds the states at any times: [batch, ...] for a scalar, [times, batch, ...] for a vector.
     *
     * <p>NaN for times before the start, and for samples whose solution does not go so far.
     *
     * @param times scalar or vector, in any order
     */
    public Operand<T> evaluate(Ops tf, Operand<T> times) {
        Operand<T> flat = tf.reshape(times, tf.constant(new int[] {-1}));
        return at(tf, tf.shape(times), stretch -> new Origin(stretch.saveAt().start()).offset(tf, flat));
    }

    /**
     * Adds the states.
     *
     * @param offsets of the times from the start of a stretch: [times]
     */
    private Operand<T> at(Ops tf, Operand<TInt32> shape, Function<DenseSteps<T>, Operand<T>> offsets) {
        DenseSteps<T> first = stretches.get(0);
        Operand<T> states = first.at(tf, offsets.apply(first));
        for (DenseSteps<T> later : stretches.subList(1, stretches.size())) {
            Operand<T> ofLater = offsets.apply(later);
            Operand<T> next = later.at(tf, ofLater);
            states = tf.select(DenseSteps.widened(tf, later.entered(tf, ofLater), next), next, states);
        }
        Operand<TInt32> ofState = tf.slice(tf.shape(states), tf.constant(new int[] {1}), tf.constant(new int[] {-1}));
        return tf.reshape(states, tf.concat(List.of(shape, ofState), tf.constant(0)));
    }
}
