package dev.odeon.solvers.linear.krylov;

import dev.odeon.graph.Values;
import dev.odeon.graph.WhileLoop;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * The loop that all methods share: rounds until every row is below its threshold, the method broke down, or the limit is
 * reached.
 *
 * @param rhs [batch, d], scaled
 * @param threshold [batch, 1], the squared residual at which a row has converged
 */
record KrylovLoop<T extends TFloating>(
        RowArithmetic<T> rows,
        Krylov settings,
        KrylovSystem<T> system,
        Values data,
        Operand<T> rhs,
        Operand<T> threshold) {

    /** Carried by every method: iterations so far, solution, squared residual, and whether the method broke down. */
    static final String ROUND = "round";

    static final String SOLUTION = "x";
    static final String SQUARED = "rr";
    static final String BROKEN = "broken";
    /** Carried by every method: products with the matrix so far. */
    static final String PRODUCTS = "products";
    /** Read by every round, besides the data. */
    static final String THRESHOLD = "threshold";

    static final String RHS = "rhs";

    private static final String DATA = "data/";

    /**
     * What the loop of a method ended with.
     *
     * @param solution [batch, d]
     * @param squaredResidual [batch, 1], as the recurrence carries it
     * @param broken scalar, whether the method met a system it cannot solve
     * @param products with the matrix
     */
    record Ended<T extends TFloating>(
            Operand<T> solution, Operand<T> squaredResidual, Operand<TBool> broken, Operand<TInt32> products) {}

    /** One round of a method. */
    interface Round {
        /**
         * Adds the operations of a round.
         *
         * @param data what the system's products read
         * @param invariants threshold and right-hand side
         */
        Values apply(Ops tf, Values carried, Values data, Values invariants);
    }

    /**
     * Adds the loop.
     *
     * @param own what the method carries besides the round, the solution and whether it broke down; with the squared
     *     residual of the solution zero
     */
    Ended<T> run(Ops tf, String name, Values own, Round round) {
        Class<T> type = rows.type();
        Values initial = Values.of(ROUND, tf.constant(0))
                .with(SOLUTION, tf.zerosLike(rhs))
                .and(own)
                .with(BROKEN, tf.constant(false))
                .with(PRODUCTS, tf.constant(0));
        Values fixed = data.prefixed(DATA).with(THRESHOLD, threshold).with(RHS, rhs);
        Values end = WhileLoop.define(
                        tf,
                        name,
                        initial.specs(),
                        fixed.specs(),
                        (inner, carried, invariants) -> rows.proceeds(
                                inner,
                                carried.get(ROUND, TInt32.class),
                                settings.maxIterations(),
                                carried.get(BROKEN, TBool.class),
                                carried.get(SQUARED, type),
                                invariants.get(THRESHOLD, type)),
                        (inner, carried, invariants) -> round.apply(inner, carried, invariants.under(DATA), invariants))
                .run(tf, initial, fixed)
                .values();
        return new Ended<>(
                end.get(SOLUTION, type),
                end.get(SQUARED, type),
                end.get(BROKEN, TBool.class),
                end.get(PRODUCTS, TInt32.class));
    }

    /** The carried number of products after more of them. */
    static Operand<TInt32> productsAfter(Ops tf, Values carried, Operand<TInt32> more) {
        return tf.math.add(carried.get(PRODUCTS, TInt32.class), more);
    }
}
