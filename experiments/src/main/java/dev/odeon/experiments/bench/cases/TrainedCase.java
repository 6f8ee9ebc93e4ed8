package dev.odeon.experiments.bench.cases;

import dev.odeon.adjoint.Gradient;
import dev.odeon.datasets.graphs.Edges;
import dev.odeon.datasets.graphs.GraphData;
import dev.odeon.datasets.graphs.SparseFeatures;
import dev.odeon.datasets.graphs.Split;
import dev.odeon.experiments.pde.Loss;
import dev.odeon.experiments.pde.PdeObjective;
import dev.odeon.experiments.pde.RandomWaves;
import dev.odeon.experiments.pde.Surrogate;
import dev.odeon.graph.Compilation;
import dev.odeon.graph.Floats;
import dev.odeon.graph.layers.Activation;
import dev.odeon.graph.layers.Mlp;
import dev.odeon.models.grand.AttentionAt;
import dev.odeon.models.grand.Grand;
import dev.odeon.models.grand.GrandSettings;
import dev.odeon.models.grand.SolverSettings;
import dev.odeon.ode.OdeSolver;
import dev.odeon.solvers.Methods;
import dev.odeon.solvers.linear.LinearOperator;
import dev.odeon.solvers.steps.FixedSteps;
import dev.odeon.solvers.steps.PidController;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;

/** The problems, by their names on the command line. */
enum TrainedCase {
    /** Kuramoto and Sivashinsky's equation, as `odeon train ks` learns it, with ten steps. */
    ks("Kuramoto-Sivashinsky, 64 points, batch 256, 10 steps of imex-rk3") {
        @Override
        <T extends TFloating> CaseRun<T> run(Class<T> type, Compilation compilation) {
            return ring(64, 256, 10, type, compilation, 1);
        }
    },
    ks512("the same with 512 points, batch 256, one step") {
        @Override
        <T extends TFloating> CaseRun<T> run(Class<T> type, Compilation compilation) {
            return ring(512, 256, 1, type, compilation, 1);
        }
    },
    burgers("Burgers' equation, 512 points, batch 200, 2 steps of imex-rk3") {
        @Override
        <T extends TFloating> CaseRun<T> run(Class<T> type, Compilation compilation) {
            Surrogate surrogate = Surrogate.burgers(512, new Mlp.Normal(0.1));
            return pde(
                    surrogate,
                    new PdeObjective.Solve(Methods.IMEX_RK3, 0.05, 0.1, 1, GRADIENT),
                    1,
                    200,
                    type,
                    compilation,
                    1);
        }
    },
    grand("linear graph diffusion of a graph in the size of Cora, attention once, 18 steps of rk4") {
        @Override
        <T extends TFloating> CaseRun<T> run(Class<T> type, Compilation compilation) {
            SolverSettings solver = new SolverSettings(Methods.RK4, new FixedSteps(1), GRADIENT, compilation);
            GraphData graph = citations(new Random(0));
            Grand<T> model = new Grand<>(
                    GrandSettings.cora().toBuilder()
                            .attentionAt(AttentionAt.INITIAL_STATE)
                            .time(18)
                            .build(),
                    graph,
                    solver,
                    type);
            int[] nodes = IntStream.range(0, NODES).toArray();
            return new CaseRun<>(
                    model,
                    model.data(
                            new Split(Arrays.copyOf(nodes, NODES - 2), new int[] {NODES - 2}, new int[] {NODES - 1})),
                    Map.of(Grand.SEED, TInt64.vectorOf(0, 0)),
                    compilation,
                    1);
        }
    },
    robertson("Robertson's reactions to t = 40, three trained rates, steps of kvaerno5 chosen to 1e-6") {
        @Override
        <T extends TFloating> CaseRun<T> run(Class<T> type, Compilation compilation) {
            Robertson<T> field = new Robertson<>(type);
            OdeSolver<T> solver = OdeSolver.of(
                    field,
                    Methods.KVAERNO5,
                    PidController.of(1e-6, 1e-6).withAbsolute(1e-8, 1e-12, 1e-8).withMaxSteps(200));
            return new CaseRun<>(
                    new FieldObjective<>(type, field::declare, solver.withGradient(GRADIENT), 40),
                    Map.of(
                            FieldObjective.STARTS, Floats.tensor(type, Shape.of(1, 3), 1, 0, 0),
                            FieldObjective.ENDS, Floats.tensor(type, Shape.of(1, 3), 0.7, 1e-5, 0.3)),
                    Map.of(),
                    compilation,
                    1);
        }
    },
    vdp("a perceptron in place of Van der Pol's equation, batch 256, 100 steps of rk4") {
        @Override
        <T extends TFloating> CaseRun<T> run(Class<T> type, Compilation compilation) {
            Mlp mlp = Mlp.named("field", List.of(2, 32, 32, 2), Activation.TANH);
            OdeSolver<T> solver =
                    OdeSolver.of((tf, t, u, theta) -> mlp.apply(tf, u, theta), Methods.RK4, new FixedSteps(0.05));
            Random random = new Random(0);
            double[] normal = random.doubles(1024).map(x -> 4 * x - 2).toArray();
            return new CaseRun<>(
                    new FieldObjective<>(
                            type,
                            parameters -> mlp.declare(parameters, type, new Mlp.Normal(0.1)),
                            solver.withGradient(GRADIENT),
                            5),
                    Map.of(
                            FieldObjective.STARTS,
                            Floats.tensor(type, Shape.of(256, 2), Arrays.copyOf(normal, 512)),
                            FieldObjective.ENDS,
                            Floats.tensor(type, Shape.of(256, 2), Arrays.copyOfRange(normal, 512, 1024))),
                    Map.of(),
                    compilation,
                    1);
        }
    },
    tiny("Kuramoto-Sivashinsky, 8 points, batch 32, 10 steps of imex-rk3, 100 iterations at once") {
        @Override
        <T extends TFloating> CaseRun<T> run(Class<T> type, Compilation compilation) {
            // As by default: the executor gains nothing by a loop.
            return ring(8, 32, 10, type, compilation, compilation == Compilation.EXECUTOR ? 1 : 100);
        }
    };

