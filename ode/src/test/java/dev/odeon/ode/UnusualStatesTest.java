package dev.odeon.ode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.odeon.adjoint.BacksolveAdjoint;
import dev.odeon.adjoint.Gradient;
import dev.odeon.graph.Floats;
import dev.odeon.graph.Gradients;
import dev.odeon.graph.TestGraph;
import dev.odeon.graph.Values;
import dev.odeon.ode.testing.Fed;
import dev.odeon.ode.testing.Fetched;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.Methods;
import dev.odeon.solvers.NonlinearSplit;
import dev.odeon.solvers.Outcome;
import dev.odeon.solvers.SplitField;
import dev.odeon.solvers.VectorField;
import dev.odeon.solvers.linear.ScaledIdentity;
import dev.odeon.solvers.nonlinear.Anderson;
import dev.odeon.solvers.nonlinear.Newton;
import dev.odeon.solvers.steps.FixedSteps;
import dev.odeon.solvers.steps.PidController;
import dev.odeon.solvers.steps.SampleTimes;
import dev.odeon.solvers.steps.SaveAt;
import dev.odeon.solvers.steps.StepControl;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;

/** Initial states without numbers fail as such whatever the method, and states without components or samples are solved. */
class UnusualStatesTest {

    private static final PidController CHOSEN = PidController.of(1e-4, 1e-6);
    private static final PidController OWN = CHOSEN.with(PidController.Scope.EACH_SAMPLE);

    /** A solve of u' = -p u to t = 1, p = 1, with half of it in J for methods that split. */
    private record Decay(Solution<TFloat64> solution, Operand<TFloat64> u0, Operand<TFloat64> rate) {

        static Decay in(Ops tf, Method method, StepControl control, Gradient gradient, double[] u0, long... shape) {
            Operand<TFloat64> start = Fed.fed(tf, u0, shape);
            Operand<TFloat64> rate = Fed.fed(tf, new double[] {0.5});
            VectorField<TFloat64> half =
                    (inner, t, u, theta) -> inner.math.neg(inner.math.mul(u, theta.get("p", TFloat64.class)));
            Solution<TFloat64> solution = OdeSolver.of(new SplitField<>(half, ScaledIdentity.of(-0.5)), method, control)
                    .withGradient(gradient)
                    .solve(tf, start, Values.of("p", rate), SaveAt.times(0, 0.5, 1));
            return new Decay(solution, start, rate);
        }
    }

    /** One of each stepper, and of each solver of equations. */
    static Stream<Arguments> methodsAndSteps() {
        Newton matrixFree = Newton.full().with(Newton.Algebra.GMRES);
        Stream<Method> known = Stream.of(
                Methods.SBDF3,
                Methods.ABM3,
                Methods.BDF2,
                Methods.BACKWARD_EULER.with(matrixFree),
                Methods.BACKWARD_EULER.with(Newton.chord()),
                Methods.BACKWARD_EULER.with(Anderson.standard()),
                Methods.RADAU3,
                Methods.ETDRK4,
                Methods.PROX_BACKWARD_EULER);
        return Stream.concat(
                known.map(method -> Arguments.of(method, new FixedSteps(0.25))),
                Stream.of(Methods.BOGACKI_SHAMPINE3, Methods.IMEX_RK2, Methods.TRBDF2)
                        .map(method -> Arguments.of(method, CHOSEN)));
    }

    @ParameterizedTest
    @MethodSource("methodsAndSteps")
    void anInitialStateWithoutNumbersIsNamed(Method method, StepControl control) {
        try (TestGraph graph = new TestGraph()) {
            Decay decay =
                    Decay.in(graph.tf(), method, control, Gradient.NONE, new double[] {1, Double.NaN, 1, 2}, 2, 2);
            assertThat(outcomes(graph, decay.solution())).containsExactly(Outcome.NON_FINITE);
        }
    }

    private static List<Outcome> outcomes(TestGraph graph, Solution<TFloat64> solution) {
        try (Result result =
                graph.quickSession().runner().fetch(solution.outcome()).run()) {
            return Outcome.each(result.get(0));
        }
    }

