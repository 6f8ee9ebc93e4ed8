package dev.odeon.graph;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.OperationBuilder;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NameAttrList;
import org.tensorflow.types.TInt32;

/** A choice in the graph between bodies of the same inputs and outputs: one {@code StatelessCase}, one body of which runs. */
public final class Branches {

    private final String name;
    private final List<TensorSpec> inputs;
    private final List<GraphFunction> functions;

    private Branches(String name, List<TensorSpec> inputs, List<GraphFunction> functions) {
        this.name = name;
        this.inputs = inputs;
        this.functions = functions;
    }

    /**
     * Defines the bodies in the graph of {@code tf}.
     *
     * @throws IllegalArgumentException if the bodies return different names or types
     */
    public static Branches define(
            Ops tf, String name, List<TensorSpec> inputs, List<? extends GraphFunction.Body> bodies) {
        List<GraphFunction> functions = new ArrayList<>();
        for (GraphFunction.Body body : bodies) {
            GraphFunction function = GraphFunction.define(tf, name + "_branch", inputs, body);
            if (!functions.isEmpty() && !signature(function).equals(signature(functions.get(0)))) {
                throw new IllegalArgumentException("A branch of '" + name + "' returns " + signature(function)
                        + ", the first returns " + signature(functions.get(0)) + ": all must return the same values");
            }
            functions.add(function);
        }
        return new Branches(name, List.copyOf(inputs), List.copyOf(functions));
    }

    private static List<String> signature(GraphFunction function) {
        return function.outputs().stream()
                .map(spec -> spec.name() + " " + spec.type().getSimpleName())
                .toList();
    }

    /** Adds the choice; an index out of range runs the last body. */
    public Values run(Ops tf, Operand<TInt32> index, Values arguments) {
        List<Operand<?>> operands = new ArrayList<>();
        inputs.forEach(spec -> operands.add(arguments.get(spec.name())));
        List<TensorSpec> outputs = functions.get(0).outputs();
        AttrValue.ListValue.Builder references = AttrValue.ListValue.newBuilder();
        for (GraphFunction function : functions) {
            NameAttrList reference = function.reference().getFunc();
            references.addFunc(reference);
        }
        OperationBuilder builder = tf.scope()
                .env()
                .opBuilder("StatelessCase", tf.scope().makeOpName(name), tf.scope())
                .addInput(index.asOutput())
                .addInputList(operands.stream().map(Operand::asOutput).toArray(Output<?>[]::new))
                .setAttr("Tin", GraphFunction.dataTypes(operands))
                .setAttr(
                        "Tout",
                        outputs.stream().map(spec -> DataTypes.of(spec.type())).toArray(DataType[]::new))
                .setAttr("branches", AttrValue.newBuilder().setList(references).build());
        if (Compilation.current() == Compilation.EXECUTOR) {
            builder.setAttr("_lower_using_switch_merge", true);
        }
        return Values.bind(outputs, GraphFunction.outputsOf(builder.build()));
    }
}
