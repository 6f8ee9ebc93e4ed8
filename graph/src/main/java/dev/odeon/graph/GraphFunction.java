package dev.odeon.graph;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.ConcreteFunction;
import org.tensorflow.ExecutionEnvironment;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Operation;
import org.tensorflow.OperationBuilder;
import org.tensorflow.Output;
import org.tensorflow.Signature;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NameAttrList;

/**
 * A function of named tensors, defined once in a graph and referred to by name afterwards.
 *
 * <p>The native function belongs to the graph it was defined in and lives as long as that graph. Referring to it by name
 * is also safe inside a gradient callback, where attaching a new function would block for ever.
 */
public final class GraphFunction {

    /** Builds the inside of a function: named inputs in, named outputs out. */
    @FunctionalInterface
    public interface Body {
        /**
         * Adds the operations of the function.
         *
         * @param tf the function's own graph; tensors of any other graph cannot be used here
         * @param inputs the function's inputs by name
         */
        Values apply(Ops tf, Values inputs);
    }

    private static final String CALL = "PartitionedCall";
    /**
     * Of the two kinds of call the one that TensorFlow never computes before the run. A PartitionedCall whose arguments are
     * constants is computed when the graph is prepared, by the executor whatever its attributes say, and with its loops not
     * lowered: then each round is called from within the one before, until the stack of the calling thread ends.
     */
    private static final String COMPILED_CALL = "StatefulPartitionedCall";

    private static final String COMPILED = "_XlaMustCompile";

    private final String definedName;
    private final List<TensorSpec> inputs;
    private final List<TensorSpec> outputs;

    private GraphFunction(String definedName, List<TensorSpec> inputs, List<TensorSpec> outputs) {
        this.definedName = definedName;
        this.inputs = inputs;
        this.outputs = outputs;
    }

    /**
     * Defines a function in the graph of {@code tf}.
     *
     * @param name readable; TensorFlow makes it unique
     * @throws IllegalArgumentException if {@code tf} is not building a graph, or if the body uses a tensor of another one
     */
    public static GraphFunction define(Ops tf, String name, List<TensorSpec> inputs, Body body) {
        Graph graph = graphOf(tf);
        List<TensorSpec> outputs = new ArrayList<>();
        try (ConcreteFunction function = ConcreteFunction.create(inner -> {
            Signature.Builder signature = Signature.builder(name);
            List<Operand<?>> placeholders = new ArrayList<>();
            for (int i = 0; i < inputs.size(); i++) {
                Operand<?> placeholder = inputs.get(i).placeholder(inner);
                placeholders.add(placeholder);
                // The signature's keys are C identifiers; our names may hold slashes.
                signature.input("input" + i, placeholder);
            }
            Values results = applied(body, inner, Values.bind(inputs, placeholders));
            outputs.addAll(results.specs());
            int i = 0;
            for (Operand<?> result : results.operands()) {
                // An input handed through unchanged needs a node of its own to be an output.
                signature.output("output" + i++, placeholders.contains(result) ? inner.identity(result) : result);
            }
            return signature.build();
        })) {
            graph.attachFunction(function);
            return new GraphFunction(function.getDefinedName(), List.copyOf(inputs), List.copyOf(outputs));
        }
    }

    /** What a body adds; TensorFlow's word for a tensor of another graph with the remedy. */
    private static Values applied(Body body, Ops inner, Values inputs) {
        try {
            Values results = body.apply(inner, inputs);
            ForeignTensor.refuse(inner, results);
            return results;
        } catch (IllegalArgumentException e) {
            throw ForeignTensor.explained(e);
        }
    }

    /** Name, type and shape of the inputs, in order. */
    public List<TensorSpec> inputs() {
        return inputs;
    }

    /** Name, type and shape of the outputs, in order. */
    public List<TensorSpec> outputs() {
        return outputs;
    }

    /**
     * Calls the function by its name, which is also safe inside a gradient callback.
     *
     * <p>The static shapes of the results are those that the function was defined with: TensorFlow would infer those of
     * everything inside anew at each call.
     */
    public Values call(Ops tf, Values arguments) {
        OperationBuilder call = builder(tf, CALL, "call", arguments.operands())
                .setAttr("Tin", dataTypes(arguments.operands()))
                .setAttr("Tout", outputTypes())
                .setAttr("f", reference())
                .setAttr("_disable_call_shape_inference", true);
        List<Operand<?>> results = outputsOf(call.build());
        for (int i = 0; i < results.size(); i++) {
            Shape shape = outputs.get(i).shape();
            if (!shape.isUnknown()) {
                results.set(i, tf.ensureShape(results.get(i), shape));
            }
        }
        return Values.bind(outputs, results);
    }

    private DataType[] outputTypes() {
        return outputs.stream().map(spec -> DataTypes.of(spec.type())).toArray(DataType[]::new);
    }

    /** Calls the function compiled by XLA, also where its arguments are constants. */
    Values callCompiled(Ops tf, Values arguments) {
        OperationBuilder call = builder(tf, COMPILED_CALL, "compiled", arguments.operands())
                .setAttr("Tin", dataTypes(arguments.operands()))
                .setAttr("Tout", outputTypes())
                .setAttr("f", reference())
                .setAttr(COMPILED, true);
        return Values.bind(outputs, outputsOf(call.build()));
    }

    /** Whether an operation is such a call. */
    static boolean compiled(GraphOperation operation) {
        if (!operation.type().equals(COMPILED_CALL)) {
            return false;
        }
        try {
            return operation.attributes().getAttrBool(COMPILED);
        } catch (TensorFlowException e) {
            // Other calls do not have the attribute; which exception says so depends on how they were made.
            return false;
        }
    }

    /** A reference to this function by name, for an attribute of an operation. */
    AttrValue reference() {
        return AttrValue.newBuilder()
                .setFunc(NameAttrList.newBuilder().setName(definedName))
                .build();
    }

    static OperationBuilder builder(Ops tf, String type, String name, List<Operand<?>> inputs) {
        return tf.scope()
                .env()
                .opBuilder(type, tf.scope().makeOpName(name), tf.scope())
                .addInputList(inputs.stream().map(Operand::asOutput).toArray(Output<?>[]::new));
    }

    static DataType[] dataTypes(List<Operand<?>> operands) {
        return operands.stream().map(operand -> DataTypes.of(operand.type())).toArray(DataType[]::new);
    }

    static List<Operand<?>> outputsOf(Operation operation) {
        List<Operand<?>> outputs = new ArrayList<>(operation.numOutputs());
        for (int i = 0; i < operation.numOutputs(); i++) {
            outputs.add(operation.output(i));
        }
        return outputs;
    }

    /**
     * The graph that {@code tf} builds.
     *
     * @throws IllegalArgumentException if {@code tf} runs eagerly
     */
    public static Graph graphOf(Ops tf) {
        ExecutionEnvironment environment = tf.scope().env();
        if (environment instanceof Graph graph) {
            return graph;
        }
        throw new IllegalArgumentException("Odeon builds graphs, but this Ops belongs to an "
                + environment.getClass().getSimpleName() + ": create it with Ops.create(new Graph())");
    }
}
