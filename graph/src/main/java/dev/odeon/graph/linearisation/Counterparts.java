package dev.odeon.graph.linearisation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.proto.NodeDef;

/** The tensors of an evaluation that are those of another evaluation of the same function, in a graph that was closed. */
final class Counterparts {

    private record Pair(TensorName known, Output<?> met) {}

    private Counterparts() {}

    /**
     * Finds them by going back from the output in both graphs at the same time.
     *
     * @param end the output of the function there
     * @param output the output of the function here
     * @param inputs of the function there, with those here
     * @param wanted tensors there
     */
    static List<Operand<?>> of(
            Scratch scratch,
            TensorName end,
            Operand<?> output,
            Map<TensorName, Operand<?>> inputs,
            List<TensorName> wanted) {
        Map<String, GraphOperation> found = new HashMap<>();
        Deque<Pair> open = new ArrayDeque<>();
        open.add(new Pair(end, output.asOutput()));
        while (!open.isEmpty()) {
            Pair pair = open.pop();
            Operand<?> input = inputs.get(pair.known());
            if (input != null) {
                requireSame(input.asOutput().equals(pair.met()), pair);
                continue;
            }
            GraphOperation operation = (GraphOperation) pair.met().op();
            GraphOperation before = found.putIfAbsent(pair.known().node(), operation);
            requireSame(
                    pair.known().index() == pair.met().index() && (before == null || before.equals(operation)), pair);
            if (before != null) {
                continue;
            }
            NodeDef node = scratch.node(pair.known().node());
            List<TensorName> knownInputs = Scratch.inputs(node);
            requireSame(node.getOp().equals(operation.type()) && knownInputs.size() == operation.numInputs(), pair);
            for (int i = 0; i < knownInputs.size(); i++) {
                open.push(new Pair(knownInputs.get(i), operation.input(i)));
            }
        }
        List<Operand<?>> here = new ArrayList<>();
        for (TensorName name : wanted) {
            GraphOperation operation = found.get(name.node());
            if (operation == null) {
                throw new IllegalStateException("No path leads from the output to " + name);
            }
            here.add(operation.output(name.index()));
        }
        return here;
    }

    private static void requireSame(boolean same, Pair pair) {
        if (!same) {
            throw new UncutException("it adds other operations each time it is evaluated: "
                    + pair.met().op().type() + " where there was a node "
                    + pair.known().node());
        }
    }
}
