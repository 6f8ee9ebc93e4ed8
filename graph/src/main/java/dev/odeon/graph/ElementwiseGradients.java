package dev.odeon.graph;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.OperationBuilder;
import org.tensorflow.op.Ops;
import org.tensorflow.op.math.Cumprod;
import org.tensorflow.op.math.Cumsum;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;
import org.tensorflow.types.family.TNumber;

/** Gradients of functions of numbers, and of products along an axis, that TensorFlow's graph interface lacks. */
final class ElementwiseGradients {

    /** Piecewise constant in all their inputs, or drawn: nothing flows back. */
    private static final List<String> CONSTANT = List.of(
            "Ceil",
            "Round",
            "Rint",
            "FloorDiv",
            "TruncateDiv",
            "StatelessRandomUniform",
            "StatelessRandomUniformV2",
            "StatelessRandomNormal",
            "StatelessRandomNormalV2",
            "StatelessTruncatedNormal",
            "StatelessTruncatedNormalV2");

    private ElementwiseGradients() {}

    /** The gradient by one input, of the inputs x and y and the gradient of the result. */
    private interface Part {
        Operand<TFloating> of(Ops tf, Operand<TFloating> x, Operand<TFloating> y, Operand<TFloating> g);
    }

    /** Registers them once per process; where TensorFlow has its own, that one stays. */
    static void register() {
        CONSTANT.forEach(type -> CustomGradients.register(
                type, (tf, node, upstream) -> Arrays.asList(new Operand<?>[node.numInputs()])));
        CustomGradients.register("Erfc", (tf, node, upstream) -> {
            Operand<TFloating> x = floating(node.input(0));
            Operand<TFloating> bell = tf.math.exp(tf.math.neg(tf.math.square(x)));
            return List.of(tf.math.mul(
                    floating(upstream.get(0)),
                    tf.math.mul(Floats.scalar(tf, x.type(), -2 / Math.sqrt(Math.PI)), bell)));
        });
        CustomGradients.register("Digamma", (tf, node, upstream) -> {
            Operand<TFloating> x = floating(node.input(0));
            return List.of(tf.math.mul(floating(upstream.get(0)), tf.math.polygamma(tf.onesLike(x), x)));
        });
        CustomGradients.register("Polygamma", (tf, node, upstream) -> {
            Operand<TFloating> order = floating(node.input(0));
            Operand<TFloating> x = floating(node.input(1));
            Operand<TFloating> next = tf.math.polygamma(tf.math.add(order, Floats.scalar(tf, x.type(), 1)), x);
            return Arrays.asList(null, summedTo(tf, x, order, tf.math.mul(floating(upstream.get(0)), next)));
        });
        // x log y and the like are zero where x is, whatever y.
        pair(
                "Xlogy",
                (tf, x, y, g) -> tf.math.mul(g, tf.math.log(safe(tf, x, y))),
                (tf, x, y, g) -> tf.math.mul(g, tf.math.xdivy(x, y)));
        pair(
                "Xlog1py",
                (tf, x, y, g) -> tf.math.mul(g, tf.math.log1p(safe(tf, x, y))),
                (tf, x, y, g) -> tf.math.mul(g, tf.math.xdivy(x, tf.math.add(y, Floats.scalar(tf, y.type(), 1)))));
        pair(
                "Xdivy",
                (tf, x, y, g) -> tf.math.mul(g, tf.math.reciprocal(safe(tf, x, y))),
                (tf, x, y, g) -> tf.math.neg(tf.math.mul(g, tf.math.xdivy(x, tf.math.square(y)))));
        pair("MulNoNan", (tf, x, y, g) -> tf.math.mulNoNan(g, y), (tf, x, y, g) -> tf.math.mulNoNan(x, g));
        pair("FloorMod", (tf, x, y, g) -> g, (tf, x, y, g) -> tf.math.neg(tf.math.mul(g, tf.math.floorDiv(x, y))));
        pair("Mod", (tf, x, y, g) -> g, (tf, x, y, g) -> tf.math.neg(tf.math.mul(g, tf.math.truncateDiv(x, y))));
        CustomGradients.register("Cumprod", ElementwiseGradients::cumulativeProduct);
        CustomGradients.register("SparseSoftmaxCrossEntropyWithLogits", ElementwiseGradients::crossEntropy);
    }

