package dev.odeon.solvers.stepper;

import dev.odeon.graph.Values;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * The stepper of a one-step method without the memory that saves it an evaluation: every step is a first step.
 *
 * <p>Not an {@code Observer}, which keeps the memory of the stepper it watches.
 */
public final class MemorylessStepper<T extends TFloating> extends StepperAround<T> {

    /** Around the stepper of a one-step method. */
    public MemorylessStepper(Stepper<T> stepper) {
        super(stepper);
    }

    @Override
    public StepOutput<T> step(Ops tf, StepInput<T> input) {
        List<Operand<T>> times = List.of(input.time());
        Values memory =
                stepper.memory(tf, new Start<>(times, List.of(input.state()), input.theta(), input.linearData()));
        StepOutput<T> output = stepper.step(tf, input.withMemory(memory));
        return output.withMemory(Values.empty())
                .withCounts(output.counts().plus(Counter.EVALUATIONS, stepper.startEvaluations()));
    }
}
