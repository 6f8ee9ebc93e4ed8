package dev.odeon.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.DataType;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/**
 * Gradients of Fourier transforms, which TensorFlow's graph interface lacks.
 *
 * <p>The gradient with respect to a complex number z is dL/dRe z + i dL/dIm z. That of a transform is n times the inverse
 * one; real transforms keep one half of a symmetric spectrum, whose entries count twice but for the first and, where n is
 * even, the last.
 */
final class TransformGradients {

    private TransformGradients() {}

    /** Registers them once per process. */
    static void register() {
        complex("FFT", "IFFT", 1);
        complex("IFFT", "FFT", 1);
        complex("FFT2D", "IFFT2D", 2);
        complex("IFFT2D", "FFT2D", 2);
        CustomGradients.register("RFFT", (tf, node, upstream) -> {
            // The sum over the half spectrum of dy_k e^(2 pi i j k / n), of which the inverse transform takes twice the
            // real part.
            Operand<?> halved = binary(tf, "Div", upstream.get(0), counts(tf, node));
            Operand<?> back = real(tf, "IRFFT", halved, node);
            Operand<?> scaled = binary(tf, "Mul", back, tf.dtypes.cast(size(tf, node), back.type()));
            return withoutLength(scaled);
        });
        CustomGradients.register("IRFFT", (tf, node, upstream) -> {
            Operand<?> there = real(tf, "RFFT", upstream.get(0), node);
            Operand<?> counted = binary(tf, "Mul", there, counts(tf, node));
            return withoutLength(binary(tf, "Div", counted, number(tf, node, size(tf, node))));
        });
    }

    private static void complex(String type, String inverse, int axes) {
        CustomGradients.register(type, (tf, node, upstream) -> {
            Output<?> back = tf.scope()
                    .env()
                    .opBuilder(inverse, tf.scope().makeOpName(inverse), tf.scope())
                    .addInput(upstream.get(0))
                    .build()
                    .output(0);
            Operand<TInt32> shape = tf.shape(upstream.get(0));
            Operand<TInt32> sizes = tf.gather(
                    shape,
                    tf.math.sub(tf.size(shape), tf.constant(axes == 1 ? new int[] {1} : new int[] {1, 2})),
                    tf.constant(0));
            Operand<?> size =
                    cast(tf, tf.prod(sizes, tf.constant(0)), node.attributes().getAttrType("Tcomplex"));
            return List.of(binary(tf, inverse.startsWith("I") ? "Mul" : "Div", back, size));
        });
    }

    /** How often the entries of the half spectrum occur in the whole: [n / 2 + 1]. */
    private static Operand<?> counts(Ops tf, GraphOperation node) {
        Operand<TInt32> n = size(tf, node);
        Operand<TInt32> two = tf.constant(2);
        Operand<TInt32> k =
                tf.range(tf.constant(0), tf.math.add(tf.math.floorDiv(n, two), tf.constant(1)), tf.constant(1));
        Operand<TBool> once =
                tf.math.logicalOr(tf.math.equal(k, tf.constant(0)), tf.math.equal(tf.math.mul(k, two), n));
        return number(tf, node, tf.select(once, tf.constant(1), two));
    }

    @SuppressWarnings("unchecked") // the length of a transform is a list of one int32
    private static Operand<TInt32> size(Ops tf, GraphOperation node) {
        return tf.gather((Operand<TInt32>) (Operand<?>) node.input(1), tf.constant(0), tf.constant(0));
    }

    private static Operand<?> number(Ops tf, GraphOperation node, Operand<TInt32> value) {
        return cast(tf, value, node.attributes().getAttrType("Tcomplex"));
    }

    /** There is no class for complex tensors, so that they are cast by name. */
    private static Operand<?> cast(Ops tf, Operand<TInt32> value, DataType complex) {
        return tf.scope()
                .env()
                .opBuilder("Cast", tf.scope().makeOpName("Cast"), tf.scope())
                .addInput(value.asOutput())
                .setAttr("DstT", complex)
                .build()
                .output(0);
    }

    private static Operand<?> real(Ops tf, String type, Operand<?> x, GraphOperation like) {
        return tf.scope()
                .env()
                .opBuilder(type, tf.scope().makeOpName(type), tf.scope())
                .addInput(x.asOutput())
                .addInput(like.input(1))
                .setAttr("Treal", like.attributes().getAttrType("Treal"))
                .setAttr("Tcomplex", like.attributes().getAttrType("Tcomplex"))
                .build()
                .output(0);
    }

    private static Operand<?> binary(Ops tf, String type, Operand<? extends TType> a, Operand<? extends TType> b) {
        return tf.scope()
                .env()
                .opBuilder(type, tf.scope().makeOpName(type), tf.scope())
                .addInput(a.asOutput())
                .addInput(b.asOutput())
                .build()
                .output(0);
    }

    private static List<@Nullable Operand<?>> withoutLength(Operand<?> gradient) {
        return new ArrayList<>(Arrays.asList(gradient, null));
    }
}
