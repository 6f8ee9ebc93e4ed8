package dev.odeon.graph.export;

import dev.odeon.graph.DataTypes;
import dev.odeon.graph.TensorSpec;
import dev.odeon.graph.Values;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.TensorFlow;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.types.family.TFloating;
import org.tensorflow.types.family.TType;

/**
 * A graph with named functions, whose parameters are open until they are {@link #frozen} into constants; holds no native
 * memory.
 *
 * <pre>{@code
 * TensorSpec u = new TensorSpec("u", TFloat64.class, Shape.of(-1, 64), true);
 * ModelGraph model = ModelGraph.of(
 *         parameters.read().specs(),
 *         List.of(new ExportedFunction("predict", List.of(u), (tf, inputs, theta) ->
 *                 Values.of("end", solver.solve(tf, inputs.get("u", TFloat64.class), theta, SaveAt.end(0, 1)).last()))));
 * SavedModelFolder.write(model.frozen(session, parameters.read()), Path.of("model"));
 * }</pre>
 *
 * <p>Everything is in the form that TensorFlow's executor runs in any process, also what a body compiles by XLA. Build the
 * solves of a prediction with {@code Gradient.NONE}: a gradient that nobody takes still makes its loops store states. A
 * function that returns gradients takes them inside its body.
 */
public final class ModelGraph {

    /** The tag by which servers find the graph. */
    static final String TAG = "serve";
    /** Stands for the open parameters among the signatures. */
    private static final String OPEN = "odeon_parameters";
    /** The name by which the first function is called where none is named. */
    private static final String DEFAULT = "serving_default";

    /** Before the name of an input's node; a body has its own names beside it. */
    static final String GIVEN = "given_";
    /** Before that of an output. */
    static final String RETURNED = "returned_";
    /** Before those of all parameters. */
    static final String PARAMETERS = "parameters";

    private static final String METHOD = "tensorflow/serving/predict";

    private final MetaGraphDef meta;

    private ModelGraph(MetaGraphDef meta) {
        this.meta = meta;
    }

