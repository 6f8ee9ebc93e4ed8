package dev.odeon.solvers.linear.krylov;

import dev.odeon.graph.Values;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/** The outer loop of restarted GMRES: one cycle in each round. */
final class Gmres {

    private Gmres() {}

    static <T extends TFloating> KrylovLoop.Ended<T> add(Ops tf, KrylovLoop<T> loop) {
        Operand<T> rhs = loop.rhs();
        Values own = Values.of("r", rhs).with(KrylovLoop.SQUARED, loop.rows().squared(tf, rhs));
        return loop.run(
                tf,
                "gmres",
                own,
                (inner, carried, data, invariants) ->
                        cycle(inner, loop.rows(), loop.settings(), loop.system(), carried, data, invariants));
    }

    private static <T extends TFloating> Values cycle(
            Ops tf,
            RowArithmetic<T> rows,
            Krylov settings,
            KrylovSystem<T> system,
            Values carried,
            Values data,
            Values invariants) {
        Class<T> type = rows.type();
        Operand<TInt32> before = carried.get(KrylovLoop.ROUND, TInt32.class);
        GmresCycle.Ended<T> ended = GmresCycle.add(
                tf,
                rows,
                settings,
                system,
                data,
                carried.get("r", type),
                invariants.get(KrylovLoop.THRESHOLD, type),
                before);
        Operand<T> x =
                tf.math.add(carried.get(KrylovLoop.SOLUTION, type), system.precondition(tf, data, ended.correction()));
        // One product for each direction, and one for the residual.
        Operand<TInt32> products = tf.math.add(tf.math.sub(ended.round(), before), tf.constant(1));
        // The next cycle starts from the true residual; a row ends by the one the recurrence carries.
        return carried.with(KrylovLoop.ROUND, ended.round())
                .with(KrylovLoop.SOLUTION, x)
                .with("r", tf.math.sub(invariants.get(KrylovLoop.RHS, type), system.apply(tf, data, x)))
                .with(KrylovLoop.SQUARED, ended.squaredResidual())
                .with(KrylovLoop.PRODUCTS, KrylovLoop.productsAfter(tf, carried, products))
                .with(KrylovLoop.BROKEN, ended.broken());
    }
}
