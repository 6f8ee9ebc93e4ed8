package dev.odeon.models.training;

import dev.odeon.graph.CompilationChoice;
import dev.odeon.graph.TensorSpec;
import dev.odeon.models.training.data.Batch;
import dev.odeon.models.training.data.BatchPlan;
import dev.odeon.models.training.data.Remainder;
import dev.odeon.models.training.runs.Evaluation;
import dev.odeon.models.training.runs.Iteration;
import dev.odeon.models.training.runs.Trainable;
import dev.odeon.solvers.Outcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Tensor;
import org.tensorflow.types.family.TFloating;
import org.tensorflow.types.family.TType;

/**
 * An objective with its data, ready for a {@link Trainer}: batches, evaluation over all rows, joined gradients.
 *
 * <pre>{@code
 * TrainingData data = TrainingData.of(
 *         TensorRows.of(Map.of("x", x, "y", y)), TensorRows.of(Map.of("x", validX, "y", validY)),
 *         BatchPlan.of(64).withOrder(Order.shuffled(seed)));
 * try (var training = new BatchedTraining<>(objective, data, new TrainingSettings(new Adam(0), Compilation.AUTO, seed))) {
 *     TrainingResult result = Trainer.of(20, new Cosine(1e-3)).start(training);
 * }
 * }</pre>
 *
 * <p>Owns graph and session: close it.
 *
 * @param <T> element type of the loss
 */
public final class BatchedTraining<T extends TFloating> implements Trainable, AutoCloseable {

    private final TrainingData data;
    private final TrainingSettings settings;
    private final BatchPlan evaluation;
    private final Feeder<T> training;
    private final Feeder<T> validation;
    private final TrainingGraph<T> graph;
    private final @Nullable String single;
    private BatchPlan.@Nullable Epoch epoch;
    private int epochNumber;

    /** Builds the graph, and copies to the device what is to lie there. */
    public BatchedTraining(Objective<T> objective, TrainingData data, TrainingSettings settings) {
        this.data = data;
        this.settings = settings;
        int size = data.plan().size();
        this.evaluation = BatchPlan.of(size);
        this.training = new Feeder<>(
                Phase.TRAINING,
                objective,
                data.training(),
                size,
                data.placement(),
                data.plan().remainder() == Remainder.PAD
                        ? BatchColumns.Weighting.WEIGHTED
                        : BatchColumns.Weighting.EQUAL);
        this.validation = new Feeder<>(
                Phase.EVALUATION,
                objective,
                data.validation(),
                size,
                data.placement(),
                BatchColumns.Weighting.WEIGHTED);
        Map<String, TType> rows = new LinkedHashMap<>();
        try {
            rows.putAll(training.residents());
            rows.putAll(validation.residents());
            Map<String, TType> all = new LinkedHashMap<>(data.shared());
            all.putAll(rows);
            this.single = singleBecause(objective);
            this.graph = new TrainingGraph<>(
                    objective, all, training.columns(), validation.columns(), settings.withAtOnce(together()));
        } finally {
            rows.values().forEach(TType::close);
        }
    }

    /** Never more iterations than an epoch has. */
    private AtOnce together() {
        return single == null ? settings.atOnce().within(batches()) : AtOnce.SINGLE;
    }

    @Override
    public int batches() {
        return data.plan().batches(data.training().rows());
    }

    @Override
    public int atOnce() {
        return graph.atOnce();
    }

    @Override
    public Optional<String> single() {
        return Optional.ofNullable(single);
    }

    /** Why iterations are single ones whatever the settings say; null if they need not be. */
    private @Nullable String singleBecause(Objective<T> objective) {
        if (batches() == 1) {
            return "an epoch has one iteration";
        }
        if (training.loadsAhead()) {
            return "the batches are loaded while iterations run, because not all rows lie on the device";
        }
        for (TensorSpec input : objective.inputs()) {
            if (input.shape().isUnknown() || input.shape().hasUnknownDimension()) {
                return "the input '" + input.name() + "' has no known shape but " + input.shape();
            }
        }
        return null;
    }

