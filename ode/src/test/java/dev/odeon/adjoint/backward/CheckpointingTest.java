package dev.odeon.adjoint.backward;

import static dev.odeon.ode.testing.Fed.fed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odeon.adjoint.DiscreteAdjoint;
import dev.odeon.adjoint.checkpoints.Checkpointing;
import dev.odeon.graph.Gradients;
import dev.odeon.graph.TestGraph;
import dev.odeon.graph.Values;
import dev.odeon.ode.OdeSolver;
import dev.odeon.ode.Solution;
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
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TFloating;

class CheckpointingTest {

    private static final double[] U0 = {0.3, -0.2, 0.5, 0.1, 0.7, -0.4};
    private static final SaveAt SEVERAL = SaveAt.times(0.1, 0.35, 0.5, 1.0);

    private static <T extends TFloating> GradientNumbers run(
            Class<T> type, Method method, Checkpointing checkpointing, double step) {
        return run(type, method, checkpointing, new FixedSteps(step), SEVERAL);
    }

    private static <T extends TFloating> GradientNumbers run(
            Class<T> type, Method method, Checkpointing checkpointing, StepControl control, SaveAt saveAt) {
        return GradientNumbers.ofTrainable(type, U0, method, control, new DiscreteAdjoint(checkpointing), saveAt);
    }

    static Stream<Arguments> methodsAndTypes() {
        return Stream.of(Methods.IMEX_RK3, Methods.SBDF3)
                .flatMap(method -> Stream.of(TFloat64.class, TFloat32.class).map(type -> Arguments.of(method, type)));
    }

    @ParameterizedTest
    @MethodSource("methodsAndTypes")
    <T extends TFloating> void revolveGivesTheGradientOfStoreAll(Method method, Class<T> type) {
        GradientNumbers all = run(type, method, Checkpointing.storeAll(), 0.05);
        double rounding = type.equals(TFloat64.class) ? 1e-14 : 1e-6;
        assertThat(all.recomputed()).isZero();
        GradientNumbers revolved = run(type, method, Checkpointing.revolve(3), 0.05);
        revolved.assertSameAs(all, rounding);
        // 5 + 3 + 10 steps less those that a multistep method takes before its loop.
        int steps = 18 - before(method);
        assertThat(revolved.recomputed()).isEqualTo(BinomialSchedule.optimum(steps, 3) - (steps - 1));
        assertThat(revolved.nfe()).isGreaterThan(all.nfe());
    }

    private static int before(Method method) {
        return method == Methods.SBDF3 ? 2 : 0;
    }

    @ParameterizedTest
    @MethodSource("methodsAndTypesThatChooseSteps")
    <T extends TFloating> void onlineRevolveGivesTheGradientOfStoreAll(Method method, Class<T> type) {
        PidController control = PidController.of(1e-5, 1e-5).withMaxSteps(400);
        SaveAt end = SaveAt.end(0, 20);
        GradientNumbers all = run(type, method, Checkpointing.storeAll(), control, end);
        GradientNumbers few = run(type, method, Checkpointing.onlineRevolve(4), control, end);
        GradientNumbers budget = run(type, method, Checkpointing.within(6 * 2 * 3 * 8), control, end);
        assertThat(all.accepted()).isGreaterThan(20);
        few.assertSameAs(all, type.equals(TFloat64.class) ? 1e-13 : 1e-5);
        budget.assertSameAs(all, type.equals(TFloat64.class) ? 1e-13 : 1e-5);
        long optimum = BinomialSchedule.optimum(all.accepted(), 4);
        assertThat(few.recomputed() + all.accepted() - 1L).isBetween(optimum, optimum + optimum / 10);
        assertThat(budget.recomputed()).isPositive().isLessThanOrEqualTo(few.recomputed());
    }

    static Stream<Arguments> methodsAndTypesThatChooseSteps() {
        return Stream.of(Methods.IMEX_RK3, Methods.TSIT5)
                .flatMap(method -> Stream.of(TFloat64.class, TFloat32.class).map(type -> Arguments.of(method, type)));
    }

    @Test
    void aBudgetBecomesTheFastestScheduleThatFits() {
        long state = 2 * 3 * 8;
        GradientNumbers all = run(TFloat64.class, Methods.IMEX_RK2, Checkpointing.storeAll(), 0.1);
        GradientNumbers plenty = run(TFloat64.class, Methods.IMEX_RK2, Checkpointing.within(1 << 20), 0.1);
        GradientNumbers tight = run(TFloat64.class, Methods.IMEX_RK2, Checkpointing.within(3 * state), 0.1);
        assertThat(plenty.recomputed()).isZero();
        // 3 + 2 + 5 steps; two slots and the row that is worked on.
        assertThat(tight.recomputed()).isEqualTo(BinomialSchedule.optimum(10, 2) - 9);
        tight.assertSameAs(all, 1e-14);
        plenty.assertSameAs(all, 1e-14);
        assertThatThrownBy(() -> run(TFloat64.class, Methods.IMEX_RK2, Checkpointing.within(50), 0.1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("give at least " + 2 * state);
    }

    @Test
    void checkpointingThatDoesNotSuitFixedStepsIsRefused() {
        assertThatThrownBy(() -> run(TFloat64.class, Methods.IMEX_RK2, Checkpointing.onlineRevolve(4), 0.1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Checkpointing.revolve(4)");
        assertThatThrownBy(() -> run(
                        TFloat64.class,
                        Methods.IMEX_RK3,
                        Checkpointing.revolve(4),
                        PidController.of(1e-3, 1e-3),
                        SaveAt.end(0, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Checkpointing.onlineRevolve(4)");
        assertThatThrownBy(() -> Checkpointing.revolve(0)).hasMessageContaining("0 slots");
        assertThatThrownBy(() -> Checkpointing.onlineRevolve(1)).hasMessageContaining("1 slots");
        assertThatThrownBy(() -> Checkpointing.within(0)).hasMessageContaining("0 bytes");
    }

    @Test
    void theGradientOfASolveThatFailedIsNotANumber() {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Operand<TFloat64> u0 = fed(tf, TFloat64.class, new double[] {1, 2}, 1, 2);
            Operand<TFloat64> rate = fed(tf, TFloat64.class, new double[] {-1e6}, 1);
            Solution<TFloat64> solution = OdeSolver.<TFloat64>of(
                            (inner, t, u, theta) -> inner.math.mul(u, theta.get("rate", TFloat64.class)),
                            Methods.RK4,
                            new FixedSteps(1))
                    .withGradient(new DiscreteAdjoint(Checkpointing.revolve(5)))
                    .solve(tf, u0, Values.of("rate", rate), SaveAt.end(0, 100));
            Operand<TFloat64> loss = tf.reduceSum(solution.last(), tf.constant(new int[] {0, 1}));
            Values gradients = Gradients.of(tf, loss, Values.of("rate", rate));
            assertThat(TestGraph.evaluate(graph.quickSession(), gradients.get("rate")))
                    .containsOnly(Double.NaN);
        }
    }
}
