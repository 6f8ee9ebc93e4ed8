package dev.odeon.solvers.events;

import dev.odeon.graph.Values;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * A continuous function g(t, u; theta) of time and state, whose zeros are events.
 *
 * @param <T> element type of time, state and parameters
 */
@FunctionalInterface
public interface EventFunction<T extends TFloating> {

    /**
     * Adds one evaluation.
     *
     * @param tf the graph of the step; read outer tensors only through {@code theta}
     * @param t the time of each sample: [batch, 1, ...], of the state's rank
     * @param u state, first axis batch
     * @param theta parameters and data by name
     * @return g, one number for each sample: [batch] or [batch, 1, ...]
     */
    Operand<T> evaluate(Ops tf, Operand<T> t, Operand<T> u, Values theta);
}
