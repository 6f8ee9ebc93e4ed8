package dev.odeon.solvers.linear;

import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import dev.odeon.graph.ZeroFilled;
import java.util.Arrays;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Stack;
import org.tensorflow.types.family.TFloating;

/**
 * Block cyclic reduction of a banded system.
 *
 * <p>Cut into blocks as wide as the band, the matrix is block tridiagonal, L_i x_(i-1) + D_i x_i + U_i x_(i+1) = r_i. Each
 * round eliminates the blocks of odd number, which halves the system and leaves it block tridiagonal; what remains when it
 * is small is inverted. All blocks of a round are one batched product. Source: Gander, Golub, Cyclic Reduction - History and
 * Applications, 1997.
 */
final class BlockReduction {

    /** A remaining system of at most this size is one product with its inverse. */
    private static final int SMALL = 64;

    private static final String ODD_INVERSE = "odd inverse";
    private static final String FROM_LEFT = "from left";
    private static final String FROM_RIGHT = "from right";
    private static final String TO_LEFT = "to left";
    private static final String TO_RIGHT = "to right";
    private static final String LAST = "last";

    private final int d;
    private final int width;
    private final int blocks;
    private final int rounds;

    BlockReduction(int d, int width) {
        this.d = d;
        this.width = width;
        int remaining = (d + width - 1) / width;
        int halvings = 0;
        while (remaining > 1 && remaining * width > SMALL) {
            remaining = (remaining + 1) / 2;
            halvings++;
        }
        this.rounds = halvings;
        this.blocks = remaining << halvings;
    }

    /** Adds the factor of a matrix given by its bands [lower + 1 + upper, d]. */
    <T extends TFloating> Values factor(Ops tf, Operand<T> bands, int lower, int upper) {
        Operand<T> filled = filled(tf, bands, lower, upper);
        Operand<T> left = block(tf, filled, lower, upper, -width);
        Operand<T> middle = block(tf, filled, lower, upper, 0);
        Operand<T> right = block(tf, filled, lower, upper, width);
        Values factor = Values.empty();
        int count = blocks;
        for (int round = 0; round < rounds; round++, count /= 2) {
            Operand<T> inverse = Matrices.inverses(tf, half(tf, middle, count, 1));
            Operand<T> toLeft = Matrices.products(tf, inverse, half(tf, left, count, 1));
            Operand<T> toRight = Matrices.products(tf, inverse, half(tf, right, count, 1));
            Operand<T> evenLeft = half(tf, left, count, 0);
            Operand<T> evenRight = half(tf, right, count, 0);
            Operand<T> fromLeft = Matrices.products(tf, evenLeft, before(tf, inverse, count / 2));
            Operand<T> fromRight = Matrices.products(tf, evenRight, inverse);
            Values own = Values.of(ODD_INVERSE, inverse)
                    .with(TO_LEFT, toLeft)
                    .with(TO_RIGHT, toRight)
                    .with(FROM_LEFT, fromLeft)
                    .with(FROM_RIGHT, fromRight);
            factor = factor.and(own.prefixed(round + "/"));
            middle = tf.math.sub(
                    half(tf, middle, count, 0),
                    tf.math.add(
                            Matrices.products(tf, evenLeft, before(tf, toRight, count / 2)),
                            Matrices.products(tf, evenRight, toLeft)));
            left = tf.math.neg(Matrices.products(tf, evenLeft, before(tf, toLeft, count / 2)));
            right = tf.math.neg(Matrices.products(tf, evenRight, toRight));
        }
        return factor.with(LAST, Matrices.inverse(tf, assembled(tf, left, middle, right, count)));
    }

    /** Adds the solution for every row of [batch, d]. */
    <T extends TFloating> Operand<T> solve(Ops tf, Values factor, Operand<T> rhs) {
        int padded = blocks * width;
        Operand<T> filled = padded == d ? rhs : ZeroFilled.padded(tf, rhs, new int[][] {{0, 0}, {0, padded - d}});
        // Blocks first, so that a round is one batched product: [blocks, batch, width].
        Operand<T> rows = tf.linalg.transpose(
                tf.reshape(filled, tf.constant(new int[] {-1, blocks, width})), tf.constant(new int[] {1, 0, 2}));
        Operand<T> x = reduced(tf, factor, rows, 0, blocks);
        Operand<T> flat = tf.reshape(
                tf.linalg.transpose(x, tf.constant(new int[] {1, 0, 2})), tf.constant(new int[] {-1, padded}));
        return padded == d ? flat : Shifts.columns(tf, flat, 0, d);
    }

    private <T extends TFloating> Operand<T> reduced(Ops tf, Values factor, Operand<T> rhs, int round, int count) {
        Class<T> type = rhs.type();
        if (round == rounds) {
            return last(tf, factor.get(LAST, type), rhs, count);
        }
        Values own = factor.under(round + "/");
        int half = count / 2;
        Operand<T> even = half(tf, rhs, count, 0);
        Operand<T> odd = half(tf, rhs, count, 1);
        Operand<T> remaining = tf.math.sub(
                even,
                tf.math.add(
                        times(tf, own.get(FROM_LEFT, type), before(tf, odd, half)),
                        times(tf, own.get(FROM_RIGHT, type), odd)));
        Operand<T> evenX = reduced(tf, factor, remaining, round + 1, half);
        Operand<T> oddX = tf.math.sub(
                times(tf, own.get(ODD_INVERSE, type), odd),
                tf.math.add(
                        times(tf, own.get(TO_LEFT, type), evenX),
                        times(tf, own.get(TO_RIGHT, type), after(tf, evenX, half))));
        Operand<T> pairs = tf.stack(List.of(evenX, oddX), Stack.axis(1L));
        return tf.reshape(pairs, tf.constant(new int[] {count, -1, width}));
    }

