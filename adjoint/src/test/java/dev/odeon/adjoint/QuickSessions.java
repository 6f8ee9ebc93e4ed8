package dev.odeon.adjoint;

import dev.odeon.graph.TestGraph;
import org.tensorflow.Session;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GPUOptions;
import org.tensorflow.proto.GraphOptions;
import org.tensorflow.proto.RewriterConfig;

/** Sessions that run a graph as it is: optimising nested loops takes TensorFlow far longer than a few runs of them. */
final class QuickSessions {

    private QuickSessions() {}

    /** A session on the finished graph; the caller closes it. */
    static Session open(TestGraph graph) {
        return new Session(
                graph.graph(),
                ConfigProto.newBuilder()
                        .setAllowSoftPlacement(true)
                        .setGpuOptions(GPUOptions.newBuilder().setAllowGrowth(true))
                        .setGraphOptions(GraphOptions.newBuilder()
                                .setRewriteOptions(RewriterConfig.newBuilder().setDisableMetaOptimizer(true)))
                        .build());
    }
}
