package dev.odeon.experiments.readiness;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.KernelDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;

/**
 * What a graph would do on a GPU, functions included.
 *
 * <p>Of an executor's loop the copies in a round are counted by TensorFlow's rules: kernels say which of their tensors are in
 * the host's memory, what passes between functions is there if it is int32, and so is what a loop or a branch is decided by.
 * They are those of the graph before it is optimised, which removes some.
 *
 * @param missing operations without a kernel, as "Operation types"
 * @param onHost operations whose kernel has floating-point numbers in the memory of the host
 * @param copies to the host in one round, by the name of the loop
 */
record GraphReport(Set<String> missing, Set<String> onHost, Map<String, Integer> copies) {

    private static final String CALL = "PartitionedCall";
    private static final String WHILE = "StatelessWhile";
    private static final String IF = "StatelessIf";
    private static final String CASE = "StatelessCase";
    /** Lowered, inlined, or taken apart by the compiler: their kernels do not run. */
    private static final Set<String> STRUCTURE = Set.of(CALL, WHILE, IF, CASE);

    private static final String COMPILED = "_XlaMustCompile";
    private static final Set<DataType> FLOATING = Set.of(
            DataType.DT_HALF,
            DataType.DT_BFLOAT16,
            DataType.DT_FLOAT,
            DataType.DT_DOUBLE,
            DataType.DT_COMPLEX64,
            DataType.DT_COMPLEX128);

    /** Looks at a graph, of which some operations are left out: those that run once, such as first values. */
    static GraphReport of(KernelRegistry registry, GraphDef graph, Collection<NodeDef> roots) {
        return new Reader(registry, graph).read(roots);
    }

    private static final class Reader {
        private final KernelRegistry registry;
        private final Map<String, FunctionDef> functions = new HashMap<>();
        private final Set<String> missing = new TreeSet<>();
        private final Set<String> onHost = new TreeSet<>();
        private final Map<String, Integer> copies = new LinkedHashMap<>();
        private final Set<String> seen = new HashSet<>();

        Reader(KernelRegistry registry, GraphDef graph) {
            this.registry = registry;
            graph.getLibrary()
                    .getFunctionList()
                    .forEach(function -> functions.put(function.getSignature().getName(), function));
        }

        GraphReport read(Collection<NodeDef> roots) {
            look(roots, KernelRegistry.GPU);
            return new GraphReport(missing, onHost, copies);
        }

        private void look(Collection<NodeDef> nodes, String device) {
            for (NodeDef node : nodes) {
                boolean compiled = device.equals(KernelRegistry.COMPILED)
                        || (node.getAttrMap().containsKey(COMPILED)
                                && node.getAttrOrThrow(COMPILED).getB());
                if (!STRUCTURE.contains(node.getOp())) {
                    lookAt(node, device);
                } else if (node.getOp().equals(WHILE) && !compiled) {
                    countOnce(node);
                }
                for (String called : called(node)) {
                    String inside = compiled ? KernelRegistry.COMPILED : KernelRegistry.GPU;
                    if (functions.containsKey(called) && seen.add(inside + called)) {
                        look(functions.get(called).getNodeDefList(), inside);
                    }
                }
            }
        }

        private void lookAt(NodeDef node, String device) {
            Optional<KernelDef> kernel = registry.kernel(node, device);
            if (kernel.isEmpty()) {
                missing.add(described(node));
                return;
            }
            if (!device.equals(KernelRegistry.GPU)) {
                return;
            }
            registry.operation(node).ifPresent(operation -> {
                if (floatingOnHost(operation.getInputArgList(), node, kernel.get())
                        || floatingOnHost(operation.getOutputArgList(), node, kernel.get())) {
                    onHost.add(described(node));
                }
            });
        }

        private static boolean floatingOnHost(List<OpDef.ArgDef> arguments, NodeDef node, KernelDef kernel) {
            List<List<DataType>> types = KernelRegistry.types(arguments, node);
            for (int i = 0; i < arguments.size(); i++) {
                if (kernel.getHostMemoryArgList().contains(arguments.get(i).getName())
                        && types.get(i).stream().anyMatch(FLOATING::contains)) {
                    return true;
                }
            }
            return false;
        }

        private static String described(NodeDef node) {
            Set<String> types = new TreeSet<>();
            node.getAttrMap().values().stream()
                    .filter(value -> value.getValueCase() == AttrValue.ValueCase.TYPE)
                    .forEach(value -> types.add(value.getType().name()));
            return node.getOp() + " " + types;
        }

