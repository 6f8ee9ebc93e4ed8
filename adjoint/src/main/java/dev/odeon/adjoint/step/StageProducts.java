package dev.odeon.adjoint.step;

import dev.odeon.graph.Values;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/** The stages of a step as its adjoint needs them: the states, and products with the transposed Jacobians of the field there. */
public sealed interface StageProducts<T extends TFloating> permits RebuiltStages, RecordedStages {

    /** The state of a stage. */
    Operand<T> state(int stage);

    /**
     * Adds a vector-Jacobian product of the field at a stage.
     *
     * @param theta parameters that have a gradient
     * @return with respect to the state, and to the parameters in their order; null where there is none
     */
    List<@Nullable Operand<?>> product(Ops tf, int stage, Values theta, Operand<T> weight);

    /** The state after the step. */
    Operand<T> next();

    /** Evaluations of the field that the stages cost. */
    int evaluations();

    /** Linear solves that they cost. */
    int solves();
}
