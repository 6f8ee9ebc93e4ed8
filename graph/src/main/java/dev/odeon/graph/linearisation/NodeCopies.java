package dev.odeon.graph.linearisation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.Operation;
import org.tensorflow.OperationBuilder;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NodeDef;

/** Nodes of a graph that was closed, added to another. */
final class NodeCopies {

    private static final int ONE = -1;

    private final Ops tf;
    private final Scratch scratch;
    private final Map<TensorName, Operand<?>> tensors;

    /**
     * Adds the copies.
     *
     * @param given for tensors that no copied node makes
     */
    NodeCopies(Ops tf, Scratch scratch, List<NodeDef> nodes, Map<TensorName, Operand<?>> given) {
        this.tf = tf;
        this.scratch = scratch;
        this.tensors = new HashMap<>(given);
        nodes.forEach(this::add);
    }

    /** What stands for a tensor. */
    Operand<?> tensor(TensorName name) {
        Operand<?> tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalStateException("Nothing stands for " + name);
        }
        return tensor;
    }

    private void add(NodeDef node) {
        if (scratch.isConstant(node)) {
            int output = 0;
            for (TensorName input : Scratch.inputs(node)) {
                tensors.put(new TensorName(node.getName(), output++), constant(node, scratch.shape(input)));
            }
            return;
        }
        OperationBuilder builder =
                tf.scope().env().opBuilder(node.getOp(), tf.scope().makeOpName(node.getOp()), tf.scope());
        List<TensorName> inputs = Scratch.inputs(node);
        int next = 0;
        for (int count : OperationSignatures.arguments(node)) {
            if (count == ONE) {
                builder.addInput(tensor(inputs.get(next++)).asOutput());
            } else {
                Output<?>[] list = inputs.subList(next, next + count).stream()
                        .map(name -> tensor(name).asOutput())
                        .toArray(Output<?>[]::new);
                builder.addInputList(list);
                next += count;
            }
        }
        node.getAttrMap().forEach((name, value) -> {
            // Attributes with an underscore are the graph's notes about the node.
            if (!name.startsWith("_")) {
                builder.setAttr(name, value);
            }
        });
        Operation copy = builder.build();
        for (int i = 0; i < copy.numOutputs(); i++) {
            tensors.put(new TensorName(node.getName(), i), copy.output(i));
        }
    }

    /** What a node gives that reads nothing but a known shape. */
    private Operand<?> constant(NodeDef node, Shape shape) {
        return switch (node.getOp()) {
            case "Shape", "ShapeN" -> isLong(node) ? tf.constant(shape.asArray()) : tf.constant(ints(shape));
            case "Size" -> isLong(node) ? tf.constant(shape.size()) : tf.constant((int) shape.size());
            case "Rank" -> tf.constant(shape.numDimensions());
            case "ZerosLike" -> filled(node, shape, 0);
            case "OnesLike" -> filled(node, shape, 1);
            default -> throw new IllegalStateException("No constant stands for " + node.getOp());
        };
    }

    private static boolean isLong(NodeDef node) {
        return node.getAttrOrThrow("out_type").getType() == DataType.DT_INT64;
    }

    private static int[] ints(Shape shape) {
        int[] sizes = new int[shape.numDimensions()];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = (int) shape.get(i);
        }
        return sizes;
    }

    private Operand<?> filled(NodeDef node, Shape shape, int number) {
        OperationBuilder cast = tf.scope()
                .env()
                .opBuilder("Cast", tf.scope().makeOpName("Cast"), tf.scope())
                .addInput(tf.constant(number).asOutput())
                .setAttr("SrcT", DataType.DT_INT32)
                .setAttr("DstT", node.getAttrOrThrow("T").getType());
        return tf.fill(tf.constant(ints(shape)), cast.build().output(0));
    }
}
