package dev.odeon.graph.runtime;

import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GPUOptions;

/** Opens TensorFlow sessions with Odeon's settings. */
public final class Sessions {

    private Sessions() {}

    /**
     * A session on a graph; the caller closes it.
     *
     * <p>GPU memory grows as needed, so that several programs can share a card; operations without a GPU kernel run on
     * the CPU.
     */
    public static Session open(Graph graph) {
        CudaRedistribution.load();
        ConfigProto settings = ConfigProto.newBuilder()
                .setAllowSoftPlacement(true)
                .setGpuOptions(GPUOptions.newBuilder().setAllowGrowth(true))
                .build();
        return new Session(graph, settings);
    }
}
