package dev.odeon.models.grand;

import dev.odeon.adjoint.Gradient;
import dev.odeon.graph.Values;
import dev.odeon.models.serving.ServedLoss;
import dev.odeon.models.serving.ServedModel;
import dev.odeon.models.serving.ServedTensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;

/** What a trained {@link Grand} offers: classes of the nodes of its graph, whose edges travel with the model. */
final class ServedGrand {

    private static final String FEATURES = "features";
    private static final String PROBABILITIES = "probabilities";
    private static final String CLASS = "class";
    private static final String LABELS = "labels";
    private static final String NODES = "nodes";

    private ServedGrand() {}

    /**
     * Of a model.
     *
     * @param values what becomes of the features' numbers
     */
    static <T extends TFloating> ServedModel of(
            Grand<T> model, int nodes, int columns, FeatureValues values, Gradient gradient) {
        Class<T> type = model.type();
        ServedTensor features = ServedTensor.whole(
                FEATURES,
                type,
                "the features of all nodes in the order of the data set, as it has them",
                Shape.of(nodes, columns));
        Map<String, String> outputs = new LinkedHashMap<>();
        outputs.put(PROBABILITIES, "the probability of each class, a row for each node");
        outputs.put(CLASS, "the number of the most probable class of each node, from 0");
        return new ServedModel(
                "Graph neural diffusion (GRAND): classes of all nodes of one graph, whose edges are part of the model",
                ServedModel.parametersOf(model),
                // Of which words occur, not how often, there is no derivative.
                List.of(values == FeatureValues.BINARY ? features.data() : features),
                outputs,
                (tf, given, parameters) -> {
                    Grand.Answer<T> answer = model.answer(tf, given.get(FEATURES, type), parameters, Gradient.NONE);
                    return Values.of(PROBABILITIES, tf.nn.softmax(answer.logits()))
                            .with(CLASS, tf.math.argMax(answer.logits(), tf.constant(1), TInt64.class))
                            .with(ServedModel.OUTCOME, answer.solution().outcome());
                },
                Optional.of(new ServedLoss(
                        List.of(
                                ServedTensor.whole(
                                        LABELS,
                                        TInt64.class,
                                        "the number of the true class of every node, from 0",
                                        Shape.of(nodes)),
                                ServedTensor.rows(NODES, TInt64.class, "the numbers of the nodes that count, from 0")),
                        "the mean cross entropy of the nodes that count, without dropout",
                        Shape.UNKNOWN_SIZE,
                        (tf, given, parameters) -> {
                            Grand.Answer<T> answer = model.answer(tf, given.get(FEATURES, type), parameters, gradient);
                            return Values.of(
                                            ServedLoss.LOSS,
                                            model.loss(
                                                    tf,
                                                    answer.logits(),
                                                    given.get(NODES, TInt64.class),
                                                    given.get(LABELS, TInt64.class)))
                                    .with(ServedModel.OUTCOME, answer.solution().outcome());
                        })));
    }
}
