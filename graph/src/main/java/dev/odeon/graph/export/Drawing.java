package dev.odeon.graph.export;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;

/**
 * What a picture of a graph shows, before it is laid out.
 *
 * @param frames the graph itself and each of its functions
 */
record Drawing(List<Frame> frames) {

    /** What a node looks like. */
    enum Look {
        INPUT,
        OUTPUT,
        PARAMETER,
        OPERATION,
        /** A loop, a branch or a call. */
        BOX
    }

    /**
     * A node.
     *
     * @param name unique in its frame
     * @param lines of its label
     * @param functions that it runs
     */
    record Node(String name, List<String> lines, Look look, List<String> functions) {}

    /** From one node to another of the same frame. */
    record Edge(String from, String to) {}

    /**
     * The graph, or one function.
     *
     * @param name of the function; empty for the graph
     */
    record Frame(String name, List<Node> nodes, List<Edge> edges) {}

    private static final Set<String> INPUTS = Set.of("Placeholder", "PlaceholderWithDefault");
    private static final String PARAMETERS = ModelGraph.PARAMETERS + "/";

    static Drawing of(GraphDef graph) {
        Set<String> functions = graph.getLibrary().getFunctionList().stream()
                .map(function -> function.getSignature().getName())
                .collect(Collectors.toSet());
        List<Frame> frames = new ArrayList<>();
        frames.add(frame("", List.of(), graph.getNodeList(), Map.of(), functions));
        for (FunctionDef function : graph.getLibrary().getFunctionList()) {
            frames.add(frame(
                    function.getSignature().getName(),
                    function.getSignature().getInputArgList(),
                    function.getNodeDefList(),
                    function.getRetMap(),
                    functions));
        }
        return new Drawing(frames);
    }

    private static Frame frame(
            String name,
            List<OpDef.ArgDef> arguments,
            List<NodeDef> nodes,
            Map<String, String> returned,
            Set<String> functions) {
        List<Node> shown = new ArrayList<>();
        arguments.forEach(argument ->
                shown.add(new Node(argument.getName(), List.of(argument.getName()), Look.INPUT, List.of())));
        nodes.stream().map(node -> node(node, functions)).forEach(node -> {
            if (node != null) {
                shown.add(node);
            }
        });
        Set<String> names = shown.stream().map(Node::name).collect(Collectors.toCollection(HashSet::new));
        List<Edge> edges = new ArrayList<>();
        for (NodeDef node : nodes) {
            node.getInputList().stream().map(GraphParts::source).distinct().forEach(source -> {
                if (names.contains(source) && names.contains(node.getName())) {
                    edges.add(new Edge(source, node.getName()));
                }
            });
        }
        returned.forEach((output, source) -> {
            String own = "return " + output;
            shown.add(new Node(own, List.of(output), Look.OUTPUT, List.of()));
            if (names.contains(GraphParts.source(source))) {
                edges.add(new Edge(GraphParts.source(source), own));
            }
        });
        return new Frame(name, shown, edges);
    }

    /** Null where a node is not shown. */
    private static @Nullable Node node(NodeDef node, Set<String> functions) {
        String name = node.getName();
        String last = name.substring(name.lastIndexOf('/') + 1);
        List<String> run =
                GraphParts.functions(node).stream().filter(functions::contains).toList();
        if (!run.isEmpty()) {
            List<String> lines = new ArrayList<>(List.of(node.getOp()));
            lines.addAll(run);
            return new Node(name, lines, Look.BOX, run);
        }
        if (name.startsWith(PARAMETERS)) {
            return new Node(name, List.of(name.substring(PARAMETERS.length())), Look.PARAMETER, List.of());
        }
        if (INPUTS.contains(node.getOp())) {
            return new Node(name, List.of(without(ModelGraph.GIVEN, last)), Look.INPUT, List.of());
        }
        if (node.getOp().equals("Const")) {
            return null;
        }
        return last.startsWith(ModelGraph.RETURNED)
                ? new Node(name, List.of(without(ModelGraph.RETURNED, last)), Look.OUTPUT, List.of())
                : new Node(name, List.of(node.getOp()), Look.OPERATION, List.of());
    }

    private static String without(String prefix, String name) {
        return name.startsWith(prefix) ? name.substring(prefix.length()) : name;
    }
}
