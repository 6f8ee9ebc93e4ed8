package dev.odeon.graph;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;
import org.tensorflow.types.family.TNumber;

/**
 * Gradients of operations that read, write or sum rows by number, and of those that put numbers on diagonals, which
 * TensorFlow's graph interface lacks.
 *
 * <p>The gradients of segment sums consist of {@code Gather}, those of slices of {@code StridedSliceGrad}.
 */
final class IndexGradients {

    private IndexGradients() {}

    /** Registers them once per process. */
    static void register() {
        CustomGradients.register("Gather", IndexGradients::gather);
        CustomGradients.register("StridedSliceGrad", IndexGradients::slice);
        CustomGradients.register("TensorScatterUpdate", (tf, node, upstream) -> {
            Operand<TFloating> g = floating(upstream.get(0));
            Operand<TNumber> places = numbers(node.input(1));
            return Arrays.asList(
                    tf.tensorScatterNdUpdate(g, places, tf.zerosLike(floating(node.input(2)))),
                    null,
                    tf.gatherNd(g, places));
        });
        CustomGradients.register("TensorScatterAdd", (tf, node, upstream) -> {
            Operand<TFloating> g = floating(upstream.get(0));
            return Arrays.asList(g, null, tf.gatherNd(g, numbers(node.input(1))));
        });
        CustomGradients.register("SegmentMean", (tf, node, upstream) -> {
            Operand<TFloating> x = floating(node.input(0));
            Operand<TFloating> ones = tf.onesLike(x);
            return rows(tf.math.div(atRows(tf, upstream.get(0), node), atRows(tf, segmentSum(tf, ones, node), node)));
        });
        for (String extreme : List.of("SegmentMax", "SegmentMin")) {
            CustomGradients.register(extreme, (tf, node, upstream) -> rows(extreme(tf, node, upstream.get(0))));
        }
        mainDiagonals();
        for (String version : List.of("V2", "V3")) {
            diagonals(version);
        }
    }

    /** Rows that are read several times sum what flows back. */
    private static List<@Nullable Operand<?>> gather(Ops tf, GraphOperation node, List<Output<?>> upstream) {
        Operand<TInt32> shape = tf.shape(node.input(0));
        Operand<TInt32> count = tf.gather(shape, tf.constant(0), tf.constant(0));
        return rows(tf.math.unsortedSegmentSum(floating(upstream.get(0)), numbers(node.input(1)), count));
    }

    /** Of shape, begin, end, strides and a gradient, the last is the one that was spread. */
    private static List<@Nullable Operand<?>> slice(Ops tf, GraphOperation node, List<Output<?>> upstream) {
        Operand<?> read = GraphOperations.like(
                tf,
                node,
                "StridedSlice",
                List.of("begin_mask", "end_mask", "ellipsis_mask", "new_axis_mask", "shrink_axis_mask"),
                upstream.get(0),
                node.input(1),
                node.input(2),
                node.input(3));
        return Arrays.asList(null, null, null, null, read);
    }

    /** Where several rows have the largest entry each takes its part. */
    private static Operand<TFloating> extreme(Ops tf, GraphOperation node, Operand<?> upstream) {
        Operand<TFloating> x = floating(node.input(0));
        Operand<TFloating> chosen = tf.dtypes.cast(tf.math.equal(x, atRows(tf, node.output(0), node)), x.type());
        Operand<TFloating> count = atRows(tf, segmentSum(tf, chosen, node), node);
        return tf.math.mul(tf.math.div(chosen, count), atRows(tf, upstream, node));
    }

    private static Operand<TFloating> segmentSum(Ops tf, Operand<TFloating> x, GraphOperation node) {
        Operand<TInt32> shape = tf.shape(node.output(0));
        Operand<TInt32> count = tf.gather(shape, tf.constant(0), tf.constant(0));
        return tf.math.unsortedSegmentSum(x, numbers(node.input(1)), count);
    }

    private static Operand<TFloating> atRows(Ops tf, Operand<?> segments, GraphOperation node) {
        return tf.gather(floating(segments), numbers(node.input(1)), tf.constant(0));
    }

    private static List<@Nullable Operand<?>> rows(Operand<?> gradient) {
        return Arrays.asList(gradient, null);
    }

    /** Of the first versions, which know only main diagonals; of square matrices. */
    private static void mainDiagonals() {
        CustomGradients.register(
                "MatrixDiag",
                (tf, node, upstream) -> Arrays.asList(GraphOperations.of(tf, "MatrixDiagPart", upstream.get(0))));
        CustomGradients.register(
                "MatrixDiagPart",
                (tf, node, upstream) -> Arrays.asList(GraphOperations.of(tf, "MatrixDiag", upstream.get(0))));
    }

    private static void diagonals(String version) {
        List<String> align = version.equals("V3") ? List.of("align") : List.of();
        String diag = "MatrixDiag" + version;
        String part = "MatrixDiagPart" + version;
        String set = "MatrixSetDiag" + version;
        CustomGradients.register(diag, (tf, node, upstream) -> {
            Operand<?> zero = zero(tf, upstream.get(0));
            return Arrays.asList(
                    GraphOperations.like(tf, node, part, align, upstream.get(0), node.input(1), zero),
                    null,
                    null,
                    null,
                    null);
        });
        CustomGradients.register(part, (tf, node, upstream) -> {
            Operand<?> zeros = tf.zerosLike(node.input(0));
            return Arrays.asList(
                    GraphOperations.like(tf, node, set, align, zeros, upstream.get(0), node.input(1)), null, null);
        });
        CustomGradients.register(set, (tf, node, upstream) -> {
            Operand<?> g = upstream.get(0);
            return Arrays.asList(
                    GraphOperations.like(tf, node, set, align, g, tf.zerosLike(node.input(1)), node.input(2)),
                    GraphOperations.like(tf, node, part, align, g, node.input(2), zero(tf, g)),
                    null);
        });
    }

    private static Operand<TFloating> zero(Ops tf, Operand<?> like) {
        return Floats.scalar(tf, floating(like).type(), 0);
    }

    @SuppressWarnings("unchecked") // places and numbers of segments are integers
    private static Operand<TNumber> numbers(Operand<?> operand) {
        return (Operand<TNumber>) operand;
    }

    private static Operand<TFloating> floating(Operand<?> operand) {
        return GraphOperations.floating(operand);
    }
}
