package dev.odeon.graph.linearisation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.tensorflow.TensorFlow;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.NodeDef;

/**
 * Where an evaluation and its vector-Jacobian product are cut apart.
 *
 * <p>The product is what leads from the weight to the gradients. Of the evaluation it takes along what depends on no varying
 * input, and what only shows a tensor in another shape; what is left is recorded.
 *
 * @param nodes of the product, in an order in which they can be added
 * @param recorded tensors of the evaluation that they read
 * @param read inputs of the function that they read
 */
record Cut(List<NodeDef> nodes, List<TensorName> recorded, Set<TensorName> read) {

    /** The memory of what they give is that of what they read. */
    private static final Set<String> VIEWS =
            Set.of("Identity", "Reshape", "ExpandDims", "Squeeze", "StopGradient", "Snapshot", "PreventGradient");

    /**
     * Finds the cut.
     *
     * @param evaluation names of the nodes of the evaluation, its inputs among them
     * @param inputs of the function, and the weight
     * @param varying those that differ from evaluation to evaluation
     * @param gradients with which the product ends
     */
    static Cut of(
            Scratch scratch,
            Set<String> evaluation,
            Set<TensorName> inputs,
            Set<TensorName> varying,
            List<TensorName> gradients) {
        Set<String> varies = varying(scratch, varying);
        Set<String> taken = new HashSet<>();
        Set<TensorName> recorded = new LinkedHashSet<>();
        Set<TensorName> read = new LinkedHashSet<>();
        Set<TensorName> seen = new HashSet<>();
        Deque<TensorName> open = new ArrayDeque<>(gradients);
        while (!open.isEmpty()) {
            TensorName tensor = open.pop();
            if (!seen.add(tensor)) {
                continue;
            }
            NodeDef node = scratch.node(tensor.node());
            if (inputs.contains(tensor)) {
                read.add(tensor);
            } else if (evaluation.contains(node.getName())
                    && varies.contains(node.getName())
                    && !VIEWS.contains(node.getOp())) {
                recorded.add(tensor);
            } else {
                taken.add(node.getName());
                if (!scratch.isConstant(node)) {
                    open.addAll(Scratch.inputs(node));
                }
            }
        }
        List<NodeDef> nodes = new ArrayList<>();
        for (NodeDef node : scratch.nodes()) {
            if (taken.contains(node.getName())) {
                requireCopied(node);
                nodes.add(node);
            }
        }
        return new Cut(nodes, List.copyOf(recorded), read);
    }

    /** The nodes that depend on the numbers of a varying input. */
    private static Set<String> varying(Scratch scratch, Set<TensorName> varying) {
        Set<String> varies = new HashSet<>();
        varying.forEach(tensor -> varies.add(tensor.node()));
        for (NodeDef node : scratch.nodes()) {
            boolean depends = !scratch.isConstant(node)
                    && Scratch.inputs(node).stream().anyMatch(input -> varies.contains(input.node()));
            if (depends) {
                varies.add(node.getName());
            }
        }
        return varies;
    }

    private static void requireCopied(NodeDef node) {
        boolean calls = node.getAttrMap().values().stream()
                .anyMatch(value -> value.getValueCase() == AttrValue.ValueCase.FUNC
                        || !value.getList().getFuncList().isEmpty());
        if (calls || TensorFlow.isOpStateful(node.getOp())) {
            throw new UncutException("its derivative contains a " + node.getOp()
                    + (calls ? ", which calls a function of its own graph" : ", which gives other numbers each time"));
        }
    }
}
