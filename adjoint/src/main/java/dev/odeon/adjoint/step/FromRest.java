package dev.odeon.adjoint.step;

import dev.odeon.graph.Values;
import dev.odeon.solvers.engine.Counter;
import dev.odeon.solvers.engine.Start;
import dev.odeon.solvers.engine.StepInput;
import dev.odeon.solvers.engine.StepOutput;
import dev.odeon.solvers.engine.Stepper;
import dev.odeon.solvers.engine.StepperAround;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * The engine of a one-step method without the memory that saves it an evaluation: every step is a first step.
 *
 * <p>Not an {@code Observer}, which keeps the memory of the engine it watches.
 */
public final class FromRest<T extends TFloating> extends StepperAround<T> {

    /** Around the engine of a one-step method. */
    public FromRest(Stepper<T> engine) {
        super(engine);
    }

    @Override
    public StepOutput<T> step(Ops tf, StepInput<T> input) {
        List<Operand<T>> times = List.of(input.time());
        Values memory =
                engine.memory(tf, new Start<>(times, List.of(input.state()), input.theta(), input.linearData()));
        StepOutput<T> output = engine.step(tf, input.withMemory(memory));
        return output.withMemory(Values.empty())
                .withCounts(output.counts().plus(Counter.EVALUATIONS, engine.startEvaluations()));
    }
}
