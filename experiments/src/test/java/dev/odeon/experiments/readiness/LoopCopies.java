package dev.odeon.experiments.readiness;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;

/**
 * The tensors that a GPU would copy to its host in each round of a graph's loops.
 *
 * <p>Of a graph as the executor runs it: optimised, loops and branches taken apart. Kernels say which of their tensors are in the
 * memory of the host; an operation without a kernel runs there. A tensor is copied once, however many read it. What a branch
 * copies counts although it may not be taken.
 */
final class LoopCopies {

    private static final String OF_ONEDNN = "_Mkl";
    private static final String ENTER = "Enter";
    private static final String EXIT = "Exit";
    private static final String FRAME = "frame_name";
    private static final String OUTSIDE = "";

    private final KernelRegistry registry;
    private final Map<String, NodeDef> nodes = new HashMap<>();
    private final Map<String, String> frames = new HashMap<>();
    /** The loop around each loop. */
    private final Map<String, String> around = new HashMap<>();

    private LoopCopies(KernelRegistry registry, GraphDef graph) {
        this.registry = registry;
        for (NodeDef node : graph.getNodeList()) {
            // On the CPU some operations become their namesakes of oneDNN.
            NodeDef plain = node.getOp().startsWith(OF_ONEDNN)
                    ? node.toBuilder()
                            .setOp(node.getOp().substring(OF_ONEDNN.length()))
                            .build()
                    : node;
            nodes.put(node.getName(), plain);
        }
        follow();
    }

    /** The copies of each loop, by its name, each as "operation name -> what reads it". */
    static Map<String, Set<String>> of(KernelRegistry registry, GraphDef graph) {
        return new LoopCopies(registry, graph).copies();
    }

    private static String source(String input) {
        String name = input.startsWith("^") ? input.substring(1) : input;
        int colon = name.indexOf(':');
        return colon < 0 ? name : name.substring(0, colon);
    }

    private static int output(String input) {
        int colon = input.indexOf(':');
        return colon < 0 ? 0 : Integer.parseInt(input.substring(colon + 1));
    }

    /** Gives each node the loop in which it is. */
    private void follow() {
        Map<String, List<String>> readers = new HashMap<>();
        Deque<String> waiting = new ArrayDeque<>();
        for (NodeDef node : nodes.values()) {
            node.getInputList()
                    .forEach(input -> readers.computeIfAbsent(source(input), name -> new ArrayList<>())
                            .add(node.getName()));
            if (node.getInputCount() == 0) {
                frames.put(node.getName(), OUTSIDE);
                waiting.add(node.getName());
            }
        }
        while (!waiting.isEmpty()) {
            String name = waiting.remove();
            String outside = Objects.requireNonNull(frames.get(name), name);
            NodeDef node = Objects.requireNonNull(nodes.get(name), name);
            String frame = node.getOp().equals(EXIT) ? Objects.requireNonNull(around.get(outside), outside) : outside;
            for (String reader : readers.getOrDefault(name, List.of())) {
                NodeDef reading = Objects.requireNonNull(nodes.get(reader), reader);
                String inside = frame;
                if (reading.getOp().equals(ENTER)) {
                    inside = reading.getAttrOrThrow(FRAME).getS().toStringUtf8();
                    around.putIfAbsent(inside, frame);
                }
                if (frames.putIfAbsent(reader, inside) == null) {
                    waiting.add(reader);
                }
            }
        }
    }

    private Map<String, Set<String>> copies() {
        Map<String, Map<String, Set<String>>> readers = new TreeMap<>();
        for (NodeDef node : nodes.values()) {
            int at = 0;
            for (String argument : arguments(node, OpDef::getInputArgList)) {
                String input = node.getInput(at++);
                NodeDef source = nodes.get(source(input));
                if (source == null || !onHost(node, argument) || onHost(source, result(source, output(input)))) {
                    continue;
                }
                String frame = Objects.requireNonNull(frames.get(source.getName()), source.getName());
                if (source.getOp().equals(EXIT)) {
                    frame = Objects.requireNonNull(around.get(frame), frame);
                }
                readers.computeIfAbsent(frame, name -> new TreeMap<>())
                        .computeIfAbsent(input, name -> new TreeSet<>())
                        .add(node.getOp());
            }
        }
        Map<String, Set<String>> copies = new TreeMap<>();
        around.keySet().forEach(frame -> copies.put(frame, new TreeSet<>()));
        readers.forEach((frame, tensors) -> tensors.forEach((input, reading) -> {
            NodeDef source = Objects.requireNonNull(nodes.get(source(input)), input);
            if (!frame.equals(OUTSIDE)) {
                Objects.requireNonNull(copies.get(frame), frame)
                        .add(source.getOp() + " " + input + " -> " + String.join(" ", reading));
            }
        }));
        return copies;
    }

    /** The name of the argument behind each tensor that a node reads or gives. */
    private List<String> arguments(NodeDef node, Function<OpDef, List<OpDef.ArgDef>> side) {
        OpDef operation = registry.operation(node).orElseThrow();
        List<OpDef.ArgDef> definitions = side.apply(operation);
        List<String> names = new ArrayList<>();
        List<? extends List<?>> types = KernelRegistry.types(definitions, node);
        for (int i = 0; i < types.size(); i++) {
            for (int j = 0; j < types.get(i).size(); j++) {
                names.add(definitions.get(i).getName());
            }
        }
        return names;
    }

    private String result(NodeDef node, int output) {
        return arguments(node, OpDef::getOutputArgList).get(output);
    }

    private boolean onHost(NodeDef node, String argument) {
        return registry.kernel(node, KernelRegistry.GPU)
                .map(kernel -> kernel.getHostMemoryArgList().contains(argument))
                .orElse(true);
    }
}
