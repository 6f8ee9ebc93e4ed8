package dev.odeon.adjoint.backsolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.odeon.adjoint.BacksolveAdjoint;
import dev.odeon.adjoint.Gradient;
import dev.odeon.graph.Floats;
import dev.odeon.graph.Gradients;
import dev.odeon.graph.TestGraph;
import dev.odeon.graph.Values;
import dev.odeon.ode.OdeSolver;
import dev.odeon.ode.Solution;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.Methods;
import dev.odeon.solvers.Outcome;
import dev.odeon.solvers.SplitField;
import dev.odeon.solvers.linear.Diagonal;
import dev.odeon.solvers.steps.FixedSteps;
import dev.odeon.solvers.steps.PidController;
import dev.odeon.solvers.steps.SaveAt;
import dev.odeon.solvers.steps.StepControl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;

/**
 * Where the continuous adjoint is wrong: u' = c (u - p cos t) - u^2 / 2, whose solutions run together forward and apart
 * backward.
 */
class BacksolveStiffTest {

    private static final double U0 = 0.5;
    private static final double P = 1;
    private static final Gradient UNCOMPARED = new BacksolveAdjoint().withTolerance(Double.POSITIVE_INFINITY);

    private record Numbers(
            double loss, double ofState, double ofParameter, double reconstructed, Outcome outcome, int steps) {}

