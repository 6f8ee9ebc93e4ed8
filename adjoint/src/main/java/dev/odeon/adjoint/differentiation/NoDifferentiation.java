package dev.odeon.adjoint.differentiation;

import dev.odeon.graph.CustomGradients;
import dev.odeon.graph.TensorSpec;
import dev.odeon.solvers.forward.Storage;
import dev.odeon.solvers.solve.Differentiation;
import dev.odeon.solvers.solve.GradientPlan;
import dev.odeon.solvers.solve.SolveSettings;
import dev.odeon.solvers.solve.StepBound;
import java.util.List;
import java.util.Optional;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * None: nothing is stored, and whoever asks for a gradient is told why there is none.
 *
 * @param refusal what they are told
 */
public record NoDifferentiation(String refusal) implements Differentiation {

    @Override
    public Optional<Differentiation> ofFirstSteps() {
        return Optional.of(this);
    }

    @Override
    public <T extends TFloating> GradientPlan<T> plan(
            Ops tf, SolveSettings<T> settings, StepBound bound, List<TensorSpec> perStep) {
        return new GradientPlan<>(Storage.nothing(), (inner, loop, nodes) -> CustomGradients.refuse(inner, refusal));
    }
}
