/** What TensorFlow Java lacks for building functions on the computation graph. */
@SuppressWarnings("module") // The neighbours are compiled after this module.
module dev.odeon.graph {
    requires transitive tensorflow;
    requires static transitive org.jspecify;

    exports dev.odeon.graph;
    exports dev.odeon.graph.export;
    exports dev.odeon.graph.files to
            dev.odeon.models;
    exports dev.odeon.graph.layers;
    exports dev.odeon.graph.linearisation to
            dev.odeon.solvers;
    exports dev.odeon.graph.parameters;
    exports dev.odeon.graph.runtime;
    exports dev.odeon.graph.scan;
}