    private static void pair(String type, Part byX, Part byY) {
        CustomGradients.register(type, (tf, node, upstream) -> {
            Operand<TFloating> x = floating(node.input(0));
            Operand<TFloating> y = floating(node.input(1));
            Operand<TFloating> g = floating(upstream.get(0));
            return List.of(summedTo(tf, y, x, byX.of(tf, x, y, g)), summedTo(tf, x, y, byY.of(tf, x, y, g)));
        });
    }

    /** y, and one where x is zero. */
    private static Operand<TFloating> safe(Ops tf, Operand<TFloating> x, Operand<TFloating> y) {
        Operand<TFloating> zero = Floats.scalar(tf, x.type(), 0);
        return tf.select(tf.math.equal(x, zero), Floats.scalar(tf, x.type(), 1), y);
    }

    /** Summed over the axes along which {@code x} was repeated to meet {@code other}. */
    private static Operand<TFloating> summedTo(
            Ops tf, Operand<TFloating> other, Operand<TFloating> x, Operand<TFloating> gradient) {
        OperationBuilder builder = tf.scope()
                .env()
                .opBuilder("BroadcastGradientArgs", tf.scope().makeOpName("repeated"), tf.scope())
                .addInput(tf.shape(x).asOutput())
                .addInput(tf.shape(other).asOutput());
        Operand<TInt32> axes = integers(builder.build().output(0));
        return tf.reshape(tf.reduceSum(gradient, axes), tf.shape(x));
    }

    /** Of y_i = x_1 ... x_i: dx_j = sum over i >= j of dy_i y_i / x_j, zeros in x excepted. */
    private static List<@Nullable Operand<?>> cumulativeProduct(
            Ops tf, GraphOperation node, List<? extends Operand<?>> upstream) {
        boolean exclusive = node.attributes().getAttrBool("exclusive");
        boolean reverse = node.attributes().getAttrBool("reverse");
        Operand<TFloating> x = floating(node.input(0));
        Operand<TNumber> axis = numbers(node.input(1));
        Operand<TFloating> products = tf.math.cumprod(x, axis, Cumprod.exclusive(exclusive), Cumprod.reverse(reverse));
        Operand<TFloating> sums = tf.math.cumsum(
                tf.math.mul(products, floating(upstream.get(0))),
                axis,
                Cumsum.exclusive(exclusive),
                Cumsum.reverse(!reverse));
        return Arrays.asList(tf.math.divNoNan(sums, x), null);
    }

    /** Of loss and its own gradient p - 1 at the label, both results of the operation; p = softmax of the logits. */
    private static List<@Nullable Operand<?>> crossEntropy(
            Ops tf, GraphOperation node, List<? extends Operand<?>> upstream) {
        Operand<TInt32> last = tf.constant(-1);
        Operand<TFloating> ofLoss =
                tf.math.mul(tf.expandDims(floating(upstream.get(0)), last), floating(node.output(1)));
        Operand<TFloating> p = tf.nn.softmax(floating(node.input(0)));
        Operand<TFloating> twice = floating(upstream.get(1));
        Operand<TFloating> along = tf.expandDims(tf.reduceSum(tf.math.mul(twice, p), last), last);
        return Arrays.asList(tf.math.add(ofLoss, tf.math.mul(tf.math.sub(twice, along), p)), null);
    }

    private static Operand<TFloating> floating(Operand<?> operand) {
        return GraphOperations.floating(operand);
    }

    @SuppressWarnings("unchecked") // axes are integers
    private static Operand<TNumber> numbers(Operand<?> operand) {
        return (Operand<TNumber>) operand;
    }

    @SuppressWarnings("unchecked") // of shapes of this type
    private static Operand<TInt32> integers(Operand<?> operand) {
        return (Operand<TInt32>) operand;
    }
}
