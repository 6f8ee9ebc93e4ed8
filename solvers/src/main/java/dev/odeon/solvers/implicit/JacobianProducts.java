package dev.odeon.solvers.implicit;

import dev.odeon.graph.Values;
import dev.odeon.solvers.linear.krylov.Krylov;
import dev.odeon.solvers.linear.krylov.KrylovMethod;
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

    /** What Newton's method asks of a solve; its next iteration corrects the rest. */
    static final Krylov NEWTON =
            Krylov.of(KrylovMethod.GMRES).withTolerance(1e-6).withRestart(40);

    /**
     * Adds the solution of a system with this matrix.
     *
     * @param v the point, first axis batch
     * @param inside what the equation reads
     * @param rhs [1, n]
     */
    KrylovSolve.Counted<T> solve(Ops tf, Krylov settings, Operand<T> v, Values inside, Operand<T> rhs) {
        Values data = Values.of(POINT, v).and(inside.prefixed(INSIDE));
        return KrylovSolve.counted(tf, settings, this, data, rhs);
    }

    @Override
    public Operand<T> apply(Ops tf, Values data, Operand<T> x) {
        Operand<T> at = tf.stopGradient(data.get(POINT, x.type()));
        Operand<T> image = equation.map(tf, at, data.under(INSIDE));
        Operand<T> along = Rows.back(tf, x, at);
        Operand<T> product = switch (side) {
            case TRANSPOSED -> DenseJacobian.product(tf, image, along, at);
            case STRAIGHT -> {
                Operand<T> weights = tf.zerosLike(at);
                yield DenseJacobian.product(tf, DenseJacobian.product(tf, image, weights, at), along, weights);
            }
        };
        return tf.math.sub(x, Rows.BATCH.of(tf, product));
    }

    @Override
    public Operand<T> precondition(Ops tf, Values data, Operand<T> x) {
        return x;
    }
}
