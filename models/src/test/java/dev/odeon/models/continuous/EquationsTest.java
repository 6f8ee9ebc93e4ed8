package dev.odeon.models.continuous;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.odeon.graph.Floats;
import dev.odeon.graph.TestGraph;
import dev.odeon.graph.Values;
import dev.odeon.graph.layers.Activation;
import dev.odeon.graph.parameters.Parameters;
import dev.odeon.ode.OdeSolver;
import dev.odeon.solvers.Methods;
import dev.odeon.solvers.VectorField;
import dev.odeon.solvers.steps.FixedSteps;
import dev.odeon.solvers.steps.SaveAt;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;

/** Each model on an equation whose solution is known: signs and coefficients. */
class EquationsTest {

    private static final double X = 0.7;
    private static final double V = -0.4;
    private static final double GAMMA = 0.5;

    private static final VectorField<TFloat64> SPRING = (tf, t, h, theta) -> tf.math.neg(h);
    private static final VectorField<TFloat64> NOTHING = (tf, t, h, theta) -> tf.zerosLike(h);

    /** h(1) from h = X and, where there is one, h' = V. */
    private static double solved(ContinuousModel<TFloat64> model, double... start) {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Operand<TFloat64> u0 = Floats.constant(tf, TFloat64.class, Shape.of(1, start.length), start);
            Parameters parameters = new Parameters(tf, 1);
            model.declare(parameters, TFloat64.class);
            Values theta = parameters.read();
            Operand<TFloat64> end = model.project(
                    tf,
                    OdeSolver.of(model.field(), Methods.DOPRI8, new FixedSteps(0.1))
                            .solve(tf, u0, theta, SaveAt.end(0, 1))
                            .last());
            return TestGraph.evaluate(graph.session(parameters.initializer()), end)[0];
        }
    }

    /** h'' + gamma h' + h = 0. */
    private static double oscillation(double gamma) {
        double w = Math.sqrt(1 - gamma * gamma / 4);
        return Math.exp(-gamma / 2) * (X * Math.cos(w) + (V + gamma / 2 * X) / w * Math.sin(w));
    }

    @Test
    void aHeavyBallOnASpringIsADampedOscillation() {
        ContinuousModel<TFloat64> ball =
                new HeavyBallNeuralOde<>("ball", SPRING, 1, new Coefficient.Fixed(GAMMA), InitialState.zeros());
        assertThat(solved(ball, X, V)).isCloseTo(oscillation(GAMMA), within(1e-10));
    }

    @Test
    void theDampingStartsAtSigmoidOfMinusThree() {
        ContinuousModel<TFloat64> ball =
                new HeavyBallNeuralOde<>("ball", SPRING, 1, HeavyBallNeuralOde.DAMPING, InitialState.zeros());
        assertThat(solved(ball, X, V)).isCloseTo(oscillation(1 / (1 + Math.exp(3))), within(1e-10));
        ContinuousModel<TFloat64> doubled =
                new HeavyBallNeuralOde<>("ball", SPRING, 1, new Coefficient.Sigmoid(2, -3), InitialState.zeros());
        assertThat(solved(doubled, X, V)).isCloseTo(oscillation(2 / (1 + Math.exp(3))), within(1e-10));
    }

    @Test
    void theSpringOfAGeneralizedHeavyBallPullsBack() {
        MomentumSettings settings = MomentumSettings.standard()
                .withDamping(new Coefficient.Fixed(GAMMA))
                .withSpring(Coefficient.Softplus.from(1))
                .withVelocity(Activation.IDENTITY);
        ContinuousModel<TFloat64> ball =
                new GeneralizedHeavyBallNeuralOde<>("ball", NOTHING, 1, settings, InitialState.zeros());
        assertThat(solved(ball, X, V)).isCloseTo(oscillation(GAMMA), within(1e-10));
    }

    /** Without force and friction m stays, and h moves with sigma(m). */
    @Test
    void theVelocityOfAGeneralizedHeavyBallIsAFunctionOfItsMomentum() {
        MomentumSettings settings = MomentumSettings.standard()
                .withDamping(new Coefficient.Fixed(0))
                .withSpring(new Coefficient.Fixed(0));
        assertThat(solved(
                        new GeneralizedHeavyBallNeuralOde<>("ball", NOTHING, 1, settings, InitialState.zeros()), X, V))
                .isCloseTo(X + Math.tanh(V), within(1e-12));
        ContinuousModel<TFloat64> bounded = new GeneralizedHeavyBallNeuralOde<>(
                "ball", NOTHING, 1, settings.withVelocity(new Activation.HardTanh(5)), InitialState.zeros());
        assertThat(solved(bounded, X, V)).isCloseTo(X + V, within(1e-12));
        assertThat(solved(bounded, X, -9)).isCloseTo(X - 5, within(1e-12));
    }

    /** Under a constant force and with v at its square m grows as f (1 - exp(-gamma t)) / gamma from zero. */
    @Test
    void theVelocityOfAnAdamModelIsScaledByTheRootOfV() {
        ContinuousModel<TFloat64> adam = new AdamNeuralOde<>(
                "adam", (tf, t, h, theta) -> tf.constant(3.0), 1, new Coefficient.Fixed(GAMMA), InitialState.zeros());
        double moved = 3 / GAMMA * (1 - (1 - Math.exp(-GAMMA)) / GAMMA);
        assertThat(solved(adam, X, 0, 9)).isCloseTo(X + moved / Math.sqrt(9.01), within(1e-10));
        // v falls as exp(-gamma t) without a force, m too: h' = exp(-gamma t) m0 / sqrt(exp(-gamma t) v0 + 0.01).
        ContinuousModel<TFloat64> free =
                new AdamNeuralOde<>("adam", NOTHING, 1, new Coefficient.Fixed(GAMMA), InitialState.zeros());
        double way = 2 * V / (GAMMA * V * V) * (Math.sqrt(V * V + 0.01) - Math.sqrt(V * V * Math.exp(-GAMMA) + 0.01));
        assertThat(solved(free, X, V, V * V)).isCloseTo(X + way, within(1e-10));
    }

    @Test
    void aSecondOrderModelSeesItsVelocity() {
        VectorField<TFloat64> acceleration = (tf, t, state, theta) -> {
            Pair<TFloat64> pair = Pair.of(tf, state, 1);
            Operand<TFloat64> friction = tf.math.mul(pair.second(), tf.constant(GAMMA));
            return tf.math.neg(tf.math.add(pair.first(), friction));
        };
        assertThat(solved(new SecondOrderNeuralOde<>(acceleration, 1, InitialState.zeros()), X, V))
                .isCloseTo(oscillation(GAMMA), within(1e-10));
    }

    /** An acceleration of one number for all samples and channels: free fall. */
    @Test
    void aSharedAccelerationIsSpread() {
        assertThat(solved(
                        new SecondOrderNeuralOde<>((tf, t, s, theta) -> tf.constant(-9.81), 1, InitialState.zeros()),
                        X,
                        V))
                .isCloseTo(X + V - 9.81 / 2, within(1e-10));
        ContinuousModel<TFloat64> ball = new HeavyBallNeuralOde<>(
                "ball", (tf, t, h, theta) -> tf.constant(-9.81), 1, new Coefficient.Fixed(0), InitialState.zeros());
        assertThat(solved(ball, X, V)).isCloseTo(X + V - 9.81 / 2, within(1e-10));
    }

    @Test
    void kindsAreKnownByTheirNames() {
        assertThat(ModelKind.words()).containsExactly("node", "anode", "sonode", "hbnode", "ghbnode", "adamnode");
        assertThat(ModelKind.named("ghbnode")).isEqualTo(ModelKind.GHBNODE);
        assertThatThrownBy(() -> ModelKind.named("hb"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'hb'")
                .hasMessageContaining("hbnode");
        assertThatThrownBy(() -> ModelKind.NODE.model("m", SPRING, 1, InitialState.<TFloat64>trained("start", 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("anode");
    }

    @Test
    void coefficientsAreNotNegative() {
        assertThatThrownBy(() -> new Coefficient.Fixed(-1)).hasMessageContaining("-1.0");
        assertThatThrownBy(() -> new Coefficient.Sigmoid(0, 1)).hasMessageContaining("0.0");
        assertThatThrownBy(() -> new Coefficient.Softplus(Double.NaN)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> Coefficient.Softplus.from(0)).hasMessageContaining("0.0");
        assertThat(Coefficient.Softplus.from(800).first()).isEqualTo(800);
        assertThat(Math.log1p(Math.exp(Coefficient.Softplus.from(0.3).first()))).isCloseTo(0.3, within(1e-14));
    }
}
