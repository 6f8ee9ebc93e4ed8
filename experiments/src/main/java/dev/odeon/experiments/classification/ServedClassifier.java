package dev.odeon.experiments.classification;

import dev.odeon.adjoint.Gradient;
import dev.odeon.graph.Values;
import dev.odeon.models.serving.ServedLoss;
import dev.odeon.models.serving.ServedModel;
import dev.odeon.models.serving.ServedTensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/** What a classifier offers: the classes of features, and how sure it is. */
final class ServedClassifier {

    private static final String CLASS = "class";
    private static final String SCORES = "scores";
    private static final String LABEL = "label";

    private ServedClassifier() {}

    /**
     * Of an objective.
     *
     * @param features shape of those of one sample, as they are kept
     * @param batch samples in an iteration
     */
    static <T extends TFloating> ServedModel of(ClassifierObjective<T> objective, Shape features, int batch) {
        Class<T> type = objective.type();
        Map<String, String> outputs = new LinkedHashMap<>();
        outputs.put(SCORES, objective.readout().scoresMeaning());
        outputs.put(CLASS, "the number of the class, from 0");
        String input = objective.reading().inputName();
        return new ServedModel(
                "Classifier of continuous depth: the state of a model from time 0 to 1, read by a dense layer",
                ServedModel.parametersOf(objective),
                List.of(ServedTensor.rows(
                        input,
                        objective.reading().kept(type),
                        objective.reading().meaning(),
                        features.asArray())),
                outputs,
                (tf, given, parameters) -> {
                    ClassifierObjective.Answer<T> answer = answer(tf, objective, given, parameters, Gradient.NONE);
                    return Values.of(SCORES, objective.readout().scores(tf, answer.outputs()))
                            .with(CLASS, objective.readout().classes(tf, answer.outputs()))
                            .with(ServedModel.OUTCOME, answer.solution().outcome());
                },
                Optional.of(new ServedLoss(
                        List.of(ServedTensor.rows(LABEL, TInt32.class, "the number of the true class, from 0")),
                        "the mean over the samples of the loss of the training",
                        ServedLoss.rows(objective.solving().gradient(), batch),
                        (tf, given, parameters) -> {
                            ClassifierObjective.Answer<T> answer = answer(
                                    tf,
                                    objective,
                                    given,
                                    parameters,
                                    objective.solving().gradient());
                            Operand<T> each =
                                    objective.readout().loss(tf, answer.outputs(), given.get(LABEL, TInt32.class));
                            return Values.of(ServedLoss.LOSS, tf.math.mean(each, tf.constant(0)))
                                    .with(ServedModel.OUTCOME, answer.solution().outcome());
                        })));
    }

    private static <T extends TFloating> ClassifierObjective.Answer<T> answer(
            Ops tf, ClassifierObjective<T> objective, Values given, Values parameters, Gradient gradient) {
        return objective.answer(
                tf,
                given.get(objective.reading().inputName(), objective.reading().kept(objective.type())),
                parameters,
                objective.solving().withGradient(gradient));
    }
}
