package dev.odeon.experiments.series;

import dev.odeon.adjoint.Gradient;
import dev.odeon.graph.Channels;
import dev.odeon.graph.Floats;
import dev.odeon.graph.Gradients;
import dev.odeon.graph.TensorSpec;
import dev.odeon.graph.Values;
import dev.odeon.graph.parameters.Parameters;
import dev.odeon.models.recurrent.ObservedSeries;
import dev.odeon.models.recurrent.OdeRnn;
import dev.odeon.models.recurrent.Passage;
import dev.odeon.models.training.Objective;
import dev.odeon.models.training.Phase;
import dev.odeon.models.training.Score;
import dev.odeon.models.training.data.BatchWeights;
import dev.odeon.ode.Solution;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * Fits a hybrid to windows of series: from each observation on the next is predicted, and where the data say so a few more
 * behind the last.
 *
 * <p>Without a forecast the loss is the mean square error of the next observation. With one it is that of the forecast and a
 * tenth of those of the next observation and of the present one, as read before and after the cell.
 */
final class SeriesObjective<T extends TFloating> implements Objective<T> {

    /** Name of the observations: [windows, K, channels]. */
    static final String OBSERVED = "x";
    /** Name of what was observed before, where the start is computed from that: [windows, times, channels]. */
    static final String PAST = "past";
    /** Name of the times to the next observation: [windows, K]. */
    static final String GAPS = "gaps";
    /** Name of what is to be predicted, at the times of the next observations: [windows, K, outputs]. */
    static final String NEXT = "next";
    /** Name of what is to be forecast: [windows, times, outputs], one unit of time apart, the last of the next observations first. */
    static final String FORECAST = "forecast";

    private static final double SHARE = 0.1;

    private final Class<T> type;
    private final SeriesModel<T> model;
    private final OdeRnn<T> hybrid;
    private final OdeRnn<T> shifted;

    /** @param shifted the same hybrid with a {@link ShiftedCell} */
    SeriesObjective(Class<T> type, SeriesModel<T> model, OdeRnn<T> hybrid, OdeRnn<T> shifted) {
        this.shifted = shifted;
        this.type = type;
        this.model = model;
        this.hybrid = hybrid;
    }

    /** How its solves are differentiated. */
    Gradient gradient() {
        return hybrid.gradient();
    }

    /** The same, whose solves are not differentiated. */
    SeriesObjective<T> withoutGradient() {
        return new SeriesObjective<>(type, model, hybrid.withGradient(Gradient.NONE), shifted);
    }

    @Override
    public Class<T> type() {
        return type;
    }

    @Override
    public void declare(Parameters parameters) {
        model.declare(parameters, type);
    }

    @Override
    public List<TensorSpec> inputs() {
        return List.of();
    }

    /**
     * What the model says of windows.
     *
     * @param present what is read right after each observation: [batch, K, outputs]
     * @param next what is read at the time of the next one: the same shape
     * @param forecast [batch, times, outputs]; null if there is none
     * @param passage through the observations
     * @param solution of the forecast; null if there is none
     */
    record Predicted<T extends TFloating>(
            Operand<T> present,
            Operand<T> next,
            @Nullable Operand<T> forecast,
            Passage<T> passage,
            @Nullable Solution<T> solution) {}

    /**
     * Adds the model.
     *
     * @param columns observations, times between them, and the past if there is one
     * @param ahead times of the forecast, the time of its start among them; 0 for none
     */
    Predicted<T> predicted(Ops tf, Values columns, int ahead, Values theta) {
        Operand<T> observed = columns.get(OBSERVED, type);
        Operand<T> gaps = columns.get(GAPS, type);
        Operand<T> before = columns.contains(PAST) ? columns.get(PAST, type) : observed;
        Operand<T> x = tf.linalg.transpose(observed, tf.constant(new int[] {1, 0, 2}));
        Operand<T> durations = tf.linalg.transpose(gaps, tf.constant(new int[] {1, 0}));
        Passage<T> passage = hybrid.pass(
                tf,
                model.start(tf, before, theta),
                theta,
                ObservedSeries.of(x, durations).data());
        Operand<T> present = model.output(tf, passage.updated(), theta);
        Operand<T> next = model.output(tf, passage.evolved(), theta);
        if (ahead == 0) {
            return new Predicted<>(present, next, null, passage, null);
        }
        double[] later = new double[ahead - 1];
        for (int i = 0; i < later.length; i++) {
            later[i] = i + 1;
        }
        Operand<T> column = tf.slice(gaps, tf.constant(new int[] {0, 0}), tf.constant(new int[] {-1, 1}));
        Operand<T> times =
                tf.math.add(tf.zerosLike(column), Floats.constant(tf, type, Shape.of(1, later.length), later));
        Solution<T> solution = hybrid.forecast(tf, passage.last(), theta, times);
        return new Predicted<>(present, next, model.output(tf, solution.states(), theta), passage, solution);
    }

