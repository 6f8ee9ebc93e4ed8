package dev.odeon.models.training;

import dev.odeon.graph.Values;
import dev.odeon.ode.Solution;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/**
 * What a model says about one batch, as tensors of the graph.
 *
 * <p>The loss may be made from any number of solves, or none: {@code Score.of(loss).with(first).with(second)}.
 *
 * @param loss scalar, what is minimised
 * @param solves those the loss was made from: they tell outcome and evaluations
 * @param metrics further floating-point scalars by name, such as an accuracy; means over the batch
 * @param updates new values of states by name, such as running means; assigned after each training iteration
 * @param weight scalar, how much this batch counts in a mean over batches, such as the number of observed values; null for
 *     the number of its rows
 */
public record Score<T extends TFloating>(
        Operand<T> loss,
        List<SolveReport> solves,
        Values metrics,
        Values updates,
        @Nullable Operand<T> weight) {

    public Score {
        Objects.requireNonNull(loss, "loss");
        Objects.requireNonNull(metrics, "metrics");
        Objects.requireNonNull(updates, "updates");
        solves = List.copyOf(solves);
    }

    /** A loss made from one solve. */
    public Score(Operand<T> loss, Solution<?> solution) {
        this(loss, List.of(SolveReport.of(solution)), Values.empty(), Values.empty(), null);
    }

    /** A loss without solves, metrics and updates. */
    public static <T extends TFloating> Score<T> of(Operand<T> loss) {
        return new Score<>(loss, List.of(), Values.empty(), Values.empty(), null);
    }

    /** The same with one more solve, through which the gradient flows. */
    public Score<T> with(Solution<?> solution) {
        return with(SolveReport.of(solution));
    }

    /** The same with one more solve. */
    public Score<T> with(SolveReport solve) {
        List<SolveReport> all = new ArrayList<>(solves);
        all.add(solve);
        return new Score<>(loss, all, metrics, updates, weight);
    }

    /** The same with other metrics. */
    public Score<T> withMetrics(Values other) {
        return new Score<>(loss, solves, other, updates, weight);
    }

    /** The same with other updates of states. */
    public Score<T> withUpdates(Values other) {
        return new Score<>(loss, solves, metrics, other, weight);
    }

    /** The same with another weight in means over batches. */
    public Score<T> withWeight(Operand<T> other) {
        return new Score<>(loss, solves, metrics, updates, other);
    }
}
