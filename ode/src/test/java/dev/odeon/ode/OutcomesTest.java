package dev.odeon.ode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.odeon.adjoint.DiscreteAdjoint;
import dev.odeon.adjoint.Gradient;
import dev.odeon.adjoint.ReversibleAdjoint;
import dev.odeon.adjoint.checkpoints.Checkpointing;
import dev.odeon.graph.Floats;
import dev.odeon.graph.Gradients;
import dev.odeon.graph.TestGraph;
import dev.odeon.graph.Values;
import dev.odeon.ode.testing.Solves;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.Methods;
import dev.odeon.solvers.Outcome;
import dev.odeon.solvers.VectorField;
import dev.odeon.solvers.nonlinear.Anderson;
import dev.odeon.solvers.nonlinear.Newton;
import dev.odeon.solvers.steps.FixedSteps;
import dev.odeon.solvers.steps.PidController;
import dev.odeon.solvers.steps.SaveAt;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;

/** A solve that cannot succeed ends with the reason, in bounded time. */
class OutcomesTest {

    private static final double[][] ONE = {{1}};
    private static final PidController CHOSEN = PidController.of(1e-6, 1e-6).withMaxSteps(60);

    static List<Method> oneOfEachStepper() {
        return List.of(
                Methods.RK4,
                Methods.IMEX_RK3,
                Methods.SBDF3,
                Methods.AB3,
                Methods.ABM3,
                Methods.BDF2,
                Methods.KVAERNO3,
                Methods.RADAU3,
                Methods.ETDRK4,
                Methods.PROX_BDF2);
    }

    @ParameterizedTest
    @MethodSource("oneOfEachStepper")
    void aFieldWithoutNumbersEndsWithNonFinite(Method method) {
        VectorField<TFloat64> field = (tf, t, u, theta) -> tf.math.mul(u, tf.constant(Double.NaN));
        assertThat(outcome(field, method)).isEqualTo(Outcome.NON_FINITE);
    }

    @ParameterizedTest
    @MethodSource("explicitSteppers")
    void aStiffFieldEndsExplicitStepsWithNonFinite(Method method) {
        VectorField<TFloat64> field = (tf, t, u, theta) -> tf.math.mul(u, tf.constant(-1e6));
        assertThat(outcome(field, method)).isEqualTo(Outcome.NON_FINITE);
    }

    static List<Method> explicitSteppers() {
        return List.of(Methods.RK4, Methods.AB3, Methods.ABM3, Methods.SBDF3, Methods.IMEX_RK3, Methods.ETDRK4);
    }

    @Test
    void anIterationThatDivergesIsNamed() {
        VectorField<TFloat64> field = (tf, t, u, theta) -> tf.math.mul(u, tf.constant(-1e6));
        assertThat(outcome(field, Methods.PROX_BACKWARD_EULER)).isEqualTo(Outcome.NONLINEAR_DIVERGENCE);
        assertThat(outcome(field, Methods.BACKWARD_EULER.with(new Anderson(1e-10, 20, 0))))
                .isEqualTo(Outcome.NONLINEAR_DIVERGENCE);
        // u = 1 + h (0.9 u^2 + 10) has no real solution for this step.
        VectorField<TFloat64> unsolvable =
                (tf, t, u, theta) -> tf.math.add(tf.math.mul(tf.math.square(u), tf.constant(0.9)), tf.constant(10.0));
        assertThat(outcome(unsolvable, Methods.BACKWARD_EULER)).isEqualTo(Outcome.NONLINEAR_DIVERGENCE);
    }

    static List<Method> choosingMethods() {
        return List.of(Methods.TSIT5, Methods.DOPRI8, Methods.IMEX_RK3, Methods.KVAERNO3, Methods.TRBDF2);
    }

    @ParameterizedTest
    @MethodSource("choosingMethods")
    void tooFewChosenStepsEndWithMaxSteps(Method method) {
        VectorField<TFloat64> field = (tf, t, u, theta) -> tf.math.sub(tf.math.sin(tf.math.mul(t, t)), u);
        PidController control = PidController.of(1e-8, 1e-8).withMaxSteps(5);
        assertThat(Solves.of(field, method, control, ONE, SaveAt.end(0, 100)).outcome())
                .isEqualTo(Outcome.MAX_STEPS);
    }

