package dev.odeon.graph.scan;

import dev.odeon.graph.Values;
import dev.odeon.graph.WhileLoop;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;

/** The way forward: runs the body row by row, and keeps what each round was given. */
final class ForwardScan {

    private ForwardScan() {}

    /** Defines the loop. */
    static WhileLoop define(Ops tf, String name, Scan.Body body, int rounds, Values start, Values read) {
        return WhileLoop.define(
                tf,
                name,
                start.specs(),
                read.specs(),
                (inner, values, fixed) ->
                        inner.math.less(values.get(ScanNames.ROUND, TInt32.class), inner.constant(rounds)),
                (inner, values, fixed) -> round(inner, name, body, values, fixed));
    }

    private static Values round(Ops tf, String name, Scan.Body body, Values values, Values fixed) {
        Operand<TInt32> k = values.get(ScanNames.ROUND, TInt32.class);
        Values carried = values.under(ScanNames.CARRIED);
        Values kept = RowTables.written(tf, values.under(ScanNames.KEPT), k, carried);
        Round round = body.apply(
                tf, carried, fixed.under(ScanNames.CONSTANT), RowTables.rows(tf, fixed.under(ScanNames.ROW), k));
        Values tables = values.under(ScanNames.OUTPUT);
        if (!round.outputs().names().equals(tables.names())) {
            throw new IllegalArgumentException("A round of the scan '" + name + "' has the outputs "
                    + round.outputs().names() + ", but withOutputs named " + tables.names() + ": name the same");
        }
        if (!round.carried().names().equals(carried.names())) {
            throw new IllegalArgumentException("A round of the scan '" + name + "' carries on "
                    + round.carried().names() + ", but was given " + carried.names() + ": return every carried value");
        }
        Values next = Values.of(ScanNames.ROUND, tf.math.add(k, tf.constant(1)));
        return next.and(round.carried().prefixed(ScanNames.CARRIED))
                .and(kept.prefixed(ScanNames.KEPT))
                .and(RowTables.written(tf, tables, k, round.outputs()).prefixed(ScanNames.OUTPUT))
                .and(round.told().after(tf, values.under(ScanNames.TOLD)).prefixed(ScanNames.TOLD));
    }
}
