package dev.odeon.ode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.odeon.adjoint.BacksolveAdjoint;
import dev.odeon.adjoint.DiscreteAdjoint;
import dev.odeon.adjoint.Gradient;
import dev.odeon.adjoint.checkpoints.Checkpointing;
import dev.odeon.graph.Floats;
import dev.odeon.graph.Gradients;
import dev.odeon.graph.TestGraph;
import dev.odeon.graph.Values;
import dev.odeon.ode.testing.Fed;
import dev.odeon.ode.testing.Solves;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.Methods;
import dev.odeon.solvers.Outcome;
import dev.odeon.solvers.VectorField;
import dev.odeon.solvers.linear.krylov.Krylov;
import dev.odeon.solvers.linear.krylov.KrylovMethod;
import dev.odeon.solvers.nonlinear.Newton;
import dev.odeon.solvers.steps.PidController;
import dev.odeon.solvers.steps.SaveAt;
import dev.odeon.solvers.tolerances.Attainable;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TFloating;

/** What nobody chose goes together, and what was chosen and does not is refused in the right order. */
class DefaultsTest {

    private static final VectorField<TFloat64> DECAY =
            (tf, t, u, theta) -> tf.math.neg(tf.math.mul(u, theta.get("rate", TFloat64.class)));

    private static double gradient(PidController control, SaveAt saveAt, Gradient gradient) {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Values theta = Values.of("rate", Fed.fed(tf, new double[] {1}));
            Operand<TFloat64> loss = tf.reduceSum(
                    OdeSolver.of(DECAY, Methods.BOGACKI_SHAMPINE3, control)
                            .withGradient(gradient)
                            .solve(tf, Fed.fed(tf, new double[] {1, 2}, 2, 1), theta, saveAt)
                            .states(),
                    tf.constant(new int[] {0, 1, 2}));
            return TestGraph.evaluate(
                    graph.quickSession(), Gradients.of(tf, loss, theta).get("rate"))[0];
        }
    }

    /** Some three hundred steps, so that the hundred states that are kept do not hold all. */
    @Test
    void chosenStepsWithoutABoundHaveTheGradientThatAllStatesGive() {
        PidController control = PidController.of(1e-8, 1e-8);
        SaveAt saveAt = SaveAt.times(0, 1, 3);
        double all = gradient(control.withMaxSteps(1000), saveAt, new DiscreteAdjoint(Checkpointing.storeAll()));
        assertThat(gradient(control, saveAt, Gradient.DISCRETE_ADJOINT)).isEqualTo(all);
        assertThat(all).isCloseTo(-3 * Math.exp(-1) - 9 * Math.exp(-3), within(1e-6));
    }

    @Test
    void anExplicitChoiceThatDoesNotFitIsStillRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> gradient(
                        PidController.of(1e-4, 1e-4), SaveAt.end(0, 1), new DiscreteAdjoint(Checkpointing.storeAll())))
                .withMessageContaining("stores up to 100000 states: bound them by withMaxSteps");
    }

    @Test
    void aMethodThatChoosesNoStepsIsRefusedBeforeItsControl() {
        for (Gradient gradient : List.of(
                Gradient.DISCRETE_ADJOINT,
                new DiscreteAdjoint(Checkpointing.storeAll()),
                Gradient.BACKPROPAGATION,
                Gradient.NONE,
                new BacksolveAdjoint())) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> refused(Methods.RK4, PidController.of(1e-4, 1e-4), gradient))
                    .withMessageStartingWith("The method rk4 has no error estimate: take FixedSteps");
        }
        PidController own = PidController.of(1e-4, 1e-4).with(PidController.Scope.EACH_SAMPLE);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> refused(Methods.KVAERNO3, own, new DiscreteAdjoint(Checkpointing.storeAll())))
                .withMessageContaining("its samples cannot have their own steps");
    }

    private static void refused(Method method, PidController control, Gradient gradient) {
        try (TestGraph graph = new TestGraph()) {
            VectorField<TFloat64> field = (tf, t, u, theta) -> tf.math.neg(u);
            OdeSolver.of(field, method, control)
                    .withGradient(gradient)
                    .solve(graph.tf(), graph.tf().constant(new double[][] {{1}}), Values.empty(), SaveAt.end(0, 1));
        }
    }

    @Test
    void tolerancesBelowSinglePrecisionAreRaisedWithAWord() {
        List<String> words = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord record) {
                words.add(record.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger(Attainable.class.getName());
        logger.addHandler(handler);
        try {
            PidController fine = PidController.of(1.5e-9, 1.5e-9);
            Krylov krylov = Krylov.of(KrylovMethod.GMRES).withTolerance(1.5e-8);
            Method method = Methods.KVAERNO3.with(Newton.full()
                    .withTolerance(1.5e-11)
                    .with(Newton.Algebra.GMRES)
                    .with(krylov));
            double[] explicit = decayed(TFloat32.class, Methods.TSIT5, fine);
            assertThat(explicit[0]).isCloseTo(Math.exp(-1), within(1e-6));
            assertThat(words).hasSize(1);
            assertThat(words.get(0))
                    .isEqualTo("The relative tolerance of the step control 1.5E-9 is below what float32 resolves and"
                            + " counts as 4.76837158203125E-7: compute in float64, or give a larger one");
            double[] implicit = decayed(TFloat32.class, method, PidController.of(1e-4, 1e-4));
            assertThat(implicit[0]).isCloseTo(Math.exp(-1), within(1e-3));
            assertThat(words).hasSize(3);
            assertThat(words.get(1) + words.get(2))
                    .contains(
                            "The tolerance of the nonlinear solver 1.5E-11 is below", "The Krylov tolerance 1.5E-8 is");
            // The usual tolerances, and those that double precision meets, need no word.
            decayed(TFloat32.class, Methods.KVAERNO3, PidController.of(1e-4, 1e-4));
            decayed(TFloat64.class, method, fine);
            assertThat(words).hasSize(3);
        } finally {
            logger.removeHandler(handler);
        }
    }

    private static <T extends TFloating> double[] decayed(Class<T> type, Method method, PidController control) {
        try (TestGraph graph = new TestGraph()) {
            VectorField<T> field = (tf, t, u, theta) -> tf.math.neg(u);
            Solution<T> solution = OdeSolver.of(field, method, control)
                    .withGradient(Gradient.NONE)
                    .solve(
                            graph.tf(),
                            Fed.fed(graph.tf(), type, new double[] {1}, 1, 1),
                            Values.empty(),
                            SaveAt.end(0, 1));
            try (Result result = graph.quickSession()
                    .runner()
                    .fetch(solution.last())
                    .fetch(solution.outcome())
                    .run()) {
                assertThat(Outcome.of(result.get(1))).isEqualTo(Outcome.SUCCESS);
                return Floats.read(result.get(0));
            }
        }
    }

    /** Where single precision is too coarse for an iteration or a step, the remedy is in the advice. */
    @Test
    void outcomesThatSinglePrecisionCausesAdviseDouble() {
        for (Outcome outcome : List.of(
                Outcome.STEP_UNDERFLOW, Outcome.NONLINEAR_DIVERGENCE, Outcome.LINEAR_DIVERGENCE, Outcome.MAX_STEPS)) {
            assertThat(outcome.advice()).contains("float64");
        }
    }

    /** The mean over many samples at rest hides the one that moves; the largest error and steps of each do not. */
    @Test
    void theMeanOverABatchHidesWhatTheLargestErrorAndStepsOfEachSampleShow() {
        VectorField<TFloat64> oscillator = (tf, t, u, theta) ->
                tf.math.mul(tf.reverse(u, tf.constant(new int[] {1})), tf.constant(new double[] {1, -1}));
        double[][] u0 = new double[10_000][2];
        u0[0][0] = 1;
        double exact = Math.cos(10);
        PidController mean = PidController.of(1e-6, 1e-6);
        assertThat(error(oscillator, mean, u0, exact)).isGreaterThan(2e-5);
        assertThat(error(oscillator, mean.with(PidController.Norm.LARGEST), u0, exact))
                .isLessThan(1e-5);
        assertThat(error(oscillator, mean.with(PidController.Scope.EACH_SAMPLE), u0, exact))
                .isLessThan(1e-5);
    }

    private static double error(VectorField<TFloat64> field, PidController control, double[][] u0, double exact) {
        try (TestGraph graph = new TestGraph()) {
            Operand<TFloat64> last = OdeSolver.of(field, Methods.TSIT5, control)
                    .withGradient(Gradient.NONE)
                    .solve(graph.tf(), graph.tf().constant(u0), Values.empty(), SaveAt.end(0, 10))
                    .last();
            return Math.abs(TestGraph.evaluate(graph.quickSession(), last)[0] - exact);
        }
    }

    @Test
    void theWordsOfARefusalNameTheControl() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Solves.of(
                        (tf, t, u, theta) -> u,
                        Methods.TSIT5,
                        PidController.of(0, 0),
                        new double[][] {{1}},
                        SaveAt.end(0, 1)))
                .withMessageContaining("The tolerances of the step control cannot be 0.0, 0.0");
    }
}
