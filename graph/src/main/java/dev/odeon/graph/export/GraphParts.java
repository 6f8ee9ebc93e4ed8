package dev.odeon.graph.export;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.tensorflow.proto.NameAttrList;
import org.tensorflow.proto.NodeDef;

/** What can be read of the nodes of a graph's message. */
final class GraphParts {

    private GraphParts() {}

    /** The names of the functions that a node refers to, in a fixed order. */
    static List<String> functions(NodeDef node) {
        List<String> names = new ArrayList<>();
        new TreeMap<>(node.getAttrMap()).values().forEach(value -> {
            if (value.hasFunc()) {
                names.add(value.getFunc().getName());
            } else if (value.hasList()) {
                value.getList().getFuncList().stream()
                        .map(NameAttrList::getName)
                        .forEach(names::add);
            }
        });
        // A call may also be an operation that has the function's name.
        names.add(node.getOp());
        return names;
    }

    /** The node that an input comes from: {@code node:1}, {@code node:output:0} in a function, or {@code ^node}. */
    static String source(String input) {
        String plain = input.startsWith("^") ? input.substring(1) : input;
        int colon = plain.indexOf(':');
        return colon < 0 ? plain : plain.substring(0, colon);
    }
}
