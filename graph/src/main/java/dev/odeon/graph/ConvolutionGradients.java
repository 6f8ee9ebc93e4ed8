package dev.odeon.graph;

import java.util.Arrays;
import java.util.List;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;

/**
 * Gradients of convolutions and means in windows, and of their gradients, which TensorFlow's graph interface lacks.
 *
 * <p>A convolution y(x, w) is linear in both, and so are its two gradients in the other input and in dy: each of the three
 * has gradients that are the other two. The gradient of the largest in a window has none: the kernel that would give it,
 * {@code MaxPoolGradGrad}, overwrites its own input where windows overlap at stride one, and returns zeros.
 */
final class ConvolutionGradients {

    /** What is common to a convolution and its gradients. */
    private record Family(String forward, String ofInput, String ofFilter, List<String> attributes) {}

    private static final List<Family> FAMILIES = List.of(
            new Family(
                    "Conv2D",
                    "Conv2DBackpropInput",
                    "Conv2DBackpropFilter",
                    List.of("strides", "padding", "explicit_paddings", "data_format", "dilations")),
            new Family(
                    "DepthwiseConv2dNative",
                    "DepthwiseConv2dNativeBackpropInput",
                    "DepthwiseConv2dNativeBackpropFilter",
                    List.of("strides", "padding", "explicit_paddings", "data_format", "dilations")),
            new Family(
                    "Conv3D",
                    "Conv3DBackpropInputV2",
                    "Conv3DBackpropFilterV2",
                    List.of("strides", "padding", "data_format", "dilations")));

    private static final List<String> POOLING = List.of("ksize", "strides", "padding", "data_format");

    private ConvolutionGradients() {}

    /** Registers them once per process; where TensorFlow has its own, that one stays. */
    static void register() {
        FAMILIES.forEach(ConvolutionGradients::register);
        // Of the shape of the input and dy; linear in dy.
        CustomGradients.register(
                "AvgPoolGrad",
                (tf, node, upstream) ->
                        Arrays.asList(null, GraphOperations.like(tf, node, "AvgPool", POOLING, upstream.get(0))));
    }

    private static void register(Family family) {
        CustomGradients.register(
                family.forward,
                (tf, node, upstream) -> Arrays.asList(
                        ofInput(tf, family, node, node.input(0), node.input(1), upstream.get(0)),
                        ofFilter(tf, family, node, node.input(0), node.input(1), upstream.get(0))));
        // Of the shape of x, w and dy.
        CustomGradients.register(
                family.ofInput,
                (tf, node, upstream) -> Arrays.asList(
                        null,
                        ofFilter(tf, family, node, upstream.get(0), node.input(1), node.input(2)),
                        forward(tf, family, node, upstream.get(0), node.input(1))));
        // Of x, the shape of w and dy.
        CustomGradients.register(
                family.ofFilter,
                (tf, node, upstream) -> Arrays.asList(
                        ofInput(tf, family, node, node.input(0), upstream.get(0), node.input(2)),
                        null,
                        forward(tf, family, node, node.input(0), upstream.get(0))));
    }

    private static Operand<?> forward(Ops tf, Family family, GraphOperation node, Operand<?> x, Operand<?> w) {
        return GraphOperations.like(tf, node, family.forward, family.attributes, x, w);
    }

    private static Operand<?> ofInput(
            Ops tf, Family family, GraphOperation node, Operand<?> x, Operand<?> w, Operand<?> dy) {
        return GraphOperations.like(tf, node, family.ofInput, family.attributes, tf.shape(x), w, dy);
    }

    private static Operand<?> ofFilter(
            Ops tf, Family family, GraphOperation node, Operand<?> x, Operand<?> w, Operand<?> dy) {
        return GraphOperations.like(tf, node, family.ofFilter, family.attributes, x, tf.shape(w), dy);
    }
}
