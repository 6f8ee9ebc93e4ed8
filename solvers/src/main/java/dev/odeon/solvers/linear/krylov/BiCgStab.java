package dev.odeon.solvers.linear.krylov;

import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/** The loop of stabilised bi-conjugate gradients. */
final class BiCgStab {

    private BiCgStab() {}

    static <T extends TFloating> KrylovLoop.Ended<T> add(Ops tf, KrylovLoop<T> loop) {
        RowArithmetic<T> rows = loop.rows();
        Operand<T> rhs = loop.rhs();
        Operand<T> rr = rows.squared(tf, rhs);
        Operand<T> zeros = tf.zerosLike(rhs);
        Operand<T> ones = tf.onesLike(rr);
        Values own = Values.of("r", rhs)
                .with("shadow", rhs)
                .with("p", zeros)
                .with("v", zeros)
                .with("rho", ones)
                .with("length", ones)
                .with("omega", ones)
                .with(KrylovLoop.SQUARED, rr);
        return loop.run(
                tf,
                "bicgstab",
                own,
                (inner, carried, data, invariants) -> round(
                        inner, rows, loop.system(), carried, data, invariants.get(KrylovLoop.THRESHOLD, rows.type())));
    }

    private static <T extends TFloating> Values round(
            Ops tf, RowArithmetic<T> rows, KrylovSystem<T> system, Values carried, Values data, Operand<T> threshold) {
        Class<T> type = rows.type();
        Operand<T> r = carried.get("r", type);
        Operand<T> oldRho = carried.get("rho", type);
        Operand<T> oldLength = carried.get("length", type);
        Operand<T> oldOmega = carried.get("omega", type);
        Operand<T> oldV = carried.get("v", type);
        Operand<T> oldP = carried.get("p", type);
        Operand<T> oldShadow = carried.get("shadow", type);
        Operand<T> rr = carried.get(KrylovLoop.SQUARED, type);
        Operand<TBool> open = tf.math.greater(rr, threshold);

        // Orthogonal to its shadow to rounding: the recurrence would divide by noise, so it begins anew.
        Operand<T> inner = rows.dot(tf, oldShadow, r);
        Operand<T> noise = tf.math.mul(
                tf.math.sqrt(tf.math.mul(rows.squared(tf, oldShadow), rr)),
                Floats.scalar(tf, type, 8 * Floats.epsilon(type)));
        Operand<TBool> anew = tf.math.lessEqual(tf.math.abs(inner), noise);
        Operand<T> shadow = tf.select(anew, r, oldShadow);
        Operand<T> rho = tf.select(anew, rr, inner);
        Operand<TBool> going = tf.math.logicalAnd(open, tf.math.logicalNot(anew));
        Operand<T> beta = rows.quotient(tf, going, tf.math.mul(rho, oldLength), tf.math.mul(oldRho, oldOmega));
        Operand<T> p = rows.plus(tf, r, beta, rows.minus(tf, oldP, oldOmega, oldV));

        Operand<T> y = system.precondition(tf, data, p);
        Operand<T> v = system.apply(tf, data, y);
        Operand<T> projection = rows.dot(tf, shadow, v);
        Operand<TBool> sound = tf.math.notEqual(projection, rows.zero(tf));
        Operand<T> length = rows.quotient(tf, tf.math.logicalAnd(open, sound), rho, projection);
        Operand<T> s = rows.minus(tf, r, length, v);
        Operand<T> z = system.precondition(tf, data, s);
        Operand<T> t = system.apply(tf, data, z);
        Operand<T> tt = rows.squared(tf, t);
        Operand<T> omega = rows.quotient(tf, tf.math.logicalAnd(open, rows.positive(tf, tt)), rows.dot(tf, t, s), tt);
        Operand<T> next = rows.minus(tf, s, omega, t);
        Operand<T> nextSquared = rows.squared(tf, next);

        Operand<T> x = rows.plus(tf, rows.plus(tf, carried.get(KrylovLoop.SOLUTION, type), length, y), omega, z);
        Operand<TBool> stillOpen = tf.math.logicalAnd(open, tf.math.greater(nextSquared, threshold));
        Operand<TBool> stuck = tf.math.logicalOr(tf.math.logicalNot(sound), tf.math.equal(omega, rows.zero(tf)));
        return carried.with(KrylovLoop.ROUND, tf.math.add(carried.get(KrylovLoop.ROUND, TInt32.class), tf.constant(1)))
                .with(KrylovLoop.SOLUTION, x)
                .with("r", next)
                .with("shadow", shadow)
                .with("p", p)
                .with("v", v)
                .with("rho", rho)
                .with("length", length)
                .with("omega", omega)
                .with(KrylovLoop.SQUARED, nextSquared)
                .with(KrylovLoop.PRODUCTS, KrylovLoop.productsAfter(tf, carried, tf.constant(2)))
                .with(KrylovLoop.BROKEN, rows.any(tf, tf.math.logicalAnd(stillOpen, stuck)));
    }
}
