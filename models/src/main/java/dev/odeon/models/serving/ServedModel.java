package dev.odeon.models.serving;

import dev.odeon.graph.Gradients;
import dev.odeon.graph.TensorSpec;
import dev.odeon.graph.Values;
import dev.odeon.graph.export.ExportedFunction;
import dev.odeon.graph.export.ModelGraph;
import dev.odeon.graph.export.ModelSignature;
import dev.odeon.graph.parameters.Parameters;
import dev.odeon.models.training.Objective;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * What a trained model offers to programs that do not train.
 *
 * @param title a sentence
 * @param parameters name, element type and shape of all parameters and states that it reads
 * @param inputs of {@code predict}
 * @param outputs of {@code predict}: what each means, by name, the main one first
 * @param predict adds the outputs; its solves have no gradient
 * @param loss whose gradient can be exported; empty if there is none
 */
public record ServedModel(
        String title,
        List<TensorSpec> parameters,
        List<ServedTensor> inputs,
        Map<String, String> outputs,
        ExportedFunction.Body predict,
        Optional<ServedLoss> loss) {

    /** The function that every served model has. */
    public static final String PREDICT = "predict";
    /** The function of the loss and its gradient. */
    public static final String GRADIENT = "gradient";
    /** The output that tells how the solves of a call went: the code of an {@code Outcome}, one or one for each sample. */
    public static final String OUTCOME = "outcome";
    /** Stands before the name of what the loss is differentiated by. */
    public static final String BY = "loss_by/";

    /** Which functions are exported. */
    public enum Functions {
        /** {@code predict} alone. */
        PREDICTION,
        /** Also {@code gradient}: the loss, and its gradient by inputs and parameters. */
        PREDICTION_AND_GRADIENT
    }

    public ServedModel {
        Objects.requireNonNull(title, "title");
        parameters = List.copyOf(parameters);
        inputs = List.copyOf(inputs);
        outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
        Objects.requireNonNull(predict, "predict");
        Objects.requireNonNull(loss, "loss");
    }

    /** The parameters and states that an objective declares. */
    public static List<TensorSpec> parametersOf(Objective<?> objective) {
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            Parameters parameters = new Parameters(tf, 0);
            objective.declare(parameters);
            Parameters states = new Parameters(tf, 0);
            objective.declareStates(states);
            List<TensorSpec> specs = new ArrayList<>();
            parameters.all().forEach(each -> specs.add(new TensorSpec(each.name(), each.type(), each.shape(), true)));
            states.all().forEach(each -> specs.add(new TensorSpec(each.name(), each.type(), each.shape(), false)));
            return specs;
        }
    }

    /**
     * Builds the graph, with open parameters.
     *
     * @throws IllegalArgumentException if the gradient is asked for and there is no loss
     */
    public ModelGraph graph(Functions functions) {
        List<ExportedFunction> exported = new ArrayList<>();
        exported.add(new ExportedFunction(PREDICT, specs(inputs), predict));
        if (functions == Functions.PREDICTION_AND_GRADIENT) {
            ServedLoss wanted = loss.orElseThrow(() ->
                    new IllegalArgumentException("The model has no loss to be differentiated: export predict alone"));
            List<TensorSpec> all = new ArrayList<>(specs(inputs));
            // What is to be learned is no variable of the loss.
            wanted.targets().forEach(target -> all.add(target.data().spec()));
            exported.add(new ExportedFunction(
                    GRADIENT,
                    all.stream().map(wanted::fixed).toList(),
                    (tf, given, values) -> gradient(tf, given, values, wanted.body())));
        }
        return ModelGraph.of(parameters, exported);
    }

    private static List<TensorSpec> specs(List<ServedTensor> tensors) {
        return tensors.stream().map(ServedTensor::spec).toList();
    }

    private static Values gradient(Ops tf, Values given, Values values, ExportedFunction.Body body) {
        Values judged = body.apply(tf, given, values);
        Operand<? extends TFloating> loss = judged.floating(ServedLoss.LOSS);
        Values targets = given.differentiable().and(values.differentiable());
        Values gradients = Gradients.of(tf, loss, targets);
        Values shaped = Values.empty();
        for (String name : gradients.names()) {
            // The way back forgets shapes that the way there knows.
            shaped = shaped.with(
                    BY + name,
                    tf.ensureShape(gradients.get(name), targets.get(name).shape()));
        }
        return judged.and(shaped);
    }

    /**
     * What a reader of the exported model has to know, as Markdown.
     *
     * @param graph made by {@link #graph}
     */
    public String card(ModelGraph graph) {
        StringBuilder card = new StringBuilder("# ").append(title).append("\n\n");
        long numbers = parameters.stream()
                .filter(TensorSpec::differentiable)
                .mapToLong(each -> each.shape().size())
                .sum();
        card.append(numbers).append(" trained numbers. A question mark stands for a dimension of any size.\n");
        for (ModelSignature signature : graph.signatures()) {
            card.append("\n## ")
                    .append(signature.name())
                    .append("\n\n| input | type and shape | meaning |\n|---|---|---|\n");
            signature.inputs().forEach(input -> row(card, input, meaning(input.name())));
            card.append("\n| output | type and shape | meaning |\n|---|---|---|\n");
            signature.outputs().forEach(output -> row(card, output, meaning(output.name())));
        }
        return card.toString();
    }

    private String meaning(String name) {
        for (ServedTensor input : inputs) {
            if (input.spec().name().equals(name)) {
                return input.meaning();
            }
        }
        if (name.startsWith(BY)) {
            return "the gradient of the loss by `" + name.substring(BY.length()) + "`";
        }
        if (name.equals(OUTCOME)) {
            return "how the solve ended: 0 is success, the other numbers are those of `Outcome`";
        }
        if (loss.isPresent()) {
            if (name.equals(ServedLoss.LOSS)) {
                return loss.get().meaning();
            }
            for (ServedTensor target : loss.get().targets()) {
                if (target.spec().name().equals(name)) {
                    return target.meaning();
                }
            }
        }
        return outputs.getOrDefault(name, "");
    }

    private static void row(StringBuilder card, TensorSpec spec, String meaning) {
        card.append("| `").append(spec.name()).append("` | ").append(ModelSignature.words(spec));
        card.append(" | ").append(meaning).append(" |\n");
    }
}
