package dev.odeon.solvers.forward;

import dev.odeon.graph.Values;
import dev.odeon.solvers.stepper.Start;
import dev.odeon.solvers.stepper.StepInput;
import dev.odeon.solvers.stepper.StepOutput;
import dev.odeon.solvers.stepper.Stepper;
import dev.odeon.solvers.stepper.StepperAround;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * A stepper around another: it looks at each step and has its own part of the memory.
 *
 * <p>The loop over known steps stays the same, whatever is recorded or looked for on its way.
 */
public abstract class Observer<T extends TFloating> extends StepperAround<T> {

    /** Around a stepper. */
    protected Observer(Stepper<T> stepper) {
        super(stepper);
    }

    /** The observer's own memory before the first step, under names the stepper does not use. */
    protected Values observed(Ops tf, Start<T> start) {
        return Values.empty();
    }

    /**
     * What becomes of a step.
     *
     * @param input with the whole memory
     * @param output of the stepper, with the stepper's memory only
     * @return the output with the whole memory
     */
    protected abstract StepOutput<T> observed(Ops tf, StepInput<T> input, StepOutput<T> output);

    @Override
    public final StepOutput<T> step(Ops tf, StepInput<T> input) {
        return observed(tf, input, stepper.step(tf, input));
    }

    @Override
    public final Values memory(Ops tf, Start<T> start) {
        return stepper.memory(tf, start).and(observed(tf, start));
    }

    @Override
    public int history() {
        return stepper.history();
    }

    @Override
    public int startEvaluations() {
        return stepper.startEvaluations();
    }
}
