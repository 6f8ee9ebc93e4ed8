package dev.odeon.solvers.engine;

import dev.odeon.graph.Values;
import java.util.Set;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/** An engine around another, for the same kinds of steps: what it counts and what it prepares is the other's. */
public abstract class StepperAround<T extends TFloating> implements Stepper<T> {

    /** The other one. */
    protected final Stepper<T> engine;

    /** Around an engine. */
    protected StepperAround(Stepper<T> engine) {
        this.engine = engine;
    }

    @Override
    public Set<Counter> counters() {
        return engine.counters();
    }

    @Override
    public Values prepare(Ops tf, Values linearData, double[] sizes) {
        return engine.prepare(tf, linearData, sizes);
    }

    @Override
    public Values prepare(Ops tf, Values linearData, StepSize<T> size) {
        return engine.prepare(tf, linearData, size);
    }

    @Override
    public int factorsPerKind() {
        return engine.factorsPerKind();
    }
}