    /**
     * Adds the adjoint against time: dL/ds right after each observation, of the square error L of the last prediction alone.
     *
     * @return its Euclidean norm, averaged over the windows: [K]
     */
    Operand<T> adjoints(Ops tf, Values columns, Values theta) {
        Operand<T> observed = columns.get(OBSERVED, type);
        Operand<T> x = tf.linalg.transpose(observed, tf.constant(new int[] {1, 0, 2}));
        Operand<T> durations = tf.linalg.transpose(columns.get(GAPS, type), tf.constant(new int[] {1, 0}));
        int units = model.model().stateChannels();
        Operand<T> shift = tf.fill(Channels.shape(tf, x, units), Floats.scalar(tf, type, 0));
        long[] known = x.shape().asArray();
        Operand<T> both =
                tf.ensureShape(Channels.joined(tf, List.of(x, shift)), Shape.of(known[0], known[1], known[2] + units));
        Operand<T> before = columns.contains(PAST) ? columns.get(PAST, type) : observed;
        Passage<T> passage =
                shifted.pass(tf, model.start(tf, before, theta), theta, ObservedSeries.of(both, durations));
        Operand<T> last = model.output(tf, tf.expandDims(passage.last(), tf.constant(0)), theta);
        Operand<T> truth = tf.slice(
                columns.get(NEXT, type), tf.constant(new long[] {0, known[0] - 1, 0}), tf.constant(new long[] {-1, 1, -1
                }));
        Operand<T> loss = tf.reduceSum(tf.math.squaredDifference(last, truth), tf.constant(new int[] {0, 1, 2}));
        Operand<T> adjoints = Gradients.of(tf, loss, Values.of("shift", shift)).get("shift", type);
        Operand<T> norms = tf.math.sqrt(tf.reduceSum(tf.math.square(adjoints), tf.constant(2)));
        return tf.math.mean(norms, tf.constant(1));
    }

    @Override
    public Score<T> score(Ops tf, Values values, Values parameters, Phase phase) {
        int ahead = values.contains(FORECAST)
                ? Math.toIntExact(values.get(FORECAST, type).shape().get(1))
                : 0;
        return score(tf, values, predicted(tf, values, ahead, parameters));
    }

    /** Adds the score of what was predicted. */
    Score<T> score(Ops tf, Values values, Predicted<T> predicted) {
        Operand<T> next = error(tf, values, predicted.next(), values.get(NEXT, type));
        Operand<T> forecast = predicted.forecast();
        Solution<T> solution = predicted.solution();
        if (forecast == null || solution == null) {
            return Score.of(next).with(predicted.passage().report());
        }
        Operand<T> behind = error(tf, values, forecast, values.get(FORECAST, type));
        Operand<T> present = error(tf, values, predicted.present(), values.get(OBSERVED, type));
        Operand<T> share = tf.math.mul(tf.math.add(next, present), Floats.scalar(tf, type, SHARE));
        return Score.of(tf.math.add(behind, share))
                .with(predicted.passage().report())
                .with(solution)
                .withMetrics(Values.of("nextError", next).with("forecastError", behind));
    }

    private Operand<T> error(Ops tf, Values values, Operand<T> prediction, Operand<T> truth) {
        return BatchWeights.mean(tf, values, tf.math.square(tf.math.sub(prediction, truth)));
    }
}
