package dev.odeon.graph.export;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A drawing in Graphviz's language: functions are clusters, loops, branches and calls are boxes. */
final class DotText {

    private DotText() {}

    static String of(Drawing drawing) {
        StringBuilder text = new StringBuilder(
                        "digraph model {\n  compound=true; rankdir=TB; fontname=\"sans-serif\";\n")
                .append(
                        "  node [fontname=\"sans-serif\", fontsize=10, shape=ellipse, style=filled, fillcolor=white];\n");
        Map<String, Integer> numbers = new HashMap<>();
        List<Drawing.Frame> frames = drawing.frames();
        for (int i = 0; i < frames.size(); i++) {
            numbers.put(frames.get(i).name(), i);
        }
        for (int i = 0; i < frames.size(); i++) {
            Drawing.Frame frame = frames.get(i);
            String indent = "  ";
            if (i > 0) {
                text.append("  subgraph cluster_")
                        .append(i)
                        .append(" {\n    label=")
                        .append(quoted(frame.name()));
                text.append(";\n");
                indent = "    ";
            }
            Map<String, String> ids = new HashMap<>();
            for (Drawing.Node node : frame.nodes()) {
                String id = "n" + i + "_" + ids.size();
                ids.put(node.name(), id);
                text.append(indent).append(id).append(" [label=").append(quoted(String.join("\n", node.lines())));
                text.append(look(node.look())).append("];\n");
            }
            for (Drawing.Edge edge : frame.edges()) {
                text.append(indent).append(ids.get(edge.from())).append(" -> ").append(ids.get(edge.to()));
                text.append(";\n");
            }
            text.append(i > 0 ? "  }\n" : "");
        }
        // Behind all clusters: a node belongs to the first cluster that names it.
        for (int i = 0; i < frames.size(); i++) {
            int number = 0;
            for (Drawing.Node node : frames.get(i).nodes()) {
                for (String function : node.functions()) {
                    Integer target = numbers.get(function);
                    if (target != null && !frames.get(target).nodes().isEmpty()) {
                        text.append("  n").append(i).append('_').append(number);
                        text.append(" -> n")
                                .append(target)
                                .append("_0 [style=dashed, lhead=cluster_")
                                .append(target);
                        text.append("];\n");
                    }
                }
                number++;
            }
        }
        return text.append("}\n").toString();
    }

    private static String look(Drawing.Look look) {
        return switch (look) {
            case INPUT -> ", shape=invhouse, fillcolor=\"#cfe2f3\"";
            case OUTPUT -> ", shape=house, fillcolor=\"#fce5cd\"";
            case PARAMETER -> ", shape=cylinder, fillcolor=\"#eeeeee\"";
            case BOX -> ", shape=box, penwidth=2";
            case OPERATION -> "";
        };
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }
}
