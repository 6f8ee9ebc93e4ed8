package dev.odeon.solvers.forward.chosen;

import static dev.odeon.ode.testing.Fed.fed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.odeon.adjoint.DiscreteAdjoint;
import dev.odeon.adjoint.Gradient;
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
import dev.odeon.solvers.Outcome;
import dev.odeon.solvers.SplitField;
import dev.odeon.solvers.VectorField;
import dev.odeon.solvers.linear.Dense;
import dev.odeon.solvers.linear.DenseSolve;
import dev.odeon.solvers.linear.Diagonal;
import dev.odeon.solvers.linear.KroneckerSum;
import dev.odeon.solvers.linear.LinearOperator;
import dev.odeon.solvers.linear.Scaled;
import dev.odeon.solvers.linear.ScaledIdentity;
import dev.odeon.solvers.linear.Sparse;
import dev.odeon.solvers.linear.Tridiagonal;
import dev.odeon.solvers.linear.krylov.Krylov;
import dev.odeon.solvers.linear.krylov.KrylovMethod;
import dev.odeon.solvers.steps.PidController;
import dev.odeon.solvers.steps.SaveAt;
import java.util.Arrays;
import java.util.List;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.LUDecomposition;
import org.hipparchus.linear.RealVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;

class ChosenLoopTest {

    static List<Method> choosingMethods() {
        return Methods.all().stream()
                .filter(method -> method.stepSizes() == Method.StepSizes.CHOSEN)
                .toList();
    }

    static List<Method> oneOfEachStepper() {
        return List.of(Methods.TSIT5, Methods.IMEX_RK4, Methods.TRBDF2);
    }

    private record Solved(double[] states, int[] outcomes, int[] nfe, int[] accepted, int[] rejected, int factors) {}

    private static Solved fetch(TestGraph graph, Solution<TFloat64> solution) {
        try (Result result = graph.session()
                .runner()
                .fetch(solution.states())
                .fetch(solution.outcome())
                .fetch(solution.statistics().nfe())
                .fetch(solution.statistics().accepted())
                .fetch(solution.statistics().rejected())
                .fetch(solution.statistics().factorizations())
                .run()) {
            return new Solved(
                    Floats.read(result.get(0)),
                    integers((TInt32) result.get(1)),
                    integers((TInt32) result.get(2)),
                    integers((TInt32) result.get(3)),
                    integers((TInt32) result.get(4)),
                    integers((TInt32) result.get(5))[0]);
        }
    }

    private static int[] integers(TInt32 tensor) {
        int[] values = new int[Math.toIntExact(tensor.shape().size())];
        int[] next = {0};
        tensor.scalars().forEach(scalar -> values[next[0]++] = scalar.getInt());
        return values;
    }

    @ParameterizedTest
    @MethodSource("choosingMethods")
    void theErrorFollowsTheToleranceAtTheEndAndBetweenSteps(Method method) {
        double rtol = method.order() >= 3 ? 1e-7 : 1e-5;
        double[] times = {0, 0.1, 0.77, 1.5, 2};
        try (TestGraph graph = new TestGraph()) {
            Operand<TFloat64> u0 = fed(graph.tf(), new double[] {1, Math.cos(1), Math.cos(2)}, 1, 3);
            Solved solved = fetch(
                    graph,
                    OdeSolver.of(Problems.<TFloat64>forced(-0.5, -1, -2), method, PidController.of(rtol, rtol))
                            .withGradient(Gradient.NONE)
                            .solve(graph.tf(), u0, Values.empty(), SaveAt.times(times)));
            assertThat(solved.outcomes()).containsExactly(Outcome.SUCCESS.code());
            for (int i = 0; i < solved.states().length; i++) {
                assertThat(Math.abs(solved.states()[i] - Math.cos(times[i / 3] + i % 3)))
                        .isLessThan((method.order() >= 3 ? 40 : 60) * rtol);
            }
            // On the ladder every size has one factor, and few sizes are in use.
            assertThat(solved.factors()).isLessThan(method.linearPart() == Method.LinearPart.SEPARATE ? 10 : 1_000_000);
        }
    }