    /**
     * Builds functions that share their parameters.
     *
     * @param parameters name, element type and shape of each; may be empty
     * @param functions one or more with different names; the first also gets the name {@code serving_default}
     * @throws IllegalArgumentException if there is no function, two have one name, or one holds variables
     */
    public static ModelGraph of(List<TensorSpec> parameters, List<ExportedFunction> functions) {
        if (functions.isEmpty()) {
            throw new IllegalArgumentException("There is no function to export: give at least one");
        }
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            SignatureDef.Builder open = SignatureDef.newBuilder();
            Values theta = Values.empty();
            for (TensorSpec parameter : parameters) {
                Operand<?> placeholder = placeholder(graph, tf, PARAMETERS + "/" + parameter.name(), parameter);
                theta = parameter.differentiable()
                        ? theta.with(parameter.name(), placeholder)
                        : theta.withConstant(parameter.name(), placeholder);
                open.putInputs(parameter.name(), info(placeholder, parameter));
            }
            MetaGraphDef.Builder meta = MetaGraphDef.newBuilder();
            Set<String> names = new LinkedHashSet<>();
            for (ExportedFunction function : functions) {
                if (!names.add(function.name())
                        || function.name().equals(DEFAULT)
                        || function.name().equals(OPEN)) {
                    throw new IllegalArgumentException("A function cannot be called '" + function.name()
                            + "', as other functions or parts of the graph are: give it another name");
                }
                SignatureDef signature = signature(tf, function, theta);
                meta.putSignatureDef(function.name(), signature);
                if (names.size() == 1) {
                    meta.putSignatureDef(DEFAULT, signature);
                }
            }
            if (!parameters.isEmpty()) {
                meta.putSignatureDef(OPEN, open.build());
            }
            GraphDef form = ExecutorForm.of(graph.toGraphDef());
            requireNoVariables(form);
            return new ModelGraph(meta.setGraphDef(form)
                    .setMetaInfoDef(MetaGraphDef.MetaInfoDef.newBuilder()
                            .addTags(TAG)
                            .setTensorflowVersion(TensorFlow.version()))
                    .build());
        }
    }

    private static SignatureDef signature(Ops tf, ExportedFunction function, Values theta) {
        Ops own = tf.withSubScope(function.name());
        SignatureDef.Builder signature = SignatureDef.newBuilder().setMethodName(METHOD);
        Values inputs = Values.empty();
        for (TensorSpec input : function.inputs()) {
            Operand<?> placeholder =
                    own.withName(GIVEN + input.name()).placeholder(input.type(), Placeholder.shape(input.shape()));
            inputs = input.differentiable()
                    ? inputs.with(input.name(), placeholder)
                    : inputs.withConstant(input.name(), placeholder);
            signature.putInputs(input.name(), info(placeholder, input));
        }
        Values outputs = function.body().apply(own, inputs, theta);
        if (outputs.isEmpty()) {
            throw new IllegalArgumentException(
                    "The function " + function.name() + " returns nothing: name its outputs");
        }
        for (TensorSpec output : outputs.specs()) {
            // A node of its own, which pictures show by this name.
            Operand<?> named = own.withName(RETURNED + output.name().replaceAll("[^A-Za-z0-9_]", "_"))
                    .identity(outputs.get(output.name()));
            signature.putOutputs(output.name(), info(named, output));
        }
        return signature.build();
    }

    private static Operand<?> placeholder(Graph graph, Ops tf, String name, TensorSpec spec) {
        // By hand: Java's scopes take no slash in a name, and look through all names of the graph.
        return graph.opBuilder("Placeholder", name, tf.scope())
                .setAttr("dtype", DataTypes.of(spec.type()))
                .setAttr("shape", spec.shape())
                .build()
                .output(0);
    }

    private static TensorInfo info(Operand<?> operand, TensorSpec spec) {
        return TensorInfo.newBuilder()
                .setName(operand.op().name() + ":" + operand.asOutput().index())
                .setDtype(DataTypes.of(spec.type()))
                .setTensorShape(TensorProtos.shape(spec.shape()))
                .build();
    }

    /** A variable would stay behind in this process. */
    private static void requireNoVariables(GraphDef graph) {
        for (NodeDef node : graph.getNodeList()) {
            if (node.getOp().equals("VarHandleOp") || node.getOp().startsWith("Variable")) {
                throw new IllegalArgumentException("The exported function reads the variable '" + node.getName()
                        + "', which would stay behind: read parameters from the values that the function is given");
            }
        }
    }

    /** The parameters that are still open, in order. */
    public List<TensorSpec> parameters() {
        SignatureDef open = meta.getSignatureDefMap().get(OPEN);
        return open == null ? List.of() : specs(open.getInputsMap());
    }

    /** The functions, in order, without the second name of the first. */
    public List<ModelSignature> signatures() {
        List<ModelSignature> signatures = new ArrayList<>();
        meta.getSignatureDefMap().forEach((name, signature) -> {
            if (!name.equals(OPEN) && !name.equals(DEFAULT)) {
                signatures.add(
                        new ModelSignature(name, specs(signature.getInputsMap()), specs(signature.getOutputsMap())));
            }
        });
        return signatures;
    }

    private static List<TensorSpec> specs(Map<String, TensorInfo> infos) {
        List<TensorSpec> specs = new ArrayList<>();
        infos.forEach((name, info) -> {
            Class<? extends TType> type = TensorProtos.type(info.getDtype());
            specs.add(new TensorSpec(
                    name, type, TensorProtos.shape(info.getTensorShape()), TFloating.class.isAssignableFrom(type)));
        });
        return specs;
    }

    /**
     * The same with constants in place of all parameters.
     *
     * @param values a tensor for each open parameter; others are not looked at; may be closed afterwards
     * @throws IllegalArgumentException if one is missing or has another type or shape
     */
    public ModelGraph frozen(Map<String, ? extends Tensor> values) {
        Map<String, NodeDef> constants = new LinkedHashMap<>();
        for (TensorSpec parameter : parameters()) {
            Tensor value = values.get(parameter.name());
            if (value == null) {
                throw new IllegalArgumentException("There is no value of the parameter '" + parameter.name()
                        + "' among " + new TreeSet<>(values.keySet()) + ": give one");
            }
            if (value.dataType() != DataTypes.of(parameter.type())
                    || !TensorProtos.fits(parameter.shape(), value.shape())) {
                throw new IllegalArgumentException("The parameter '" + parameter.name() + "' is "
                        + TensorProtos.words(parameter) + ", but its value "
                        + TensorProtos.words(value.dataType(), value.shape())
                        + ": give the values of this model");
            }
            String node = GraphParts.source(meta.getSignatureDefOrThrow(OPEN)
                    .getInputsOrThrow(parameter.name())
                    .getName());
            constants.put(node, constant(node, value));
        }
        GraphDef.Builder graph = meta.getGraphDef().toBuilder().clearNode();
        for (NodeDef node : meta.getGraphDef().getNodeList()) {
            graph.addNode(constants.getOrDefault(node.getName(), node));
        }
        return new ModelGraph(
                meta.toBuilder().removeSignatureDef(OPEN).setGraphDef(graph).build());
    }

    /**
     * The same with the values that parameters have in a session.
     *
     * @param parameters tensors of the session's graph by the names of the open parameters; others are not looked at
     */
    public ModelGraph frozen(Session session, Values parameters) {
        List<String> names = parameters().stream().map(TensorSpec::name).toList();
        if (names.isEmpty()) {
            return this;
        }
        Session.Runner runner = session.runner();
        names.forEach(name -> runner.fetch(parameters.get(name)));
        try (Result fetched = runner.run()) {
            Map<String, Tensor> values = new LinkedHashMap<>();
            for (int i = 0; i < names.size(); i++) {
                values.put(names.get(i), fetched.get(i));
            }
            return frozen(values);
        }
    }

    private static NodeDef constant(String name, Tensor value) {
        return NodeDef.newBuilder()
                .setName(name)
                .setOp("Const")
                .putAttr(
                        "dtype",
                        AttrValue.newBuilder().setType(value.dataType()).build())
                .putAttr(
                        "value",
                        AttrValue.newBuilder().setTensor(TensorProtos.of(value)).build())
                .build();
    }

    /**
     * Writes the graph with its signatures and open parameters to one file, TensorFlow's MetaGraphDef; a former file is
     * replaced in one step.
     *
     * @throws UncheckedIOException if it cannot be written
     */
    public void write(Path file) {
        try {
            Path part = file.resolveSibling("." + file.getFileName() + ".part");
            Files.write(part, meta.toByteArray());
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The model's graph cannot be written to " + file + ": choose another place", e);
        }
    }

    /**
     * Reads such a file.
     *
     * @throws IllegalArgumentException if it is missing or no such file
     */
    public static ModelGraph read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return of(MetaGraphDef.parseFrom(in), file);
        } catch (IOException e) {
            throw new IllegalArgumentException(file + " is no readable graph of a model: export it again", e);
        }
    }

    /** What a message says, if this class can carry it. */
    static ModelGraph of(MetaGraphDef meta, Path file) {
        requireNoVariables(file, meta.getGraphDef());
        if (meta.getSignatureDefMap().isEmpty()) {
            throw new IllegalArgumentException(
                    file + " has no functions with names: export it again, with a signature");
        }
        return new ModelGraph(meta);
    }

    private static void requireNoVariables(Path file, GraphDef graph) {
        try {
            requireNoVariables(graph);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    file
                            + " holds variables, which belong to other programs: load it with TensorFlow's SavedModelBundle",
                    e);
        }
    }

    /** The message that files hold. */
    MetaGraphDef meta() {
        return meta;
    }

    /** The graph with its functions, for {@link GraphFormat}. */
    public GraphDef graph() {
        return meta.getGraphDef();
    }

    /** The message of a function. */
    SignatureDef signature(String name) {
        SignatureDef signature = meta.getSignatureDefMap().get(name);
        if (signature == null || name.equals(OPEN)) {
            throw new IllegalArgumentException("The model has no function '" + name + "': it has "
                    + signatures().stream().map(ModelSignature::name).toList());
        }
        return signature;
    }
}
