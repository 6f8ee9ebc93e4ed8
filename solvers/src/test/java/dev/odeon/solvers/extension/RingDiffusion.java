package dev.odeon.solvers.extension;

import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import dev.odeon.solvers.linear.IterativeOperator;
import dev.odeon.solvers.linear.ShiftedSystem;
import dev.odeon.solvers.linear.krylov.Krylov;
import dev.odeon.solvers.linear.report.CheckedSolution;
import java.util.List;
import java.util.OptionalLong;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * Exchange with both neighbours on a ring, (J u)_i = c (u_(i-1) - 2 u_i + u_(i+1)), solved by iteration.
 *
 * @param points components of the state, three or more
 * @param rate c, a trained scalar
 */
public record RingDiffusion<T extends TFloating>(int points, Operand<T> rate, Krylov krylov)
        implements IterativeOperator<T> {

    private static final String RATE = "rate";

    @Override
    public OptionalLong components() {
        return OptionalLong.of(points);
    }

    @Override
    public Values data(Ops tf, Class<T> type) {
        return Values.of(RATE, rate);
    }

    @Override
    public Operand<T> apply(Ops tf, Values data, Operand<T> u) {
        Operand<T> left =
                tf.concat(List.of(columns(tf, u, points - 1, 1), columns(tf, u, 0, points - 1)), tf.constant(1));
        Operand<T> right = tf.concat(List.of(columns(tf, u, 1, points - 1), columns(tf, u, 0, 1)), tf.constant(1));
        Operand<T> neighbours = tf.math.add(left, right);
        return tf.math.mul(data.get(RATE, u.type()), tf.math.sub(neighbours, tf.math.add(u, u)));
    }

    private Operand<T> columns(Ops tf, Operand<T> u, int from, int count) {
        return tf.slice(u, tf.constant(new int[] {0, from}), tf.constant(new int[] {-1, count}));
    }

    /** J is symmetric. */
    @Override
    public Operand<T> applyTransposed(Ops tf, Values data, Operand<T> u) {
        return apply(tf, data, u);
    }

    @Override
    public Values factor(Ops tf, Class<T> type, Values data, Operand<T> alpha) {
        Operand<T> diagonal = tf.math.mul(data.get(RATE, type), Floats.scalar(tf, type, -2));
        return ShiftedSystem.factor(tf, data, alpha, diagonal);
    }

    @Override
    public boolean variesFreely() {
        return true;
    }

    @Override
    public CheckedSolution<T> solveChecked(Ops tf, Values factor, Operand<T> rhs) {
        return ShiftedSystem.solve(tf, krylov, factor, this::apply, ShiftedSystem::jacobi, rhs);
    }

    @Override
    public CheckedSolution<T> solveTransposedChecked(Ops tf, Values factor, Operand<T> rhs) {
        return solveChecked(tf, factor, rhs);
    }
}
