package dev.odeon.models.training;

import dev.odeon.graph.Compilation;
import dev.odeon.graph.TensorSpec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.buffer.ByteDataBuffer;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.GraphOptions;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.RewriterConfig;
import org.tensorflow.proto.RunOptions;
import org.tensorflow.types.family.TType;

/**
 * The graph of a training as data.
 *
 * @param graph as it was built
 * @param iterated the nodes that an iteration and an evaluation run
 * @param executed what the executor runs, optimised, with loops and branches taken apart; empty for what XLA compiles
 */
public record TrainingDefinition(GraphDef graph, List<NodeDef> iterated, List<GraphDef> executed) {

    /** What joins operations for the CPU alone is left out. */
    private static final ConfigProto AS_ON_A_GPU = ConfigProto.newBuilder()
            .setGraphOptions(GraphOptions.newBuilder()
                    .setRewriteOptions(RewriterConfig.newBuilder()
                            .setRemapping(RewriterConfig.Toggle.OFF)
                            .setLayoutOptimizer(RewriterConfig.Toggle.OFF)))
            .build();

    private static final RunOptions TELLING =
            RunOptions.newBuilder().setOutputPartitionGraphs(true).build();

    /**
     * Builds it; for the executor some of it is run once, with inputs of zeros.
     *
     * @param run an iteration, an evaluation, or both
     */
    public static TrainingDefinition of(
            Objective<?> objective, Map<String, ? extends TType> data, TrainingSettings settings, Set<Phase> run) {
        try (Graph graph = new Graph()) {
            Operations<?> operations = new Operations<>(
                    Ops.create(graph),
                    objective,
                    data,
                    BatchColumns.none(Phase.TRAINING),
                    BatchColumns.none(Phase.EVALUATION),
                    settings);
            List<String> roots = new ArrayList<>();
            operations
                    .iterations()
                    .carriedOut()
                    .forEach(operation -> roots.add(operation.op().name()));
            operations
                    .evaluation()
                    .operands()
                    .forEach(operand -> roots.add(operand.op().name()));
            GraphDef definition = graph.toGraphDef();
            return new TrainingDefinition(
                    definition,
                    behind(definition, roots),
                    settings.compilation() == Compilation.XLA
                            ? List.of()
                            : executed(graph, operations, objective.inputs(), data, run));
        }
    }

    private static List<GraphDef> executed(
            Graph graph,
            Operations<?> operations,
            List<TensorSpec> inputs,
            Map<String, ? extends TType> data,
            Set<Phase> run) {
        Map<String, Tensor> fed = new HashMap<>();
        try (Session session = new Session(graph, AS_ON_A_GPU)) {
            operations.initialize(session, data);
            inputs.forEach(input -> fed.put(input.name(), zeros(input)));
            List<GraphDef> graphs = new ArrayList<>();
            if (run.contains(Phase.TRAINING)) {
                graphs.addAll(operations
                        .iterations()
                        .running(session, new Fed(fed, 0, Fed.Use.CHANGE, 0, 0), TrainingDefinition::run));
            }
            if (run.contains(Phase.EVALUATION)) {
                Session.Runner runner = session.runner();
                operations
                        .evaluated()
                        .forEach((name, input) -> runner.feed(input, Objects.requireNonNull(fed.get(name), name)));
                operations.evaluation().operands().forEach(runner::fetch);
                graphs.addAll(run(runner));
            }
            return graphs;
        } finally {
            fed.values().forEach(Tensor::close);
        }
    }

    private static List<GraphDef> run(Session.Runner runner) {
        try (Result result = runner.setOptions(TELLING).runAndFetchMetadata()) {
            return result.getMetadata().orElseThrow().getPartitionGraphsList();
        }
    }

    private static Tensor zeros(TensorSpec spec) {
        Tensor tensor = Tensor.of(spec.type(), spec.shape());
        ByteDataBuffer bytes = tensor.asRawTensor().data();
        for (long i = 0; i < bytes.size(); i++) {
            bytes.setByte((byte) 0, i);
        }
        return tensor;
    }

    private static List<NodeDef> behind(GraphDef graph, List<String> roots) {
        Map<String, NodeDef> nodes = new HashMap<>();
        graph.getNodeList().forEach(node -> nodes.put(node.getName(), node));
        Map<String, NodeDef> reached = new LinkedHashMap<>();
        Deque<String> waiting = new ArrayDeque<>(roots);
        while (!waiting.isEmpty()) {
            String name = waiting.remove();
            NodeDef node = Objects.requireNonNull(nodes.get(name), name);
            if (reached.put(name, node) == null) {
                for (String input : node.getInputList()) {
                    String source = input.startsWith("^") ? input.substring(1) : input.split(":", 2)[0];
                    if (!reached.containsKey(source)) {
                        waiting.add(source);
                    }
                }
            }
        }
        return List.copyOf(reached.values());
    }
}
