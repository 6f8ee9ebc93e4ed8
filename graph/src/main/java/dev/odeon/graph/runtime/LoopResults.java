package dev.odeon.graph.runtime;

import java.util.HashMap;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.op.core.StatelessWhile;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/**
 * Copies of graphs in which every result of a loop is an operation of its own, which can be fed.
 *
 * <p>A session feeds nothing to the node of a loop itself: by then it has lowered the loop to smaller parts.
 */
final class LoopResults {

    private static final String SUFFIX = "/result_";

    private LoopResults() {}

    /** Whether an operation of a copy stands for a result of a loop, its first input. */
    static boolean isResult(GraphOperation operation) {
        return operation.type().equals("Identity")
                && operation.input(0).op().type().equals(StatelessWhile.OP_NAME)
                && operation
                        .name()
                        .equals(name(
                                operation.input(0).op().name(),
                                operation.input(0).index()));
    }

    private static String name(String loop, int output) {
        return loop + SUFFIX + output;
    }

    /** The copy; the caller closes it. */
    static Graph namedIn(Graph graph) {
        GraphDef definition = graph.toGraphDef();
        Map<String, NodeDef> loops = new HashMap<>();
        for (NodeDef node : definition.getNodeList()) {
            if (node.getOp().equals(StatelessWhile.OP_NAME)) {
                loops.put(node.getName(), node);
            }
        }
        GraphDef.Builder copy = definition.toBuilder().clearNode();
        for (NodeDef node : definition.getNodeList()) {
            NodeDef.Builder changed = node.toBuilder();
            for (int i = 0; i < node.getInputCount(); i++) {
                String[] source = node.getInput(i).split(":", 2);
                if (loops.containsKey(source[0])) {
                    changed.setInput(i, name(source[0], source.length == 1 ? 0 : Integer.parseInt(source[1])));
                }
            }
            copy.addNode(changed);
        }
        loops.values().forEach(loop -> addResults(copy, loop));
        Graph cut = new Graph();
        try {
            cut.importGraphDef(copy.build());
            return cut;
        } catch (RuntimeException | Error e) {
            cut.close();
            throw e;
        }
    }

    private static void addResults(GraphDef.Builder copy, NodeDef loop) {
        AttrValue.ListValue types = loop.getAttrOrThrow("T").getList();
        for (int i = 0; i < types.getTypeCount(); i++) {
            copy.addNode(NodeDef.newBuilder()
                    .setName(name(loop.getName(), i))
                    .setOp("Identity")
                    .addInput(loop.getName() + ":" + i)
                    .putAttr(
                            "T",
                            AttrValue.newBuilder().setType(types.getType(i)).build()));
        }
    }
}
