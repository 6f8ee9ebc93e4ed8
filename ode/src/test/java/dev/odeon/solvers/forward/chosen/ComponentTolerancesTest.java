package dev.odeon.solvers.forward.chosen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.odeon.adjoint.BacksolveAdjoint;
import dev.odeon.adjoint.Gradient;
import dev.odeon.graph.Floats;
import dev.odeon.graph.Gradients;
import dev.odeon.graph.TestGraph;
import dev.odeon.graph.Values;
import dev.odeon.ode.OdeSolver;
import dev.odeon.ode.Solution;
import dev.odeon.ode.testing.Fed;
import dev.odeon.ode.testing.Solves;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.Methods;
import dev.odeon.solvers.Outcome;
import dev.odeon.solvers.VectorField;
import dev.odeon.solvers.nonlinear.Anderson;
import dev.odeon.solvers.steps.FixedSteps;
import dev.odeon.solvers.steps.PidController;
import dev.odeon.solvers.steps.SaveAt;
import dev.odeon.solvers.steps.StepControl;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Stack;
import org.tensorflow.op.core.Unstack;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/** Components of very different sizes meet tolerances of their own, in fewer steps than the smallest would ask of all. */
class ComponentTolerancesTest {

    /** The reactions at t = 40, with tolerances of 1e-9 and 1e-14. */
    private static final double[] AT_40 = {0.7158270687, 9.18553476e-6, 0.2841637457};

    /** Of y1 + 1e4 y2 + y3 with respect to the rate of the slow reaction, with tolerances of 1e-8 and 1e-13. */
    private static final double GRADIENT = 0.4590737;

    private static final PidController OWN = PidController.of(1e-4, 1e-6).withAbsolute(1e-6, 1e-11, 1e-6);

    private record Run(double[] state, double gradient, int steps, int nfe, Outcome outcome) {}

    /** Robertson, The solution of a set of reaction rate equations, 1966. */
    private static <T extends TFloating> Operand<T> reactions(Ops tf, Operand<T> t, Operand<T> u, Values theta) {
        Class<T> type = u.type();
        List<org.tensorflow.Output<T>> y = tf.unstack(u, 3L, Unstack.axis(1L)).output();
        Operand<T> slow = tf.math.mul(y.get(0), theta.get("rate", type));
        Operand<T> back = tf.math.mul(tf.math.mul(y.get(1), y.get(2)), Floats.scalar(tf, type, 1e4));
        Operand<T> fast = tf.math.mul(tf.math.square(y.get(1)), Floats.scalar(tf, type, 3e7));
        Operand<T> gain = tf.math.sub(slow, back);
        return tf.stack(List.of(tf.math.neg(gain), tf.math.sub(gain, fast), fast), Stack.axis(1L));
    }

