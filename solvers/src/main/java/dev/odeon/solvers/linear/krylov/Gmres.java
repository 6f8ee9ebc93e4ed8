package dev.odeon.solvers.linear.krylov;

import dev.odeon.graph.Values;
import dev.odeon.graph.WhileLoop;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/** The outer loop of restarted GMRES: one cycle in each round. */
final class Gmres {

    private static final String THRESHOLD = "threshold";
    private static final String RHS = "rhs";

    private Gmres() {}

    static <T extends TFloating> KrylovSolve.Ended<T> add(
            Ops tf,
            Rows<T> rows,
            Krylov settings,
            KrylovSystem<T> system,
            Values data,
            Operand<T> rhs,
            Operand<T> threshold) {
        Class<T> type = rows.type();
        Values initial = Values.of("round", tf.constant(0))
                .with("x", tf.zerosLike(rhs))
                .with("r", rhs)
                .with("rr", rows.squared(tf, rhs))
                .with("broken", tf.constant(false));
        Values fixed = data.prefixed("data/").with(THRESHOLD, threshold).with(RHS, rhs);
        Values end = WhileLoop.define(
                        tf,
                        "gmres",
                        initial.specs(),
                        fixed.specs(),
                        (inner, carried, invariants) -> rows.proceeds(
                                inner,
                                carried.get("round", TInt32.class),
                                settings.maxIterations(),
                                carried.get("broken", TBool.class),
                                carried.get("rr", type),
                                invariants.get(THRESHOLD, type)),
                        (inner, carried, invariants) -> cycle(inner, rows, settings, system, carried, invariants))
                .run(tf, initial, fixed)
                .values();
        return new KrylovSolve.Ended<>(end.get("x", type), end.get("rr", type), end.get("broken", TBool.class));
    }

    private static <T extends TFloating> Values cycle(
            Ops tf, Rows<T> rows, Krylov settings, KrylovSystem<T> system, Values carried, Values invariants) {
        Class<T> type = rows.type();
        Values data = invariants.under("data/");
        GmresCycle.Ended<T> ended = GmresCycle.add(
                tf,
                rows,
                settings,
                system,
                data,
                carried.get("r", type),
                invariants.get(THRESHOLD, type),
                carried.get("round", TInt32.class));
        Operand<T> x = tf.math.add(carried.get("x", type), system.precondition(tf, data, ended.correction()));
        // The next cycle starts from the true residual; a row ends by the one the recurrence carries.
        return carried.with("round", ended.round())
                .with("x", x)
                .with("r", tf.math.sub(invariants.get(RHS, type), system.apply(tf, data, x)))
                .with("rr", ended.squaredResidual())
                .with("broken", ended.broken());
    }
}
