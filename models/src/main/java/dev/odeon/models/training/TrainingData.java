package dev.odeon.models.training;

import dev.odeon.models.training.data.BatchPlan;
import dev.odeon.models.training.data.BatchSource;
import dev.odeon.models.training.data.Placement;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.tensorflow.types.family.TType;

/**
 * What a model is trained and judged on, and how it is cut into batches.
 *
 * <p>The objective finds the columns of the sources by their names, [batch, ...], and so what all batches share. Evaluations
 * see all rows of the validation, in batches of the same size; the last one is filled up, and the objective has to leave
 * out what fills it with {@link dev.odeon.models.training.data.BatchWeights}.
 *
 * @param shared tensors that every batch sees whole, kept on the device; may be closed once the training is built
 * @param training rows to learn from
 * @param validation rows to judge by, of the same columns
 * @param plan of the training's batches
 * @param placement of both sources
 * @param inputs what else is fed
 * @param criterion by which the best epoch is found
 */
public record TrainingData(
        Map<String, TType> shared,
        BatchSource training,
        BatchSource validation,
        BatchPlan plan,
        Placement placement,
        IterationInputs inputs,
        Criterion criterion) {

    private static final long MOST_RESIDENT_BYTES = 1L << 30;

    public TrainingData {
        // In the order given: that of Map.copyOf differs from run to run, and with it the graph.
        shared = Collections.unmodifiableMap(new LinkedHashMap<>(shared));
        Objects.requireNonNull(plan, "plan");
        Objects.requireNonNull(placement, "placement");
        Objects.requireNonNull(inputs, "inputs");
        Objects.requireNonNull(criterion, "criterion");
        if (!Set.copyOf(training.columns()).equals(Set.copyOf(validation.columns()))) {
            throw new IllegalArgumentException("The rows of the training have the columns " + training.columns()
                    + ", those of the validation " + validation.columns() + ": give both the same");
        }
        if (validation.rows() < 1) {
            throw new IllegalArgumentException(
                    "The validation has " + validation.rows() + " rows: give one or more to judge by");
        }
        // An epoch has a batch.
        plan.batches(training.rows());
    }

    /** Rows alone, on the device up to a gibibyte each, judged by the loss. */
    public static TrainingData of(BatchSource training, BatchSource validation, BatchPlan plan) {
        return new TrainingData(
                Map.of(),
                training,
                validation,
                plan,
                Placement.upTo(MOST_RESIDENT_BYTES),
                IterationInputs.NONE,
                Criterion.LOSS);
    }

    /** Shared tensors alone, all of which every iteration sees: an iteration is an epoch. */
    public static TrainingData whole(Map<String, ? extends TType> shared) {
        return of(BatchSource.whole(), BatchSource.whole(), BatchPlan.of(1)).withShared(shared);
    }

    /** The same with other shared tensors. */
    public TrainingData withShared(Map<String, ? extends TType> other) {
        return new TrainingData(new LinkedHashMap<>(other), training, validation, plan, placement, inputs, criterion);
    }

    /** The same with the rows kept elsewhere. */
    public TrainingData withPlacement(Placement other) {
        return new TrainingData(shared, training, validation, plan, other, inputs, criterion);
    }

    /** The same with other inputs. */
    public TrainingData withInputs(IterationInputs other) {
        return new TrainingData(shared, training, validation, plan, placement, other, criterion);
    }

    /** The same with another criterion. */
    public TrainingData withCriterion(Criterion other) {
        return new TrainingData(shared, training, validation, plan, placement, inputs, other);
    }
}
