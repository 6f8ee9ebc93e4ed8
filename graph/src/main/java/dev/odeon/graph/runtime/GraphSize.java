package dev.odeon.graph.runtime;

import org.tensorflow.Graph;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;

/** How large a graph is. */
public final class GraphSize {

    private GraphSize() {}

    /** How many nodes a graph and its functions have. */
    public static int nodes(Graph graph) {
        GraphDef definition = graph.toGraphDef();
        return definition.getNodeCount()
                + definition.getLibrary().getFunctionList().stream()
                        .mapToInt(FunctionDef::getNodeDefCount)
                        .sum();
    }
}