    /** Factors that cost no more than a solve are made in every step, whose size then needs no ladder. */
    @Test
    void cheapFactorsLetTheStepsVaryFreely() {
        double[] rates = {-0.5, -1, -2};
        VectorField<TFloat64> nonlinear = Problems.<TFloat64>forced(rates).nonlinear();
        List<LinearOperator<TFloat64>> operators = List.of(
                Diagonal.of(rates),
                Tridiagonal.of(new double[2], rates, new double[2]),
                Scaled.of(0.5, Diagonal.of(-1, -2, -4)),
                Sparse.of(3, new int[] {0, 1, 2}, new int[] {0, 1, 2}, rates, Krylov.of(KrylovMethod.GMRES)),
                KroneckerSum.of(new double[][] {{0}}, new double[][] {{-0.5, 0, 0}, {0, -1, 0}, {0, 0, -2}}),
                Dense.of(new double[][] {{-0.5, 0, 0}, {0, -1, 0}, {0, 0, -2}}, DenseSolve.LU));
        int last = operators.size() - 1;
        int[] accepted = new int[operators.size()];
        int[] factors = new int[operators.size()];
        for (int k = 0; k < operators.size(); k++) {
            try (TestGraph graph = new TestGraph()) {
                Operand<TFloat64> u0 = fed(graph.tf(), new double[] {1, Math.cos(1), Math.cos(2)}, 1, 3);
                Solved solved = fetch(
                        graph,
                        OdeSolver.of(
                                        new SplitField<>(nonlinear, operators.get(k)),
                                        Methods.IMEX_RK4,
                                        PidController.of(1e-6, 1e-6))
                                .withGradient(Gradient.NONE)
                                .solve(graph.tf(), u0, Values.empty(), SaveAt.end(0, 2)));
                for (int i = 0; i < 3; i++) {
                    assertThat(solved.states()[i]).isCloseTo(Math.cos(2 + i), within(3e-5));
                }
                accepted[k] = solved.accepted()[0];
                factors[k] = solved.factors();
            }
        }
        for (int k = 0; k < last; k++) {
            assertThat(factors[k]).isZero();
            assertThat(accepted[k]).isEqualTo(accepted[0]);
        }
        assertThat(factors[last]).isPositive();
        assertThat(accepted[0]).isLessThan(accepted[last]);
    }

    /** A factor of each size in use, and no others: they are made in the graph, whose constants are J alone. */
    @ParameterizedTest
    @EnumSource
    void theLadderHoldsNoFactorsInTheGraph(DenseSolve solve) {
        int d = 40;
        double[][] matrix = new double[d][d];
        for (int i = 0; i < d; i++) {
            matrix[i][i] = -1 - i;
            matrix[i][(i + 1) % d] = 0.5;
        }
        try (TestGraph graph = new TestGraph()) {
            Operand<TFloat64> u0 = fed(graph.tf(), new double[d], 1, d);
            VectorField<TFloat64> ones = (tf, t, u, theta) -> tf.onesLike(u);
            Solved solved = fetch(
                    graph,
                    OdeSolver.of(
                                    new SplitField<>(ones, Dense.of(matrix, solve)),
                                    Methods.IMEX_RK3,
                                    PidController.of(1e-6, 1e-6))
                            .withGradient(Gradient.NONE)
                            .solve(graph.tf(), u0, Values.empty(), SaveAt.end(0, 20)));
            assertThat(solved.outcomes()).containsExactly(Outcome.SUCCESS.code());
            assertThat(solved.factors()).isBetween(2, 20);
            // J u + 1 = 0 at rest.
            RealVector rest = new LUDecomposition(new Array2DRowRealMatrix(matrix))
                    .getSolver()
                    .solve(new ArrayRealVector(d, -1.0));
            assertThat(solved.states()).containsExactly(rest.toArray(), within(1e-4));
            // The constant, and what is carried, which is filled when the graph runs.
            assertThat(graph.graph().toGraphDef().getSerializedSize()).isLessThan(20 * 8 * d * d);
        }
    }

