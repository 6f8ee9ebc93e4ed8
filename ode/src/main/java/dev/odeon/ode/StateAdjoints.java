package dev.odeon.ode;

import dev.odeon.graph.Gradients;
import dev.odeon.graph.Values;
import dev.odeon.solvers.steps.SaveAt;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * The adjoint of a solve against time: dL/du(t) of a loss of the last state, at given times.
 *
 * <p>How much of a gradient reaches early times: it vanishes where it decays on the way back, and explodes where it grows. The
 * solve is one loop for each stretch between two times, and so is the way back; take some tens of times, for a picture, not for
 * training. Source: section 3.4 and figure 3.5 of Xia's thesis.
 *
 * @param states u at the times, [times, batch, ...]
 * @param adjoints dL/du at the times, the same shape
 */
public record StateAdjoints<T extends TFloating>(Operand<T> states, Operand<T> adjoints) {

    public StateAdjoints {
        Objects.requireNonNull(states, "states");
        Objects.requireNonNull(adjoints, "adjoints");
    }

    /** A scalar of the last state. */
    @FunctionalInterface
    public interface Loss<T extends TFloating> {
        /** Adds the loss: scalar. */
        Operand<T> of(Ops tf, Operand<T> last);
    }

    /**
     * Adds a solve in stretches and its way back.
     *
     * @param solver with a gradient
     * @param u0 initial state, first axis batch
     * @param times ascending or descending, from the start to the end
     * @throws IllegalArgumentException if there are fewer than two times, or the loss does not depend on the state
     */
    public static <T extends TFloating> StateAdjoints<T> of(
            Ops tf, OdeSolver<T> solver, Operand<T> u0, Values theta, double[] times, Loss<T> loss) {
        if (times.length < 2) {
            throw new IllegalArgumentException(
                    "There are " + times.length + " times: give at least two, the start and the end");
        }
        List<Operand<T>> states = new ArrayList<>(List.of(u0));
        for (int i = 0; i + 1 < times.length; i++) {
            states.add(solver.solve(tf, states.get(i), theta, SaveAt.end(times[i], times[i + 1]))
                    .last());
        }
        Operand<T> last = states.get(states.size() - 1);
        Deque<Operand<T>> adjoints = new ArrayDeque<>();
        adjoints.addFirst(
                Gradients.of(tf, loss.of(tf, last), Values.of("state", last)).get("state", u0.type()));
        // Stretch by stretch: a gradient with respect to all states at once would stop at the last of them.
        for (int i = times.length - 2; i >= 0; i--) {
            adjoints.addFirst(before(tf, states.get(i), states.get(i + 1), adjoints.getFirst()));
        }
        return new StateAdjoints<>(tf.stack(states), tf.stack(List.copyOf(adjoints)));
    }

    @SuppressWarnings("unchecked") // a gradient has the type of its target
    private static <T extends TFloating> Operand<T> before(
            Ops tf, Operand<T> state, Operand<T> next, Operand<T> adjoint) {
        List<@Nullable Operand<?>> found = Gradients.vectorJacobian(tf, next, adjoint, List.of(state));
        return (Operand<T>) Objects.requireNonNull(found.get(0), "a state depends on the one before");
    }

    /** Adds the Euclidean norm of each sample's adjoint, averaged over the batch: [times]. */
    public Operand<T> norms(Ops tf) {
        Operand<TInt32> components = tf.range(tf.constant(2), tf.rank(adjoints), tf.constant(1));
        Operand<T> each = tf.math.sqrt(tf.reduceSum(tf.math.square(adjoints), components));
        return tf.math.mean(each, tf.constant(1));
    }
}
