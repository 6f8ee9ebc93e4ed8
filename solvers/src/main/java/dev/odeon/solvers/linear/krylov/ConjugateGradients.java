package dev.odeon.solvers.linear.krylov;

import dev.odeon.graph.Values;
import dev.odeon.graph.WhileLoop;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/** The loop of preconditioned conjugate gradients. */
final class ConjugateGradients {

    private static final String THRESHOLD = "threshold";

    private ConjugateGradients() {}

    static <T extends TFloating> KrylovSolve.Ended<T> add(
            Ops tf,
            Rows<T> rows,
            Krylov settings,
            KrylovSystem<T> system,
            Values data,
            Operand<T> rhs,
            Operand<T> threshold) {
        Class<T> type = rows.type();
        Operand<T> z = system.precondition(tf, data, rhs);
        Values initial = Values.of("round", tf.constant(0))
                .with("x", tf.zerosLike(rhs))
                .with("r", rhs)
                .with("p", z)
                .with("rz", rows.dot(tf, rhs, z))
                .with("rr", rows.squared(tf, rhs))
                .with("broken", tf.constant(false));
        Values fixed = data.prefixed("data/").with(THRESHOLD, threshold);
        Values end = WhileLoop.define(
                        tf,
                        "cg",
                        initial.specs(),
                        fixed.specs(),
                        (inner, carried, invariants) -> rows.proceeds(
                                inner,
                                carried.get("round", TInt32.class),
                                settings.maxIterations(),
                                carried.get("broken", TBool.class),
                                carried.get("rr", type),
                                invariants.get(THRESHOLD, type)),
                        (inner, carried, invariants) -> round(
                                inner,
                                rows,
                                system,
                                carried,
                                invariants.under("data/"),
                                invariants.get(THRESHOLD, type)))
                .run(tf, initial, fixed)
                .values();
        return new KrylovSolve.Ended<>(end.get("x", type), end.get("rr", type), end.get("broken", TBool.class));
    }

    private static <T extends TFloating> Values round(
            Ops tf, Rows<T> rows, KrylovSystem<T> system, Values carried, Values data, Operand<T> threshold) {
        Class<T> type = rows.type();
        Operand<T> p = carried.get("p", type);
        Operand<T> rz = carried.get("rz", type);
        Operand<TBool> open = tf.math.greater(carried.get("rr", type), threshold);
        Operand<T> product = system.apply(tf, data, p);
        Operand<T> curvature = rows.dot(tf, p, product);
        Operand<TBool> sound = tf.math.logicalAnd(rows.positive(tf, curvature), rows.positive(tf, rz));
        Operand<TBool> moving = tf.math.logicalAnd(open, sound);
        Operand<T> length = rows.quotient(tf, moving, rz, curvature);
        Operand<T> r = rows.minus(tf, carried.get("r", type), length, product);
        Operand<T> z = system.precondition(tf, data, r);
        Operand<T> next = rows.dot(tf, r, z);
        return carried.with("round", tf.math.add(carried.get("round", TInt32.class), tf.constant(1)))
                .with("x", rows.plus(tf, carried.get("x", type), length, p))
                .with("r", r)
                .with("p", rows.plus(tf, z, rows.quotient(tf, moving, next, rz), p))
                .with("rz", next)
                .with("rr", rows.squared(tf, r))
                .with("broken", rows.any(tf, tf.math.logicalAnd(open, tf.math.logicalNot(sound))));
    }
}
