package dev.odeon.models.recurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.odeon.graph.layers.Activation;
import dev.odeon.graph.layers.Mlp;
import dev.odeon.graph.parameters.Initializer;
import dev.odeon.models.continuous.ContinuousModel;
import dev.odeon.models.continuous.FedSolve;
import dev.odeon.models.continuous.InitialState;
import dev.odeon.models.continuous.ModelKind;
import dev.odeon.solvers.Methods;
import dev.odeon.solvers.steps.StepsPerInterval;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat64;

class OdeRnnModelsTest {

    private static final int ROWS = 3;
    private static final int BATCH = 2;
    private static final int CHANNELS = 2;
    private static final int HIDDEN = 2;
    private static final String START = "start";
    private static final Shape OBSERVATIONS = Shape.of(ROWS, BATCH, CHANNELS);

    /** All states of all rounds, with respect to observations, start and every parameter of model, network and cell. */
    @ParameterizedTest
    @EnumSource(ModelKind.class)
    void hasTheGradientsOfDifferences(ModelKind kind) {
        int units = kind.stateChannels(HIDDEN);
        Mlp inner = Mlp.named("field", List.of(kind.innerInputs(HIDDEN), 3, HIDDEN), Activation.TANH);
        ContinuousModel<TFloat64> model =
                kind.model("ball", (tf, t, h, theta) -> inner.apply(tf, h, theta), HIDDEN, InitialState.zeros());
        RecurrentCell cell = new AffineCell("cell", CHANNELS, units, units / HIDDEN, new Mlp.FanInUniform());
        OdeRnn<TFloat64> hybrid = OdeRnn.of(model.field(), cell, Methods.MIDPOINT, new StepsPerInterval(1));
        try (FedSolve<TFloat64> solve = new FedSolve<>(
                TFloat64.class,
                OBSERVATIONS,
                parameters -> {
                    inner.declare(parameters, TFloat64.class, new Mlp.FanInUniform());
                    model.declare(parameters, TFloat64.class);
                    cell.declare(parameters, TFloat64.class);
                    parameters.declare(START, TFloat64.class, Shape.of(BATCH, units), Initializer.zeros());
                },
                (tf, x, theta) -> {
                    Operand<TFloat64> durations = tf.constant(new double[][] {{0.3, 0.6}, {0.5, 0.2}, {0.4, 0.7}});
                    return hybrid.pass(
                                    tf,
                                    theta.get(START, TFloat64.class),
                                    theta.without(START),
                                    ObservedSeries.of(x, durations))
                            .evolved();
                })) {
            for (String name : solve.names()) {
                double[] gradient = solve.gradient(name);
                // Some of each tensor, the first and the last among them.
                int stride = Math.max(1, (gradient.length - 1) / 2);
                for (int i = 0; i < gradient.length; i += stride) {
                    assertThat(gradient[i])
                            .as(name + " " + i)
                            .isCloseTo(solve.difference(name, i), within(1e-6 * Math.max(1, Math.abs(gradient[i]))));
                }
            }
        }
    }
}
