package dev.odeon.models.grand;

import dev.odeon.datasets.graphs.GraphData;

/** Whether each node pays attention to itself. */
public enum SelfLoops {
    /** An edge from each node to itself is added where there is none. */
    ADDED,
    /** The edges stay as they are. */
    AS_GIVEN;

    GraphData in(GraphData graph) {
        return switch (this) {
            case ADDED -> graph.withSelfLoops(1);
            case AS_GIVEN -> graph;
        };
    }
}