    private <T extends TFloating> Operand<T> last(Ops tf, Operand<T> inverse, Operand<T> rhs, int count) {
        Operand<T> rows = tf.reshape(
                tf.linalg.transpose(rhs, tf.constant(new int[] {1, 0, 2})), tf.constant(new int[] {-1, count * width}));
        Operand<T> x = tf.reshape(Matrices.times(tf, inverse, rows), tf.constant(new int[] {-1, count, width}));
        return tf.linalg.transpose(x, tf.constant(new int[] {1, 0, 2}));
    }

    /** The bands up to whole blocks, continued by the identity, and one more band of zeros. */
    private <T extends TFloating> Operand<T> filled(Ops tf, Operand<T> bands, int lower, int upper) {
        int more = blocks * width - d;
        double[] identity = new double[(lower + upper + 2) * more];
        Arrays.fill(identity, lower * more, (lower + 1) * more, 1);
        Operand<T> masked = tf.math.mul(bands, inside(tf, bands.type(), lower, upper));
        Operand<T> known = ZeroFilled.padded(tf, masked, new int[][] {{0, 1}, {0, 0}});
        return more == 0
                ? known
                : tf.concat(
                        List.of(known, Floats.constant(tf, bands.type(), Shape.of(lower + upper + 2, more), identity)),
                        tf.constant(1));
    }

    /** One for entries of the bands inside the matrix, zero for others. */
    private <T extends TFloating> Operand<T> inside(Ops tf, Class<T> type, int lower, int upper) {
        int count = lower + upper + 1;
        double[] mask = new double[count * d];
        for (int k = 0; k < count; k++) {
            for (int i = 0; i < d; i++) {
                int column = i + k - lower;
                mask[k * d + i] = column >= 0 && column < d ? 1 : 0;
            }
        }
        return Floats.constant(tf, type, Shape.of(count, d), mask);
    }

    /** The blocks [blocks, width, width] at a distance from the diagonal. */
    private <T extends TFloating> Operand<T> block(Ops tf, Operand<T> bands, int lower, int upper, int distance) {
        int count = lower + upper + 2;
        int[][] source = new int[width][width];
        for (int row = 0; row < width; row++) {
            for (int column = 0; column < width; column++) {
                int offset = column - row + distance;
                int band = offset < -lower || offset > upper ? count - 1 : offset + lower;
                source[row][column] = row * count + band;
            }
        }
        Operand<T> byRow = tf.reshape(Matrices.transposed(tf, bands), tf.constant(new int[] {blocks, width * count}));
        return tf.gather(byRow, tf.constant(source), tf.constant(1));
    }

    /** The full matrix of a block tridiagonal one. */
    private <T extends TFloating> Operand<T> assembled(
            Ops tf, Operand<T> left, Operand<T> middle, Operand<T> right, int count) {
        int size = count * width;
        Operand<T> sum = placed(tf, middle, count, 0);
        if (count > 1) {
            sum = tf.math.add(sum, tf.math.add(placed(tf, left, count, -1), placed(tf, right, count, 1)));
        }
        return tf.reshape(sum, tf.constant(new int[] {size, size}));
    }

    /** Blocks at their place in [count, width, count, width]. */
    private <T extends TFloating> Operand<T> placed(Ops tf, Operand<T> blocksOf, int count, int distance) {
        double[] place = new double[count * count];
        for (int i = 0; i < count; i++) {
            int j = i + distance;
            if (j >= 0 && j < count) {
                place[i * count + j] = 1;
            }
        }
        Operand<T> places = Floats.constant(tf, blocksOf.type(), Shape.of(count, 1, count, 1), place);
        return tf.math.mul(places, tf.expandDims(blocksOf, tf.constant(2)));
    }

    /** The blocks of even (0) or odd (1) number among [count, ..., width]. */
    private <T extends TFloating> Operand<T> half(Ops tf, Operand<T> all, int count, int parity) {
        Operand<T> pairs = tf.reshape(all, tf.constant(new int[] {count / 2, 2, -1, width}));
        return tf.gather(pairs, tf.constant(parity), tf.constant(1));
    }

    /** Block i - 1 at i, zero at the first. */
    private static <T extends TFloating> Operand<T> before(Ops tf, Operand<T> all, int count) {
        return moved(tf, all, 0, count, 1, 0);
    }

    /** Block i + 1 at i, zero at the last. */
    private static <T extends TFloating> Operand<T> after(Ops tf, Operand<T> all, int count) {
        return moved(tf, all, 1, count, 0, 1);
    }

    private static <T extends TFloating> Operand<T> moved(
            Ops tf, Operand<T> all, int from, int count, int ahead, int behind) {
        Operand<T> kept =
                tf.slice(all, tf.constant(new int[] {from, 0, 0}), tf.constant(new int[] {count - 1, -1, -1}));
        return ZeroFilled.padded(tf, kept, new int[][] {{ahead, behind}, {0, 0}, {0, 0}});
    }

    /** Each block times the rows of its number: [n, b, b] and [n, batch, b]. */
    private static <T extends TFloating> Operand<T> times(Ops tf, Operand<T> blocks, Operand<T> rows) {
        return tf.linalg.einsum(List.of(blocks, rows), "nij,nbj->nbi");
    }
}
