package dev.odeon.models.continuous;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.odeon.graph.Floats;
import dev.odeon.graph.TestGraph;
import dev.odeon.graph.Values;
import dev.odeon.graph.parameters.Parameters;
import dev.odeon.ode.OdeSolver;
import dev.odeon.solvers.Methods;
import dev.odeon.solvers.steps.FixedSteps;
import dev.odeon.solvers.steps.SampleTimes;
import dev.odeon.solvers.steps.SaveAt;
import dev.odeon.solvers.steps.StepsPerInterval;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TFloating;

/** What every continuous model does, for vectors and for images. */
class ContinuousModelContractTest {

    private static final double END = 0.8;
    private static final SaveAt INTERVAL = SaveAt.end(0, END);

    /** How a case starts; each kind of model with each way that it knows. */
    private enum Start {
        ZEROS,
        TRAINED,
        COMPUTED
    }

    /**
     * A model of a kind with two features.
     *
     * @param features their shape
     */
    record Case(ModelKind kind, Start start, Shape features) {

        private static final int FEATURES = 2;

        int channels() {
            return kind == ModelKind.NODE ? FEATURES : FEATURES + 1;
        }

        private int missing() {
            return kind.startChannels(channels()) - FEATURES;
        }

        <T extends TFloating> ChannelNet<T> inner() {
            return new ChannelNet<>("inner", kind.innerInputs(channels()), channels());
        }

        <T extends TFloating> ChannelNet<T> network() {
            return new ChannelNet<>("start", FEATURES, missing());
        }

        <T extends TFloating> ContinuousModel<T> model() {
            InitialState<T> initial = switch (start) {
                case ZEROS -> InitialState.zeros();
                case TRAINED -> InitialState.trained("start", missing());
                case COMPUTED -> InitialState.computed(this.<T>network());
            };
            return kind.model("model", inner(), channels(), initial);
        }

        <T extends TFloating> void declare(Parameters parameters, Class<T> type) {
            this.<T>inner().declare(parameters, type);
            if (start == Start.COMPUTED) {
                this.<T>network().declare(parameters, type);
            }
            this.<T>model().declare(parameters, type);
        }

        <T extends TFloating> FedSolve<T> fed(Class<T> type, FedSolve.Function<T> function) {
            return new FedSolve<>(type, features, parameters -> declare(parameters, type), function);
        }

        /** h at the end. */
        <T extends TFloating> FedSolve<T> solved(Class<T> type) {
            ContinuousModel<T> model = model();
            return fed(
                    type,
                    (tf, features, theta) -> model.project(
                            tf,
                            OdeSolver.of(model.field(), Methods.RK4, new FixedSteps(0.4))
                                    .solve(tf, model.lift(tf, features, theta), theta, INTERVAL)
                                    .last()));
        }
    }

