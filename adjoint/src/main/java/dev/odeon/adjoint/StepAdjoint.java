package dev.odeon.adjoint;

import dev.odeon.graph.Values;
import dev.odeon.solvers.stepping.Counts;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/** The adjoint of one step: from the gradient at its end to the gradients of what it read. */
interface StepAdjoint<T extends TFloating> {

    /** With respect to the state before the step. */
    Operand<T> stateGradient();

    /** With respect to the memory before the step, under its names. */
    Values memoryGradients();

    /** With respect to the parameters that were used, under their names. */
    Values thetaGradients();

    /** With respect to the operator's data that was used, under their names. */
    Values linearGradients();

    /** What the adjoint of the step cost, the repetition of the step included. */
    Counts counts();
}
