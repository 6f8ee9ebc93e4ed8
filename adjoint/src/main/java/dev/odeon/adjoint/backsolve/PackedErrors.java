package dev.odeon.adjoint.backsolve;

import dev.odeon.adjoint.norms.ErrorNorm;
import dev.odeon.graph.TensorSpec;
import dev.odeon.solvers.solve.Differentiation;
import dev.odeon.solvers.solve.GradientPlan;
import dev.odeon.solvers.solve.SolveSettings;
import dev.odeon.solvers.solve.StepBound;
import dev.odeon.solvers.stepper.Stepper;
import dev.odeon.solvers.steps.PidController;
import java.util.List;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * A solve of packed states inside the way back: without a gradient, and where it chooses its steps by the errors of the parts.
 *
 * @param norm of the errors
 */
record PackedErrors(Packing packing, ErrorNorm norm) implements Differentiation {

    @Override
    public <T extends TFloating> Stepper<T> stepper(SolveSettings<T> settings, Stepper<T> stepper) {
        return settings.control() instanceof PidController control
                ? new MeasuredParts<>(stepper, packing, norm, control.norm())
                : stepper;
    }

    @Override
    public <T extends TFloating> GradientPlan<T> plan(
            Ops tf, SolveSettings<T> settings, StepBound bound, List<TensorSpec> perStep) {
        return GradientPlan.none();
    }
}
