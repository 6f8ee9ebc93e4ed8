package dev.odeon.models.training;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.tensorflow.Graph;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.types.family.TType;

/**
 * The graph of a training as data.
 *
 * @param graph as it was built
 * @param iterated the nodes that an iteration and an evaluation run
 */
public record TrainingDefinition(GraphDef graph, List<NodeDef> iterated) {

    /** Builds it, without a session. */
    public static TrainingDefinition of(
            Objective<?> objective, Map<String, ? extends TType> data, TrainingSettings settings) {
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
            return new TrainingDefinition(definition, behind(definition, roots));
        }
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
