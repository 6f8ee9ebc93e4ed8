package dev.odeon.solvers;

import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * What a solve cost, counted in the graph while it runs; to fetch.
 *
 * <p>Scalars; {@code nfe}, {@code accepted} and {@code rejected} are [batch] where each sample has its own steps.
 *
 * @param nfe evaluations of the field, or of its nonlinear part where the method treats J separately; those for Jacobians
 *     included, and an evaluation of each part of a {@link NonlinearSplit} counts as one
 * @param linearSolves solves with a factor, each for the whole batch
 * @param factorizations factors of I - alpha J
 * @param newtonIterations rounds of the nonlinear solver
 * @param accepted steps taken
 * @param rejected steps tried and thrown away
 * @param largestError the largest estimated error of a step of known size, in units of the state: of each sample that of its
 *     worst component, [batch]; empty unless {@code OdeSolver.withErrorEstimate} asked for it. {@link EstimatedError} says what
 *     it means
 */
public record Statistics(
        Operand<TInt32> nfe,
        Operand<TInt32> linearSolves,
        Operand<TInt32> factorizations,
        Operand<TInt32> newtonIterations,
        Operand<TInt32> accepted,
        Operand<TInt32> rejected,
        Optional<Operand<? extends TFloating>> largestError) {}
