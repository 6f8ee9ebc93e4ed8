package dev.odeon.adjoint.backward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odeon.adjoint.DiscreteAdjoint;
import dev.odeon.adjoint.checkpoints.Checkpointing;
import dev.odeon.ode.testing.GradientNumbers;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.Methods;
import dev.odeon.solvers.steps.FixedSteps;
import dev.odeon.solvers.steps.PidController;
import dev.odeon.solvers.steps.SaveAt;
import dev.odeon.solvers.steps.StepControl;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TFloating;

/** Stages that are stored, against stages that are computed again. */
class StoredStagesTest {

    private static final double[] U0 = {0.3, -0.2, 0.5, 2.1, 0.7, -1.4};
    private static final SaveAt SEVERAL = SaveAt.times(0.1, 0.35, 0.5, 1.0);
    private static final SaveAt END = SaveAt.end(0, 2);

    private static <T extends TFloating> GradientNumbers run(
            Class<T> type, Method method, StepControl control, Checkpointing checkpointing, SaveAt saveAt) {
        return GradientNumbers.ofTrainable(type, U0, method, control, new DiscreteAdjoint(checkpointing), saveAt);
    }

    static Stream<Arguments> solves() {
        PidController chosen = PidController.of(1e-6, 1e-6).withMaxSteps(200);
        return Stream.of(
                Arguments.of(TFloat64.class, Methods.IMEX_RK2, new FixedSteps(0.1), SEVERAL),
                Arguments.of(TFloat64.class, Methods.IMEX_RK4, new FixedSteps(0.1), SEVERAL),
                Arguments.of(TFloat32.class, Methods.IMEX_RK3, new FixedSteps(0.1), SEVERAL),
                Arguments.of(TFloat64.class, Methods.DOPRI5, new FixedSteps(0.1), SEVERAL),
                Arguments.of(TFloat64.class, Methods.EULER, new FixedSteps(0.1), SEVERAL),
                Arguments.of(TFloat64.class, Methods.IMEX_RK3, chosen, END),
                Arguments.of(TFloat64.class, Methods.TSIT5, chosen, END),
                Arguments.of(TFloat64.class, Methods.TSIT5, chosen.with(PidController.Scope.EACH_SAMPLE), END));
    }

    @ParameterizedTest
    @MethodSource("solves")
    <T extends TFloating> void storedStagesGiveTheGradientOfComputedOnes(
            Class<T> type, Method method, StepControl control, SaveAt saveAt) {
        GradientNumbers computed = run(type, method, control, Checkpointing.storeAll(), saveAt);
        GradientNumbers stored = run(type, method, control, Checkpointing.storeStages(), saveAt);
        stored.assertSameAs(computed, type.equals(TFloat64.class) ? 1e-13 : 1e-5);
        assertThat(stored.nfe()).isEqualTo(computed.nfe());
        // One transposed solve for each implicit stage, and none for the stage itself.
        assertThat(2 * stored.solves()).isEqualTo(computed.solves());
    }

    @Test
    void solvesWithoutUseForStagesAreRefused() {
        PidController chosen = PidController.of(1e-3, 1e-3).withMaxSteps(100);
        refused(Methods.KVAERNO3, new FixedSteps(0.1), END, "Checkpointing.storeAll()");
        refused(Methods.SBDF2, new FixedSteps(0.1), END, "sbdf2");
        refused(Methods.TSIT5, chosen, SEVERAL, "between chosen steps");
        refused(Methods.TSIT5, PidController.of(1e-3, 1e-3), END, "withMaxSteps");
    }

    private static void refused(Method method, StepControl control, SaveAt saveAt, String because) {
        assertThatThrownBy(() -> run(TFloat64.class, method, control, Checkpointing.storeStages(), saveAt))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(because);
    }
}
