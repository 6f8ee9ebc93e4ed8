package dev.odeon.graph;

import dev.odeon.graph.runtime.Sessions;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GPUOptions;
import org.tensorflow.proto.GraphOptions;
import org.tensorflow.proto.RewriterConfig;
import org.tensorflow.types.TInt32;

/** A graph for one test: build with {@link #tf}, then evaluate. */
public final class TestGraph implements AutoCloseable {

    private final Graph graph = new Graph();
    private final Ops tf = Ops.create(graph);
    private final List<Session> sessions = new ArrayList<>();

    public Ops tf() {
        return tf;
    }

    public Graph graph() {
        return graph;
    }

    /** A session on the finished graph, with an initialisation run first. */
    public Session session(Op... first) {
        Session session = Sessions.open(graph);
        sessions.add(session);
        for (Op op : first) {
            session.run(op);
        }
        return session;
    }

    /** A session that runs the graph as it is: optimising nested loops takes TensorFlow far longer than a few runs of them. */
    public Session quickSession() {
        Session session = new Session(
                graph,
                ConfigProto.newBuilder()
                        .setAllowSoftPlacement(true)
                        .setGpuOptions(GPUOptions.newBuilder().setAllowGrowth(true))
                        .setGraphOptions(GraphOptions.newBuilder()
                                .setRewriteOptions(RewriterConfig.newBuilder().setDisableMetaOptimizer(true)))
                        .build());
        sessions.add(session);
        return session;
    }

    /** The elements of a floating-point tensor, of the graph as it is. */
    public double[] evaluate(Operand<?> operand) {
        return evaluate(quickSession(), operand);
    }

    public static double[] evaluate(Session session, Operand<?> operand) {
        try (Result result = session.runner().fetch(operand).run()) {
            return Floats.read(result.get(0));
        }
    }

    public static int evaluateInt(Session session, Operand<TInt32> operand) {
        try (Result result = session.runner().fetch(operand).run()) {
            return ((TInt32) result.get(0)).getInt();
        }
    }

    /** A number, of the graph as it is. */
    public int evaluateInt(Operand<TInt32> operand) {
        return evaluateInt(quickSession(), operand);
    }

    @Override
    public void close() {
        sessions.forEach(Session::close);
        graph.close();
    }
}
