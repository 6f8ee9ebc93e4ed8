package dev.odeon.solvers.linear;

import dev.odeon.graph.Values;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/** A basis in which an operator is diagonal, and to which it is cheap to go: functions of J at the cost of a solve. */
public interface Eigenbasis<T extends TFloating> {

    /**
     * One number for each vector of the basis, as real and imaginary part.
     *
     * @param real a scalar, or [k]
     * @param imaginary of the same shape
     */
    record Numbers<T extends TFloating>(Operand<T> real, Operand<T> imaginary) {}

    /** Adds the eigenvalues of J. */
    Numbers<T> eigenvalues(Ops tf, Class<T> type, Values data);

    /** Adds what products with a function of J read, from the values of the function at the eigenvalues. */
    Values function(Ops tf, Numbers<T> values);

    /** Adds the product of a function of J with every row. */
    Operand<T> product(Ops tf, Values function, Operand<T> rows);
}
