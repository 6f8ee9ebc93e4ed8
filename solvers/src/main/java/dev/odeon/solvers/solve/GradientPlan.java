package dev.odeon.solvers.solve;

import dev.odeon.solvers.forward.Storage;
import java.util.List;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * What a loop does for its gradient.
 *
 * @param storage what it stores of its steps
 * @param attachment of the gradient
 */
public record GradientPlan<T extends TFloating>(Storage storage, Attachment<T> attachment) {

    /** For a loop inside a loop that has a gradient of its own: nothing is stored, and nobody asks. */
    public static <T extends TFloating> GradientPlan<T> none() {
        return new GradientPlan<>(Storage.nothing(), (tf, loop, nodes) -> "");
    }

    /** Attaches a gradient to a loop. */
    @FunctionalInterface
    public interface Attachment<T extends TFloating> {
        /**
         * Defines the functions of the gradient, which must happen before a gradient is asked for.
         *
         * @param loop whose node is built with the key
         * @param nodes to which every use of the gradient adds where it counts
         * @return a key from {@code CustomGradients}, or empty for none
         */
        String key(Ops tf, DefinedLoop<T> loop, List<BackwardNode> nodes);
    }
}
