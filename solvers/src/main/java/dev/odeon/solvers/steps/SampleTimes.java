package dev.odeon.solvers.steps;

import java.util.Objects;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.family.TFloating;

/**
 * A grid of times for each sample, as a tensor that may be fed: for batches of irregular time series.
 *
 * <p>Each sample runs from its first time to its last, and its state is kept at each. The number of times is the same for
 * all samples: shorter series repeat their last time, and keep their state there. The times of a sample must not turn back;
 * the solve ends with INVALID_TIMES where they do, or are not finite. Times that are the same in the element type count as
 * repeated: subtract a start from Unix seconds before they become float32, which tells them apart to 128.
 *
 * <p>All samples share a clock s, and sample b has the time t_b(s), linear in s, so that du_b/ds = t_b'(s) f(t_b(s), u_b).
 * With {@link StepsPerInterval} each interval between two times has its own line; with {@link PidController} one line leads
 * from the first time to the last, the states between are dense output, and the sizes of the control (first, smallest,
 * largest) are fractions of the interval. The field receives its time as a column [batch, 1, ...]. For recurrent models that change the state at each observation, solve from one observation to the
 * next: times [batch, 2], {@link #end}. Source: Xia, thesis on neural ordinary differential equations, section 3.5.3.1.
 *
 * <p>Times are data unless {@link #trained} says otherwise: then the gradient of the solution flows to their tensor, exactly
 * for the steps taken, which are fractions of the intervals and move with them. Where all samples share trained times,
 * broadcast them, as for a flow whose end t1 is a parameter:
 *
 * <pre>{@code
 *   Operand<T> both = tf.stack(List.of(t0, t1));                                     // [2]
 *   Operand<T> times = tf.broadcastTo(both, tf.constant(new long[] {batch, 2}));     // [batch, 2]
 *   solver.solve(tf, u0, theta, SampleTimes.end(times).trained());
 * }</pre>
 *
 * @param times [batch, k]; k of 2 or more is static
 * @param kept ALL for one state at each time, END for the last alone
 * @param role whether the times are differentiated
 */
public record SampleTimes<T extends TFloating>(Operand<T> times, SaveAt.Kept kept, Role role) {

    /** What the times are to a gradient. */
    public enum Role {
        /** Constants. */
        DATA,
        /** Targets, or made of targets. */
        TRAINED
    }

    public SampleTimes {
        Objects.requireNonNull(kept, "kept");
        Objects.requireNonNull(role, "role");
        Shape shape = times.shape();
        if (shape.isUnknown() || shape.numDimensions() != 2 || shape.get(1) < 2) {
            throw new IllegalArgumentException("The times of the samples have the shape " + shape
                    + ": pass [batch, k] with a known k of 2 or more, with tf.ensureShape if need be");
        }
        if (kept != SaveAt.Kept.ALL && kept != SaveAt.Kept.END) {
            throw new IllegalArgumentException(
                    "With times for each sample " + kept + " is not kept: keep the states at all times, or the end");
        }
    }

    /** Keeping the states at all times: [k, batch, ...]. */
    public static <T extends TFloating> SampleTimes<T> of(Operand<T> times) {
        return new SampleTimes<>(times, SaveAt.Kept.ALL, Role.DATA);
    }

    /** Keeping the last states only. */
    public static <T extends TFloating> SampleTimes<T> end(Operand<T> times) {
        return new SampleTimes<>(times, SaveAt.Kept.END, Role.DATA);
    }

    /** The same times, with a gradient; costs one sum for each evaluation of the field. */
    public SampleTimes<T> trained() {
        return new SampleTimes<>(times, kept, Role.TRAINED);
    }

    /** How many times each sample has. */
    public int count() {
        return Math.toIntExact(times.shape().get(1));
    }
}
