package dev.odeon.adjoint.backward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.odeon.adjoint.DiscreteAdjoint;
import dev.odeon.adjoint.checkpoints.Checkpointing;
import dev.odeon.graph.Floats;
import dev.odeon.graph.Gradients;
import dev.odeon.graph.TestGraph;
import dev.odeon.graph.Values;
import dev.odeon.ode.OdeSolver;
import dev.odeon.ode.Solution;
import dev.odeon.ode.testing.Problems;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.Methods;
import dev.odeon.solvers.linear.DenseSolve;
import dev.odeon.solvers.steps.PidController;
import dev.odeon.solvers.steps.SaveAt;
import dev.odeon.solvers.steps.StepControl;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;

/** States between chosen steps, and samples with steps of their own. */
class ChosenStepsGradientTest {

    private static final double[] U0 = {0.3, -0.2, 0.5, 2.1, 0.7, -1.4};
    private static final double[] W = {0.5, -0.3, 0.2, 0.1, 0.4, -0.6, 0.3, 0.2, -0.1};
    private static final double[] B = {0.1, -0.2, 0.3};
    private static final double[] J = {-2, 1, 0.3, 0.5, -3, 0.2, 0.1, 0.4, -1.5};
    private static final SaveAt SEVERAL = SaveAt.times(0, 0.13, 0.35, 0.61, 1.0);
    private static final String[] NAMES = {"u0", "w", "b", "j"};

