package dev.odeon.adjoint.backsolve;

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
 * @param back with the tolerances of the parts
 */
record PackedErrors(Packing packing, BacksolveSettings back) implements Differentiation {

    @Override
    public <T extends TFloating> Stepper<T> stepper(SolveSettings<T> settings, Stepper<T> stepper) {
        return back.control() instanceof PidController control
                ? new MeasuredParts<>(stepper, packing, back.norm(), control)
                : stepper;
    }

    @Override
    public <T extends TFloating> GradientPlan<T> plan(
            Ops tf, SolveSettings<T> settings, StepBound bound, List<TensorSpec> perStep) {
        return GradientPlan.none();
    }
}
