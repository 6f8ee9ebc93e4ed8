package dev.odeon.ode;

import dev.odeon.adjoint.Backpropagation;
import dev.odeon.adjoint.Gradient;
import dev.odeon.graph.SolveWork;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.NonlinearSplit;
import dev.odeon.solvers.StepCost;
import dev.odeon.solvers.steps.KnownSteps;
import dev.odeon.solvers.steps.SaveAt;
import dev.odeon.solvers.steps.StepControl;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.family.TFloating;

/** What a solve will ask of whoever runs it, told before it is built. */
record ExpectedWork(Method method, StepControl control, Gradient gradient, SaveAt saveAt) {

    /**
     * The work for a state.
     *
     * @param state of the batch
     * @param split of the field, whose implicit stages are iterated for; null for none
     */
    SolveWork on(Operand<? extends TFloating> state, @Nullable NonlinearSplit<?> split) {
        Shape shape = state.shape();
        long numbers = shape.isUnknown() || shape.hasUnknownDimension() ? -1 : shape.size();
        StepCost cost = method.cost();
        int equations = split == null ? cost.equations() : Math.max(cost.equations(), cost.linearSolves());
        return new SolveWork(state.type(), numbers, equations, unrolled(cost));
    }

    private long unrolled(StepCost cost) {
        if (gradient instanceof Backpropagation && control instanceof KnownSteps steps) {
            long each = Math.max(1, cost.evaluations() + cost.evaluationsARound());
            return each * steps.grid(saveAt).count();
        }
        return 0;
    }
}
