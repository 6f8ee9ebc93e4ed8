package dev.odeon.solvers.linear.report;

import org.tensorflow.Operand;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * The solution of a linear system together with whether it is one.
 *
 * <p>A right-hand side that is not finite is no failure of the solve: its solution is not finite either, and the loop
 * reports that.
 *
 * @param solution [batch, d]; not to be used where the failure is not zero
 * @param failure scalar, the code of a {@link SolveFailure}; zero if every row was solved
 */
public record CheckedSolution<T extends TFloating>(Operand<T> solution, Operand<TInt32> failure) {}
