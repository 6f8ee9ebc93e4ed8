package dev.odeon.solvers.stepper;

import dev.odeon.graph.Values;
import java.util.Set;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/** A stepper around another, for the same kinds of steps: what it counts and what it prepares is the other's. */
public abstract class StepperAround<T extends TFloating> implements Stepper<T> {

    /** The other one. */
    protected final Stepper<T> stepper;

    /** Around a stepper. */
    protected StepperAround(Stepper<T> stepper) {
        this.stepper = stepper;
    }

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
}
