package dev.odeon.models.training;

import dev.odeon.graph.Values;
import dev.odeon.ode.Solution;
import java.util.Objects;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/**
 * What a model says about one batch, as tensors of the graph.
 *
 * @param loss scalar, what is minimised
 * @param solution the solve the loss was made from: tells outcome and evaluations
 * @param metrics further floating-point scalars by name, such as an accuracy
 * @param updates new values of states by name, such as running means; assigned after each training iteration
 */
public record Score<T extends TFloating>(Operand<T> loss, Solution<T> solution, Values metrics, Values updates) {

    public Score {
        Objects.requireNonNull(loss, "loss");
        Objects.requireNonNull(solution, "solution");
    }

    /** A loss without metrics and updates. */
    public Score(Operand<T> loss, Solution<T> solution) {
        this(loss, solution, Values.empty(), Values.empty());
    }
}
