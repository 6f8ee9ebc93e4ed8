package dev.odeon.solvers.stepper;

import dev.odeon.graph.Values;
import java.util.Set;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * A stepper: adds one step of a family of methods to the body of a loop.
 *
 * <p>The loop carries the state and the memory; what a kind of step needs and does not change (factors of I - alpha J,
 * coefficients of uneven steps) is made by {@code prepare} outside the loop, once for each kind of step.
 */
public interface Stepper<T extends TFloating> {

    /** How many preceding sizes the coefficients of a step depend on: zero for one-step methods. */
    default int history() {
        return 0;
    }

    /** What {@link #step} may count, in the order of the enum, that of the graph; evaluations always: observers add theirs. */
    Set<Counter> counters();

    /**
     * Adds what all steps of a kind share, in the graph around the loop.
     *
     * @param sizes of the step and of the {@link #history} steps before it, the newest first
     */
    default Values prepare(Ops tf, Values linearData, double[] sizes) {
        return Values.empty();
    }

    /**
     * The same for a one-step method and a size that the loop chooses: same types and shapes for all sizes.
     *
     * @param size of the step
     */
    default Values prepare(Ops tf, Values linearData, StepSize<T> size) {
        return Values.empty();
    }

    /** Factors that one call of {@code prepare} makes. */
    default int factorsPerKind() {
        return 0;
    }

    /** Adds the memory before the first step, in the graph around the loop. */
    default Values memory(Ops tf, Start<T> start) {
        return Values.empty();
    }

    /** Evaluations of the field that {@link #memory} adds. */
    default int startEvaluations() {
        return 0;
    }

    /** Whether steps built for {@code StepDemand.DENSE} have dense output; where not, the cubic of {@link Hermite} is added to them. */
    default boolean interpolates() {
        return false;
    }

    /** Adds one step. */
    StepOutput<T> step(Ops tf, StepInput<T> input);
}
