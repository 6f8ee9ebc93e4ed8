package dev.odeon.solvers.rungekutta;

import dev.odeon.graph.Values;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/**
 * What one step reads.
 *
 * @param time scalar, the start of the step
 * @param state [batch, ...]
 * @param theta parameters of the explicit part
 * @param linearData of the linear operator
 * @param factors one for each of {@link Problem#diagonals}, for this step's size
 */
public record StepInput<T extends TFloating>(
        Operand<T> time, StepSize<T> size, Operand<T> state, Values theta, Values linearData, List<Values> factors) {}
