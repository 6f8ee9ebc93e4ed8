package dev.odeon.graph.linearisation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tensorflow.Graph;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.NodeDef;

/**
 * What is known of a graph after it was closed: its nodes in the order in which they were added, inputs before what reads
 * them, and the shapes of their outputs.
 */
final class Scratch {

    private static final String CONTROL = "^";
    /** They read nothing of tensors but their shapes, which the gradients of operations that broadcast ask for. */
    private static final Set<String> OF_SHAPE = Set.of("Shape", "ShapeN", "Rank", "Size", "ZerosLike", "OnesLike");

    /** Derivatives that ask where the input of an operation lies, which its output tells as well: one tensor less to record. */
    private static final Map<String, String> BY_OUTPUT = Map.of("ReluGrad", "Relu", "Relu6Grad", "Relu6");

    private final Map<String, NodeDef> nodes = new LinkedHashMap<>();
    private final Map<TensorName, Shape> shapes = new HashMap<>();

    Scratch(Graph graph) {
        List<NodeDef> added = graph.toGraphDef().getNodeList();
        added.forEach(node -> nodes.put(node.getName(), readingOutput(node, added)));
        graph.operations().forEachRemaining(operation -> {
            for (int i = 0; i < operation.numOutputs(); i++) {
                shapes.put(
                        new TensorName(operation.name(), i), operation.output(i).shape());
            }
        });
    }

    private static NodeDef readingOutput(NodeDef node, List<NodeDef> all) {
        String type = BY_OUTPUT.get(node.getOp());
        if (type == null) {
            return node;
        }
        for (NodeDef each : all) {
            if (each.getOp().equals(type) && each.getInput(0).equals(node.getInput(1))) {
                return node.toBuilder().setInput(1, each.getName()).build();
            }
        }
        return node;
    }

    /** The names of the nodes of a graph. */
    static Set<String> names(Graph graph) {
        Set<String> names = new HashSet<>();
        graph.operations().forEachRemaining(operation -> names.add(operation.name()));
        return names;
    }

    /** The nodes, in order. */
    Iterable<NodeDef> nodes() {
        return nodes.values();
    }

    NodeDef node(String name) {
        NodeDef node = nodes.get(name);
        if (node == null) {
            throw new IllegalStateException("No node is called " + name);
        }
        return node;
    }

    Shape shape(TensorName tensor) {
        Shape shape = shapes.get(tensor);
        return shape == null ? Shape.unknown() : shape;
    }

    boolean knowsShape(TensorName tensor) {
        Shape shape = shape(tensor);
        return !shape.isUnknown() && !shape.hasUnknownDimension();
    }

    /** The tensors that a node reads; what else it waits for, as some gradients do for theirs, changes no number. */
    static List<TensorName> inputs(NodeDef node) {
        List<TensorName> inputs = new ArrayList<>();
        for (String input : node.getInputList()) {
            if (!input.startsWith(CONTROL)) {
                inputs.add(TensorName.read(input));
            }
        }
        return inputs;
    }

    /** Whether a node reads only the shapes of tensors, and these are known. */
    boolean isConstant(NodeDef node) {
        return OF_SHAPE.contains(node.getOp()) && inputs(node).stream().allMatch(this::knowsShape);
    }
}