    private static Numbers run(
            double rate, Method method, StepControl control, Gradient gradient, SaveAt saveAt, double u0, double p) {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Values arguments = Values.of("u0", fed(tf, u0)).with("p", fed(tf, p));
            SplitField<TFloat64> field = new SplitField<>(
                    (inner, t, u, theta) -> {
                        Operand<TFloat64> driven = inner.math.mul(theta.get("p", TFloat64.class), inner.math.cos(t));
                        return inner.math.sub(
                                inner.math.mul(driven, inner.constant(-rate)),
                                inner.math.mul(inner.math.square(u), inner.constant(0.5)));
                    },
                    Diagonal.of(rate));
            Solution<TFloat64> solution = OdeSolver.of(field, method, control)
                    .withGradient(gradient)
                    .solve(tf, arguments.get("u0", TFloat64.class), Values.of("p", arguments.get("p")), saveAt);
            Operand<TFloat64> loss = tf.reduceSum(tf.math.square(solution.states()), tf.constant(new int[] {0, 1, 2}));
            Values gradients = Gradients.of(tf, loss, arguments);
            Session.Runner runner = graph.quickSession()
                    .runner()
                    .fetch(loss)
                    .fetch(gradients.get("u0"))
                    .fetch(gradients.get("p"))
                    .fetch(solution.reconstructed().orElse(solution.last()))
                    .fetch(solution.backwardOutcome().orElse(solution.outcome()))
                    .fetch(solution.backward().orElseThrow().recomputedSteps());
            try (Result result = runner.run()) {
                return new Numbers(
                        Floats.read(result.get(0))[0],
                        Floats.read(result.get(1))[0],
                        Floats.read(result.get(2))[0],
                        Floats.read(result.get(3))[0],
                        Outcome.of(result.get(4)),
                        ((TInt32) result.get(5)).getInt());
            }
        }
    }

    private static Operand<TFloat64> fed(Ops tf, double value) {
        Shape shape = Shape.of(1, 1);
        return tf.placeholderWithDefault(Floats.constant(tf, TFloat64.class, shape, value), shape);
    }

    private static final SaveAt UNIT = SaveAt.end(0, 1);

    private static Numbers run(double rate, Method method, StepControl control, Gradient gradient) {
        return run(rate, method, control, gradient, UNIT, U0, P);
    }

    private static double difference(double rate, Method method, StepControl control) {
        double h = 1e-5;
        Gradient discrete = Gradient.DISCRETE_ADJOINT;
        return (run(rate, method, control, discrete, UNIT, U0, P + h).loss()
                        - run(rate, method, control, discrete, UNIT, U0, P - h).loss())
                / (2 * h);
    }

    @Test
    void withoutStiffnessBothGradientsAgree() {
        StepControl steps = new FixedSteps(1.0 / 256);
        Numbers exact = run(-1, Methods.RK4, steps, Gradient.DISCRETE_ADJOINT);
        Numbers back = run(-1, Methods.RK4, steps, new BacksolveAdjoint());
        assertThat(back.ofParameter()).isCloseTo(exact.ofParameter(), within(1e-10));
        assertThat(back.ofState()).isCloseTo(exact.ofState(), within(1e-10));
        assertThat(back.reconstructed()).isCloseTo(U0, within(1e-10));
    }

    /** Steps that resolve the decay well, so that it is rounding alone that grows. */
    @Test
    void whatDecaysForwardGrowsBackwardWhateverTheSteps() {
        StepControl steps = new FixedSteps(1.0 / 256);
        Numbers exact = run(-30, Methods.RK4, steps, Gradient.DISCRETE_ADJOINT);
        assertThat(exact.ofParameter()).isCloseTo(difference(-30, Methods.RK4, steps), within(1e-6));
        Numbers told = run(-30, Methods.RK4, steps, new BacksolveAdjoint());
        assertThat(told.outcome()).isEqualTo(Outcome.UNRELIABLE_GRADIENT);
        assertThat(told.ofState()).isNaN();
        assertThat(told.ofParameter()).isNaN();
        Numbers back = run(-30, Methods.RK4, steps, UNCOMPARED);
        assertThat(back.outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(Math.abs(back.reconstructed() - U0)).isGreaterThan(1);
        assertThat(back.ofState()).isNotCloseTo(exact.ofState(), within(Math.abs(exact.ofState())));
    }

    /** The implicit part backward is solved the wrong way. */
    @Test
    void theSplitDoesNotHelpBackward() {
        double rate = -30;
        StepControl steps = new FixedSteps(0.02);
        Numbers exact = run(rate, Methods.IMEX_RK3, steps, Gradient.DISCRETE_ADJOINT);
        assertThat(exact.ofParameter()).isCloseTo(difference(rate, Methods.IMEX_RK3, steps), within(1e-6));
        Numbers told = run(rate, Methods.IMEX_RK3, steps, new BacksolveAdjoint());
        assertThat(told.outcome()).isEqualTo(Outcome.UNRELIABLE_GRADIENT);
        Numbers back = run(rate, Methods.IMEX_RK3, steps, UNCOMPARED);
        assertThat(Math.abs(back.ofParameter() / exact.ofParameter())).isGreaterThan(100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tsit5", "imex-rk3"})
    void chosenStepsEndSoonInsteadOfWithAWrongGradient(String name) {
        PidController control = PidController.of(1e-6, 1e-6).withMaxSteps(10_000);
        Method method = Methods.named(name);
        Numbers exact = run(-400, method, control, Gradient.DISCRETE_ADJOINT);
        assertThat(exact.ofParameter()).isCloseTo(0.59, within(0.01));
        Numbers back = run(-400, method, control, new BacksolveAdjoint());
        assertThat(back.outcome()).isEqualTo(Outcome.UNRELIABLE_GRADIENT);
        assertThat(back.steps()).isLessThan(400);
        assertThat(back.ofParameter()).isNaN();
        assertThat(back.ofState()).isNaN();
    }

    @Test
    void keptStatesOnTheWayHelp() {
        double[] times = new double[11];
        for (int k = 0; k < times.length; k++) {
            times[k] = 0.1 * k;
        }
        SaveAt ten = SaveAt.times(times);
        StepControl steps = new FixedSteps(1.0 / 640);
        Numbers exact = run(-60, Methods.RK4, steps, Gradient.DISCRETE_ADJOINT, ten, U0, P);
        Numbers back = run(-60, Methods.RK4, steps, new BacksolveAdjoint(), ten, U0, P);
        assertThat(back.ofParameter() / exact.ofParameter()).isCloseTo(1, within(1e-6));
        assertThat(back.outcome()).isEqualTo(Outcome.SUCCESS);
        Numbers one = run(-60, Methods.RK4, steps, UNCOMPARED);
        assertThat(Math.abs(one.ofParameter() / exact.ofParameter() - 1)).isGreaterThan(1e-2);
    }

    @Test
    void theGradientOfASolveThatFailedIsNotANumber() {
        Numbers failed = run(-1e6, Methods.RK4, new FixedSteps(0.01), new BacksolveAdjoint());
        assertThat(failed.outcome()).isEqualTo(Outcome.NON_FINITE);
        assertThat(failed.ofParameter()).isNaN();
        PidController few = PidController.of(1e-6, 1e-6).withMaxSteps(3);
        Numbers back = run(-1, Methods.RK4, new FixedSteps(0.01), BacksolveAdjoint.of(Methods.TSIT5, few), UNIT, U0, P);
        assertThat(back.outcome()).isEqualTo(Outcome.MAX_STEPS);
        assertThat(back.ofState()).isNaN();
    }
}
