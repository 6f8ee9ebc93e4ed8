package dev.odeon.experiments.readiness;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.odeon.graph.Compilation;
import dev.odeon.graph.Values;
import dev.odeon.graph.runtime.Sessions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.internal.c_api.TF_Buffer;
import org.tensorflow.internal.c_api.TF_Status;
import org.tensorflow.internal.c_api.global.tensorflow;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.KernelDef;
import org.tensorflow.proto.KernelList;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;
import org.tensorflow.proto.OpList;
import org.tensorflow.types.TFloat64;

/** The kernels and the operations of the TensorFlow that is loaded. */
final class KernelRegistry {

    /** The device of kernels that the executor runs on a GPU. */
    static final String GPU = "GPU";
    /** The device of what XLA compiles for a GPU. */
    static final String COMPILED = "XLA_GPU_JIT";

    /** Kernels for any device that has none of its own. */
    private static final String ANY = "DEFAULT";

    private final Map<String, List<KernelDef>> kernels = new HashMap<>();
    private final Map<String, OpDef> operations = new HashMap<>();

    private KernelRegistry(KernelList kernels, OpList operations) {
        for (KernelDef kernel : kernels.getKernelList()) {
            this.kernels
                    .computeIfAbsent(kernel.getOp(), name -> new ArrayList<>())
                    .add(kernel);
        }
        operations.getOpList().forEach(operation -> this.operations.put(operation.getName(), operation));
    }

    /** Asks TensorFlow. */
    static KernelRegistry read() {
        compileSomething();
        PointerScope scope = new PointerScope();
        try (scope) {
            TF_Status status = TF_Status.newStatus();
            TF_Buffer kernels = tensorflow.TF_GetAllRegisteredKernels(status);
            status.throwExceptionIfNotOK();
            TF_Buffer operations = tensorflow.TF_GetAllOpList();
            return new KernelRegistry(
                    KernelList.parseFrom(kernels.dataAsByteBuffer()), OpList.parseFrom(operations.dataAsByteBuffer()));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    /** TensorFlow registers what XLA has when it compiles for the first time. */
    private static void compileSomething() {
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            Values squared = Compilation.XLA.run(
                    tf,
                    "first",
                    Values.of("x", tf.constant(2.0)),
                    (inner, values) -> Values.of("y", inner.math.square(values.get("x", TFloat64.class))));
            try (Session session = Sessions.open(graph)) {
                session.runner().fetch(squared.get("y")).run().close();
            }
        }
    }

    /** The definition of a node's operation; empty for a call by the name of a function. */
    Optional<OpDef> operation(NodeDef node) {
        return Optional.ofNullable(operations.get(node.getOp()));
    }

    /** The kernel that a node gets on a device, by the types of its attributes. */
    Optional<KernelDef> kernel(NodeDef node, String device) {
        List<KernelDef> all = kernels.getOrDefault(node.getOp(), List.of());
        Optional<KernelDef> own = fitting(all, node, device);
        return own.isPresent() || device.equals(COMPILED) ? own : fitting(all, node, ANY);
    }

    private static Optional<KernelDef> fitting(List<KernelDef> kernels, NodeDef node, String device) {
        return kernels.stream()
                .filter(kernel -> kernel.getDeviceType().equals(device)
                        && kernel.getLabel().isEmpty()
                        && kernel.getConstraintList().stream().allMatch(constraint -> allows(constraint, node)))
                .max((a, b) -> Integer.compare(a.getPriority(), b.getPriority()));
    }

    private static boolean allows(KernelDef.AttrConstraint constraint, NodeDef node) {
        List<DataType> allowed = constraint.getAllowedValues().getList().getTypeList();
        AttrValue value = node.getAttrMap().get(constraint.getName());
        // Left out by a graph that leaves out defaults: the kernels of a default type are there for every device.
        if (value == null) {
            return true;
        }
        return value.hasList() ? allowed.containsAll(value.getList().getTypeList()) : allowed.contains(value.getType());
    }

    /** The types of the tensors behind each named argument, in order. */
    static List<List<DataType>> types(List<OpDef.ArgDef> arguments, NodeDef node) {
        List<List<DataType>> types = new ArrayList<>();
        for (OpDef.ArgDef argument : arguments) {
            if (!argument.getTypeListAttr().isEmpty()) {
                types.add(node.getAttrOrThrow(argument.getTypeListAttr())
                        .getList()
                        .getTypeList());
                continue;
            }
            DataType type = argument.getTypeAttr().isEmpty()
                    ? argument.getType()
                    : node.getAttrMap().containsKey(argument.getTypeAttr())
                            ? node.getAttrOrThrow(argument.getTypeAttr()).getType()
                            : DataType.DT_INVALID;
            int number = argument.getNumberAttr().isEmpty()
                    ? 1
                    : (int) node.getAttrOrThrow(argument.getNumberAttr()).getI();
            types.add(java.util.Collections.nCopies(number, type));
        }
        return types;
    }
}
