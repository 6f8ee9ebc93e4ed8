package dev.odeon.experiments.series;

import dev.odeon.datasets.series.Windows;
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
    private static final String PAST = "past";
    private static final String NEXT = "next";
    private static final String FORECAST = "forecast";
    /** Behind the name of an output: what it is compared with. */
    private static final String TRUE = "_observations";

    private ServedSeries() {}

    /**
     * Of an objective.
     *
     * @param part windows like those that it is given
     * @param unit of time for the model, in that of the data
     * @param batch windows in an iteration
     */
    static <T extends TFloating> ServedModel of(SeriesObjective<T> objective, SeriesPart part, double unit, int batch) {
        Class<T> type = objective.type();
        Windows behind = part.forecast();
        int ahead = behind == null ? 0 : behind.length();
        Map<String, String> outputs = new LinkedHashMap<>();
        outputs.put(
                NEXT,
                "predicted from each observation and those before it: what is observed next; " + channels(part.next()));
        List<ServedTensor> targets = new ArrayList<>();
        targets.add(windows(NEXT + TRUE, type, part.next(), "what is observed next, to compare with"));
        if (behind != null) {
            outputs.put(
                    FORECAST,
                    "predicted from the whole window: the last of the next observations and those after it, one unit of time"
                            + " apart");
            targets.add(windows(FORECAST + TRUE, type, behind, "what is forecast, to compare with"));
        }
        return new ServedModel(
                "Recurrent neural ODE of irregular series: a cell at the observations, a model of continuous depth between",
                ServedModel.parametersOf(objective),
                inputs(type, part, unit),
                outputs,
                (tf, given, parameters) -> {
                    SeriesObjective.Predicted<T> predicted =
                            objective.withoutGradient().predicted(tf, columns(given), ahead, parameters);
                    Values values = Values.of(NEXT, predicted.next());
                    Operand<T> forecast = predicted.forecast();
                    return (forecast == null ? values : values.with(FORECAST, forecast))
                            .with(ServedModel.OUTCOME, outcome(tf, predicted));
                },
                Optional.of(new ServedLoss(
                        targets,
                        "the loss of the training: mean squares of errors",
                        ServedLoss.rows(objective.gradient(), batch),
                        (tf, given, parameters) -> {
                            Values columns = columns(given);
                            SeriesObjective.Predicted<T> predicted =
                                    objective.predicted(tf, columns, ahead, parameters);
                            return Values.of(
                                            ServedLoss.LOSS,
                                            objective
                                                    .score(tf, columns, predicted)
                                                    .loss())
                                    .with(ServedModel.OUTCOME, outcome(tf, predicted));
                        })));
    }

    /** The loop over the observations takes them and the times as data; the start is made of the past. */
    private static List<ServedTensor> inputs(Class<? extends TFloating> type, SeriesPart part, double unit) {
        List<ServedTensor> inputs = new ArrayList<>();
        inputs.add(windows(OBSERVATIONS, type, part.observed(), "observations one after another")
                .data());
        inputs.add(ServedTensor.rows(
                        GAPS,
                        type,
                        "the time from each observation to the next, in units of " + unit
                                + " of the data's unit of time",
                        part.observed().length())
                .data());
        Windows past = part.past();
        if (past != null) {
            inputs.add(windows(PAST, type, past, "what was observed before"));
        }
        return inputs;
    }

    private static ServedTensor windows(String name, Class<? extends TFloating> type, Windows windows, String meaning) {
        return ServedTensor.rows(
                name,
                type,
                windows.length() + " times: " + meaning + "; " + channels(windows),
                windows.length(),
                windows.width());
    }

    private static String channels(Windows windows) {
        return "channels " + String.join(", ", windows.series().get(0).channels())
                + ", normalised as the training data were";
    }

    /** What is given, under the names by which an objective finds it. */
    private static Values columns(Values given) {
        Map<String, String> names = Map.of(
                OBSERVATIONS,
                SeriesObjective.OBSERVED,
                GAPS,
                SeriesObjective.GAPS,
                PAST,
                SeriesObjective.PAST,
                NEXT + TRUE,
                SeriesObjective.NEXT,
                FORECAST + TRUE,
                SeriesObjective.FORECAST);
        Values columns = Values.empty();
        for (String name : given.names()) {
            columns = columns.with(names.getOrDefault(name, name), given.get(name));
        }
        return columns;
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
