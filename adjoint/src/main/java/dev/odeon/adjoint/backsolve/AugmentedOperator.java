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
        Packing.Parts<T> parts = packing.parts(tf, x);
        return packed(
                tf,
                operator.apply(tf, data, parts.u()),
                tf.math.neg(operator.applyTransposed(tf, data, parts.a())),
                tf.zerosLike(parts.g()));
    }

    @Override
    public Operand<T> applyTransposed(Ops tf, Values data, Operand<T> x) {
        Packing.Parts<T> parts = packing.parts(tf, x);
        return packed(
                tf,
                operator.applyTransposed(tf, data, parts.u()),
                tf.math.neg(operator.apply(tf, data, parts.a())),
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
        Packing.Parts<T> parts = packing.parts(tf, rhs);
        return packed(
                tf,
                operator.solve(tf, factor.under(STATE), parts.u()),
                operator.solveTransposed(tf, factor.under(ADJOINT), parts.a()),
                parts.g());
    }

    @Override
    public Operand<T> solveTransposed(Ops tf, Values factor, Operand<T> rhs) {
        Packing.Parts<T> parts = packing.parts(tf, rhs);
        return packed(
                tf,
                operator.solveTransposed(tf, factor.under(STATE), parts.u()),
                operator.solve(tf, factor.under(ADJOINT), parts.a()),
                parts.g());
    }

    @Override
    public CheckedSolution<T> solveChecked(Ops tf, Values factor, Operand<T> rhs) {
        Packing.Parts<T> parts = packing.parts(tf, rhs);
        return checked(
                tf,
                operator.solveChecked(tf, factor.under(STATE), parts.u()),
                operator.solveTransposedChecked(tf, factor.under(ADJOINT), parts.a()),
                parts.g());
    }

    @Override
    public CheckedSolution<T> solveTransposedChecked(Ops tf, Values factor, Operand<T> rhs) {
        Packing.Parts<T> parts = packing.parts(tf, rhs);
        return checked(
                tf,
                operator.solveTransposedChecked(tf, factor.under(STATE), parts.u()),
                operator.solveChecked(tf, factor.under(ADJOINT), parts.a()),
                parts.g());
    }

    private CheckedSolution<T> checked(Ops tf, CheckedSolution<T> u, CheckedSolution<T> a, Operand<T> g) {
        // Of two failures the greater code wins.
        return new CheckedSolution<>(
                packed(tf, u.solution(), a.solution(), g), tf.math.maximum(u.failure(), a.failure()));
    }

    @Override
    public FailureKnown failureKnown() {
        return operator.failureKnown();
    }
}
