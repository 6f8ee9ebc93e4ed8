package dev.odeon.models.continuous;

import dev.odeon.graph.Channels;
import dev.odeon.solvers.linear.PairBlock;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * A state (h, m) and its rates.
 *
 * @param first h or its rate, [..., channels]
 * @param second m, a velocity or momentum, or its rate: the same shape
 */
record Pair<T extends TFloating>(Operand<T> first, Operand<T> second) {

    /** The halves of a state. */
    static <T extends TFloating> Pair<T> of(Ops tf, Operand<T> state, int channels) {
        return new Pair<>(Channels.part(tf, state, 0, channels), Channels.part(tf, state, channels, channels));
    }

    /** One tensor, joined on the last axis. */
    Operand<T> joined(Ops tf) {
        return Channels.joined(tf, List.of(first, second));
    }

    /** A rate that samples or channels may share, in the shape of what it changes. */
    static <T extends TFloating> Operand<T> spread(Ops tf, Operand<T> rate, Operand<T> like) {
        return rate.shape().equals(like.shape()) ? rate : tf.broadcastTo(rate, tf.shape(like));
    }

    /** [[a, b], [c, d]] between the halves, of scalars. */
    static <T extends TFloating> PairBlock<T> block(Ops tf, Operand<T> a, Operand<T> b, Operand<T> c, Operand<T> d) {
        return PairBlock.of(tf.reshape(tf.stack(List.of(a, b, c, d)), tf.constant(new int[] {2, 2})));
    }

    static void requireChannels(int channels) {
        if (channels < 1) {
            throw new IllegalArgumentException("The model has " + channels + " channels: give at least one");
        }
    }
}
