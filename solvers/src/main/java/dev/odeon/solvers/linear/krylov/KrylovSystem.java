package dev.odeon.solvers.linear.krylov;

import dev.odeon.graph.Values;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * A linear system A x = b on the rows of [batch, d], by its products.
 *
 * <p>Both methods are called inside the loop and read outer tensors only through {@code data}.
 */
public interface KrylovSystem<T extends TFloating> {

    /** Adds A x for every row. */
    Operand<T> apply(Ops tf, Values data, Operand<T> x);

    /** Adds an approximation of A^-1 x for every row, linear in x; x itself where nothing is known. */
    Operand<T> precondition(Ops tf, Values data, Operand<T> x);
}
