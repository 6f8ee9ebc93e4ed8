package dev.odeon.models.training;

import dev.odeon.graph.TensorSpec;
import dev.odeon.graph.Values;
import dev.odeon.graph.parameters.Parameters;
import java.util.List;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * A model joined with its loss: what a {@link TrainingGraph} turns into operations.
 *
 * @param <T> element type of parameters and loss
 */
public interface Objective<T extends TFloating> {

    /** The element type of the loss. */
    Class<T> type();

    /** Declares everything that training changes by gradients. */
    void declare(Parameters parameters);

    /** Declares what training changes otherwise, such as running means; nothing unless overridden. */
    default void declareStates(Parameters states) {}

    /** The tensors that are fed in every iteration, such as row numbers or the seed of a dropout. */
    List<TensorSpec> inputs();

    /**
     * Adds the model and its loss for one batch.
     *
     * @param tf the graph, or the function, the iteration is built in
     * @param values parameters, states, data and inputs by name
     * @param parameters those of {@code values} that are trained
     */
    Score<T> score(Ops tf, Values values, Values parameters, Phase phase);
}