    private static List<double[]> run(
            Method method,
            DenseSolve solve,
            StepControl control,
            Checkpointing checkpointing,
            SaveAt saveAt,
            List<double[]> values,
            boolean gradient) {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            int batch = values.get(0).length / 3;
            long[][] shapes = {{batch, 3}, {3, 3}, {3}, {3, 3}};
            Values inputs = Values.empty();
            for (int k = 0; k < NAMES.length; k++) {
                Shape shape = Shape.of(shapes[k]);
                inputs = inputs.with(
                        NAMES[k],
                        tf.placeholderWithDefault(Floats.constant(tf, TFloat64.class, shape, values.get(k)), shape));
            }
            Operand<TFloat64> matrix = inputs.get("j", TFloat64.class);
            Solution<TFloat64> solution = OdeSolver.of(Problems.trainable(matrix, solve), method, control)
                    .withGradient(new DiscreteAdjoint(checkpointing))
                    .solve(
                            tf,
                            inputs.get("u0", TFloat64.class),
                            Values.of("w", inputs.get("w")).with("b", inputs.get("b")),
                            saveAt);
            Operand<TFloat64> loss = tf.reduceSum(tf.math.sin(solution.states()), tf.constant(new int[] {0, 1, 2}));
            Session.Runner runner = graph.quickSession().runner().fetch(loss);
            if (gradient) {
                Gradients.of(tf, loss, inputs).operands().forEach(runner::fetch);
            }
            try (Result result = runner.run()) {
                List<double[]> all = new ArrayList<>();
                for (int i = 0; i < result.size(); i++) {
                    TFloat64 tensor = (TFloat64) result.get(i);
                    double[] copy = new double[(int) tensor.size()];
                    tensor.asRawTensor().data().asDoubles().read(copy);
                    all.add(copy);
                }
                return all;
            }
        }
    }

    static Stream<Arguments> methods() {
        return Stream.of(
                Arguments.of(
                        Methods.DOPRI5, DenseSolve.INVERSE, PidController.Scope.WHOLE_BATCH, Checkpointing.storeAll()),
                Arguments.of(
                        Methods.IMEX_RK3,
                        DenseSolve.INVERSE,
                        PidController.Scope.WHOLE_BATCH,
                        Checkpointing.storeAll()),
                Arguments.of(
                        Methods.IMEX_RK3, DenseSolve.LU, PidController.Scope.WHOLE_BATCH, Checkpointing.storeAll()),
                Arguments.of(
                        Methods.BOGACKI_SHAMPINE3,
                        DenseSolve.INVERSE,
                        PidController.Scope.EACH_SAMPLE,
                        Checkpointing.onlineRevolve(2)));
    }

    /** Sizes that do not move with the values: the largest allowed is taken always. */
    @ParameterizedTest
    @MethodSource("methods")
    void statesBetweenStepsHaveTheGradientOfFiniteDifferences(
            Method method, DenseSolve solve, PidController.Scope scope, Checkpointing checkpointing) {
        keptStatesHaveTheGradientOfFiniteDifferences(method, solve, scope, checkpointing, SEVERAL);
    }

    @ParameterizedTest
    @EnumSource
    void statesAtStopsHaveTheGradientOfFiniteDifferences(PidController.Scope scope) {
        SaveAt stops = SaveAt.stops(SEVERAL.times());
        DenseSolve solve = DenseSolve.INVERSE;
        keptStatesHaveTheGradientOfFiniteDifferences(Methods.DOPRI5, solve, scope, Checkpointing.storeAll(), stops);
        keptStatesHaveTheGradientOfFiniteDifferences(
                Methods.DOPRI5, solve, scope, Checkpointing.onlineRevolve(2), stops);
    }

    private static void keptStatesHaveTheGradientOfFiniteDifferences(
            Method method, DenseSolve solve, PidController.Scope scope, Checkpointing checkpointing, SaveAt saveAt) {
        PidController control = PidController.of(10, 10)
                .withFirst(0.125)
                .within(0, 0.125)
                .with(scope)
                .withMaxSteps(20);
        List<double[]> values = List.of(U0, W, B, J);
        List<double[]> gradients = run(method, solve, control, checkpointing, saveAt, values, true);
        double h = 1e-5;
        for (int k = 0; k < NAMES.length; k++) {
            int i = values.get(k).length - 1;
            List<double[]> up = new ArrayList<>(values);
            List<double[]> down = new ArrayList<>(values);
            up.set(k, values.get(k).clone());
            down.set(k, values.get(k).clone());
            up.get(k)[i] += h;
            down.get(k)[i] -= h;
            double difference = (run(method, solve, control, checkpointing, saveAt, up, false)
                                    .get(0)[0]
                            - run(method, solve, control, checkpointing, saveAt, down, false)
                                    .get(0)[0])
                    / (2 * h);
            assertThat(gradients.get(k + 1)[i]).describedAs(NAMES[k]).isCloseTo(difference, within(1e-7));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"END", "ALL"})
    void samplesWithTheirOwnStepsHaveTheGradientsTheyHaveAlone(SaveAt.Kept kept) {
        PidController control = PidController.of(1e-6, 1e-6)
                .with(PidController.Scope.EACH_SAMPLE)
                .withMaxSteps(100);
        SaveAt saveAt = kept == SaveAt.Kept.END ? SaveAt.end(0, 3) : SaveAt.times(0, 0.4, 1.7, 3);
        double[] first = {U0[0], U0[1], U0[2]};
        double[] second = {30 * U0[3], 30 * U0[4], 30 * U0[5]};
        double[] both = {first[0], first[1], first[2], second[0], second[1], second[2]};
        Checkpointing all = Checkpointing.storeAll();
        List<double[]> one =
                run(Methods.TSIT5, DenseSolve.INVERSE, control, all, saveAt, List.of(first, W, B, J), true);
        List<double[]> other =
                run(Methods.TSIT5, DenseSolve.INVERSE, control, all, saveAt, List.of(second, W, B, J), true);
        List<double[]> together =
                run(Methods.TSIT5, DenseSolve.INVERSE, control, all, saveAt, List.of(both, W, B, J), true);
        for (int i = 0; i < 3; i++) {
            assertThat(together.get(1)[i]).isCloseTo(one.get(1)[i], within(1e-12));
            assertThat(together.get(1)[3 + i]).isCloseTo(other.get(1)[i], within(1e-12));
        }
        for (int k = 2; k < one.size(); k++) {
            for (int i = 0; i < one.get(k).length; i++) {
                assertThat(together.get(k)[i]).isCloseTo(one.get(k)[i] + other.get(k)[i], within(1e-11));
            }
        }
    }
}
