package dev.odeon.models.grand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.odeon.adjoint.Gradient;
import dev.odeon.graph.Compilation;
import dev.odeon.graph.layers.SegmentNormalisation;
import dev.odeon.models.training.Phase;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.Methods;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.types.TFloat64;

class GrandGradientTest {

    /** A full step and a shortened one. */
    private static final double STEP = 1;

    static List<Method> methods() {
        return List.of(
                Methods.IMEX_RK2,
                Methods.IMEX_RK3,
                Methods.IMEX_RK4,
                Methods.IMEX_RK5,
                Methods.RK4,
                Methods.DOPRI5,
                Methods.SBDF2);
    }

    static List<GrandSettings> variants() {
        return List.of(
                SmallGraphs.tiny().build(),
                SmallGraphs.tiny().attentionAt(AttentionAt.INITIAL_STATE).build(),
                SmallGraphs.tiny()
                        .attention(new ScaledDotAttention(4, 4, SegmentNormalisation.SOFTMAX, SumsToOne.LEAVING_A_NODE))
                        .encoding(Encoding.BATCH_NORMALISED)
                        .selfLoops(SelfLoops.ADDED)
                        .source(Source.NONE)
                        .build());
    }

    @ParameterizedTest
    @MethodSource("methods")
    void theAdjointEqualsBackpropagation(Method method) {
        GrandSettings settings = SmallGraphs.tiny().build();
        assertSame(
                gradients(settings, method, Gradient.DISCRETE_ADJOINT, Compilation.EXECUTOR),
                gradients(settings, method, Gradient.BACKPROPAGATION, Compilation.EXECUTOR));
    }

    @ParameterizedTest
    @MethodSource("variants")
    void theAdjointEqualsBackpropagationForEveryKindOfModel(GrandSettings settings) {
        assertSame(
                gradients(settings, Methods.IMEX_RK3, Gradient.DISCRETE_ADJOINT, Compilation.EXECUTOR),
                gradients(settings, Methods.IMEX_RK3, Gradient.BACKPROPAGATION, Compilation.EXECUTOR));
    }

    @Test
    void xlaGivesTheSameGradients() {
        GrandSettings settings = SmallGraphs.tiny()
                .dropout(0)
                .inputDropout(0)
                .encoding(Encoding.BATCH_NORMALISED)
                .build();
        assertSame(
                gradients(settings, Methods.IMEX_RK2, Gradient.DISCRETE_ADJOINT, Compilation.XLA),
                gradients(settings, Methods.IMEX_RK2, Gradient.DISCRETE_ADJOINT, Compilation.EXECUTOR));
    }

    @ParameterizedTest
    @MethodSource("variants")
    void theAdjointEqualsFiniteDifferencesInEveryParameter(GrandSettings settings) {
        try (FedModel<TFloat64> model = model(settings, solver(Methods.IMEX_RK3))) {
            Map<String, double[]> results = model.run(5);
            for (String name : model.under("gradient/").names()) {
                double[] gradient = results.getOrDefault("gradient/" + name, new double[0]);
                for (int i : new int[] {0, gradient.length - 1}) {
                    assertThat(gradient[i])
                            .as(name)
                            .isCloseTo(difference(model, name, i), within(1e-6 * Math.max(1, Math.abs(gradient[i]))));
                }
            }
        }
    }

    /** The one that an adjoint forgets when it treats the linear part as fixed. */
    @ParameterizedTest
    @MethodSource("methods")
    void theRateOfTheImplicitPartGetsItsGradient(Method method) {
        try (FedModel<TFloat64> model = model(SmallGraphs.tiny().build(), solver(method))) {
            double gradient = model.run("gradient/diffusion/alpha_implicit")[0];
            double difference = difference(model, "diffusion/alpha_implicit", 0);
            assertThat(Math.abs(difference)).isGreaterThan(1e-3);
            assertThat(gradient).isCloseTo(difference, within(1e-6 * Math.abs(difference)));
        }
    }

    private static double difference(FedModel<TFloat64> model, String name, int i) {
        double h = 1e-5;
        double[] numbers = numbers(model, name);
        double before = numbers[i];
        numbers[i] = before + h;
        double up = model.run("loss")[0];
        numbers[i] = before - h;
        double down = model.run("loss")[0];
        numbers[i] = before;
        return (up - down) / (2 * h);
    }

    private static double[] numbers(FedModel<TFloat64> model, String name) {
        double[] numbers = model.numbers().get(name);
        if (numbers == null) {
            throw new IllegalArgumentException(name);
        }
        return numbers;
    }

    private static SolverSettings solver(Method method) {
        return SolverSettings.of(method, STEP).withCompilation(Compilation.EXECUTOR);
    }

    private static FedModel<TFloat64> model(GrandSettings settings, SolverSettings solver) {
        return new FedModel<>(
                settings,
                SmallGraphs.sevenNodes(),
                SmallGraphs.sevenNodesSplit(),
                solver,
                TFloat64.class,
                Phase.TRAINING);
    }

    private static Map<String, double[]> gradients(
            GrandSettings settings, Method method, Gradient gradient, Compilation compilation) {
        SolverSettings solver =
                SolverSettings.of(method, STEP).withGradient(gradient).withCompilation(compilation);
        try (FedModel<TFloat64> model = model(settings, solver)) {
            Map<String, double[]> gradients = new LinkedHashMap<>();
            model.run(5).forEach((name, values) -> {
                if (name.startsWith("gradient/")) {
                    gradients.put(name, values);
                }
            });
            return gradients;
        }
    }

    private static void assertSame(Map<String, double[]> actual, Map<String, double[]> expected) {
        assertThat(actual.keySet()).isEqualTo(expected.keySet());
        expected.forEach((name, gradient) -> {
            double scale = 0;
            for (double x : gradient) {
                scale = Math.max(scale, Math.abs(x));
            }
            // A bias may have no influence: before a batch normalisation, or of the keys under a softmax over them.
            boolean none = scale < 1e-15 && name.endsWith("bias");
            assertThat(none || scale > 1e-15).as(name).isTrue();
            assertThat(actual.get(name)).as(name).containsExactly(gradient, within(none ? 1e-15 : 1e-10 * scale));
        });
    }
}