    @ParameterizedTest
    @MethodSource("choosingMethods")
    void chosenStepsOfAFieldWithoutNumbersEndWithNonFinite(Method method) {
        VectorField<TFloat64> field = (tf, t, u, theta) -> tf.math.mul(u, tf.constant(Double.NaN));
        assertThat(Solves.of(field, method, PidController.of(1e-6, 1e-6), ONE, SaveAt.end(0, 100))
                        .outcome())
                .isEqualTo(Outcome.NON_FINITE);
    }

    /** u' = u below t = 1, then numbers end. */
    @Test
    void aStepThatFailsIsNotTaken() {
        VectorField<TFloat64> field =
                (tf, t, u, theta) -> tf.select(tf.math.greater(t, tf.constant(1.01)), tf.constant(Double.NaN), u);
        try (TestGraph graph = new TestGraph()) {
            Solution<TFloat64> solution = OdeSolver.of(field, Methods.RK4, new FixedSteps(0.1))
                    .withGradient(Gradient.NONE)
                    .solve(
                            graph.tf(),
                            graph.tf().constant(new double[][] {{1}}),
                            Values.empty(),
                            SaveAt.times(0, 0.5, 1, 1.5, 2));
            try (Result result = graph.session()
                    .runner()
                    .fetch(solution.states())
                    .fetch(solution.last())
                    .fetch(solution.count())
                    .fetch(solution.statistics().accepted())
                    .fetch(solution.outcome())
                    .run()) {
                double[] states = Floats.read(result.get(0));
                assertThat(states[2]).isCloseTo(Math.E, within(1e-5));
                assertThat(states[3]).isNaN();
                assertThat(states[4]).isNaN();
                assertThat(Floats.read(result.get(1))[0]).isEqualTo(states[2]);
                assertThat(((TInt32) result.get(2)).getInt()).isEqualTo(3);
                assertThat(((TInt32) result.get(3)).getInt()).isEqualTo(10);
                assertThat(Outcome.ofCode(((TInt32) result.get(4)).getInt())).isEqualTo(Outcome.NON_FINITE);
            }
        }
    }

