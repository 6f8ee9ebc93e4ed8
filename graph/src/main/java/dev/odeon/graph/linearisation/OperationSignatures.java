package dev.odeon.graph.linearisation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.tensorflow.TensorFlow;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;

/** How the inputs of a node are grouped: each argument of an operation is one tensor, or a list of them. */
final class OperationSignatures {

    private static final Map<String, OpDef> BY_TYPE =
            TensorFlow.registeredOpList().getOpList().stream().collect(Collectors.toMap(OpDef::getName, each -> each));

    private OperationSignatures() {}

    /** For each argument of a node how many tensors it takes; -1 for one that is not a list. */
    static List<Integer> arguments(NodeDef node) {
        OpDef signature = BY_TYPE.get(node.getOp());
        if (signature == null) {
            throw new UncutException("its derivative contains a " + node.getOp() + ", which is not registered");
        }
        List<Integer> arguments = new ArrayList<>();
        for (OpDef.ArgDef argument : signature.getInputArgList()) {
            if (!argument.getNumberAttr().isEmpty()) {
                arguments.add(
                        (int) node.getAttrOrThrow(argument.getNumberAttr()).getI());
            } else if (!argument.getTypeListAttr().isEmpty()) {
                arguments.add(node.getAttrOrThrow(argument.getTypeListAttr())
                        .getList()
                        .getTypeCount());
            } else {
                arguments.add(-1);
            }
        }
        return arguments;
    }
}