    @Override
    public Iteration train(int number, int index, double learningRate) {
        return train(number, index, new double[] {learningRate}).get(0);
    }

    @Override
    public List<Iteration> train(int number, int first, double[] learningRates) {
        BatchPlan.Epoch batches = epoch(number);
        List<Fed> group = new ArrayList<>();
        try {
            for (int i = 0; i < learningRates.length; i++) {
                int index = first + i;
                Batch batch = batches.batch(index);
                Map<String, Tensor> fed = new LinkedHashMap<>();
                group.add(new Fed(
                        fed,
                        learningRates[i],
                        changes(index, batches) ? Fed.Use.CHANGE : Fed.Use.ADD,
                        batch.rows().length,
                        batch.count()));
                feed(fed, number, index, batches);
            }
            return graph.train(group);
        } finally {
            group.forEach(each -> each.tensors().values().forEach(Tensor::close));
        }
    }

    /** The gradients that were to be joined with those of the failed iteration are used without them. */
    @Override
    public void passOver(int number, int index, double learningRate) {
        BatchPlan.Epoch batches = epoch(number);
        if (settings.accumulation() == 1 || !changes(index, batches)) {
            return;
        }
        Map<String, Tensor> fed = new LinkedHashMap<>();
        try {
            feed(fed, number, index, batches);
            graph.settle(fed, learningRate);
        } finally {
            fed.values().forEach(Tensor::close);
        }
    }

    /** Whether an iteration changes the parameters; an epoch's last gradients wait for no others. */
    private boolean changes(int index, BatchPlan.Epoch batches) {
        return index + 1 == batches.batches() || (index + 1) % settings.accumulation() == 0;
    }

    private void feed(Map<String, Tensor> fed, int number, int index, BatchPlan.Epoch batches) {
        boolean last = index + 1 == batches.batches();
        fed.putAll(data.inputs().at(new IterationInputs.Place(Phase.TRAINING, number, index, batches.batches())));
        fed.putAll(training.tensors(batches.batch(index), last ? null : batches.batch(index + 1)));
    }

    private BatchPlan.Epoch epoch(int number) {
        BatchPlan.Epoch present = epoch;
        if (present == null || epochNumber != number) {
            present = data.plan().epoch(data.training().rows(), number);
            epoch = present;
            epochNumber = number;
        }
        return present;
    }

    /** The mean over all rows of the validation, weighted as the batches are. */
    @Override
    public Evaluation evaluate() {
        BatchPlan.Epoch batches = evaluation.epoch(data.validation().rows(), 1);
        EvaluationSums sums = new EvaluationSums();
        for (int index = 0; index < batches.batches(); index++) {
            Batch batch = batches.batch(index);
            Map<String, Tensor> fed = new LinkedHashMap<>();
            try {
                fed.putAll(data.inputs().at(new IterationInputs.Place(Phase.EVALUATION, 0, index, batches.batches())));
                fed.putAll(validation.tensors(batch, index + 1 == batches.batches() ? null : batches.batch(index + 1)));
                Outcome outcome = sums.add(graph.evaluate(fed, batch.rows().length, batch.count()));
                if (outcome != Outcome.SUCCESS) {
                    return sums.failed(outcome);
                }
            } finally {
                fed.values().forEach(Tensor::close);
            }
        }
        return sums.mean(data.criterion());
    }

    @Override
    public void save(Path prefix) {
        graph.save(prefix);
    }

    @Override
    public void restore(Path prefix) {
        graph.restore(prefix);
    }

    /** The graph, to which a finished model's predictions can be added. */
    public TrainingGraph<T> graph() {
        return graph;
    }

    /** Who runs iterations and evaluations, and why. */
    public CompilationChoice compilation() {
        return graph.compilation();
    }

    /** How many numbers are trained. */
    public long parameterCount() {
        return graph.parameterCount();
    }

    @Override
    public void close() {
        training.close();
        validation.close();
        graph.close();
    }
}
