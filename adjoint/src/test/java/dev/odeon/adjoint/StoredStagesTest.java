package dev.odeon.adjoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.odeon.adjoint.checkpoints.Checkpointing;
import dev.odeon.graph.Floats;
import dev.odeon.graph.Gradients;
import dev.odeon.graph.TestGraph;
import dev.odeon.graph.Values;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.Methods;
import dev.odeon.solvers.linear.DenseSolve;
import dev.odeon.solvers.steps.FixedSteps;
import dev.odeon.solvers.steps.PidController;
import dev.odeon.solvers.steps.SaveAt;
import dev.odeon.solvers.steps.StepControl;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/** Stages that are stored, against stages that are computed again. */
class StoredStagesTest {

    private static final double[] U0 = {0.3, -0.2, 0.5, 2.1, 0.7, -1.4};
    private static final double[] W = {0.5, -0.3, 0.2, 0.1, 0.4, -0.6, 0.3, 0.2, -0.1};
    private static final double[] B = {0.1, -0.2, 0.3};
    private static final double[] J = {-2, 1, 0.3, 0.5, -3, 0.2, 0.1, 0.4, -1.5};
    private static final SaveAt SEVERAL = SaveAt.times(0.1, 0.35, 0.5, 1.0);
    private static final SaveAt END = SaveAt.end(0, 2);

    private record Numbers(List<double[]> gradients, int nfe, int solves, int steps) {}

    private static <T extends TFloating> Numbers run(
            Class<T> type, Method method, StepControl control, Checkpointing checkpointing, SaveAt saveAt) {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Values arguments = Values.of("u0", fed(tf, type, U0, 2, 3))
                    .with("w", fed(tf, type, W, 3, 3))
                    .with("b", fed(tf, type, B, 3))
                    .with("j", fed(tf, type, J, 3, 3));
            Values theta = Values.of("w", arguments.get("w")).with("b", arguments.get("b"));
            Solution<T> solution = OdeSolver.of(
                            Problems.trainable(arguments.get("j", type), DenseSolve.INVERSE), method, control)
                    .withGradient(new DiscreteAdjoint(checkpointing))
                    .solve(tf, arguments.get("u0", type), theta, saveAt);
            Operand<T> loss = tf.reduceSum(tf.math.sin(solution.states()), tf.constant(new int[] {0, 1, 2}));
            Values gradients = Gradients.of(tf, loss, arguments);
            Solution.BackwardStatistics backward = solution.backward().orElseThrow();
            Session.Runner runner = graph.quickSession().runner();
            gradients.operands().forEach(runner::fetch);
            runner.fetch(backward.nfe())
                    .fetch(backward.linearSolves())
                    .fetch(tf.reduceMax(solution.statistics().accepted(), tf.constant(new int[0])));
            try (Result result = runner.run()) {
                List<double[]> values = new ArrayList<>();
                int n = gradients.size();
                for (int i = 0; i < n; i++) {
                    values.add(Floats.read(result.get(i)));
                }
                return new Numbers(values, number(result, n), number(result, n + 1), number(result, n + 2));
            }
        }
    }

    private static int number(Result result, int index) {
        return ((TInt32) result.get(index)).getInt();
    }

    /** Not a constant: TensorFlow would compute the whole graph while optimising it. */
    private static <T extends TFloating> Operand<T> fed(Ops tf, Class<T> type, double[] values, long... dimensions) {
        Shape shape = Shape.of(dimensions);
        return tf.placeholderWithDefault(Floats.constant(tf, type, shape, values), shape);
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
        Numbers computed = run(type, method, control, Checkpointing.storeAll(), saveAt);
        Numbers stored = run(type, method, control, Checkpointing.storeStages(), saveAt);
        double rounding = type.equals(TFloat64.class) ? 1e-13 : 1e-5;
        for (int k = 0; k < computed.gradients().size(); k++) {
            double[] expected = computed.gradients().get(k);
            double scale = 0;
            for (double x : expected) {
                scale = Math.max(scale, Math.abs(x));
            }
            assertThat(scale).isPositive();
            for (int i = 0; i < expected.length; i++) {
                assertThat(stored.gradients().get(k)[i]).isCloseTo(expected[i], within(rounding * scale));
            }
        }
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
