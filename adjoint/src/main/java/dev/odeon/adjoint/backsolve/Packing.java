package dev.odeon.adjoint.backsolve;

import dev.odeon.graph.TensorSpec;
import dev.odeon.graph.Values;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * State u, adjoint a and the gradients g with respect to the parameters as one state of one sample: [1, n + n + p].
 *
 * <p>One sample, because the samples share g.
 *
 * @param state the shape of u and of a, with at most one unknown dimension
 * @param numbers of g; negative if unknown
 */
record Packing(Shape state, long numbers) {

    /** The parts of a packed state, g in one row. */
    record Parts<T extends TFloating>(Operand<T> u, Operand<T> a, Operand<T> g) {}

    /**
     * From what is packed.
     *
     * @throws IllegalArgumentException if too little is known of the shapes
     */
    static Packing of(Shape state, List<TensorSpec> parameters) {
        long unknown = state.isUnknown() ? 2 : unknown(state);
        long numbers = 0;
        for (TensorSpec spec : parameters) {
            Shape shape = spec.shape();
            boolean known = !shape.isUnknown() && unknown(shape) == 0;
            if (!known && unknown > 0) {
                throw new IllegalArgumentException("The state has the shape " + state + " and '" + spec.name()
                        + "' the shape " + shape + ": for the backsolve adjoint give the initial state a known shape");
            }
            numbers = known && numbers >= 0 ? numbers + shape.size() : -1;
        }
        if (unknown > 1) {
            throw new IllegalArgumentException("The state has the shape " + state
                    + ": for the backsolve adjoint give all dimensions of the initial state but the batch");
        }
        return new Packing(state, numbers);
    }

    private static long unknown(Shape shape) {
        long count = 0;
        for (long size : shape.asArray()) {
            count += size < 0 ? 1 : 0;
        }
        return count;
    }

    /** Adds the packed state. */
    <T extends TFloating> Operand<T> packed(Ops tf, Operand<T> u, Operand<T> a, List<Operand<T>> g) {
        List<Operand<T>> flat = new ArrayList<>();
        flat.add(flat(tf, u));
        flat.add(flat(tf, a));
        g.forEach(each -> flat.add(flat(tf, each)));
        return tf.expandDims(tf.concat(flat, tf.constant(0)), tf.constant(0));
    }

    /** Adds the parts of a packed state. */
    <T extends TFloating> Parts<T> parts(Ops tf, Operand<T> x) {
        Operand<T> flat = flat(tf, x);
        Operand<TInt32> n = size(tf, flat);
        return new Parts<>(
                shaped(tf, slice(tf, flat, tf.constant(0), n)),
                shaped(tf, slice(tf, flat, n, n)),
                slice(tf, flat, tf.math.add(n, n), tf.constant(-1)));
    }

    /** Adds g under the names of the parameters. */
    static <T extends TFloating> Values named(Ops tf, Operand<T> g, Values parameters) {
        Values named = Values.empty();
        Operand<TInt32> from = tf.constant(0);
        for (String name : parameters.names()) {
            Operand<?> like = parameters.get(name);
            Operand<TInt32> size = tf.size(like);
            named = named.with(name, tf.reshape(slice(tf, g, from, size), tf.shape(like)));
            from = tf.math.add(from, size);
        }
        return named;
    }

    /** How many numbers u has. */
    private <T extends TFloating> Operand<TInt32> size(Ops tf, Operand<T> flat) {
        return unknown(state) == 0
                ? tf.constant((int) state.size())
                : tf.math.div(tf.math.sub(tf.size(flat), tf.constant((int) numbers)), tf.constant(2));
    }

    private <T extends TFloating> Operand<T> shaped(Ops tf, Operand<T> flat) {
        // An unknown dimension is -1, which is what reshaping takes for it.
        return tf.reshape(flat, tf.constant(state.asArray()));
    }

    private static <T extends TFloating> Operand<T> flat(Ops tf, Operand<T> x) {
        return tf.reshape(x, tf.constant(new int[] {-1}));
    }

    private static <T extends TFloating> Operand<T> slice(
            Ops tf, Operand<T> flat, Operand<TInt32> from, Operand<TInt32> size) {
        return tf.slice(flat, tf.expandDims(from, tf.constant(0)), tf.expandDims(size, tf.constant(0)));
    }
}