    @Test
    void reverseTimeReturnsToTheStart() {
        try (TestGraph graph = new TestGraph()) {
            double[] times = {1, 0.5, 0};
            double[] end = {Math.cos(1), Math.cos(2), Math.cos(3)};
            Solved solved = fetch(
                    graph,
                    OdeSolver.of(Problems.<TFloat64>forced(0.5, 1, 0.2), Methods.TSIT5, PidController.of(1e-9, 1e-9))
                            .withGradient(Gradient.NONE)
                            .solve(graph.tf(), fed(graph.tf(), end, 1, 3), Values.empty(), SaveAt.times(times)));
            for (int i = 0; i < 9; i++) {
                assertThat(Math.abs(solved.states()[i] - Math.cos(times[i / 3] + i % 3)))
                        .isLessThan(1e-7);
            }
        }
    }

    /** u' = -rate u, one rate for each sample; the stiff samples are few. */
    private static VectorField<TFloat64> decay(double... rates) {
        return (tf, t, u, theta) ->
                tf.math.mul(u, Floats.constant(tf, TFloat64.class, Shape.of(rates.length, 1), rates));
    }

    @Test
    void samplesWithTheirOwnStepsCostLessThanSharedSteps() {
        double[] rates = {-400, -1, -1.5, -2, -0.5, -1, -1, -3};
        int own = 0;
        int shared = 0;
        for (PidController.Scope scope : PidController.Scope.values()) {
            try (TestGraph graph = new TestGraph()) {
                double[] ones = new double[rates.length];
                Arrays.fill(ones, 1);
                Solved solved = fetch(
                        graph,
                        OdeSolver.of(
                                        decay(rates),
                                        Methods.DOPRI5,
                                        PidController.of(1e-6, 1e-8).with(scope))
                                .withGradient(Gradient.NONE)
                                .solve(
                                        graph.tf(),
                                        fed(graph.tf(), ones, rates.length, 1),
                                        Values.empty(),
                                        SaveAt.times(0, 0.3, 1)));
                assertThat(solved.outcomes()).containsOnly(Outcome.SUCCESS.code());
                for (int i = 0; i < rates.length; i++) {
                    assertThat(Math.abs(solved.states()[rates.length + i] - Math.exp(0.3 * rates[i])))
                            .isLessThan(1e-5);
                    assertThat(Math.abs(solved.states()[2 * rates.length + i] - Math.exp(rates[i])))
                            .isLessThan(1e-5);
                }
                if (scope == PidController.Scope.EACH_SAMPLE) {
                    own = Arrays.stream(solved.nfe()).sum();
                } else {
                    shared = solved.nfe()[0] * rates.length;
                }
            }
        }
        assertThat(3 * own).isLessThan(shared);
    }

    @Test
    void tooFewStepsEndWithTheirOutcome() {
        assertThat(failing(
                        decay(-1e6),
                        Methods.DOPRI5,
                        PidController.of(1e-6, 1e-6).withMaxSteps(50)))
                .isEqualTo(Outcome.MAX_STEPS);
    }

    @Test
    void aSingularityEndsWithStepUnderflow() {
        // u' = u^2 reaches infinity at t = 1.
        VectorField<TFloat64> field = (tf, t, u, theta) -> tf.math.square(u);
        assertThat(failing(field, Methods.DOPRI5, PidController.of(1e-8, 1e-8))).isEqualTo(Outcome.STEP_UNDERFLOW);
        assertThat(failing(field, Methods.KVAERNO3, PidController.of(1e-6, 1e-6)))
                .isEqualTo(Outcome.STEP_UNDERFLOW);
    }

    @Test
    void noStepIsSmallerThanTheSmallestAllowed() {
        PidController control = PidController.of(1e-8, 1e-8);
        // Needs steps near 1e-6 at first.
        assertThat(failing(decay(-1e4), Methods.DOPRI5, control.within(0.01, 1)))
                .isEqualTo(Outcome.STEP_UNDERFLOW);
        assertThat(failing(decay(-1e4), Methods.DOPRI5, control.within(1e-6, 1).withFirst(1e-12)))
                .isEqualTo(Outcome.SUCCESS);
    }

