package dev.odeon.solvers.solve;

import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import dev.odeon.solvers.forward.SampleClock;
import dev.odeon.solvers.stepper.Problem;
import dev.odeon.solvers.steps.Jumps;
import dev.odeon.solvers.steps.PidController;
import dev.odeon.solvers.steps.SampleTimes;
import dev.odeon.solvers.steps.SaveAt;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceAll;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * A solve of a field that jumps: one solve for each stretch between two jumps, each of which begins where the one before
 * ended.
 *
 * <p>A stretch after one that failed starts from no numbers, and fails at once. Where the jumps are trained each stretch is
 * solved on a clock of its own, as samples with trained times are.
 */
final class JoinedSolve<T extends TFloating> implements ForwardSolve<T> {

    private final SolveSettings<T> settings;
    private final Jumps<T> jumps;
    private final Differentiation differentiation;
    /** Those between times that are known now. */
    private final List<Stretch> stretches;

    /** Of settings without clock, whose field is given times. */
    JoinedSolve(SolveSettings<T> settings, Jumps<T> jumps, Differentiation differentiation) {
        this.settings = settings;
        this.jumps = jumps;
        this.differentiation = differentiation;
        SaveAt.Kept kept = settings.saveAt().intermediate();
        if (settings.event() != null) {
            throw new IllegalArgumentException(
                    "Events are not looked for where the field jumps: solve from one jump to the"
                            + " next, or without withEvent");
        }
        if (kept == SaveAt.Kept.STEPS && settings.control() instanceof PidController) {
            throw new IllegalArgumentException(
                    "The chosen steps themselves are not kept where the field jumps: keep states"
                            + " at given times with SaveAt.times, or SaveAt.dense");
        }
        if (jumps instanceof Jumps.Trained && kept != SaveAt.Kept.END) {
            throw new IllegalArgumentException("With trained jumps " + kept
                    + " is not kept, for nobody knows before between which of them a time lies: keep the end with"
                    + " SaveAt.end, and solve from time to time");
        }
        this.stretches =
                jumps instanceof Jumps.Given<T> given ? Stretch.of(settings.saveAt(), given.times()) : List.of();
        for (SolveSettings<T> solve : List.of(settings, differentiation.wayBack(settings))) {
            if (stretches.isEmpty()) {
                OneSided.require(solve.method(), solve.control(), Stretch.Border.JUMP, Stretch.Border.JUMP);
            }
            stretches.forEach(
                    stretch -> OneSided.require(solve.method(), solve.control(), stretch.start(), stretch.end()));
        }
    }

    @Override
    public ForwardResult<T> run(Ops tf, Operand<T> u0, Values theta) {
        return jumps instanceof Jumps.Trained<T> trained ? trained(tf, u0, theta, trained) : given(tf, u0, theta);
    }

    private ForwardResult<T> given(Ops tf, Operand<T> u0, Values theta) {
        OneSided<T> side = new OneSided<>(type());
        Problem<T> sided = side.problem(settings.problem());
        JoinedResult.Parts<T> parts = new JoinedResult.Parts<>(u0);
        for (Stretch stretch : stretches) {
            SaveAt saveAt = stretch.saveAt();
            Operand<T> from = border(tf, saveAt.start(), stretch.start(), saveAt.direction());
            Operand<T> to = border(tf, saveAt.end(), stretch.end(), -saveAt.direction());
            SolveSettings<T> ofStretch = settings.with(sided).with(settings.method(), saveAt);
            add(tf, parts, counted(ofStretch), side.theta(tf, theta, from, to, saveAt.direction()));
        }
        return new JoinedResult<>(settings, stretches, parts);
    }

