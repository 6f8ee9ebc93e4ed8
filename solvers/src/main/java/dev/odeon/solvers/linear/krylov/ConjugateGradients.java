package dev.odeon.solvers.linear.krylov;

import dev.odeon.graph.Values;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/** The loop of preconditioned conjugate gradients. */
final class ConjugateGradients {

    private ConjugateGradients() {}

    static <T extends TFloating> KrylovLoop.Ended<T> add(Ops tf, KrylovLoop<T> loop) {
        RowArithmetic<T> rows = loop.rows();
        Operand<T> rhs = loop.rhs();
        Operand<T> z = loop.system().precondition(tf, loop.data(), rhs);
        Values own = Values.of("r", rhs)
                .with("p", z)
                .with("rz", rows.dot(tf, rhs, z))
                .with(KrylovLoop.SQUARED, rows.squared(tf, rhs));
        return loop.run(
                tf,
                "cg",
                own,
                (inner, carried, data, invariants) -> round(
                        inner, rows, loop.system(), carried, data, invariants.get(KrylovLoop.THRESHOLD, rows.type())));
    }

    private static <T extends TFloating> Values round(
            Ops tf, RowArithmetic<T> rows, KrylovSystem<T> system, Values carried, Values data, Operand<T> threshold) {
        Class<T> type = rows.type();
        Operand<T> p = carried.get("p", type);
        Operand<T> rz = carried.get("rz", type);
        Operand<TBool> open = tf.math.greater(carried.get(KrylovLoop.SQUARED, type), threshold);
        Operand<T> product = system.apply(tf, data, p);
        Operand<T> curvature = rows.dot(tf, p, product);
        Operand<TBool> sound = tf.math.logicalAnd(rows.positive(tf, curvature), rows.positive(tf, rz));
        Operand<TBool> moving = tf.math.logicalAnd(open, sound);
        Operand<T> length = rows.quotient(tf, moving, rz, curvature);
        Operand<T> r = rows.minus(tf, carried.get("r", type), length, product);
        Operand<T> z = system.precondition(tf, data, r);
        Operand<T> next = rows.dot(tf, r, z);
        return carried.with(KrylovLoop.ROUND, tf.math.add(carried.get(KrylovLoop.ROUND, TInt32.class), tf.constant(1)))
                .with(KrylovLoop.SOLUTION, rows.plus(tf, carried.get(KrylovLoop.SOLUTION, type), length, p))
                .with("r", r)
                .with("p", rows.plus(tf, z, rows.quotient(tf, moving, next, rz), p))
                .with("rz", next)
                .with(KrylovLoop.SQUARED, rows.squared(tf, r))
                .with(KrylovLoop.PRODUCTS, KrylovLoop.productsAfter(tf, carried, tf.constant(1)))
                .with(KrylovLoop.BROKEN, rows.any(tf, tf.math.logicalAnd(open, tf.math.logicalNot(sound))));
    }
}
