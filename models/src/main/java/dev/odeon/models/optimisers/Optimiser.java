package dev.odeon.models.optimisers;

import dev.odeon.graph.Values;
import dev.odeon.graph.parameters.Parameters;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/** How gradients change parameters. */
public sealed interface Optimiser permits AdamW, Adam, Adamax, RmsProp {

    /**
     * Adds one update of every parameter.
     *
     * <p>All gradients are complete before the first parameter changes. A loss that is fetched together with the update
     * is the loss before it, provided its gradient depends on its value; for a loss that is linear in a parameter, build
     * the gradients under a control dependency on the loss.
     *
     * @param slots receives the optimiser's own variables, {@code optimiser/adamw/NAME/m} and so on, of the element types
     *     of the parameters; run its initializer and save it in checkpoints, where the names keep one optimiser's
     *     variables from being taken for another's
     * @param gradients under the names of the parameters, one for each
     * @param learningRate scalar
     * @return the operation that updates parameters and slots
     * @throws IllegalArgumentException if a gradient is missing or has another element type than its parameter
     */
    <T extends TFloating> Op apply(
            Ops tf, Parameters parameters, Parameters slots, Values gradients, Operand<T> learningRate);

    /**
     * Declares the optimiser's own variables, those that {@link #apply} declares itself, for {@link #next}.
     *
     * @param slots receives them
     */
    void declare(Parameters parameters, Parameters slots);

    /**
     * Adds the same update of tensors, such as a loop carries: to rounding what {@link #apply} makes of variables.
     *
     * @param parameters present values
     * @param slots present values of the optimiser's own variables, under the names that {@link #declare} gave them
     * @param gradients under the names of the parameters, one for each
     * @param learningRate scalar
     * @return the new values of all parameters and slots, under their names
     * @throws IllegalArgumentException if a gradient or a slot is missing, or has another element type than its parameter
     */
    <T extends TFloating> Values next(
            Ops tf, Values parameters, Values slots, Values gradients, Operand<T> learningRate);
}