        private static List<String> called(NodeDef node) {
            List<String> names = new ArrayList<>();
            for (AttrValue value : node.getAttrMap().values()) {
                if (value.hasFunc()) {
                    names.add(value.getFunc().getName());
                }
                value.getList().getFuncList().forEach(function -> names.add(function.getName()));
            }
            return names;
        }

        private void countOnce(NodeDef loop) {
            String body = loop.getAttrOrThrow("body").getFunc().getName();
            String condition = loop.getAttrOrThrow("cond").getFunc().getName();
            if (!copies.containsKey(body)) {
                int ofCondition = copies(function(condition), List.of(true));
                List<Boolean> carried = loop.getAttrOrThrow("T").getList().getTypeList().stream()
                        .map(Reader::betweenFunctions)
                        .toList();
                copies.put(body, ofCondition + copies(function(body), carried));
            }
        }

        private FunctionDef function(String name) {
            return Objects.requireNonNull(functions.get(name), name);
        }

        /** Whether what passes between functions is in the host's memory. */
        private static boolean betweenFunctions(DataType type) {
            return type == DataType.DT_INT32 || type == DataType.DT_STRING || type == DataType.DT_RESOURCE;
        }

        /** How many tensors of a function's inside are copied from the device to the host, branches and calls included. */
        private int copies(FunctionDef function, List<Boolean> resultsOnHost) {
            Map<String, Boolean> onHostNow = new HashMap<>();
            function.getSignature()
                    .getInputArgList()
                    .forEach(argument -> onHostNow.put(argument.getName(), betweenFunctions(argument.getType())));
            int inside = 0;
            for (NodeDef node : function.getNodeDefList()) {
                OpDef operation = registry.operation(node).orElseThrow();
                List<List<DataType>> types = KernelRegistry.types(operation.getOutputArgList(), node);
                for (int i = 0; i < types.size(); i++) {
                    String argument = operation.getOutputArg(i).getName();
                    for (int j = 0; j < types.get(i).size(); j++) {
                        boolean host = STRUCTURE.contains(node.getOp())
                                ? betweenFunctions(types.get(i).get(j))
                                : onHost(node, argument);
                        onHostNow.put(node.getName() + ":" + argument + ":" + j, host);
                    }
                }
                if (!node.getOp().equals(WHILE)) {
                    for (String called : called(node)) {
                        FunctionDef other = function(called);
                        inside += copies(
                                other,
                                other.getSignature().getOutputArgList().stream()
                                        .map(result -> betweenFunctions(result.getType()))
                                        .toList());
                    }
                }
            }
            Set<String> copied = new LinkedHashSet<>();
            for (NodeDef node : function.getNodeDefList()) {
                Deque<String> inputs = new ArrayDeque<>(node.getInputList());
                OpDef operation = registry.operation(node).orElseThrow();
                List<List<DataType>> types = KernelRegistry.types(operation.getInputArgList(), node);
                for (int i = 0; i < types.size(); i++) {
                    String argument = operation.getInputArg(i).getName();
                    for (DataType type : types.get(i)) {
                        String input = inputs.remove();
                        boolean wanted = STRUCTURE.contains(node.getOp())
                                ? betweenFunctions(type) || decides(node, argument)
                                : onHost(node, argument);
                        if (wanted && !onHostNow.getOrDefault(input, true)) {
                            copied.add(input);
                        }
                    }
                }
            }
            for (int i = 0; i < resultsOnHost.size(); i++) {
                String result = function.getRetOrThrow(
                        function.getSignature().getOutputArg(i).getName());
                if (resultsOnHost.get(i) && !onHostNow.getOrDefault(result, true)) {
                    copied.add(result);
                }
            }
            return inside + copied.size();
        }

        private static boolean decides(NodeDef node, String argument) {
            return (node.getOp().equals(IF) && argument.equals("cond"))
                    || (node.getOp().equals(CASE) && argument.equals("branch_index"));
        }

        /** An operation without a kernel for the device runs on the host. */
        private boolean onHost(NodeDef node, String argument) {
            return registry.kernel(node, KernelRegistry.GPU)
                    .map(kernel -> kernel.getHostMemoryArgList().contains(argument))
                    .orElse(true);
        }
    }
}
