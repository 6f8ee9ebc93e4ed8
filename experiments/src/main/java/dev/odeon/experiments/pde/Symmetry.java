package dev.odeon.experiments.pde;

import java.util.Arrays;
import java.util.Random;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gather;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * What leaves the equations on a ring unchanged: moving all points, and mirroring space together with the sign of u.
 *
 * <p>Both the Kuramoto-Sivashinsky and the Burgers equation have these symmetries, a perceptron has none: it has to see
 * the windows moved and mirrored to learn them.
 *
 * @param indices [batch, points], where each point's value comes from
 * @param signs [batch, 1], 1 or -1
 */
record Symmetry<T extends TFloating>(Operand<TInt32> indices, Operand<T> signs) {

    /** Adds the symmetries of a batch, given as a row of shifts and a row of signs. */
    static <T extends TFloating> Symmetry<T> of(Ops tf, Operand<TInt32> symmetries, int points, Class<T> type) {
        Operand<TInt32> axis = tf.constant(0);
        Operand<TInt32> last = tf.constant(1);
        Operand<TInt32> shifts = tf.expandDims(tf.gather(symmetries, tf.constant(0), axis), last);
        Operand<TInt32> signs = tf.expandDims(tf.gather(symmetries, tf.constant(1), axis), last);
        Operand<TInt32> places = tf.expandDims(tf.range(tf.constant(0), tf.constant(points), tf.constant(1)), axis);
        Operand<TInt32> sources = tf.math.add(tf.math.mul(signs, places), shifts);
        return new Symmetry<>(tf.math.floorMod(sources, tf.constant(points)), tf.dtypes.cast(signs, type));
    }

    /** Adds the moved and mirrored states [batch, points]. */
    Operand<T> apply(Ops tf, Operand<T> states) {
        return tf.math.mul(signs, tf.gather(states, indices, tf.constant(1), Gather.batchDims(1L)));
    }

    /** Leaves every window of a batch as it is; the caller closes it. */
    static TInt32 identities(int batch) {
        int[][] values = new int[2][batch];
        Arrays.fill(values[1], 1);
        return tensor(values);
    }

    /** Draws shift and sign of every window; the caller closes it. */
    static TInt32 draw(Random random, int batch, int points) {
        int[][] values = new int[2][batch];
        for (int i = 0; i < batch; i++) {
            values[0][i] = random.nextInt(points);
            values[1][i] = random.nextBoolean() ? 1 : -1;
        }
        return tensor(values);
    }

    private static TInt32 tensor(int[][] values) {
        return TInt32.tensorOf(StdArrays.ndCopyOf(values));
    }
}
