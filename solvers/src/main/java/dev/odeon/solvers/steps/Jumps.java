package dev.odeon.solvers.steps;

import java.util.Arrays;
import java.util.Objects;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.family.TFloating;

/**
 * Times at which the field jumps, as one with a forcing that is switched on or off.
 *
 * <p>A solve that knows them ends a step at each. Up to a jump the field sees times before it alone, the latest of them the
 * number next to it, whatever stages and estimates look at; from there on it sees times after it alone. So the field may
 * compare its time with the jump in any way: {@code t < tau}, {@code t <= tau}. Nothing is remembered over a jump: rates at the
 * end of a step are evaluated anew, chosen steps begin with a first size again, and multistep methods with their first steps.
 *
 * <p>Stages that reach beyond a step, as those of kvaerno4, kvaerno5 and bhr-553 do ({@code Method.stageReach}), are shown the
 * time next to the jump instead, which makes a step that ends there second order. Steps of known sizes by these methods are
 * therefore refused; chosen ones become smaller there, and err by as many tolerances as without a jump.
 *
 * <p>Each stretch between two jumps is one loop of the graph with rows and steps of its own: {@code PidController.withMaxSteps}
 * and the rows of {@code SaveAt.dense} hold for each stretch. For hundreds of jumps run one graph from jump to jump, with
 * {@code SampleTimes.end} that is fed and the number of the stretch among the parameters.
 *
 * <p>A step control that does not know of a jump rejects tens of steps to find it, and steps of known sizes lose their order
 * there. A kink of the field, such as the corner of a ramp, is a jump of its derivative and is told in the same way.
 *
 * @param <T> element type of time
 */
public sealed interface Jumps<T extends TFloating> {

    /**
     * At times known now.
     *
     * @param times finite, in any order; those outside the interval of a solve do not matter to it
     */
    static <T extends TFloating> Jumps<T> at(double... times) {
        return new Given<>(times);
    }

    /**
     * At times that are differentiated: the gradient of the solution flows to their tensor, exactly for the steps taken, which
     * are fractions of the stretches and move with them.
     *
     * <p>The field compares its time with the same tensor, which it finds among its parameters. The steps are {@code
     * StepsPerInterval}, as many in each stretch, or {@code PidController}, whose sizes are fractions of a stretch; the end is
     * kept alone. Solves whose jumps do not lie in order between start and end, or coincide, have the outcome INVALID_TIMES and
     * gradients that are NaN. A jump may lie at an end of the solve: its gradient is then that towards the inside.
     *
     * @param times [jumps] with a known number of them, in the order in which they are passed
     */
    static <T extends TFloating> Jumps<T> trained(Operand<T> times) {
        return new Trained<>(times);
    }

    /**
     * Times known when the graph is built.
     *
     * @param times sorted, each once
     */
    record Given<T extends TFloating>(double[] times) implements Jumps<T> {

        /** Sorts the times, and checks that they are finite. */
        public Given {
            times = Arrays.stream(times).sorted().distinct().toArray();
            for (double time : times) {
                if (!Double.isFinite(time)) {
                    throw new IllegalArgumentException(
                            "The field cannot jump at " + time + ": give finite times, and none for a smooth field");
                }
            }
        }

        /** Whether any lies within an interval, or at an end of it. */
        public boolean touch(SaveAt saveAt) {
            double low = Math.min(saveAt.start(), saveAt.end());
            double high = Math.max(saveAt.start(), saveAt.end());
            return Arrays.stream(times).anyMatch(time -> time >= low && time <= high);
        }

        /** A copy of the times. */
        @Override
        public double[] times() {
            return times.clone();
        }
    }

    /**
     * Times that are differentiated.
     *
     * @param times [jumps]
     */
    record Trained<T extends TFloating>(Operand<T> times) implements Jumps<T> {

        /** Checks that the number of times is known. */
        public Trained {
            Objects.requireNonNull(times, "times");
            Shape shape = times.shape();
            if (shape.isUnknown() || shape.numDimensions() != 1 || shape.get(0) < 1) {
                throw new IllegalArgumentException("The trained times of jumps have the shape " + shape
                        + ": pass [jumps] with a known number of them, one or more; a single one by tf.expandDims");
            }
        }

        /** How many there are. */
        public int count() {
            return Math.toIntExact(times.shape().get(0));
        }
    }
}