    private static <T extends TFloating> Run run(Class<T> type, StepControl control, Gradient gradient) {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Operand<T> u0 = Fed.fed(tf, type, new double[] {1, 0, 0}, 1, 3);
            Values theta = Values.of("rate", Fed.fed(tf, type, new double[] {0.04}));
            VectorField<T> field = ComponentTolerancesTest::reactions;
            Solution<T> solution = OdeSolver.of(field, Methods.KVAERNO3, control)
                    .withGradient(gradient)
                    .solve(tf, u0, theta, SaveAt.end(0, 40));
            Operand<T> weights = Floats.constant(tf, type, Shape.of(3), 1, 1e4, 1);
            Operand<T> loss = tf.reduceSum(tf.math.mul(solution.last(), weights), tf.constant(new int[] {0, 1}));
            Operand<?> found = gradient.equals(Gradient.NONE)
                    ? loss
                    : Gradients.of(tf, loss, theta).get("rate");
            Session.Runner runner =
                    graph.quickSession().runner().fetch(solution.last()).fetch(found);
            runner.fetch(solution.statistics().accepted())
                    .fetch(solution.statistics().nfe());
            try (Result result = runner.fetch(solution.outcome()).run()) {
                return new Run(
                        Floats.read(result.get(0)),
                        Floats.read(result.get(1))[0],
                        ((TInt32) result.get(2)).getInt(),
                        ((TInt32) result.get(3)).getInt(),
                        Outcome.of(result.get(4)));
            }
        }
    }

    private static void assertMeets(Run run, double relative) {
        assertThat(run.outcome()).isEqualTo(Outcome.SUCCESS);
        for (int i = 0; i < AT_40.length; i++) {
            assertThat(run.state()[i]).isCloseTo(AT_40[i], offset(relative * AT_40[i]));
        }
    }

    @Test
    void robertsonsReactionsTakeFewerStepsThanWithTheSmallestToleranceForAll() {
        Run own = run(TFloat64.class, OWN, Gradient.DISCRETE_ADJOINT);
        Run smallest = run(TFloat64.class, PidController.of(1e-4, 1e-11), Gradient.NONE);
        assertMeets(own, 1e-4);
        assertMeets(smallest, 1e-4);
        assertThat(own.steps()).isLessThan(smallest.steps() * 4 / 5);
        assertThat(own.nfe()).isLessThan(smallest.nfe() * 4 / 5);
        assertThat(own.gradient()).isCloseTo(GRADIENT, withinPercentage(0.02));
    }

    @Test
    void theSameInSinglePrecision() {
        assertMeets(run(TFloat32.class, OWN, Gradient.NONE), 1e-4);
    }

    @Test
    void equalNumbersForAllComponentsAreOneNumber() {
        VectorField<TFloat64> field = (tf, t, u, theta) -> tf.math.neg(tf.math.mul(u, u));
        double[][] u0 = {{1, 2}, {0.5, 3}};
        PidController one = PidController.of(1e-6, 1e-8);
        double[] expected =
                Solves.of(field, Methods.TSIT5, one, u0, SaveAt.end(0, 2)).state();
        assertThat(Solves.of(field, Methods.TSIT5, one.withAbsolute(1e-8, 1e-8), u0, SaveAt.end(0, 2))
                        .state())
                .isEqualTo(expected);
    }

    /** A component without tolerance to speak of does not choose the steps, whoever shares them. */
    @Test
    void eachSampleHasTheTolerancesOfItsComponents() {
        VectorField<TFloat64> field = (tf, t, u, theta) -> tf.math.mul(u, tf.constant(new double[] {-1, -40}));
        double[][] u0 = {{1, 1}, {2, 1}};
        for (PidController.Scope scope : PidController.Scope.values()) {
            PidController loose =
                    PidController.of(1e-6, 1).with(scope).withRelative(1e-6, 1).withAbsolute(1e-9, 1e3);
            try (TestGraph graph = new TestGraph()) {
                Solution<TFloat64> slow = OdeSolver.of(field, Methods.TSIT5, loose)
                        .withGradient(Gradient.NONE)
                        .solve(graph.tf(), graph.tf().constant(u0), Values.empty(), SaveAt.end(0, 0.05));
                double[] last = TestGraph.evaluate(graph.quickSession(), slow.last());
                assertThat(last[0]).isCloseTo(Math.exp(-0.05), offset(1e-7));
                assertThat(last[2]).isCloseTo(2 * Math.exp(-0.05), offset(1e-7));
                // One step of 0.05 would do for the first component; the second has h r = -2 there.
                assertThat(last[1]).isNotCloseTo(Math.exp(-2), offset(1e-6));
            }
        }
    }

    @Test
    void nonlinearSolversHaveTolerancesOfComponentsToo() {
        VectorField<TFloat64> field = (tf, t, u, theta) -> tf.math.neg(u);
        double[][] u0 = {{0, 1e-9}};
        double exact = 1e-9 / 1.1;
        Anderson coarse = new Anderson(1e-8, 60, 0);
        Solves.End missed = one(field, Methods.BACKWARD_EULER.with(coarse), u0);
        Solves.End met = one(field, Methods.BACKWARD_EULER.with(coarse.withAbsolute(1e-8, 1e-16)), u0);
        assertThat(missed.state()[1]).isNotCloseTo(exact, offset(1e-3 * exact));
        assertThat(met.outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(met.state()[1]).isCloseTo(exact, offset(1e-7 * exact));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> one(field, Methods.BACKWARD_EULER.with(coarse.withAbsolute(1, 2, 3)), u0))
                .withMessageContaining("does not spread over samples of the shape [2]");
    }

    private static Solves.End one(VectorField<TFloat64> field, Method method, double[][] u0) {
        return Solves.of(field, method, new FixedSteps(0.1), u0, SaveAt.end(0, 0.1));
    }

    /** x' = -5 x, y' = -p y: the gradient of y(1) with respect to p is -1/e, whatever x does. */
    @Test
    void theWayBackOfTheBacksolveAdjointMeasuresItsParts() {
        int all = backsolve(PidController.of(1e-6, 1e-9));
        int own = backsolve(PidController.of(1e-6, 1).withAbsolute(1e3, 1e-9));
        assertThat(own).isLessThan(all / 2);
    }

    private static int backsolve(PidController control) {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Operand<TFloat64> u0 = Fed.fed(tf, new double[] {1, 1}, 1, 2);
            Values theta = Values.of("p", Fed.fed(tf, new double[] {1}));
            VectorField<TFloat64> field = (inner, t, u, values) -> inner.math.neg(inner.math.mul(
                    u, inner.stack(List.of(inner.constant(5.0), values.get("p", TFloat64.class)), Stack.axis(0L))));
            Solution<TFloat64> solution = OdeSolver.of(field, Methods.BOGACKI_SHAMPINE3, control)
                    .withGradient(new BacksolveAdjoint())
                    .solve(tf, u0, theta, SaveAt.end(0, 1));
            Operand<TFloat64> loss = tf.reduceSum(
                    tf.math.mul(solution.last(), tf.constant(new double[] {0, 1})), tf.constant(new int[] {0, 1}));
            Operand<?> gradient = Gradients.of(tf, loss, theta).get("p");
            try (Result result = graph.quickSession()
                    .runner()
                    .fetch(gradient)
                    .fetch(solution.backward().orElseThrow().nfe())
                    .run()) {
                assertThat(Floats.read(result.get(0))[0]).isCloseTo(-Math.exp(-1), offset(1e-5));
                return ((TInt32) result.get(1)).getInt();
            }
        }
    }

    @Test
    void tolerancesThatFitNoSampleAreRefused() {
        VectorField<TFloat64> field = (tf, t, u, theta) -> tf.math.neg(u);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Solves.of(field, Methods.TSIT5, OWN, new double[][] {{1, 2}}, SaveAt.end(0, 1)))
                .withMessage(
                        "The tolerance [1.0E-6, 1.0E-11, 1.0E-6] of the shape [3] does not spread over samples of the"
                                + " shape [2]: give one number for all components, or one for each component of a sample");
    }
}