    /** Counted from the start of the stretch, unless that is too short for the element type. */
    private SolveSettings<T> counted(SolveSettings<T> stretch) {
        try {
            return stretch.countedFromStart();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "Between two jumps, or a jump and an end of the solve, from "
                            + stretch.saveAt().start() + " to "
                            + stretch.saveAt().end() + ": " + e.getMessage(),
                    e);
        }
    }

    /** The last time seen at an end of a stretch; without bound where the field goes on. */
    private Operand<T> border(Ops tf, double time, Stretch.Border border, int inward) {
        return border == Stretch.Border.JUMP
                ? beside(tf, Floats.scalar(tf, type(), time), inward)
                : unbounded(tf, -inward);
    }

    /** The next number in a direction, beyond those around zero that arithmetic takes for zero. */
    private Operand<T> beside(Ops tf, Operand<T> time, int direction) {
        Operand<T> next = tf.math.nextAfter(time, unbounded(tf, direction));
        double smallest = type().equals(TFloat64.class) ? Double.MIN_NORMAL : Float.MIN_NORMAL;
        return tf.select(
                tf.math.less(tf.math.abs(next), Floats.scalar(tf, type(), smallest)),
                Floats.scalar(tf, type(), direction * smallest),
                next);
    }

    private ForwardResult<T> trained(Ops tf, Operand<T> u0, Values theta, Jumps.Trained<T> trained) {
        SaveAt whole = settings.saveAt();
        int direction = whole.direction();
        List<Operand<T>> ends = new ArrayList<>();
        ends.add(Floats.scalar(tf, type(), whole.start()));
        for (int k = 0; k < trained.count(); k++) {
            ends.add(tf.gather(trained.times(), tf.constant(k), tf.constant(0)));
        }
        ends.add(Floats.scalar(tf, type(), whole.end()));
        OneSided<T> side = new OneSided<>(type());
        Problem<T> sided = side.problem(settings.problem());
        Operand<TInt32> batch = tf.gather(tf.shape(u0), tf.constant(0), tf.constant(0));
        JoinedResult.Parts<T> parts = new JoinedResult.Parts<>(u0);
        Operand<T> first = tf.math.add(ends.get(0), disorder(tf, ends, direction));
        int last = ends.size() - 2;
        for (int k = 0; k <= last; k++) {
            Operand<T> pair = tf.stack(List.of(k == 0 ? first : ends.get(k), ends.get(k + 1)));
            Operand<TInt32> shape = u0.shape().isUnknown() || u0.shape().get(0) == Shape.UNKNOWN_SIZE
                    ? tf.stack(List.of(batch, tf.constant(2)))
                    : tf.constant(new int[] {Math.toIntExact(u0.shape().get(0)), 2});
            SampleClock<T> clock = SampleClock.of(
                    tf, SampleTimes.end(tf.broadcastTo(pair, shape)).trained(), u0);
            Operand<T> from = k == 0 ? unbounded(tf, -direction) : beside(tf, ends.get(k), direction);
            Operand<T> to = k == last ? unbounded(tf, direction) : beside(tf, ends.get(k + 1), -direction);
            SolveSettings<T> stretch = new SolveSettings<>(
                    clock.problem(tf, sided),
                    settings.method(),
                    settings.control(),
                    clock.saveAt(),
                    null,
                    clock,
                    settings.estimates());
            add(tf, parts, stretch, side.theta(tf, theta, from, to, direction));
        }
        return new JoinedResult<>(settings, List.of(), parts);
    }

    /** Adds the solve of the next stretch. */
    private void add(Ops tf, JoinedResult.Parts<T> parts, SolveSettings<T> stretch, Values theta) {
        parts.add(tf, ForwardSolve.of(tf, stretch, differentiation).run(tf, parts.next(tf), theta));
    }

    private Operand<T> unbounded(Ops tf, int direction) {
        return Floats.scalar(tf, type(), direction * Double.POSITIVE_INFINITY);
    }

    /**
     * Zero, and no number where the jumps are not in order: added to the start it makes the first stretch end with
     * INVALID_TIMES, and its gradients no numbers. There must be a time between two jumps that lies on the right side of both;
     * at an end of the solve there may be a jump.
     */
    private Operand<T> disorder(Ops tf, List<Operand<T>> ends, int direction) {
        int jumps = ends.size() - 2;
        List<Operand<T>> after = new ArrayList<>();
        List<Operand<T>> before = new ArrayList<>();
        for (int k = 0; k <= jumps; k++) {
            after.add(k == 0 ? ends.get(0) : beside(tf, ends.get(k), direction));
            before.add(k == 0 || k == jumps ? ends.get(k + 1) : beside(tf, ends.get(k + 1), -direction));
        }
        after.set(jumps, ends.get(jumps));
        Operand<T> earlier = tf.stack(after);
        Operand<T> later = tf.stack(before);
        Operand<TBool> onward =
                direction > 0 ? tf.math.lessEqual(earlier, later) : tf.math.greaterEqual(earlier, later);
        Operand<TBool> all = tf.reduceAll(onward, tf.constant(0), new ReduceAll.Options[0]);
        return tf.select(all, Floats.scalar(tf, type(), 0), Floats.scalar(tf, type(), Double.NaN));
    }

    private Class<T> type() {
        return settings.problem().type();
    }
}
