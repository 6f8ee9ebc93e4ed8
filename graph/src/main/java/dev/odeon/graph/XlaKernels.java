package dev.odeon.graph;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.odeon.graph.runtime.LibDevice;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.bytedeco.javacpp.BytePointer;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.internal.c_api.TF_Buffer;
import org.tensorflow.internal.c_api.TF_Status;
import org.tensorflow.internal.c_api.global.tensorflow;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.KernelList;
import org.tensorflow.proto.NameAttrList;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.types.TFloat64;

/** Which operations XLA can compile: on the CPU by the registry of kernels, for a GPU by the functions of the device they call. */
final class XlaKernels {

    private static final String DEVICE = "XLA_CPU_JIT";

    /** Elementary functions that NVIDIA's processors have no instruction for; a list of those that fields and optimisers use. */
    private static final Set<String> OF_LIBDEVICE = Set.of(
            "Acos",
            "Acosh",
            "Asin",
            "Asinh",
            "Atan",
            "Atan2",
            "Atanh",
            "Cos",
            "Cosh",
            "Digamma",
            "Elu",
            "Erf",
            "Erfc",
            "Erfinv",
            "Exp",
            "Expm1",
            "Lgamma",
            "Log",
            "Log1p",
            "LogSoftmax",
            "Pow",
            "Rsqrt",
            "Selu",
            "Sigmoid",
            "Sin",
            "Sinh",
            "Softmax",
            "SoftmaxCrossEntropyWithLogits",
            "Softplus",
            "SparseSoftmaxCrossEntropyWithLogits",
            "Sqrt",
            "Tan",
            "Tanh",
            "Xlog1py",
            "Xlogy");

    private static final Map<String, Boolean> PRESENT = new ConcurrentHashMap<>();

    /** The kernels of XLA are registered when something is compiled for the first time. */
    private static final class Registered {
        static final boolean DONE = compile();

        private static boolean compile() {
            try (Graph graph = new Graph()) {
                Ops tf = Ops.create(graph);
                Values argument = Values.of("x", tf.constant(1.0));
                GraphFunction square = GraphFunction.define(
                        tf,
                        "probe",
                        argument.specs(),
                        (inner, values) -> Values.of("y", inner.math.square(values.get("x", TFloat64.class))));
                try (Session session = new Session(graph)) {
                    session.runner()
                            .fetch(square.callCompiled(tf, argument).get("y"))
                            .run()
                            .close();
                }
                return true;
            }
        }
    }

    private XlaKernels() {}

    /** The operations of a function, and of those it calls, that XLA cannot compile on the CPU. */
    static Set<String> missing(Graph graph, GraphFunction function) {
        Set<String> missing = operations(graph, function);
        missing.removeIf(XlaKernels::present);
        return missing;
    }

    /** The operations of a function, and of those it calls, that XLA compiles for a GPU only with {@link LibDevice}. */
    static Set<String> needingLibDevice(Graph graph, GraphFunction function) {
        Set<String> needing = operations(graph, function);
        needing.retainAll(OF_LIBDEVICE);
        return needing;
    }

    private static Set<String> operations(Graph graph, GraphFunction function) {
        Map<String, FunctionDef> functions = new HashMap<>();
        graph.toGraphDef()
                .getLibrary()
                .getFunctionList()
                .forEach(each -> functions.put(each.getSignature().getName(), each));
        Deque<String> waiting = new ArrayDeque<>(List.of(function.definedName()));
        Set<String> seen = new HashSet<>(waiting);
        Set<String> operations = new TreeSet<>();
        while (!waiting.isEmpty()) {
            FunctionDef next = functions.get(waiting.remove());
            if (next == null) {
                continue;
            }
            for (NodeDef node : next.getNodeDefList()) {
                operations.add(node.getOp());
                for (AttrValue attribute : node.getAttrMap().values()) {
                    called(attribute).stream()
                            .map(NameAttrList::getName)
                            .filter(seen::add)
                            .forEach(waiting::add);
                }
            }
        }
        return operations;
    }

    private static List<NameAttrList> called(AttrValue attribute) {
        return attribute.hasFunc()
                ? List.of(attribute.getFunc())
                : attribute.getList().getFuncList();
    }

    /** Whether XLA has a kernel for an operation. */
    static boolean present(String operation) {
        return Registered.DONE && PRESENT.computeIfAbsent(operation, XlaKernels::registered);
    }

    private static boolean registered(String operation) {
        try (TF_Status status = TF_Status.newStatus()) {
            TF_Buffer buffer = tensorflow.TF_GetRegisteredKernelsForOp(operation, status);
            status.throwExceptionIfNotOK();
            byte[] bytes = new byte[Math.toIntExact(buffer.length())];
            new BytePointer(buffer.data()).capacity(bytes.length).get(bytes);
            tensorflow.TF_DeleteBuffer(buffer);
            return KernelList.parseFrom(bytes).getKernelList().stream()
                    .anyMatch(kernel -> kernel.getDeviceType().equals(DEVICE));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("TensorFlow's list of kernels cannot be read", e);
        }
    }
}
