package dev.odeon.solvers.stepper;

import dev.odeon.graph.Values;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/**
 * Where a loop starts: the states a method needs to know before its first step.
 *
 * @param times oldest first; the last is the start of the loop
 * @param states one for each time
 * @param theta parameters of the field
 * @param linearData of the linear operator
 */
public record Start<T extends TFloating>(
        List<Operand<T>> times, List<Operand<T>> states, Values theta, Values linearData) {

    /** The state a number of steps before the start of the loop. */
    public Operand<T> state(int stepsBefore) {
        return states.get(states.size() - 1 - stepsBefore);
    }

    /** The time a number of steps before the start of the loop. */
    public Operand<T> time(int stepsBefore) {
        return times.get(times.size() - 1 - stepsBefore);
    }
}