    private static final Gradient GRADIENT = Gradient.DISCRETE_ADJOINT;
    private static final int NODES = 2708;
    private static final int LINKS = 5278;
    private static final int WORDS = 1433;
    private static final int WORDS_OF_A_NODE = 18;
    private static final int CLASSES = 7;

    private final String title;

    TrainedCase(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** Builds it. */
    abstract <T extends TFloating> CaseRun<T> run(Class<T> type, Compilation compilation);

    private static <T extends TFloating> CaseRun<T> ring(
            int points, int batch, int steps, Class<T> type, Compilation compilation, int most) {
        Surrogate surrogate = Surrogate.kuramotoSivashinsky(points, new Mlp.Normal(0.01));
        PdeObjective.Solve solve = new PdeObjective.Solve(Methods.IMEX_RK3, 0.2, 0.2 * steps, 1, GRADIENT);
        return pde(surrogate, solve, 2, batch, type, compilation, most);
    }

    private static <T extends TFloating> CaseRun<T> pde(
            Surrogate surrogate,
            PdeObjective.Solve solve,
            double amplitude,
            int batch,
            Class<T> type,
            Compilation compilation,
            int most) {
        LinearOperator<T> linear = surrogate.linear();
        double[] states = new RandomWaves(surrogate.points(), amplitude).states(2 * batch);
        return new CaseRun<>(
                new PdeObjective<>(type, surrogate, linear, solve, batch, Loss.MEAN_SQUARE),
                Map.of(PdeObjective.STATES, Floats.tensor(type, Shape.of(2L * batch, surrogate.points()), states)),
                Map.of(
                        PdeObjective.ROWS,
                        TInt32.vectorOf(
                                IntStream.range(0, batch).map(i -> 2 * i).toArray()),
                        PdeObjective.SYMMETRIES,
                        PdeObjective.identities(batch)),
                compilation,
                most);
    }

    /** Random links, words and labels in the numbers of Cora. */
    private static GraphData citations(Random random) {
        int[] ends = random.ints(2L * LINKS, 0, NODES).toArray();
        int[] source = new int[2 * LINKS];
        int[] target = new int[2 * LINKS];
        for (int i = 0; i < LINKS; i++) {
            source[2 * i] = ends[2 * i];
            target[2 * i] = ends[2 * i + 1];
            source[2 * i + 1] = ends[2 * i + 1];
            target[2 * i + 1] = ends[2 * i];
        }
        int[] offsets =
                IntStream.rangeClosed(0, NODES).map(i -> i * WORDS_OF_A_NODE).toArray();
        int[] words = new int[NODES * WORDS_OF_A_NODE];
        for (int node = 0; node < NODES; node++) {
            int[] own = random.ints(0, WORDS)
                    .distinct()
                    .limit(WORDS_OF_A_NODE)
                    .sorted()
                    .toArray();
            System.arraycopy(own, 0, words, node * WORDS_OF_A_NODE, own.length);
        }
        float[] ones = new float[words.length];
        Arrays.fill(ones, 1);
        return new GraphData(
                "citations",
                Edges.unweighted(source, target),
                new SparseFeatures(offsets, words, ones, WORDS),
                random.ints(NODES, 0, CLASSES).toArray(),
                CLASSES);
    }
}
