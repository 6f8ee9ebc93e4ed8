package dev.odeon.experiments.readiness;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
 * @param missing operations without a kernel, as "Operation types"
 * @param onHost operations whose kernel has floating-point numbers in the memory of the host
 */
record GraphReport(Set<String> missing, Set<String> onHost) {

    /** Lowered, inlined, or taken apart by the compiler: their kernels do not run. */
    private static final Set<String> STRUCTURE =
            Set.of("PartitionedCall", "StatelessWhile", "StatelessIf", "StatelessCase");

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
        private final Set<String> seen = new HashSet<>();

        Reader(KernelRegistry registry, GraphDef graph) {
            this.registry = registry;
            graph.getLibrary()
                    .getFunctionList()
                    .forEach(function -> functions.put(function.getSignature().getName(), function));
        }

        GraphReport read(Collection<NodeDef> roots) {
            look(roots, KernelRegistry.GPU);
            return new GraphReport(missing, onHost);
        }

        private void look(Collection<NodeDef> nodes, String device) {
            for (NodeDef node : nodes) {
                boolean compiled = device.equals(KernelRegistry.COMPILED)
                        || (node.getAttrMap().containsKey(COMPILED)
                                && node.getAttrOrThrow(COMPILED).getB());
                if (!STRUCTURE.contains(node.getOp())) {
                    lookAt(node, device);
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
    }
}
