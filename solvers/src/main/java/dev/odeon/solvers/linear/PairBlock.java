package dev.odeon.solvers.linear;

import dev.odeon.graph.Channels;
import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.index.Indices;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.family.TFloating;

/**
 * J = B kron I with B = [[a, b], [c, d]]: two halves of a state (h, m) that act on each other component by component.
 *
 * <p>J (h, m) = (a h + b m, c h + d m), the halves joined on the last axis, which has any even size; a damped momentum has B =
 * [[0, 1], [0, -gamma]]. Works on states of any shape. A solve is exact, with (I - alpha B)^-1 in closed form: four numbers
 * for the whole batch, or for each sample.
 */
public final class PairBlock<T extends TFloating> implements LinearOperator<T> {

    private static final String BLOCK = "block";
    private static final String[][] INVERSE = {{"inverse 00", "inverse 01"}, {"inverse 10", "inverse 11"}};

    private final double[][] constants;
    private final @Nullable Operand<T> tensor;

    private PairBlock(double[][] constants, @Nullable Operand<T> tensor) {
        this.constants = constants;
        this.tensor = tensor;
    }

    /**
     * With constant entries, in 1 / time.
     *
     * @throws IllegalArgumentException if B is not [2, 2], or not finite
     */
    public static <T extends TFloating> PairBlock<T> of(double[][] block) {
        double[][] copy = Checks.square("The block of a pair", block);
        if (copy.length != 2) {
            throw new IllegalArgumentException(
                    "The block of a pair has " + copy.length + " rows: pass two, for h and for m");
        }
        return new PairBlock<>(copy, null);
    }

    /** With a tensor [2, 2] as B, differentiable. */
    public static <T extends TFloating> PairBlock<T> of(Operand<T> block) {
        Checks.shape("The block of a pair", block, 2, 2);
        return new PairBlock<>(new double[0][], block);
    }

    @Override
    public Values data(Ops tf, Class<T> type) {
        return tensor != null
                ? Values.of(BLOCK, tensor)
                : Values.empty()
                        .withConstant(
                                BLOCK,
                                Floats.constant(
                                        tf,
                                        type,
                                        Shape.of(2, 2),
                                        constants[0][0],
                                        constants[0][1],
                                        constants[1][0],
                                        constants[1][1]));
    }

    /** Four numbers [[a, b], [c, d]]: B, or the inverse of I - alpha B. */
    private record Block<T extends TFloating>(Operand<T> a, Operand<T> b, Operand<T> c, Operand<T> d) {

        static <T extends TFloating> Block<T> of(Ops tf, Class<T> type, Values data) {
            Operand<T> block = data.get(BLOCK, type);
            return new Block<>(
                    entry(tf, block, 0, 0), entry(tf, block, 0, 1), entry(tf, block, 1, 0), entry(tf, block, 1, 1));
        }

        private static <T extends TFloating> Operand<T> entry(Ops tf, Operand<T> block, int row, int column) {
            return tf.stridedSlice(block, Indices.at(row), Indices.at(column));
        }

        static <T extends TFloating> Block<T> inverse(Class<T> type, Values factor) {
            return new Block<>(
                    factor.get(INVERSE[0][0], type),
                    factor.get(INVERSE[0][1], type),
                    factor.get(INVERSE[1][0], type),
                    factor.get(INVERSE[1][1], type));
        }

        Block<T> transposed() {
            return new Block<>(a, c, b, d);
        }

        /** (a h + b m, c h + d m). */
        Operand<T> times(Ops tf, Operand<T> u) {
            int channels = Channels.count(u);
            if (channels % 2 != 0) {
                throw new IllegalArgumentException("A state of " + channels
                        + " components is no pair: give it an even number, the halves joined on the last axis");
            }
            Operand<T> h = Channels.part(tf, u, 0, channels / 2);
            Operand<T> m = Channels.part(tf, u, channels / 2, channels / 2);
            return Channels.joined(
                    tf,
                    List.of(
                            tf.math.add(tf.math.mul(h, a), tf.math.mul(m, b)),
                            tf.math.add(tf.math.mul(h, c), tf.math.mul(m, d))));
        }
    }

    @Override
    public Operand<T> apply(Ops tf, Values data, Operand<T> u) {
        return Block.of(tf, u.type(), data).times(tf, u);
    }

    @Override
    public Operand<T> applyTransposed(Ops tf, Values data, Operand<T> u) {
        return Block.of(tf, u.type(), data).transposed().times(tf, u);
    }

    @Override
    public Values factor(Ops tf, Class<T> type, Values data, Operand<T> alpha) {
        Operand<T> one = Floats.scalar(tf, type, 1);
        Block<T> block = Block.of(tf, type, data);
        Operand<T> a = tf.math.mul(alpha, block.a());
        Operand<T> b = tf.math.mul(alpha, block.b());
        Operand<T> c = tf.math.mul(alpha, block.c());
        Operand<T> d = tf.math.mul(alpha, block.d());
        Operand<T> first = tf.math.sub(one, a);
        Operand<T> second = tf.math.sub(one, d);
        Operand<T> crossed = tf.math.mul(b, c);
        Operand<T> determinant = tf.math.sub(tf.math.mul(first, second), crossed);
        Operand<TBool> singular = Singularity.cancelled(tf, determinant, terms(tf, a, d, crossed));
        Operand<T> reciprocal = Singularity.poisoned(tf, tf.math.reciprocal(determinant), singular);
        Values factor = Values.of(INVERSE[0][0], tf.math.mul(second, reciprocal))
                .with(INVERSE[0][1], tf.math.mul(b, reciprocal))
                .with(INVERSE[1][0], tf.math.mul(c, reciprocal))
                .with(INVERSE[1][1], tf.math.mul(first, reciprocal));
        return Singularity.flagged(tf, factor, singular);
    }

    /** How large what is added to one in the determinant is at most: |a| + |d| + |a d| + |b c|. */
    private static <T extends TFloating> Operand<T> terms(Ops tf, Operand<T> a, Operand<T> d, Operand<T> crossed) {
        return tf.math.addN(
                List.of(tf.math.abs(a), tf.math.abs(d), tf.math.abs(tf.math.mul(a, d)), tf.math.abs(crossed)));
    }

    @Override
    public Operand<T> solve(Ops tf, Values factor, Operand<T> rhs) {
        return Block.inverse(rhs.type(), factor).times(tf, rhs);
    }

    @Override
    public Operand<T> solveTransposed(Ops tf, Values factor, Operand<T> rhs) {
        return Block.inverse(rhs.type(), factor).transposed().times(tf, rhs);
    }

    @Override
    public boolean variesFreely() {
        return true;
    }

    @Override
    public Optional<LinearOperator<T>> solvedBySample() {
        return Optional.of(this);
    }
}