    static Stream<Case> cases() {
        Shape vectors = Shape.of(3, 2);
        Shape images = Shape.of(2, 3, 2, 2);
        return Stream.of(
                new Case(ModelKind.NODE, Start.ZEROS, vectors),
                new Case(ModelKind.ANODE, Start.TRAINED, vectors),
                new Case(ModelKind.SONODE, Start.COMPUTED, vectors),
                new Case(ModelKind.HBNODE, Start.ZEROS, vectors),
                new Case(ModelKind.GHBNODE, Start.COMPUTED, vectors),
                new Case(ModelKind.ADAMNODE, Start.TRAINED, vectors),
                new Case(ModelKind.ADAMNODE, Start.ZEROS, images),
                new Case(ModelKind.NODE, Start.ZEROS, images),
                new Case(ModelKind.ANODE, Start.ZEROS, images),
                new Case(ModelKind.SONODE, Start.ZEROS, images),
                new Case(ModelKind.HBNODE, Start.COMPUTED, images),
                new Case(ModelKind.GHBNODE, Start.TRAINED, images));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void featuresAreTheFirstChannelsOfTheStateAndHIsReadFromIt(Case given) {
        ContinuousModel<TFloat64> model = given.model();
        try (FedSolve<TFloat64> lifted =
                        given.fed(TFloat64.class, (tf, features, theta) -> touched(tf, model, features, theta));
                FedSolve<TFloat64> projected = given.fed(
                        TFloat64.class,
                        (tf, features, theta) -> model.project(tf, touched(tf, model, features, theta)))) {
            double[] features = lifted.numbers(FedSolve.FEATURES);
            int rows = features.length / Case.FEATURES;
            double[] state = lifted.result();
            double[] h = projected.result();
            assertThat(state).hasSize(rows * model.stateChannels());
            assertThat(h).hasSize(rows * model.channels());
            for (int row = 0; row < rows; row++) {
                for (int i = 0; i < Case.FEATURES; i++) {
                    assertThat(state[row * model.stateChannels() + i]).isEqualTo(features[row * Case.FEATURES + i]);
                }
                for (int i = 0; i < model.channels(); i++) {
                    assertThat(h[row * model.channels() + i]).isEqualTo(state[row * model.stateChannels() + i]);
                }
            }
        }
    }

    /** The state at the start, changed by nothing but dependent on all parameters, as gradients ask for. */
    private static Operand<TFloat64> touched(
            Ops tf, ContinuousModel<TFloat64> model, Operand<TFloat64> features, Values theta) {
        Operand<TFloat64> state = model.lift(tf, features, theta);
        Operand<TFloat64> zero = Floats.scalar(tf, TFloat64.class, 0);
        Operand<TFloat64> rates = model.field().evaluate(tf, zero, state, theta);
        return tf.math.add(state, tf.math.mul(rates, zero));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void allGradientsThroughASolveEqualFiniteDifferences(Case given) {
        try (FedSolve<TFloat64> solve = given.solved(TFloat64.class)) {
            for (String name : solve.names()) {
                double[] gradient = solve.gradient(name);
                for (int i : new int[] {0, gradient.length - 1}) {
                    assertThat(gradient[i])
                            .as(name)
                            .isCloseTo(solve.difference(name, i), within(1e-6 * Math.max(1, Math.abs(gradient[i]))));
                }
                assertThat(Arrays.stream(gradient).map(Math::abs).max().orElse(0))
                        .as(name)
                        .isGreaterThan(1e-4);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void singlePrecisionGivesTheSame(Case given) {
        try (FedSolve<TFloat64> exact = given.solved(TFloat64.class);
                FedSolve<TFloat32> single = given.solved(TFloat32.class)) {
            assertThat(single.result()).containsExactly(exact.result(), within(1e-5));
            for (String name : exact.names()) {
                assertThat(single.gradient(name)).as(name).containsExactly(exact.gradient(name), within(1e-4));
            }
        }
    }

    /** The time is then a column, one number for each sample. */
    @ParameterizedTest
    @MethodSource("cases")
    void samplesMayHaveTheirOwnTimes(Case given) {
        ContinuousModel<TFloat64> model = given.model();
        int batch = Math.toIntExact(given.features().get(0));
        double[] intervals = new double[2 * batch];
        Arrays.setAll(intervals, i -> i % 2 * END);
        try (FedSolve<TFloat64> common = given.solved(TFloat64.class);
                FedSolve<TFloat64> own = given.fed(TFloat64.class, (tf, features, theta) -> {
                    Operand<TFloat64> times = Floats.constant(tf, TFloat64.class, Shape.of(batch, 2), intervals);
                    return model.project(
                            tf,
                            OdeSolver.of(model.field(), Methods.RK4, new StepsPerInterval(2))
                                    .solve(tf, model.lift(tf, features, theta), theta, SampleTimes.end(times))
                                    .last());
                })) {
            assertThat(own.result()).containsExactly(common.result(), within(1e-12));
            assertThat(own.gradient("inner")).containsExactly(common.gradient("inner"), within(1e-12));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void moreFeaturesThanThereIsRoomForAreRefused(Case given) {
        ContinuousModel<TFloat64> model = given.model();
        try (TestGraph graph = new TestGraph()) {
            int many = model.stateChannels() + 1;
            Operand<TFloat64> features =
                    Floats.constant(graph.tf(), TFloat64.class, Shape.of(1, many), new double[many]);
            assertThatThrownBy(() -> model.lift(graph.tf(), features, Values.empty()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("There are " + many + " features");
        }
    }
}
