package dev.odeon.experiments.series;

import dev.odeon.graph.Values;
import dev.odeon.models.serving.ServedLoss;
import dev.odeon.models.serving.ServedModel;
import dev.odeon.models.serving.ServedTensor;
import dev.odeon.solvers.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/** What a hybrid offers: the next observation after each of a window, and the forecast behind it where there is one. */
final class ServedSeries {

    private static final String OBSERVATIONS = "observations";
    private static final String GAPS = "gaps";
    private static final String NEXT = "next";
    private static final String FORECAST = "forecast";

    /**
     * A window.
     *
     * @param length observations
     * @param channels their names
     * @param ahead times of the forecast; 0 for none
     * @param batch windows in an iteration
     */
    record Window(int length, List<String> channels, int ahead, int batch) {}

    private ServedSeries() {}

    /**
     * Of an objective.
     *
     * @param unit of time for the model, in that of the data
     */
    static <T extends TFloating> ServedModel of(SeriesObjective<T> objective, Window window, double unit) {
        Class<T> type = objective.type();
        int channels = window.channels().size();
        String named = "channels " + String.join(", ", window.channels()) + ", normalised as the training data were";
        // The loop over the observations takes both as data.
        List<ServedTensor> inputs = List.of(
                ServedTensor.rows(
                                OBSERVATIONS,
                                type,
                                window.length() + " observations one after another; " + named,
                                window.length(),
                                channels)
                        .data(),
                ServedTensor.rows(
                                GAPS,
                                type,
                                "the time from each observation to the next, in units of " + unit
                                        + " of the data's unit of time",
                                window.length())
                        .data());
        List<ServedTensor> targets = new ArrayList<>(List.of(ServedTensor.rows(
                NEXT + "_observations",
                type,
                "the observations one later, to compare with",
                window.length(),
                channels)));
        Map<String, String> outputs = new LinkedHashMap<>();
        outputs.put(NEXT, "predicted from each observation and those before it: the one after it; " + named);
        if (window.ahead() > 0) {
            outputs.put(
                    FORECAST,
                    "predicted from the whole window: the last of the next observations and those after it, one unit of time"
                            + " apart");
            targets.add(ServedTensor.rows(
                    FORECAST + "_observations", type, "what is forecast, to compare with", window.ahead(), channels));
        }
        return new ServedModel(
                "Recurrent neural ODE of irregular series: a cell at the observations, a model of continuous depth between",
                ServedModel.parametersOf(objective),
                inputs,
                outputs,
                (tf, given, parameters) -> {
                    SeriesObjective.Predicted<T> predicted =
                            predicted(tf, objective.withoutGradient(), given, parameters, window);
                    Values values = Values.of(NEXT, predicted.next());
                    Operand<T> forecast = predicted.forecast();
                    return (forecast == null ? values : values.with(FORECAST, forecast))
                            .with(ServedModel.OUTCOME, outcome(tf, predicted));
                },
                Optional.of(new ServedLoss(
                        targets,
                        "the loss of the training: mean squares of errors",
                        ServedLoss.rows(objective.gradient(), window.batch()),
                        (tf, given, parameters) -> {
                            SeriesObjective.Predicted<T> predicted =
                                    predicted(tf, objective, given, parameters, window);
                            Values values = Values.of(SeriesObjective.OBSERVED, given.get(OBSERVATIONS))
                                    .with(SeriesObjective.NEXT, given.get(NEXT + "_observations"));
                            Values all = window.ahead() == 0
                                    ? values
                                    : values.with(SeriesObjective.FORECAST, given.get(FORECAST + "_observations"));
                            return Values.of(
                                            ServedLoss.LOSS,
                                            objective.score(tf, all, predicted).loss())
                                    .with(ServedModel.OUTCOME, outcome(tf, predicted));
                        })));
    }

    private static <T extends TFloating> SeriesObjective.Predicted<T> predicted(
            Ops tf, SeriesObjective<T> objective, Values given, Values parameters, Window window) {
        Class<T> type = objective.type();
        return objective.predicted(
                tf, given.get(OBSERVATIONS, type), given.get(GAPS, type), window.ahead(), parameters);
    }

    /** Of each sample: that of the passage, or if it succeeded that of the forecast. */
    private static <T extends TFloating> Operand<TInt32> outcome(Ops tf, SeriesObjective.Predicted<T> predicted) {
        Operand<TInt32> passage = predicted.passage().outcome();
        if (predicted.solution() == null) {
            return passage;
        }
        return tf.select(
                tf.math.equal(passage, tf.constant(Outcome.SUCCESS.code())),
                predicted.solution().outcome(),
                passage);
    }
}
