package dev.odeon.solvers.linear;

import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import dev.odeon.solvers.linear.report.CheckedSolution;
import dev.odeon.solvers.linear.report.SolveFailure;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/** The factors of I - alpha J, and the solves with them. */
public interface ShiftedSolver<T extends TFloating> {

    /**
     * The name under which a factor holds its own failure: a scalar TInt32, the code of a {@link SolveFailure}.
     *
     * <p>Optional; {@link Singularity} adds it. The factor of a singular system holds values that are not finite, so that
     * every solve with it shows.
     */
    String FAILURE = "failure";

    /**
     * Adds the factor of I - alpha J: everything {@link #solve} reads.
     *
     * <p>Names, types and shapes do not depend on alpha, so that the factors of several step sizes can be stacked. Operators
     * that make their constant factors in Java override it.
     *
     * @param data of {@link LinearMap#data}
     * @param alpha step size times the diagonal coefficient of the method
     * @throws IllegalArgumentException if alpha is not finite
     */
    default Values factor(Ops tf, Class<T> type, Values data, double alpha) {
        Checks.alpha(alpha);
        return factor(tf, type, data, Floats.scalar(tf, type, alpha));
    }

    /**
     * Adds the factor where alpha is known only while the graph runs, for the same solves.
     *
     * <p>Types and shapes do not depend on alpha here either. An alpha that is not finite counts as a singular system.
     *
     * @param data of {@link LinearMap#data}
     * @param alpha scalar; for an operator from {@link OperatorCapabilities#solvedBySample} also a column [batch, 1, ...], of
     *     the state's rank
     */
    Values factor(Ops tf, Class<T> type, Values data, Operand<T> alpha);

    /** Adds the solution of (I - alpha J) x = rhs for every row. */
    Operand<T> solve(Ops tf, Values factor, Operand<T> rhs);

    /** Adds the solution of the transposed system for every row. */
    Operand<T> solveTransposed(Ops tf, Values factor, Operand<T> rhs);

    /**
     * Adds {@link #solve} together with whether it succeeded.
     *
     * <p>Unless an operator knows more, the failure is that of the factor, which costs nothing per solve. Iterative
     * operators add whether they converged; operators that eliminate without exchanging rows, whether the residual is
     * small ({@link ResidualCheck}).
     */
    default CheckedSolution<T> solveChecked(Ops tf, Values factor, Operand<T> rhs) {
        return new CheckedSolution<>(solve(tf, factor, rhs), failure(tf, factor));
    }

    /** Adds {@link #solveTransposed} together with whether it succeeded. */
    default CheckedSolution<T> solveTransposedChecked(Ops tf, Values factor, Operand<T> rhs) {
        return new CheckedSolution<>(solveTransposed(tf, factor, rhs), failure(tf, factor));
    }

    private static Operand<TInt32> failure(Ops tf, Values factor) {
        return factor.contains(FAILURE) ? factor.get(FAILURE, TInt32.class) : tf.constant(SolveFailure.NONE.code());
    }
}
