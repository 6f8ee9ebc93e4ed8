package dev.odeon.adjoint.step;

import dev.odeon.graph.Values;
import dev.odeon.solvers.stepping.Counter;
import dev.odeon.solvers.stepping.Start;
import dev.odeon.solvers.stepping.StepInput;
import dev.odeon.solvers.stepping.StepOutput;
import dev.odeon.solvers.stepping.StepSize;
import dev.odeon.solvers.stepping.Stepper;
import java.util.List;
import java.util.Set;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/** The engine of a one-step method without the memory that saves it an evaluation: every step is a first step. */
public record FromRest<T extends TFloating>(Stepper<T> stepper) implements Stepper<T> {

    @Override
    public Set<Counter> counters() {
        return stepper.counters();
    }

    @Override
    public Values prepare(Ops tf, Values linearData, double[] sizes) {
        return stepper.prepare(tf, linearData, sizes);
    }

    @Override
    public Values prepare(Ops tf, Values linearData, StepSize<T> size) {
        return stepper.prepare(tf, linearData, size);
    }

    @Override
    public int factorsPerKind() {
        return stepper.factorsPerKind();
    }

    @Override
    public StepOutput<T> step(Ops tf, StepInput<T> input) {
        List<Operand<T>> times = List.of(input.time());
        Values memory =
                stepper.memory(tf, new Start<>(times, List.of(input.state()), input.theta(), input.linearData()));
        StepOutput<T> output = stepper.step(tf, input.withMemory(memory));
        return new StepOutput<>(
                output.next(),
                Values.empty(),
                output.counts().plus(Counter.EVALUATIONS, stepper.startEvaluations()),
                output.failure(),
                output.error(),
                output.dense());
    }
}
