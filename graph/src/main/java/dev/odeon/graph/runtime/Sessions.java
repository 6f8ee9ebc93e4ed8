package dev.odeon.graph.runtime;

import org.tensorflow.Graph;
import org.tensorflow.Session;

/** Opens TensorFlow sessions with Odeon's settings. */
public final class Sessions {

    private Sessions() {}

    /** A session on a graph, which uses GPUs as {@link Gpus} says; the caller closes it. */
    public static Session open(Graph graph) {
        CudaRedistribution.load();
        return new Session(graph, Gpus.settings());
    }
}
