package dev.odeon.adjoint.differentiation;

import dev.odeon.graph.TensorSpec;
import dev.odeon.solvers.solve.Differentiation;
import dev.odeon.solvers.solve.GradientPlan;
import dev.odeon.solvers.solve.SolveSettings;
import dev.odeon.solvers.solve.StepBound;
import dev.odeon.solvers.steps.PidController;
import java.util.List;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * TensorFlow's own, of steps added one after the other.
 *
 * @param label of the gradient in messages
 */
public record UnrolledDifferentiation(String label) implements Differentiation {

    @Override
    public <T extends TFloating> void require(Ops tf, SolveSettings<T> settings) {
        Requirements.pointsOnly(settings, label);
        if (settings.control() instanceof PidController) {
            throw new IllegalArgumentException("Steps chosen during the solve cannot be unrolled for " + label
                    + ": take Gradient.DISCRETE_ADJOINT, or FixedSteps");
        }
        Requirements.constantExponential(tf, settings);
    }

    @Override
    public Form form() {
        return Form.UNROLLED;
    }

    @Override
    public <T extends TFloating> GradientPlan<T> plan(
            Ops tf, SolveSettings<T> settings, StepBound bound, List<TensorSpec> perStep) {
        throw new IllegalStateException("Unrolled steps make no loop");
    }
}
