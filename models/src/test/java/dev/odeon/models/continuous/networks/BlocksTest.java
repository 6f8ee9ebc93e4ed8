package dev.odeon.models.continuous.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.odeon.graph.Compilation;
import dev.odeon.graph.Floats;
import dev.odeon.graph.Gradients;
import dev.odeon.graph.TestGraph;
import dev.odeon.graph.Values;
import dev.odeon.graph.layers.DenseLayer;
import dev.odeon.graph.layers.GroupNorm;
import dev.odeon.graph.layers.Mlp;
import dev.odeon.graph.layers.TimePaddedConvolution;
import dev.odeon.graph.parameters.Parameters;
import dev.odeon.models.continuous.ContinuousModel;
import dev.odeon.models.continuous.FedSolve;
import dev.odeon.models.continuous.ModelKind;
import dev.odeon.models.continuous.MomentumSettings;
import dev.odeon.ode.OdeSolver;
import dev.odeon.solvers.Methods;
import dev.odeon.solvers.VectorField;
import dev.odeon.solvers.steps.FixedSteps;
import dev.odeon.solvers.steps.SaveAt;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;

/** Image models and layers through loops and back. */
class BlocksTest {

    private static final Shape IMAGES = Shape.of(2, 4, 3, 1);

    @Test
    void gradientsOfAnImageModelEqualFiniteDifferences() {
        ConvolutionalBlock block =
                new ConvolutionalBlock(ModelKind.GHBNODE, new BlockSizes(1, 2, 3), MomentumSettings.standard());
        ContinuousModel<TFloat64> model = block.model("model");
        try (FedSolve<TFloat64> solve = new FedSolve<>(
                TFloat64.class,
                IMAGES,
                parameters -> {
                    block.declare(parameters, "model", TFloat64.class);
                    ReadOut.declare(parameters, "out", TFloat64.class, 2 * 4 * 3, 2);
                },
                (tf, images, theta) -> {
                    Operand<TFloat64> end = OdeSolver.of(model.field(), Methods.MIDPOINT, new FixedSteps(0.5))
                            .solve(tf, model.lift(tf, images, theta), theta, SaveAt.end(0, 1))
                            .last();
                    return new ReadOut(new DenseLayer("out"), 2 * 4 * 3).apply(tf, model.project(tf, end), theta);
                })) {
            for (String name : solve.names()) {
                double gradient = solve.gradient(name)[0];
                assertThat(gradient)
                        .as(name)
                        .isCloseTo(solve.difference(name, 0), within(1e-6 * Math.max(1, Math.abs(gradient))));
            }
        }
    }

    /** All gradients of layers that every step uses again. */
    private static Map<String, double[]> gradients(Compilation compilation) {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Parameters parameters = new Parameters(tf, 3);
            TimePaddedConvolution layer =
                    TimePaddedConvolution.declare(parameters, "layer", TFloat64.class, 3, 2, 2, new Mlp.FanInUniform());
            GroupNorm norm = new GroupNorm("norm", 1, 2);
            norm.declare(parameters, TFloat64.class);
            VectorField<TFloat64> field =
                    (inner, t, u, theta) -> norm.apply(inner, layer.apply(inner, t, u, theta), theta);
            Shape shape = Shape.of(2, 3, 3, 2);
            Operand<TFloat64> images = Floats.constant(
                    tf,
                    TFloat64.class,
                    shape,
                    new Random(1).doubles(shape.size(), -1, 1).toArray());
            Values results =
                    compilation.run(tf, "images", parameters.read().with("images", images), (inner, values) -> {
                        Operand<TFloat64> end = OdeSolver.of(field, Methods.EULER, new FixedSteps(0.5))
                                .solve(
                                        inner,
                                        values.get("images", TFloat64.class),
                                        values.without("images"),
                                        SaveAt.end(0, 1))
                                .last();
                        Operand<TFloat64> loss = inner.reduceSum(
                                inner.math.square(inner.math.tanh(end)), inner.constant(new int[] {0, 1, 2, 3}));
                        return Gradients.of(inner, loss, values);
                    });
            Session session = graph.quickSession();
            session.run(parameters.initializer());
            Session.Runner runner = session.runner();
            results.operands().forEach(runner::fetch);
            Map<String, double[]> all = new LinkedHashMap<>();
            try (Result fetched = runner.run()) {
                int i = 0;
                for (String name : results.names()) {
                    all.put(name, Floats.read(fetched.get(i++)));
                }
            }
            return all;
        }
    }

    @Test
    void imageLayersInALoopHaveTheSameGradientsUnderXla() {
        Map<String, double[]> xla = gradients(Compilation.XLA);
        Map<String, double[]> executor = gradients(Compilation.EXECUTOR);
        assertThat(executor).hasSize(5);
        executor.forEach(
                (name, gradient) -> assertThat(xla.get(name)).as(name).containsExactly(gradient, within(1e-10)));
    }

    @Test
    void sizesThatDoNotFitAreRefused() {
        assertThatThrownBy(() -> new BlockSizes(3, 2, 8)).hasMessageContaining("3 features, 2 channels");
    }
}