    @Test
    void unrolledAndSplitEquationsNameItToo() {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            double[] none = {Double.NEGATIVE_INFINITY};
            Decay unrolled =
                    Decay.in(tf, Methods.BACKWARD_EULER, new FixedSteps(0.5), Gradient.BACKPROPAGATION, none, 1, 1);
            NonlinearSplit<TFloat64> split = new NonlinearSplit<>(
                    (inner, t, u, theta) -> inner.math.neg(u),
                    (inner, t, u, theta) -> inner.math.neg(inner.math.square(u)),
                    Newton.full());
            Solution<TFloat64> parts = OdeSolver.of(split, Methods.IMEX_RK3, new FixedSteps(0.5))
                    .solve(tf, Fed.fed(tf, none, 1, 1), Values.empty(), SaveAt.end(0, 1));
            assertThat(outcomes(graph, unrolled.solution())).containsExactly(Outcome.NON_FINITE);
            assertThat(outcomes(graph, parts)).containsExactly(Outcome.NON_FINITE);
        }
    }

    @Test
    void whereSamplesHaveStepsOfTheirOwnTheOthersAreSolved() {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Decay decay = Decay.in(
                    tf, Methods.BOGACKI_SHAMPINE3, OWN, Gradient.DISCRETE_ADJOINT, new double[] {1, Double.NaN}, 2, 1);
            VectorField<TFloat64> field = (inner, t, u, theta) -> inner.math.neg(u);
            Solution<TFloat64> ownTimes = OdeSolver.of(field, Methods.BOGACKI_SHAMPINE3, OWN)
                    .withGradient(Gradient.NONE)
                    .solve(
                            tf,
                            decay.u0(),
                            Values.empty(),
                            SampleTimes.of(Fed.fed(tf, new double[] {0, 1, 0, 1}, 2, 2)));
            for (Solution<TFloat64> solution : List.of(decay.solution(), ownTimes)) {
                assertThat(outcomes(graph, solution)).containsExactly(Outcome.SUCCESS, Outcome.NON_FINITE);
                Session session = graph.quickSession();
                assertThat(TestGraph.evaluate(session, solution.last())[0]).isCloseTo(Math.exp(-1), within(1e-4));
                try (Result result = session.runner()
                        .fetch(solution.statistics().accepted())
                        .fetch(solution.statistics().rejected())
                        .run()) {
                    assertThat(Fetched.integers((TInt32) result.get(0))[1]).isZero();
                    assertThat(Fetched.integers((TInt32) result.get(1))[1]).isZero();
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("methodsAndSteps")
    void statesWithoutComponentsAndBatchesWithoutSamplesAreSolved(Method method, StepControl control) {
        for (long[] shape : new long[][] {{2, 0}, {0, 2}}) {
            empty(method, control, Gradient.NONE, shape);
        }
    }

    @Test
    void gradientsOfEmptyStatesAreEmptyAndThoseOfParametersZero() {
        for (long[] shape : new long[][] {{2, 0}, {0, 2}}) {
            empty(Methods.BOGACKI_SHAMPINE3, OWN.with(PidController.Norm.LARGEST), Gradient.DISCRETE_ADJOINT, shape);
            empty(Methods.BOGACKI_SHAMPINE3, OWN, Gradient.DISCRETE_ADJOINT, shape);
            empty(Methods.BACKWARD_EULER, new FixedSteps(0.5), Gradient.DISCRETE_ADJOINT, shape);
            empty(Methods.RK4, new FixedSteps(0.5), new BacksolveAdjoint(), shape);
        }
    }

    private static void empty(Method method, StepControl control, Gradient gradient, long... shape) {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Decay decay = Decay.in(tf, method, control, gradient, new double[0], shape);
            Solution<TFloat64> solution = decay.solution();
            Values gradients = Values.empty();
            if (!gradient.equals(Gradient.NONE)) {
                Operand<TFloat64> loss = tf.reduceSum(solution.states(), tf.constant(new int[] {0, 1, 2}));
                gradients = Gradients.of(tf, loss, Values.of("u0", decay.u0()).with("p", decay.rate()));
            }
            Session.Runner runner = graph.quickSession().runner();
            gradients.operands().forEach(runner::fetch);
            runner.fetch(solution.last()).fetch(solution.states()).fetch(solution.outcome());
            try (Result result = runner.run()) {
                int first = gradients.size();
                if (first > 0) {
                    assertThat(result.get(0).shape().asArray()).isEqualTo(shape);
                    assertThat(Floats.read(result.get(1))).containsExactly(0);
                }
                assertThat(result.get(first).shape().asArray()).isEqualTo(shape);
                assertThat(result.get(first + 1).shape().asArray()).isEqualTo(new long[] {3, shape[0], shape[1]});
                // A batch without samples has no outcome where each sample has its own.
                assertThat(Outcome.each(result.get(first + 2))).allMatch(Outcome.SUCCESS::equals);
                assertThat(Outcome.of(result.get(first + 2))).isEqualTo(Outcome.SUCCESS);
            }
        }
    }
}
