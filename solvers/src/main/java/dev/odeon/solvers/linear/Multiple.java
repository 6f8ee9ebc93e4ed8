package dev.odeon.solvers.linear;

import dev.odeon.graph.Values;
import dev.odeon.solvers.linear.report.CheckedSolution;
import dev.odeon.solvers.linear.report.FailureKnown;
import java.util.OptionalLong;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/** A multiple c J of another operator: I - alpha (c J) is I - (c alpha) J, so that factor and solves are those of J. */
abstract class Multiple<T extends TFloating> implements LinearOperator<T> {

    final LinearOperator<T> operator;

    Multiple(LinearOperator<T> operator) {
        this.operator = operator;
    }

    /** Adds c x. */
    abstract Operand<T> scaled(Ops tf, Values data, Operand<T> x);

    @Override
    public final OptionalLong components() {
        return operator.components();
    }

    @Override
    public final Operand<T> apply(Ops tf, Values data, Operand<T> u) {
        return scaled(tf, data, operator.apply(tf, data, u));
    }

    @Override
    public final Operand<T> applyTransposed(Ops tf, Values data, Operand<T> u) {
        return scaled(tf, data, operator.applyTransposed(tf, data, u));
    }

    @Override
    public final Values factor(Ops tf, Class<T> type, Values data, Operand<T> alpha) {
        return operator.factor(tf, type, data, scaled(tf, data, alpha));
    }

    @Override
    public final boolean variesFreely() {
        return operator.variesFreely();
    }

    @Override
    public final Operand<T> solve(Ops tf, Values factor, Operand<T> rhs) {
        return operator.solve(tf, factor, rhs);
    }

    @Override
    public final Operand<T> solveTransposed(Ops tf, Values factor, Operand<T> rhs) {
        return operator.solveTransposed(tf, factor, rhs);
    }

    @Override
    public final CheckedSolution<T> solveChecked(Ops tf, Values factor, Operand<T> rhs) {
        return operator.solveChecked(tf, factor, rhs);
    }

    @Override
    public final CheckedSolution<T> solveTransposedChecked(Ops tf, Values factor, Operand<T> rhs) {
        return operator.solveTransposedChecked(tf, factor, rhs);
    }

    @Override
    public final FailureKnown failureKnown() {
        return operator.failureKnown();
    }

    @Override
    public final boolean solvesDirectly() {
        return operator.solvesDirectly();
    }
}
