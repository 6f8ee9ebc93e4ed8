package dev.odeon.solvers.linear;

import dev.odeon.graph.Values;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * An operator whose factor can be made where alpha is known only while the graph runs, so that step sizes may vary freely.
 *
 * <p>Making it costs no more than a solve: such factors are made anew in every step, and are not counted.
 */
public interface VaryingFactors<T extends TFloating> extends LinearOperator<T> {

    /**
     * Adds the factor of I - alpha J, under the names of the factor for a number.
     *
     * @param alpha scalar
     */
    Values factor(Ops tf, Class<T> type, Values data, Operand<T> alpha);

    /** Whether that is as cheap for the way in which this operator is solved. */
    default boolean variesFreely() {
        return true;
    }
}
