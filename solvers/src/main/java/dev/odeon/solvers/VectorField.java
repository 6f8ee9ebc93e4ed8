package dev.odeon.solvers;

import dev.odeon.graph.Values;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * The right-hand side f(t, u; theta) of du/dt = f.
 *
 * <p>A function of its arguments alone: the way back evaluates it again, and random numbers drawn inside would be others
 * there, the gradient wrong. Draw them, a dropout mask for one, before the solve and pass them among the parameters.
 *
 * @param <T> element type of time, state and parameters
 */
@FunctionalInterface
public interface VectorField<T extends TFloating> {

    /**
     * Adds one evaluation.
     *
     * @param tf the graph of the step; read outer tensors only through {@code theta}
     * @param t scalar time, or [batch, 1, ...] of the state's rank where each sample has its own
     * @param u state, first axis batch
     * @param theta parameters and data by name
     * @return du/dt, the shape of {@code u}, or one that is broadcast to it where the rates are shared
     */
    Operand<T> evaluate(Ops tf, Operand<T> t, Operand<T> u, Values theta);
}
