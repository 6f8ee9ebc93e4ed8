package dev.odeon.graph;

import java.util.List;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.OperationBuilder;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/** Operations made by name inside gradients, where Java's interface has no class for them or does not know their types. */
final class GraphOperations {

    private GraphOperations() {}

    /** The first result of an operation without attributes, but for those that follow from its inputs. */
    static Operand<TFloating> of(Ops tf, String type, Operand<?>... inputs) {
        return floating(builder(tf, type, inputs).build().output(0));
    }

    /** The first result of an operation that has some of its attributes from another. */
    static Operand<TFloating> like(
            Ops tf, GraphOperation other, String type, List<String> attributes, Operand<?>... inputs) {
        OperationBuilder builder = builder(tf, type, inputs);
        for (String attribute : attributes) {
            builder.setAttr(attribute, other.attributes().getAttrValueProto(attribute));
        }
        return floating(builder.build().output(0));
    }

    private static OperationBuilder builder(Ops tf, String type, Operand<?>... inputs) {
        OperationBuilder builder = tf.scope().env().opBuilder(type, tf.scope().makeOpName(type), tf.scope());
        for (Operand<?> input : inputs) {
            builder.addInput(input.asOutput());
        }
        return builder;
    }

    @SuppressWarnings("unchecked") // gradients flow through floating-point tensors
    static Operand<TFloating> floating(Operand<?> operand) {
        return (Operand<TFloating>) operand;
    }
}
