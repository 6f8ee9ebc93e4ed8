package dev.odeon.models.continuous;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.odeon.graph.Floats;
import dev.odeon.graph.TestGraph;
import dev.odeon.graph.Values;
import dev.odeon.graph.parameters.Parameters;
import dev.odeon.ode.OdeSolver;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.Methods;
import dev.odeon.solvers.SplitField;
import dev.odeon.solvers.steps.FixedSteps;
import dev.odeon.solvers.steps.PidController;
import dev.odeon.solvers.steps.SampleTimes;
import dev.odeon.solvers.steps.SaveAt;
import dev.odeon.solvers.steps.StepControl;
import dev.odeon.solvers.steps.StepsPerInterval;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;

/** Momentum whose damping is implicit, beside the same model as one field. */
class MomentumSplitTest {

    private static final int CHANNELS = 2;
    private static final Shape FEATURES = Shape.of(2, 3, 1, CHANNELS);
    private static final double END = 0.8;
    private static final ChannelNet<TFloat64> FORCE = new ChannelNet<>("inner", CHANNELS, CHANNELS);
    private static final HeavyBallNeuralOde<TFloat64> BALL =
            new HeavyBallNeuralOde<>("model", FORCE, CHANNELS, new Coefficient.Sigmoid(9, -3), InitialState.zeros());
    private static final GeneralizedHeavyBallNeuralOde<TFloat64> GENERALIZED = new GeneralizedHeavyBallNeuralOde<>(
            "model", FORCE, CHANNELS, MomentumSettings.standard(), InitialState.zeros());

    /** How a model is split in a graph. */
    @FunctionalInterface
    private interface Splitting {
        SplitField<TFloat64> in(Ops tf, Values theta);
    }

    private static Splitting splitting(ContinuousModel<TFloat64> model) {
        return model == BALL
                ? (tf, theta) -> BALL.split(tf, TFloat64.class, theta)
                : (tf, theta) -> GENERALIZED.split(tf, TFloat64.class, theta);
    }

    private static void declare(ContinuousModel<TFloat64> model, Parameters parameters) {
        FORCE.declare(parameters, TFloat64.class);
        model.declare(parameters, TFloat64.class);
    }

    private static FedSolve<TFloat64> split(ContinuousModel<TFloat64> model, Method method, StepControl steps) {
        return new FedSolve<>(
                TFloat64.class,
                FEATURES,
                parameters -> declare(model, parameters),
                (tf, x, theta) -> OdeSolver.of(splitting(model).in(tf, theta), method, steps)
                        .solve(tf, model.lift(tf, x, theta), theta, SaveAt.end(0, END))
                        .last());
    }

    private static FedSolve<TFloat64> unsplit(ContinuousModel<TFloat64> model) {
        return new FedSolve<>(
                TFloat64.class,
                FEATURES,
                parameters -> declare(model, parameters),
                (tf, x, theta) -> OdeSolver.of(model.field(), Methods.DOPRI8, new FixedSteps(0.1))
                        .solve(tf, model.lift(tf, x, theta), theta, SaveAt.end(0, END))
                        .last());
    }

    static Stream<Arguments> methods() {
        return Stream.of(
                Arguments.of(BALL, Methods.IMEX_RK4, new FixedSteps(0.02), 2e-5),
                Arguments.of(BALL, Methods.SBDF2, new FixedSteps(0.02), 8e-3),
                Arguments.of(BALL, Methods.KENCARP47, PidController.of(1e-8, 1e-8), 1e-6),
                Arguments.of(GENERALIZED, Methods.IMEX_RK4, new FixedSteps(0.02), 2e-5));
    }

    @ParameterizedTest
    @MethodSource("methods")
    void theSplitModelIsTheUnsplitOne(
            ContinuousModel<TFloat64> model, Method method, StepControl steps, double allowed) {
        try (FedSolve<TFloat64> split = split(model, method, steps);
                FedSolve<TFloat64> whole = unsplit(model)) {
            assertThat(split.result()).containsExactly(whole.result(), within(allowed));
            for (String name : whole.names()) {
                assertThat(split.gradient(name)).as(name).containsExactly(whole.gradient(name), within(10 * allowed));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("methods")
    void theDampingOfTheImplicitPartGetsItsGradient(ContinuousModel<TFloat64> model, Method method) {
        try (FedSolve<TFloat64> split = split(model, method, new FixedSteps(0.2))) {
            List<String> names = model == BALL ? List.of("model/omega") : List.of("model/omega", "model/chi");
            for (String name : names) {
                double gradient = split.gradient(name)[0];
                assertThat(Math.abs(gradient)).as(name).isGreaterThan(1e-4);
                assertThat(gradient).as(name).isCloseTo(split.difference(name, 0), within(1e-8));
            }
        }
    }

    @Test
    void samplesMayHaveTheirOwnTimes() {
        try (FedSolve<TFloat64> common = split(BALL, Methods.IMEX_RK3, new FixedSteps(0.2));
                FedSolve<TFloat64> own = new FedSolve<>(
                        TFloat64.class, FEATURES, parameters -> declare(BALL, parameters), (tf, x, theta) -> {
                            Operand<TFloat64> times =
                                    Floats.constant(tf, TFloat64.class, Shape.of(2, 2), 0, END, 0, END);
                            return OdeSolver.of(
                                            BALL.split(tf, TFloat64.class, theta),
                                            Methods.IMEX_RK3,
                                            new StepsPerInterval(4))
                                    .solve(tf, BALL.lift(tf, x, theta), theta, SampleTimes.of(times))
                                    .last();
                        })) {
            assertThat(own.result()).containsExactly(common.result(), within(1e-12));
        }
    }

    /** Steps of one half with a damping of 1000: an explicit method would multiply the momentum by millions. */
    @Test
    void largeDampingNeedsNoSmallSteps() {
        HeavyBallNeuralOde<TFloat64> thick = new HeavyBallNeuralOde<>(
                "ball", (tf, t, h, theta) -> tf.math.neg(h), 1, new Coefficient.Fixed(1000), InitialState.zeros());
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Operand<TFloat64> end = OdeSolver.of(
                            thick.split(tf, TFloat64.class, Values.empty()), Methods.ARS443, new FixedSteps(0.5))
                    .solve(
                            tf,
                            Floats.constant(tf, TFloat64.class, Shape.of(1, 2), 1, -1.0 / 1000),
                            Values.empty(),
                            SaveAt.end(0, 1))
                    .last();
            // The slow motion: h = exp(-t / 1000) and a little.
            assertThat(graph.evaluate(end)[0]).isCloseTo(Math.exp(-1 / 1000.0), within(1e-5));
        }
    }
}
