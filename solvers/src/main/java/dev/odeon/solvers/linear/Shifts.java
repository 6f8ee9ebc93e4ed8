package dev.odeon.solvers.linear;

import dev.odeon.graph.ZeroFilled;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/** Neighbours of every component: slices and fillings, which have gradients and run under XLA. */
final class Shifts {

    private Shifts() {}

    /** x_(i + offset) at component i of [batch, d], zero beyond the ends. */
    static <T extends TFloating> Operand<T> filled(Ops tf, Operand<T> x, int offset, int d) {
        int width = Math.min(Math.abs(offset), d);
        if (width == 0) {
            return x;
        }
        Operand<T> kept = columns(tf, x, offset > 0 ? width : 0, d - width);
        int[][] padding = {{0, 0}, offset > 0 ? new int[] {0, width} : new int[] {width, 0}};
        return ZeroFilled.padded(tf, kept, padding);
    }

    /** x_(i + offset) at component i of [batch, d], around a ring. */
    static <T extends TFloating> Operand<T> periodic(Ops tf, Operand<T> x, int offset, int d) {
        int width = Math.floorMod(offset, d);
        if (width == 0) {
            return x;
        }
        return tf.concat(List.of(columns(tf, x, width, d - width), columns(tf, x, 0, width)), tf.constant(1));
    }

    static <T extends TFloating> Operand<T> columns(Ops tf, Operand<T> x, int from, int count) {
        return tf.slice(x, tf.constant(new int[] {0, from}), tf.constant(new int[] {-1, count}));
    }
}