    @Test
    void aSolveOfFixedStepsThatFailsHasNoGradient() {
        VectorField<TFloat64> field =
                (tf, t, u, theta) -> tf.select(tf.math.greater(t, tf.constant(1.01)), tf.constant(Double.NaN), u);
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Operand<TFloat64> u0 = tf.constant(new double[][] {{1}});
            for (double end : new double[] {1, 2}) {
                Operand<TFloat64> last = OdeSolver.of(field, Methods.RK4, new FixedSteps(0.1))
                        .solve(tf, u0, Values.empty(), SaveAt.end(0, end))
                        .last();
                double gradient = graph.evaluate(
                                Gradients.of(tf, last, Values.of("u0", u0)).get("u0", TFloat64.class))[0];
                assertThat(Double.isNaN(gradient)).isEqualTo(end > 1);
            }
        }
    }

    static List<Gradient> exactGradients() {
        return List.of(
                Gradient.DISCRETE_ADJOINT,
                new DiscreteAdjoint(Checkpointing.onlineRevolve(2)),
                new DiscreteAdjoint(Checkpointing.storeStages()),
                new ReversibleAdjoint());
    }

    /** u' = p u^2: from 1 there is no solution beyond t = 1; from 0.1 it is 0.2 at t = 5. */
    @ParameterizedTest
    @MethodSource("exactGradients")
    void aSampleOfChosenStepsThatFailsHasNoGradientAndTheOthersHaveTheirs(Gradient gradient) {
        PidController control = CHOSEN.with(PidController.Scope.EACH_SAMPLE);
        double[][] all = gradients(gradient, control, SaveAt.end(0, 5), new double[] {1, 1});
        assertThat(all[0][0]).isNaN();
        assertThat(all[0][1]).isCloseTo(4, within(1e-3));
        assertThat(all[1][0]).isNaN();
        double[][] second = gradients(gradient, control, SaveAt.end(0, 5), new double[] {0, 1});
        assertThat(second[0]).containsExactly(new double[] {0, 4}, within(1e-3));
        assertThat(second[1][0]).isCloseTo(0.2, within(1e-3));
    }

    @Test
    void statesThatWereReachedBeforeAFailureHaveTheirGradient() {
        SaveAt saveAt = SaveAt.times(0, 0.5, 5);
        double[][] reached = gradients(Gradient.DISCRETE_ADJOINT, CHOSEN, saveAt, new double[] {0, 0, 1, 0, 0, 0});
        assertThat(reached[0]).containsExactly(new double[] {4, 0}, within(1e-3));
        assertThat(reached[1][0]).isCloseTo(2, within(1e-3));
        double[][] beyond = gradients(Gradient.DISCRETE_ADJOINT, CHOSEN, saveAt, new double[] {0, 0, 0, 0, 0, 1});
        assertThat(beyond[0][1]).isNaN();
        assertThat(beyond[1][0]).isNaN();
    }

    /** With respect to the initial states and to p, the loss being the states kept times weights. */
    private static double[][] gradients(Gradient gradient, PidController control, SaveAt saveAt, double[] weights) {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Operand<TFloat64> u0 = tf.placeholderWithDefault(tf.constant(new double[][] {{1}, {0.1}}), Shape.of(2, 1));
            Operand<TFloat64> p = tf.placeholderWithDefault(tf.constant(1.0), Shape.scalar());
            Solution<TFloat64> solution = OdeSolver.<TFloat64>of(
                            (inner, t, u, theta) ->
                                    inner.math.mul(inner.math.square(u), theta.get("p", TFloat64.class)),
                            Methods.TSIT5,
                            control)
                    .withGradient(gradient)
                    .solve(tf, u0, Values.of("p", p), saveAt);
            Operand<TFloat64> loss = tf.math.mul(
                    tf.reshape(solution.states(), tf.constant(new int[] {weights.length})), tf.constant(weights));
            Values found = Gradients.of(
                    tf, tf.reduceSum(loss, tf.constant(0)), Values.of("u0", u0).with("p", p));
            Session session = graph.quickSession();
            return new double[][] {
                TestGraph.evaluate(session, found.get("u0")), TestGraph.evaluate(session, found.get("p"))
            };
        }
    }

    @Test
    void chosenStepsSolveTheirEquationsAsFinelyAsTheyAreControlled() {
        VectorField<TFloat64> field = (tf, t, u, theta) -> tf.math.neg(u);
        double[][] small = {{1e-9}};
        PidController control = PidController.of(1e-3, 1e-14);
        for (Method method : List.of(Methods.PROX_TRBDF2, Methods.TRBDF2.with(Anderson.standard()))) {
            Solves.End end = Solves.of(field, method, control, small, SaveAt.end(0, 1));
            assertThat(end.outcome()).isEqualTo(Outcome.SUCCESS);
            assertThat(1e9 * end.state()[0]).isCloseTo(Math.exp(-1), within(1e-2));
        }
    }

    @Test
    void aSingularMatrixIsNamed() {
        // h = 1/2: 1 - h 2 is zero.
        VectorField<TFloat64> field = (tf, t, u, theta) -> tf.math.add(u, u);
        assertThat(outcome(field, Methods.BACKWARD_EULER)).isEqualTo(Outcome.LINEAR_BREAKDOWN);
        assertThat(outcome(field, Methods.BACKWARD_EULER.with(Newton.chord()))).isEqualTo(Outcome.LINEAR_BREAKDOWN);
        Newton matrixFree = Newton.full().with(Newton.Algebra.GMRES);
        assertThat(outcome(field, Methods.BACKWARD_EULER.with(matrixFree))).isEqualTo(Outcome.LINEAR_BREAKDOWN);
    }

    private static Outcome outcome(VectorField<TFloat64> field, Method method) {
        return Solves.of(field, method, new FixedSteps(0.5), ONE, SaveAt.end(0, 100))
                .outcome();
    }
}
