package dev.odeon.adjoint;

import dev.odeon.graph.Values;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.RungeKutta;
import dev.odeon.solvers.stepping.Problem;
import dev.odeon.solvers.stepping.StepInput;
import dev.odeon.solvers.stepping.Stepper;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/** Which adjoint a step has. */
final class StepAdjoints {

    private StepAdjoints() {}

    /**
     * Adds the adjoint of a step: by hand where its stages take no iteration, else by TensorFlow's gradient of the repeated
     * step, in which iterations have the gradient of the implicit function theorem.
     *
     * @param stepper to repeat the step with
     * @param end gradient with respect to the state after the step
     * @param memoryEnd gradients with respect to the memory after the step, if it is restored
     */
    static <T extends TFloating> StepAdjoint<T> of(
            Ops tf,
            Problem<T> problem,
            Method method,
            Stepper<T> stepper,
            StepInput<T> input,
            Operand<T> end,
            Values memoryEnd) {
        if (method instanceof RungeKutta rungeKutta && problem.split() == null) {
            return new RungeKuttaAdjoint<>(tf, problem, rungeKutta, input, end);
        }
        Values memory = Values.empty();
        for (String name : input.memory().names()) {
            memory = memory.with(name, tf.stopGradient(input.memory().get(name)));
        }
        StepInput<T> cut = new StepInput<>(
                input.time(),
                input.size(),
                tf.stopGradient(input.state()),
                memory,
                input.theta(),
                input.linearData(),
                input.prepared(),
                true);
        return new StepGradients<>(tf, stepper, cut, end, memoryEnd);
    }
}
