package dev.odeon.solvers.solve;

import dev.odeon.graph.Values;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.NonlinearSplit;
import dev.odeon.solvers.VectorField;
import dev.odeon.solvers.stepper.Problem;
import dev.odeon.solvers.steps.KnownSteps;
import dev.odeon.solvers.steps.StepControl;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * A problem on a stretch between two jumps of its field, which sees the times of this stretch alone.
 *
 * <p>The earliest and the latest time travel to the field with its parameters. A time beyond them becomes one of them and
 * keeps its gradient: where the ends are trained, they move with it.
 */
final class OneSided<T extends TFloating> {

    private static final String EARLIEST = "earliest time of the stretch";
    private static final String LATEST = "latest time of the stretch";

    private final Class<T> type;

    OneSided(Class<T> type) {
        this.type = type;
    }

    /**
     * Checks that steps keep their order where the field shows its stages no time beyond a jump; chosen steps are as small as
     * their estimates want them there.
     *
     * @param start what the field does at the start of the stretch
     * @param end what the field does at the end of the stretch
     * @throws IllegalArgumentException if steps of known sizes have stages beyond a jump
     */
    static void require(Method method, StepControl control, Stretch.Border start, Stretch.Border end) {
        boolean cut = (start == Stretch.Border.JUMP && method.stageReach().earliest() < 0)
                || (end == Stretch.Border.JUMP && method.stageReach().latest() > 1);
        if (cut && control instanceof KnownSteps) {
            throw new IllegalArgumentException("The stages of " + method.name() + " look from "
                    + method.stageReach().earliest() + " to "
                    + method.stageReach().latest()
                    + " of a step, but not beyond a jump, so that steps of known sizes would be of order 2 there: take"
                    + " PidController, or a method whose stages stay within the step, such as kvaerno3, radau5, imex-rk4 or"
                    + " kencarp58");
        }
    }

    /** The problem on a stretch. */
    Problem<T> problem(Problem<T> whole) {
        NonlinearSplit<T> split = whole.split();
        return new Problem<>(
                within(whole.field()),
                whole.linear(),
                type,
                whole.shape(),
                split == null
                        ? null
                        : new NonlinearSplit<>(within(split.explicit()), within(split.implicit()), split.solver()),
                whole.resolution());
    }

    private VectorField<T> within(VectorField<T> field) {
        return (tf, t, u, theta) -> {
            Operand<T> bounded =
                    tf.math.minimum(tf.math.maximum(t, theta.get(EARLIEST, type)), theta.get(LATEST, type));
            return field.evaluate(tf, tf.math.add(t, tf.stopGradient(tf.math.sub(bounded, t))), u, theta);
        };
    }

    /**
     * The parameters with the times between which the field is to be seen.
     *
     * @param direction of time from one to the other
     */
    Values theta(Ops tf, Values theta, Operand<T> from, Operand<T> to, int direction) {
        Operand<T> earliest = direction > 0 ? from : to;
        Operand<T> latest = direction > 0 ? to : from;
        return theta.withConstant(EARLIEST, tf.stopGradient(earliest)).withConstant(LATEST, tf.stopGradient(latest));
    }
}
