package dev.odeon.solvers.solve;

import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import dev.odeon.solvers.Outcome;
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
    }

    @Override
    public ForwardResult<T> run(Ops tf, Operand<T> u0, Values theta) {
        return jumps instanceof Jumps.Trained<T> trained
                ? trained(tf, u0, theta, trained)
                : given(tf, u0, theta, ((Jumps.Given<T>) jumps).times());
    }

    private ForwardResult<T> given(Ops tf, Operand<T> u0, Values theta, double[] times) {
        OneSided<T> side = new OneSided<>(type());
        Problem<T> sided = side.problem(settings.problem());
        JoinedResult.Parts<T> parts = new JoinedResult.Parts<>(u0, null);
        List<Stretch> stretches = Stretch.of(settings.saveAt(), times);
        for (Stretch stretch : stretches) {
            SaveAt saveAt = stretch.saveAt();
            Operand<T> from = border(tf, saveAt.start(), stretch.start(), saveAt.direction());
            Operand<T> to = border(tf, saveAt.end(), stretch.end(), -saveAt.direction());
            SolveSettings<T> counted =
                    settings.with(sided).with(settings.method(), saveAt).countedFromStart();
            add(tf, parts, counted, side.theta(tf, theta, from, to, saveAt.direction()));
        }
        return new JoinedResult<>(settings, stretches, parts);
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
        JoinedResult.Parts<T> parts = new JoinedResult.Parts<>(u0, ordered(tf, ends, direction));
        int last = ends.size() - 2;
        for (int k = 0; k <= last; k++) {
            Operand<T> pair = tf.stack(List.of(ends.get(k), ends.get(k + 1)));
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

    /** SUCCESS so far, unless the jumps are not in order. */
    private Operand<TInt32> ordered(Ops tf, List<Operand<T>> ends, int direction) {
        Operand<T> earlier = tf.stack(ends.subList(0, ends.size() - 1));
        Operand<T> later = tf.stack(ends.subList(1, ends.size()));
        Operand<TBool> onward =
                direction > 0 ? tf.math.lessEqual(earlier, later) : tf.math.greaterEqual(earlier, later);
        Operand<TBool> all = tf.reduceAll(onward, tf.constant(0), new ReduceAll.Options[0]);
        return tf.select(all, tf.constant(Outcome.SUCCESS.code()), tf.constant(Outcome.INVALID_TIMES.code()));
    }

    private Class<T> type() {
        return settings.problem().type();
    }
}
