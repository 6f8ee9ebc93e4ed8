package dev.odeon.experiments.classification;

import dev.odeon.adjoint.Gradient;
import dev.odeon.graph.Floats;
import dev.odeon.models.training.TrainingGraph;
import dev.odeon.models.training.data.BatchSource;
import dev.odeon.solvers.Outcome;
import java.util.Arrays;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;
import org.tensorflow.types.family.TType;

/**
 * Rows that nothing was learned or chosen from, judged in chunks by the parameters as they are.
 *
 * @param rows that are judged
 * @param chunk rows in one run; the last one is filled up with rows that do not count
 */
record UnseenRows(LabelledRows rows, int chunk) {

    /**
     * What became of them.
     *
     * @param outcome SUCCESS, or that of the first chunk whose solve failed, after which nothing was judged
     * @param accuracy share of all rows that were classified as their labels say
     * @param loss mean over all rows
     * @param evaluations mean over the chunks
     */
    record Judgement(Outcome outcome, double accuracy, double loss, double evaluations) {}

    /** Judges all rows. */
    <T extends TFloating> Judgement judge(TrainingGraph<T> graph, ClassifierObjective<T> objective) {
        Ops tf = graph.tf();
        Placeholder<? extends TType> features = tf.placeholder(
                rows.features().type(),
                Placeholder.shape(rows.features().shape().tail().prepend(chunk)));
        Placeholder<TInt32> labels = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(chunk)));
        ClassifierObjective.Answer<T> answer = objective.answer(
                tf, features, graph.parameters(), objective.solving().withGradient(Gradient.NONE));
        Operand<T> right = tf.dtypes.cast(objective.readout().right(tf, answer.outputs(), labels), objective.type());
        Operand<T> loss = objective.readout().loss(tf, answer.outputs(), labels);
        double sumRight = 0;
        double sumLoss = 0;
        double evaluations = 0;
        int chunks = 0;
        BatchSource source = rows.source();
        for (int from = 0; from < rows.count(); from += chunk) {
            int counting = Math.min(chunk, rows.count() - from);
            int[] numbers = new int[chunk];
            int first = from;
            Arrays.setAll(numbers, i -> first + Math.min(i, counting - 1));
            Map<String, TType> loaded = source.load(numbers);
            try (Result result = graph.session()
                    .runner()
                    .feed(features, loaded.get(ClassifierObjective.FEATURES))
                    .feed(labels, loaded.get(ClassifierObjective.LABELS))
                    .fetch(answer.solution().outcome())
                    .fetch(right)
                    .fetch(loss)
                    .fetch(answer.solution().statistics().nfe())
                    .run()) {
                Outcome outcome = Outcome.of(result.get(0));
                if (!outcome.successful()) {
                    return new Judgement(outcome, Double.NaN, Double.NaN, Double.NaN);
                }
                sumRight += sum(Floats.read(result.get(1)), counting);
                sumLoss += sum(Floats.read(result.get(2)), counting);
                evaluations += ((TInt32) result.get(3)).getInt();
                chunks++;
            } finally {
                loaded.values().forEach(TType::close);
            }
        }
        return new Judgement(Outcome.SUCCESS, sumRight / rows.count(), sumLoss / rows.count(), evaluations / chunks);
    }

    private static double sum(double[] numbers, int first) {
        return Arrays.stream(numbers, 0, first).sum();
    }
}
