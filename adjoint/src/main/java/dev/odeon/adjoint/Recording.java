package dev.odeon.adjoint;

import dev.odeon.adjoint.backward.FewStates;
import dev.odeon.adjoint.backward.Recall;
import dev.odeon.adjoint.backward.ReversedStates;
import dev.odeon.adjoint.backward.StoredStages;
import dev.odeon.adjoint.backward.StoredStates;
import dev.odeon.adjoint.backward.TakenSteps;
import dev.odeon.adjoint.checkpoints.BinomialSchedule;
import dev.odeon.adjoint.step.ReversibleStepper;
import dev.odeon.graph.TensorSpec;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.RungeKutta;
import dev.odeon.solvers.engine.Problem;
import dev.odeon.solvers.engine.Stepper;
import dev.odeon.solvers.forward.Prepared;
import dev.odeon.solvers.forward.RowPlan;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.types.family.TFloating;

/**
 * What a solve with known steps stores for its gradient, and how the way back uses it.
 *
 * @param plan which states the forward loop stores
 */
record Recording<T extends TFloating>(
        Gradient gradient,
        Prepared<T> prepared,
        Method method,
        TakenSteps<T> steps,
        RowPlan plan,
        @Nullable BinomialSchedule schedule) {

    /** The engine of a solve: that of the method, or the reversible one made of it. */
    static <T extends TFloating> Stepper<T> engine(
            Gradient gradient, Problem<T> problem, Method method, Stepper<T> stepper) {
        return gradient instanceof ReversibleAdjoint reversible
                ? new ReversibleStepper<>(problem, method, stepper, reversible.coupling())
                : stepper;
    }

    /** The recording that a gradient needs. */
    static <T extends TFloating> Recording<T> of(
            Gradient gradient, Prepared<T> prepared, Method method, TakenSteps<T> steps) {
        BinomialSchedule schedule = null;
        RowPlan plan = RowPlan.none();
        if (gradient instanceof DiscreteAdjoint adjoint) {
            schedule = Policy.schedule(adjoint.checkpointing(), prepared.count(), steps.carried());
            plan = schedule == null
                    ? RowPlan.allWithStages(prepared.count(), Policy.stages(adjoint.checkpointing(), method))
                    : RowPlan.placed(schedule.slots() + 1, schedule.rowOfStep());
        }
        return new Recording<>(gradient, prepared, method, steps, plan, schedule);
    }

    /** How the way back gets at the states, from the specifications of what the forward loop carries. */
    Recall recall(List<TensorSpec> carriedForward) {
        if (prepared.stepper() instanceof ReversibleStepper<T> reversible) {
            return new ReversedStates<>(steps, reversible);
        }
        if (plan.stages() > 0 && method instanceof RungeKutta rungeKutta) {
            return new StoredStages<>(steps, prepared.problem(), rungeKutta, carriedForward);
        }
        return schedule == null
                ? new StoredStates<>(steps, carriedForward)
                : new FewStates<>(steps, schedule, carriedForward);
    }
}
