package dev.odeon.solvers;

import dev.odeon.solvers.tableaux.Butcher;
import dev.odeon.solvers.tableaux.DensePolynomials;
import java.util.Optional;
import java.util.stream.IntStream;

/** A one-step method whose stages are computed one after the other without iteration. */
public sealed interface RungeKutta extends Method permits ExplicitRungeKutta, ImexRungeKutta {

    /** The explicit coefficients, applied to the nonlinear part (or to the whole field). */
    Butcher explicit();

    /** The implicit coefficients, applied to the linear part; absent for explicit methods. */
    Optional<Butcher> implicit();

    /** The weights of dense output, one polynomial for each stage; cubic Hermite interpolation where absent. */
    default Optional<DensePolynomials> dense() {
        return Optional.empty();
    }

    /** Evaluations of the nonlinear part in one step. */
    default int stages() {
        return explicit().stages();
    }

    /** Whether the first stage is the state at the start of the step, so that its rate can be handed on. */
    default boolean startsExplicitly() {
        return implicit().map(part -> part.a(0, 0) == 0).orElse(true);
    }

    /** The stages of one step that are not its state at the start. */
    default int computedStages() {
        return startsExplicitly() ? stages() - 1 : stages();
    }

    @Override
    default StageReach stageReach() {
        StageReach ofExplicit = StageReach.of(explicit());
        return implicit().map(part -> ofExplicit.and(StageReach.of(part))).orElse(ofExplicit);
    }

    /** The distinct non-zero diagonal coefficients of the implicit part, each of which needs a factor. */
    default double[] diagonals() {
        return implicit()
                .map(part -> IntStream.range(0, part.stages())
                        .mapToDouble(i -> part.a(i, i))
                        .filter(a -> a != 0)
                        .distinct()
                        .toArray())
                .orElseGet(() -> new double[0]);
    }

    @Override
    default int denseCoefficients() {
        return dense().map(own -> 1 + own.degree()).orElseGet(Method.super::denseCoefficients);
    }

    @Override
    default StepCost cost() {
        int solves = implicit().map(Butcher::implicitStages).orElse(0);
        return StepCost.linear(stages(), solves, diagonals().length);
    }

    @Override
    default Optional<RungeKutta> stageByStage() {
        return Optional.of(this);
    }
}
