package dev.odeon.graph.export;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.FunctionDefLibrary;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/**
 * A graph as any process can run it with TensorFlow's executor.
 *
 * <p>Functions that nothing calls are left out: mostly ways back of solves that are not differentiated. Calls are no longer
 * bound to XLA, which not every build of a server has, and loops and branches are lowered, which is what makes them fast
 * under the executor and what XLA forbids. The names by which this process finds gradients go.
 */
final class ExecutorForm {

    private static final String LOWERED = "_lower_using_switch_merge";
    private static final String COMPILED = "_XlaMustCompile";
    private static final String OWN = "_odeon";

    private static final Set<String> LOOPS =
            Set.of("StatelessWhile", "While", "StatelessIf", "If", "StatelessCase", "Case");

    private ExecutorForm() {}

    static GraphDef of(GraphDef graph) {
        Map<String, FunctionDef> functions = new LinkedHashMap<>();
        graph.getLibrary()
                .getFunctionList()
                .forEach(function -> functions.put(function.getSignature().getName(), function));
        Set<String> called = called(graph.getNodeList(), functions);
        FunctionDefLibrary.Builder library = FunctionDefLibrary.newBuilder();
        functions.forEach((name, function) -> {
            if (called.contains(name)) {
                FunctionDef.Builder kept = function.toBuilder();
                kept.clearNodeDef();
                function.getNodeDefList().forEach(node -> kept.addNodeDef(of(node)));
                library.addFunction(kept);
            }
        });
        GraphDef.Builder form = graph.toBuilder();
        form.clearNode();
        graph.getNodeList().forEach(node -> form.addNode(of(node)));
        return form.setLibrary(library).build();
    }

    private static NodeDef of(NodeDef node) {
        NodeDef.Builder form = node.toBuilder();
        node.getAttrMap().keySet().stream()
                .filter(name -> name.equals(COMPILED) || name.startsWith(OWN))
                .forEach(form::removeAttr);
        if (LOOPS.contains(node.getOp())) {
            form.putAttr(LOWERED, AttrValue.newBuilder().setB(true).build());
        }
        return form.build();
    }

    /** The functions that the nodes call, and those that these call. */
    private static Set<String> called(List<NodeDef> nodes, Map<String, FunctionDef> functions) {
        Set<String> met = new HashSet<>();
        Deque<List<NodeDef>> open = new ArrayDeque<>();
        open.add(nodes);
        while (!open.isEmpty()) {
            for (NodeDef node : open.remove()) {
                for (String name : GraphParts.functions(node)) {
                    FunctionDef function = functions.get(name);
                    if (function != null && met.add(name)) {
                        open.add(function.getNodeDefList());
                    }
                }
            }
        }
        return met;
    }
}