    @Test
    void aBatchWithoutSamplesIsSolvedAtOnce() {
        for (PidController.Scope scope : PidController.Scope.values()) {
            for (PidController.Norm norm : PidController.Norm.values()) {
                try (TestGraph graph = new TestGraph()) {
                    Solved solved = fetch(
                            graph,
                            OdeSolver.of(
                                            decay(-1),
                                            Methods.TSIT5,
                                            PidController.of(1e-6, 1e-6)
                                                    .with(scope)
                                                    .with(norm))
                                    .withGradient(Gradient.NONE)
                                    .solve(
                                            graph.tf(),
                                            fed(graph.tf(), new double[0], 0, 3),
                                            Values.empty(),
                                            SaveAt.times(0, 1, 2)));
                    int[] expected =
                            scope == PidController.Scope.EACH_SAMPLE ? new int[0] : new int[] {Outcome.SUCCESS.code()};
                    assertThat(solved.outcomes()).isEqualTo(expected);
                    assertThat(solved.states()).isEmpty();
                }
            }
        }
    }

    @Test
    void aComponentThatStaysZeroNeedsNoAbsoluteTolerance() {
        try (TestGraph graph = new TestGraph()) {
            Solved solved = fetch(
                    graph,
                    OdeSolver.of(decay(-1), Methods.TSIT5, PidController.of(1e-8, 0))
                            .withGradient(Gradient.NONE)
                            .solve(
                                    graph.tf(),
                                    fed(graph.tf(), new double[] {1, 0}, 1, 2),
                                    Values.empty(),
                                    SaveAt.end(0, 2)));
            assertThat(solved.outcomes()).containsExactly(Outcome.SUCCESS.code());
            assertThat(solved.states()[0]).isCloseTo(Math.exp(-2), within(1e-7));
            assertThat(solved.states()[1]).isZero();
        }
    }

