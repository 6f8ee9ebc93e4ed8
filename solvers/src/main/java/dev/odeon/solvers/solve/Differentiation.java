package dev.odeon.solvers.solve;

import dev.odeon.graph.TensorSpec;
import dev.odeon.solvers.stepper.Stepper;
import java.util.List;
import java.util.Optional;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * What a solve does for its gradient: what it must fulfil, which stepper takes its steps, what its loop stores, and how the
 * gradient is attached to the loop.
 *
 * <p>The forward solves know nothing else about gradients. Each gradient of the module {@code adjoint} is one implementation.
 */
public interface Differentiation {

    /** How the steps of known sizes enter the graph. */
    enum Form {
        /** One loop whose body is a step. */
        LOOPED,
        /** One after the other, for TensorFlow's own gradient. */
        UNROLLED
    }

    /**
     * Throws if a solve cannot be differentiated in this way.
     *
     * @throws IllegalArgumentException with the remedy
     */
    default <T extends TFloating> void require(Ops tf, SolveSettings<T> settings) {}

    /** The stepper of the solve: that of the method, or another one made of it. */
    default <T extends TFloating> Stepper<T> stepper(SolveSettings<T> settings, Stepper<T> stepper) {
        return stepper;
    }

    /**
     * What solves for the gradient: a solve by a method and a control of its own, or the same where its steps are gone back
     * over.
     */
    default <T extends TFloating> SolveSettings<T> wayBack(SolveSettings<T> settings) {
        return settings;
    }

    /** How steps of known sizes enter the graph. */
    default Form form() {
        return Form.LOOPED;
    }

    /**
     * How the first steps of a multistep method are differentiated if they become a loop of their own; empty if they are
     * added one by one in front of the loop, where TensorFlow differentiates them.
     */
    default Optional<Differentiation> ofFirstSteps() {
        return Optional.empty();
    }

    /**
     * What a loop stores, and how its gradient is attached to it; not asked for unrolled steps.
     *
     * @param settings of the solve
     * @param bound how many steps the loop takes
     * @param perStep what the loop carries from step to step and every step depends on
     * @throws IllegalArgumentException if what is to be stored does not suit the solve
     */
    <T extends TFloating> GradientPlan<T> plan(
            Ops tf, SolveSettings<T> settings, StepBound bound, List<TensorSpec> perStep);
}
