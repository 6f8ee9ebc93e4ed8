package dev.odeon.solvers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odeon.solvers.nonlinear.Anderson;
import dev.odeon.solvers.nonlinear.NonlinearSolver;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a method says of itself fits together. */
class MethodFactsTest {

    static List<Method> methods() {
        return Methods.all();
    }

    @ParameterizedTest
    @MethodSource("methods")
    void theStarterIsAOneStepMethodOfTheOrderAndTheKind(Method method) {
        Method starter = method.starter();
        assertThat(starter.history()).isZero();
        assertThat(starter.order()).isGreaterThanOrEqualTo(method.order());
        assertThat(starter.linearPart()).isEqualTo(method.linearPart());
        if (method.history() == 0) {
            assertThat(starter).isSameAs(method);
        }
    }

    @ParameterizedTest
    @MethodSource("methods")
    void aSolveOfFirstStepsAloneIsThatOfTheStarter(Method method) {
        assertThat(method.forSteps(method.history())).isEqualTo(method.starter());
        assertThat(method.forSteps(method.history() + 1)).isSameAs(method);
    }

    @ParameterizedTest
    @MethodSource("methods")
    void stepsAreChosenWhereAnErrorIsEstimatedByALowerOrHigherOrder(Method method) {
        assertThat(method.stepSizes() == Method.StepSizes.CHOSEN)
                .isEqualTo(method.embedded().isPresent());
        method.embedded()
                .ifPresent(estimate -> assertThat(estimate.order()).isPositive().isNotEqualTo(method.order()));
    }

    @Test
    void formulasLookBackOneStepLessThanTheirOrder() {
        assertThat(List.of(Methods.SBDF1, Methods.SBDF4, Methods.CNAB2, Methods.AB3, Methods.ABM5, Methods.BDF5))
                .extracting(Method::history)
                .containsExactly(0, 3, 1, 2, 4, 4);
        assertThat(Methods.SBDF4.starter()).isSameAs(Methods.IMEX_RK4);
        assertThat(Methods.AB5.starter()).isSameAs(Methods.DOPRI5);
    }

    @Test
    void theStarterSolvesItsEquationsAsTheMethodDoes() {
        NonlinearSolver solver = Anderson.standard();
        Method starter = Methods.BDF4.with(solver).starter();
        assertThat(starter).isEqualTo(Methods.KVAERNO4.with(solver));
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void everyFamilyHasMethods(Family family) {
        assertThat(Methods.of(family)).isNotEmpty().allMatch(method -> method.family() == family);
    }

    @Test
    void theFamiliesShareOutTheRegistry() {
        List<Method> together = new ArrayList<>();
        for (Family family : Family.values()) {
            together.addAll(Methods.of(family));
        }
        assertThat(together).containsExactlyInAnyOrderElementsOf(Methods.all());
        assertThat(Methods.BDF2.family()).isEqualTo(Family.BACKWARD_DIFFERENTIATION);
        assertThat(Methods.PROX_BDF2.family()).isEqualTo(Family.PROXIMAL);
    }

    @Test
    void onlyMethodsWithoutAnIterationGoStageByStage() {
        assertThat(Methods.IMEX_RK3.stageByStage()).contains(Methods.IMEX_RK3);
        assertThat(Methods.DOPRI5.stageByStage()).contains(Methods.DOPRI5);
        assertThat(List.of(Methods.SDIRK2, Methods.ETDRK4, Methods.AB2, Methods.BDF2))
                .extracting(Method::stageByStage)
                .containsOnly(Optional.empty());
    }

    @Test
    void stagesBeyondTheStepAreKnown() {
        assertThat(Methods.all().stream()
                        .filter(method -> method.stageReach().beyond())
                        .map(Method::name))
                .containsExactly("bhr-553", "kvaerno4", "kvaerno5");
        assertThat(Methods.KVAERNO5.stageReach().latest()).isEqualTo(1.230333209967908);
        assertThat(Methods.KVAERNO5.stageReach().earliest()).isZero();
    }
}
