package dev.odeon.adjoint.step;

import dev.odeon.graph.Values;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.stepper.Counts;
import dev.odeon.solvers.stepper.Problem;
import dev.odeon.solvers.stepper.StepInput;
import dev.odeon.solvers.stepper.Stepper;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/** The adjoint of one step: from the gradient at its end to the gradients of what it read. */
public interface StepAdjoint<T extends TFloating> {

    /**
     * Adds the adjoint of a step: by hand where its stages take no iteration, else by TensorFlow's gradient of the repeated
     * step, in which iterations have the gradient of the implicit function theorem.
     *
     * @param input with the state and the memory cut off from what they were computed from
     * @param end gradient with respect to the state after the step
     * @param memoryEnd gradients with respect to the memory after the step
     */
    static <T extends TFloating> StepAdjoint<T> of(
            Ops tf,
            Problem<T> problem,
            Method method,
            Stepper<T> stepper,
            StepInput<T> input,
            Operand<T> end,
            Values memoryEnd) {
        return method.stageByStage()
                .filter(stages -> problem.split() == null)
                .<StepAdjoint<T>>map(stages -> RungeKuttaAdjoint.repeating(tf, problem, stages, input, end))
                .orElseGet(() -> new StepGradients<>(
                        tf, stepper, input.forDifferentiation(), end, memoryEnd, List.of(), Values.empty()));
    }

    /** The state after the step, which was repeated. */
    Operand<T> next();

    /** With respect to the state before the step. */
    Operand<T> stateGradient();

    /** With respect to the memory before the step, under its names. */
    Values memoryGradients();

    /** With respect to the parameters that were used, under their names. */
    Values thetaGradients();

    /** With respect to the operator's data that was used, under their names. */
    Values linearGradients();

    /** With respect to other invariants of the loop on which what was kept of the step depends, under their names. */
    default Values otherGradients() {
        return Values.empty();
    }

    /** What the adjoint of the step cost, the repetition of the step included. */
    Counts counts();
}
