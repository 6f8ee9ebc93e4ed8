package dev.odeon.adjoint.backsolve;

import dev.odeon.graph.Values;
import dev.odeon.solvers.linear.LinearOperator;
import dev.odeon.solvers.linear.report.CheckedSolution;
import dev.odeon.solvers.linear.report.FailureKnown;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * The linear part of a packed state: J on u, -J^T on a, nothing on g.
 *
 * <p>Two factors, of I - alpha J and of I + alpha J. Where alpha is negative, as it is backward in time, the first belongs to
 * the equation of u, which grows as fast as the forward solve decays.
 *
 * @param constants the data of J, in the graph in which this operator is used
 */
record AugmentedOperator<T extends TFloating>(LinearOperator<T> operator, Values constants, Packing packing)
        implements LinearOperator<T> {

    private static final String STATE = "state/";
    private static final String ADJOINT = "adjoint/";

    @Override
    public Values data(Ops tf, Class<T> type) {
        return constants;
    }

    @Override
    public Operand<T> apply(Ops tf, Values data, Operand<T> x) {
        return applied(tf, data, x, operator::apply, operator::applyTransposed);
    }

    @Override
    public Operand<T> applyTransposed(Ops tf, Values data, Operand<T> x) {
        return applied(tf, data, x, operator::applyTransposed, operator::apply);
    }

    /** A product or a solve with the operator, for every row. */
    private interface OfRows<T extends TFloating, R> {
        R add(Ops tf, Values values, Operand<T> x);
    }

    private Operand<T> applied(
            Ops tf, Values data, Operand<T> x, OfRows<T, Operand<T>> ofState, OfRows<T, Operand<T>> ofAdjoint) {
        Packing.Parts<T> parts = packing.parts(tf, x);
        return packed(
                tf,
                ofState.add(tf, data, parts.u()),
                tf.math.neg(ofAdjoint.add(tf, data, parts.a())),
                tf.zerosLike(parts.g()));
    }

    private Operand<T> packed(Ops tf, Operand<T> u, Operand<T> a, Operand<T> g) {
        return packing.packed(tf, u, a, List.of(g));
    }

    @Override
    public Values factor(Ops tf, Class<T> type, Values data, double alpha) {
        return joined(tf, operator.factor(tf, type, data, alpha), operator.factor(tf, type, data, -alpha));
    }

    @Override
    public Values factor(Ops tf, Class<T> type, Values data, Operand<T> alpha) {
        return joined(tf, operator.factor(tf, type, data, alpha), operator.factor(tf, type, data, tf.math.neg(alpha)));
    }

    @Override
    public boolean variesFreely() {
        return operator.variesFreely();
    }

    private static Values joined(Ops tf, Values ofState, Values ofAdjoint) {
        Values both = ofState.prefixed(STATE).and(ofAdjoint.prefixed(ADJOINT));
        return ofState.contains(FAILURE) && ofAdjoint.contains(FAILURE)
                ? both.with(
                        FAILURE,
                        tf.math.maximum(ofState.get(FAILURE, TInt32.class), ofAdjoint.get(FAILURE, TInt32.class)))
                : both;
    }

    @Override
    public Operand<T> solve(Ops tf, Values factor, Operand<T> rhs) {
        return solved(tf, factor, rhs, operator::solve, operator::solveTransposed);
    }

    @Override
    public Operand<T> solveTransposed(Ops tf, Values factor, Operand<T> rhs) {
        return solved(tf, factor, rhs, operator::solveTransposed, operator::solve);
    }

    private Operand<T> solved(
            Ops tf, Values factor, Operand<T> rhs, OfRows<T, Operand<T>> ofState, OfRows<T, Operand<T>> ofAdjoint) {
        Packing.Parts<T> parts = packing.parts(tf, rhs);
        return packed(
                tf,
                ofState.add(tf, factor.under(STATE), parts.u()),
                ofAdjoint.add(tf, factor.under(ADJOINT), parts.a()),
                parts.g());
    }

    @Override
    public CheckedSolution<T> solveChecked(Ops tf, Values factor, Operand<T> rhs) {
        return checked(tf, factor, rhs, operator::solveChecked, operator::solveTransposedChecked);
    }

    @Override
    public CheckedSolution<T> solveTransposedChecked(Ops tf, Values factor, Operand<T> rhs) {
        return checked(tf, factor, rhs, operator::solveTransposedChecked, operator::solveChecked);
    }

    private CheckedSolution<T> checked(
            Ops tf,
            Values factor,
            Operand<T> rhs,
            OfRows<T, CheckedSolution<T>> ofState,
            OfRows<T, CheckedSolution<T>> ofAdjoint) {
        Packing.Parts<T> parts = packing.parts(tf, rhs);
        CheckedSolution<T> u = ofState.add(tf, factor.under(STATE), parts.u());
        CheckedSolution<T> a = ofAdjoint.add(tf, factor.under(ADJOINT), parts.a());
        // Of two failures the greater code wins.
        return new CheckedSolution<>(
                packed(tf, u.solution(), a.solution(), parts.g()), tf.math.maximum(u.failure(), a.failure()));
    }

    @Override
    public FailureKnown failureKnown() {
        return operator.failureKnown();
    }
}
