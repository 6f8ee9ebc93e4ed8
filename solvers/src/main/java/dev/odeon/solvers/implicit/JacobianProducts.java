package dev.odeon.solvers.implicit;

import dev.odeon.graph.Values;
import dev.odeon.solvers.linear.krylov.Krylov;
import dev.odeon.solvers.linear.krylov.KrylovSolve;
import dev.odeon.solvers.linear.krylov.KrylovSystem;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * I - dphi/dv at a point, or its transpose, by its products on the whole batch: no matrix.
 *
 * <p>Products are exact, each with one evaluation of phi. With the transpose it is the vector-Jacobian product; that is
 * linear in its weights, and its own derivative with respect to them is the product with dphi/dv.
 */
record JacobianProducts<T extends TFloating>(Equation<T> equation, Side side) implements KrylovSystem<T> {

    /** Which of the two matrices. */
    enum Side {
        STRAIGHT,
        TRANSPOSED
    }

    private static final String POINT = "v";
    private static final String INSIDE = "inside/";
    private static final String PRECONDITIONER = "preconditioner/";

    /**
     * Adds the solution of a system with this matrix.
     *
     * @param v the point, first axis batch
     * @param inside what the equation reads
     * @param rhs [1, n]
     */
    KrylovSolve.Counted<T> solve(Ops tf, Krylov settings, Operand<T> v, Values inside, Operand<T> rhs) {
        return KrylovSolve.counted(tf, settings, this, data(v, inside), rhs);
    }

    /**
     * Adds the solution of a system, preconditioned by the matrices of the samples.
     *
     * @param factor of the samples' own matrices, from {@link DenseJacobian}
     * @param rhs [1, n]; where it is zero, no product is taken
     */
    KrylovSolve.Counted<T> solve(Ops tf, Krylov settings, Operand<T> v, Values inside, Values factor, Operand<T> rhs) {
        return KrylovSolve.counted(tf, settings, this, data(v, inside).and(factor.prefixed(PRECONDITIONER)), rhs);
    }

    private Values data(Operand<T> v, Values inside) {
        return Values.of(POINT, v).and(inside.prefixed(INSIDE));
    }

    @Override
    public Operand<T> apply(Ops tf, Values data, Operand<T> x) {
        Operand<T> at = tf.stopGradient(data.get(POINT, x.type()));
        Operand<T> image = equation.map(tf, at, data.under(INSIDE));
        Operand<T> along = StateRows.back(tf, x, at);
        Operand<T> product = switch (side) {
            case TRANSPOSED -> DenseJacobian.product(tf, image, along, at);
            case STRAIGHT -> {
                Operand<T> weights = tf.zerosLike(at);
                yield DenseJacobian.product(tf, DenseJacobian.product(tf, image, weights, at), along, weights);
            }
        };
        return tf.math.sub(x, StateRows.BATCH.of(tf, product));
    }

    @Override
    public Operand<T> precondition(Ops tf, Values data, Operand<T> x) {
        Values factor = data.under(PRECONDITIONER);
        if (factor.names().isEmpty()) {
            return x;
        }
        Operand<T> at = data.get(POINT, x.type());
        Operand<T> rows = StateRows.SAMPLES.of(tf, StateRows.back(tf, x, at));
        Operand<T> solved = switch (side) {
            case TRANSPOSED -> DenseJacobian.solveTransposed(tf, factor, rows);
            case STRAIGHT -> DenseJacobian.solve(tf, factor, rows);
        };
        return StateRows.BATCH.of(tf, solved);
    }
}
