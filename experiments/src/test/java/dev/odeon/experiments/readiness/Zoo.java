package dev.odeon.experiments.readiness;

import dev.odeon.datasets.graphs.DenseFeatures;
import dev.odeon.datasets.graphs.Edges;
import dev.odeon.datasets.graphs.GraphData;
import dev.odeon.datasets.graphs.Split;
import dev.odeon.experiments.bench.adjoint.Variant;
import dev.odeon.graph.Compilation;
import dev.odeon.graph.layers.SegmentNormalisation;
import dev.odeon.graph.runtime.Gpus;
import dev.odeon.models.grand.AttentionAt;
import dev.odeon.models.grand.Grand;
import dev.odeon.models.grand.GrandSettings;
import dev.odeon.models.grand.ScaledDotAttention;
import dev.odeon.models.grand.SelfLoops;
import dev.odeon.models.grand.SolverSettings;
import dev.odeon.models.grand.SumsToOne;
import dev.odeon.models.optimisers.Adam;
import dev.odeon.models.training.Phase;
import dev.odeon.models.training.TrainingDefinition;
import dev.odeon.models.training.TrainingSettings;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.Methods;
import dev.odeon.solvers.nonlinear.Anderson;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TType;

/**
 * A training graph of every kind: families of methods with all gradients and steps, operators, events, models.
 *
 * @param name says which
 * @param build makes it; IllegalArgumentException if its parts do not go together
 */
record Zoo(String name, Function<Compilation, TrainingDefinition> build) {

    private static final int STEPS = 4;

    /** One or two of each family. */
    private static final List<Method> METHODS = List.of(
            Methods.IMEX_RK2,
            Methods.SBDF2,
            Methods.ETDRK2,
            Methods.TSIT5,
            Methods.AB2,
            Methods.ABM2,
            Methods.SDIRK2,
            Methods.KVAERNO3,
            Methods.RADAU3,
            Methods.BDF2,
            Methods.PROX_SDIRK2);

    static List<Zoo> all() {
        List<Zoo> all = new ArrayList<>();
        for (Method method : METHODS) {
            TestOperator operator = method.exponentiates() ? TestOperator.CONSTANT_DENSE : TestOperator.DENSE_INVERSE;
            for (Variant variant : Variant.all()) {
                for (Variant.Steps steps : Variant.Steps.values()) {
                    all.add(solve(method, variant, steps, operator, SolveObjective.Watch.NOTHING));
                }
            }
        }
        for (TestOperator operator : TestOperator.values()) {
            for (Variant.Steps steps : Variant.Steps.values()) {
                all.add(solve(Methods.IMEX_RK2, first(), steps, operator, SolveObjective.Watch.NOTHING));
            }
        }
        for (Variant.Steps steps : Variant.Steps.values()) {
            all.add(solve(Methods.TSIT5, first(), steps, TestOperator.IDENTITY, SolveObjective.Watch.AN_EVENT));
            all.add(solve(anderson(), first(), steps, TestOperator.IDENTITY, SolveObjective.Watch.NOTHING));
        }
        for (AttentionAt at : AttentionAt.values()) {
            all.add(new Zoo("grand " + at, compilation -> grand(at, compilation)));
        }
        return List.copyOf(all);
    }

    private static Variant first() {
        return Variant.all().get(0);
    }

    private static Method anderson() {
        return Methods.BACKWARD_EULER.with(Anderson.standard());
    }

    private static Zoo solve(
            Method method, Variant variant, Variant.Steps steps, TestOperator operator, SolveObjective.Watch watch) {
        String name = String.join(" ", method.name(), variant.name(), steps.name(), operator.name(), watch.name());
        return new Zoo(name, compilation -> {
            SolveObjective objective = new SolveObjective(
                    method, steps.control(1, STEPS), variant.gradient().apply(STEPS), operator, watch);
            // Evaluations solve the same without a gradient, but for the event.
            Set<Phase> run =
                    watch == SolveObjective.Watch.AN_EVENT ? EnumSet.allOf(Phase.class) : EnumSet.of(Phase.TRAINING);
            return Gpus.targeting(() ->
                    TrainingDefinition.of(objective, Map.of(), new TrainingSettings(new Adam(0), compilation, 1), run));
        });
    }

    private static TrainingDefinition grand(AttentionAt at, Compilation compilation) {
        GraphData ring = new GraphData(
                "ring",
                Edges.unweighted(new int[] {0, 1, 2, 3, 1, 2, 3, 0}, new int[] {1, 2, 3, 0, 0, 1, 2, 3}),
                new DenseFeatures(new float[] {1, 0, 2, 0, 1, 0, 1, 1}, 4, 2),
                new int[] {0, 1, 0, 1},
                2);
        GrandSettings settings = GrandSettings.builder()
                .attention(new ScaledDotAttention(4, 2, SegmentNormalisation.SOFTMAX, SumsToOne.REACHING_A_NODE))
                .attentionAt(at)
                .time(1)
                .hidden(4)
                .inputDropout(0.3)
                .dropout(0.2)
                .selfLoops(SelfLoops.AS_GIVEN)
                .optimiser(new Adam(0))
                .learningRate(0.01)
                .epochs(1)
                .build();
        SolverSettings solver = SolverSettings.of(Methods.IMEX_RK2, 0.5).withCompilation(compilation);
        Grand<TFloat32> model = new Grand<>(settings, ring, solver, TFloat32.class);
        Map<String, TType> data = model.data(new Split(new int[] {0}, new int[] {1}, new int[] {2, 3}));
        try {
            return Gpus.targeting(() -> TrainingDefinition.of(
                    model,
                    data,
                    new TrainingSettings(settings.optimiser(), compilation, 1),
                    EnumSet.of(Phase.TRAINING)));
        } finally {
            data.values().forEach(TType::close);
        }
    }
}
