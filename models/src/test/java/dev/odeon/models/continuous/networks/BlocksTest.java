package dev.odeon.models.continuous.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.odeon.graph.Compilation;
import dev.odeon.graph.Floats;
import dev.odeon.graph.Gradients;
import dev.odeon.graph.TestGraph;
import dev.odeon.graph.Values;
import dev.odeon.graph.parameters.Parameters;
import dev.odeon.models.continuous.ContinuousModel;
import dev.odeon.models.continuous.ModelKind;
import dev.odeon.models.continuous.MomentumSettings;
import dev.odeon.ode.OdeSolver;
import dev.odeon.solvers.Methods;
import dev.odeon.solvers.steps.PidController;
import dev.odeon.solvers.steps.SaveAt;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;

/** A whole image model through a loop of chosen steps and back. */
class BlocksTest {

    private static final Shape IMAGES = Shape.of(2, 4, 3, 1);

    /** All gradients of one model; weights of a layer are used again in every step. */
    private static Map<String, double[]> gradients(Compilation compilation) {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Parameters parameters = new Parameters(tf, 3);
            ContinuousModel<TFloat64> model = new ConvolutionalBlock(
                            ModelKind.GHBNODE, new BlockSizes(1, 2, 3), MomentumSettings.standard())
                    .declare(parameters, "model", TFloat64.class);
            ReadOut readOut = ReadOut.declare(parameters, "out", TFloat64.class, 2 * 4 * 3, 2);
            Operand<TFloat64> images = Floats.constant(
                    tf,
                    TFloat64.class,
                    IMAGES,
                    new Random(1).doubles(IMAGES.size(), -1, 1).toArray());
            Values results =
                    compilation.run(tf, "images", parameters.read().with("images", images), (inner, values) -> {
                        Operand<TFloat64> start = model.lift(inner, values.get("images", TFloat64.class), values);
                        Operand<TFloat64> end = OdeSolver.of(
                                        model.field(), Methods.DOPRI5, PidController.of(1e-3, 1e-3))
                                .solve(inner, start, values.without("images"), SaveAt.end(0, 1))
                                .last();
                        Operand<TFloat64> logits = readOut.apply(inner, model.project(inner, end), values);
                        Operand<TFloat64> loss = inner.reduceSum(
                                inner.math.square(inner.math.tanh(logits)), inner.constant(new int[] {0, 1}));
                        return Gradients.of(inner, loss, values);
                    });
            Session.Runner runner = graph.session(parameters.initializer()).runner();
            results.operands().forEach(runner::fetch);
            Map<String, double[]> all = new LinkedHashMap<>();
            try (Result fetched = runner.run()) {
                int i = 0;
                for (String name : results.names()) {
                    Tensor tensor = fetched.get(i++);
                    all.put(name, Floats.read(tensor));
                }
            }
            return all;
        }
    }

    @Test
    void anImageModelHasTheSameGradientsUnderXla() {
        Map<String, double[]> executor = gradients(Compilation.EXECUTOR);
        Map<String, double[]> xla = gradients(Compilation.XLA);
        assertThat(executor).hasSize(12 + 2 + 2 + 1);
        executor.forEach((name, gradient) -> {
            assertThat(gradient).as(name).doesNotContain(Double.NaN);
            assertThat(xla.get(name)).as(name).containsExactly(gradient, within(1e-10));
        });
    }

    @Test
    void sizesThatDoNotFitAreRefused() {
        assertThatThrownBy(() -> new BlockSizes(3, 2, 8)).hasMessageContaining("3 features, 2 channels");
    }
}