    @Test
    void float32HoldsStatesWhoseSquaresOverflow() {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Shape shape = Shape.of(1, 1);
            VectorField<TFloat32> field = (inner, t, u, theta) -> inner.math.neg(u);
            Solution<TFloat32> solution = OdeSolver.of(field, Methods.TSIT5, PidController.of(1e-4, 1e-4))
                    .withGradient(Gradient.NONE)
                    .solve(
                            tf,
                            tf.placeholderWithDefault(Floats.constant(tf, TFloat32.class, shape, 1e25), shape),
                            Values.empty(),
                            SaveAt.end(0, 1));
            try (Result result = graph.session()
                    .runner()
                    .fetch(solution.last())
                    .fetch(solution.outcome())
                    .run()) {
                assertThat(integers((TInt32) result.get(1))).containsExactly(Outcome.SUCCESS.code());
                assertThat(Floats.read(result.get(0))[0] / 1e25).isCloseTo(Math.exp(-1), within(1e-3));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("oneOfEachStepper")
    void aFieldWithoutNumbersEndsWithNonFinite(Method method) {
        try (TestGraph graph = new TestGraph()) {
            SplitField<TFloat64> field = new SplitField<>(
                    (tf, t, u, theta) -> tf.math.mul(u, tf.constant(Double.NaN)), ScaledIdentity.of(-1));
            Solved solved = fetch(
                    graph,
                    OdeSolver.of(field, method, PidController.of(1e-6, 1e-6))
                            .withGradient(Gradient.NONE)
                            .solve(
                                    graph.tf(),
                                    fed(graph.tf(), new double[] {1}, 1, 1),
                                    Values.empty(),
                                    SaveAt.end(0, 2)));
            assertThat(Outcome.ofCode(solved.outcomes()[0])).isEqualTo(Outcome.NON_FINITE);
        }
    }

    private static Outcome failing(VectorField<TFloat64> field, Method method, PidController control) {
        try (TestGraph graph = new TestGraph()) {
            return Outcome.ofCode(fetch(
                            graph,
                            OdeSolver.of(field, method, control)
                                    .withGradient(Gradient.NONE)
                                    .solve(
                                            graph.tf(),
                                            fed(graph.tf(), new double[] {1}, 1, 1),
                                            Values.empty(),
                                            SaveAt.end(0, 2)))
                    .outcomes()[0]);
        }
    }

    @Test
    void whatDoesNotGoTogetherIsRefused() {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Operand<TFloat64> u0 = fed(tf, new double[] {1}, 1, 1);
            SaveAt saveAt = SaveAt.end(0, 1);
            assertThatThrownBy(() -> OdeSolver.of(decay(-1), Methods.RK4, PidController.of(1e-6, 1e-6))
                            .withGradient(Gradient.NONE)
                            .solve(tf, u0, Values.empty(), saveAt))
                    .hasMessageContaining("no error estimate");
            assertThatThrownBy(() -> OdeSolver.of(decay(-1), Methods.DOPRI5, PidController.of(1e-6, 1e-6))
                            .withGradient(new DiscreteAdjoint(Checkpointing.storeAll()))
                            .solve(tf, u0, Values.empty(), saveAt))
                    .hasMessageContaining("withMaxSteps");
            assertThatThrownBy(() -> OdeSolver.of(decay(-1), Methods.SBDF2, PidController.of(1e-6, 1e-6)))
                    .hasMessageContaining("SplitField");
        }
    }

    @ParameterizedTest
    @MethodSource("differentiableMethods")
    void theAdjointOfChosenStepsEqualsFiniteDifferences(Method method) {
        double[] u0 = {0.4, -0.7};
        double[] gradient = lossAndGradient(method, u0, -1.3);
        double h = 1e-6;
        for (int i = 0; i < 3; i++) {
            double[] up = u0.clone();
            double[] down = u0.clone();
            double rateUp = -1.3;
            double rateDown = -1.3;
            if (i < 2) {
                up[i] += h;
                down[i] -= h;
            } else {
                rateUp += h;
                rateDown -= h;
            }
            double difference =
                    (lossAndGradient(method, up, rateUp)[0] - lossAndGradient(method, down, rateDown)[0]) / (2 * h);
            // The sizes depend on the state a little, which the adjoint leaves out.
            assertThat(Math.abs(gradient[1 + i] - difference)).isLessThan(1e-5 * Math.max(1, Math.abs(difference)));
        }
    }

    static List<Method> differentiableMethods() {
        return List.of(Methods.TSIT5, Methods.IMEX_RK4);
    }

    /** The sum of sin u(1) for u' = sin(3 t) - u^2 / 2 + rate u, with its gradients. */
    private static double[] lossAndGradient(Method method, double[] u0, double rate) {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Operand<TFloat64> coefficient = fed(tf, new double[] {rate});
            Operand<TFloat64> start = fed(tf, u0, 1, 2);
            SplitField<TFloat64> field = new SplitField<>(
                    (inner, t, u, theta) -> inner.math.sub(
                            inner.math.sin(inner.math.mul(t, inner.constant(3.0))),
                            inner.math.mul(inner.math.square(u), inner.constant(0.5))),
                    ScaledIdentity.of(coefficient));
            Solution<TFloat64> solution = OdeSolver.of(
                            field, method, PidController.of(1e-9, 1e-9).withMaxSteps(2000))
                    .solve(tf, start, Values.empty(), SaveAt.end(0, 1));
            Operand<TFloat64> loss = tf.reduceSum(tf.math.sin(solution.last()), tf.constant(new int[] {0, 1}));
            Values gradients = Gradients.of(tf, loss, Values.of("u0", start).with("rate", coefficient));
            try (Result result = graph.session()
                    .runner()
                    .fetch(loss)
                    .fetch(gradients.get("u0"))
                    .fetch(gradients.get("rate"))
                    .run()) {
                double[] ofStart = Floats.read(result.get(1));
                return new double[] {
                    Floats.read(result.get(0))[0], ofStart[0], ofStart[1], Floats.read(result.get(2))[0]
                };
            }
        }
    }
}
