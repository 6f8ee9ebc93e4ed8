package dev.odeon.adjoint.differentiation;

import dev.odeon.graph.TensorSpec;
import dev.odeon.solvers.solve.Differentiation;
import dev.odeon.solvers.solve.GradientPlan;
import dev.odeon.solvers.solve.SolveSettings;
import dev.odeon.solvers.solve.StepBound;
import java.util.List;
import java.util.Optional;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * What a solve does whose gradient nobody chose: the usual one where there is one; where there is none, the solve stands, and
 * whoever asks for its gradient is told why.
 *
 * @param usual the gradient of all solves that have it
 */
public record UnchosenDifferentiation(Differentiation usual) implements Differentiation {

    private Differentiation of(SolveSettings<?> settings) {
        return Requirements.withoutGradient(settings)
                .<Differentiation>map(NoDifferentiation::new)
                .orElse(usual);
    }

    @Override
    public <T extends TFloating> void require(Ops tf, SolveSettings<T> settings) {
        of(settings).require(tf, settings);
    }

    @Override
    public Optional<Differentiation> ofFirstSteps() {
        return usual.ofFirstSteps();
    }

    @Override
    public <T extends TFloating> GradientPlan<T> plan(
            Ops tf, SolveSettings<T> settings, StepBound bound, List<TensorSpec> perStep) {
        return of(settings).plan(tf, settings, bound, perStep);
    }
}
