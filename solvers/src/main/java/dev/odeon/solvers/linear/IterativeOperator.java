package dev.odeon.solvers.linear;

import dev.odeon.graph.Values;
import dev.odeon.solvers.linear.report.CheckedSolution;
import dev.odeon.solvers.linear.report.FailureKnown;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * An operator whose systems are solved by an iteration: every solve finds out whether it converged.
 *
 * <p>{@link ShiftedSystem} has what its factor and its solves are made of.
 */
public interface IterativeOperator<T extends TFloating> extends LinearOperator<T> {

    @Override
    default Operand<T> solve(Ops tf, Values factor, Operand<T> rhs) {
        return solveChecked(tf, factor, rhs).solution();
    }

    @Override
    default Operand<T> solveTransposed(Ops tf, Values factor, Operand<T> rhs) {
        return solveTransposedChecked(tf, factor, rhs).solution();
    }

    @Override
    default FailureKnown failureKnown() {
        return FailureKnown.BY_SOLVE;
    }

    @Override
    CheckedSolution<T> solveChecked(Ops tf, Values factor, Operand<T> rhs);

    @Override
    CheckedSolution<T> solveTransposedChecked(Ops tf, Values factor, Operand<T> rhs);
}
