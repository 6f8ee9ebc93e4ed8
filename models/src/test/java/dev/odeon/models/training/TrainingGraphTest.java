package dev.odeon.models.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.odeon.graph.Compilation;
import dev.odeon.graph.TensorSpec;
import dev.odeon.graph.Values;
import dev.odeon.graph.parameters.Initializer;
import dev.odeon.graph.parameters.Parameters;
import dev.odeon.models.optimisers.Adam;
import dev.odeon.models.optimisers.AdamW;
import dev.odeon.models.optimisers.Optimiser;
import dev.odeon.models.training.runs.Iteration;
import dev.odeon.ode.OdeSolver;
import dev.odeon.ode.Solution;
import dev.odeon.solvers.Methods;
import dev.odeon.solvers.Outcome;
import dev.odeon.solvers.SplitField;
import dev.odeon.solvers.linear.ScaledIdentity;
import dev.odeon.solvers.steps.FixedSteps;
import dev.odeon.solvers.steps.SaveAt;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;

class TrainingGraphTest {

    @TempDir
    private Path folder = Path.of("");

    /** Fits k in u' = k u - u, u(0) = 1, so that u(1) is the number fed. */
    private static final class Decay implements Objective<TFloat64> {

        @Override
        public Class<TFloat64> type() {
            return TFloat64.class;
        }

        @Override
        public void declare(Parameters parameters) {
            parameters.declare("k", TFloat64.class, Shape.of(1, 1), Initializer.constant(0.5));
        }

        @Override
        public List<TensorSpec> inputs() {
            return List.of(new TensorSpec("goal", TFloat64.class, Shape.of(1, 1), false));
        }

        @Override
        public Score<TFloat64> score(Ops tf, Values values, Values parameters, Phase phase) {
            SplitField<TFloat64> field = new SplitField<>(
                    (inner, t, u, theta) -> inner.math.mul(u, theta.get("k", TFloat64.class)), ScaledIdentity.of(-1));
            Operand<TFloat64> goal = values.get("goal", TFloat64.class);
            Solution<TFloat64> solution = OdeSolver.of(field, Methods.IMEX_RK2, new FixedSteps(0.1))
                    .solve(tf, tf.onesLike(goal), parameters, SaveAt.end(0, 1));
            Operand<TFloat64> error = tf.math.square(tf.math.sub(solution.last(), goal));
            return new Score<>(tf.math.mean(error, tf.constant(new int[] {0, 1})), solution);
        }
    }

    private static TrainingGraph<TFloat64> graph(Optimiser optimiser) {
        return new TrainingGraph<>(new Decay(), Map.of(), new TrainingSettings(optimiser, Compilation.EXECUTOR, 0));
    }

    @Test
    void fitsAndCounts() {
        try (TrainingGraph<TFloat64> graph = graph(new AdamW(0));
                TFloat64 goal = TFloat64.tensorOf(Shape.of(1, 1), data -> data.setDouble(0.5, 0, 0))) {
            double first = graph.evaluate(Map.of("goal", goal)).loss();
            Iteration iteration = graph.train(Map.of("goal", goal), 0.05);
            assertThat(iteration.verdict()).isEqualTo(Outcome.SUCCESS);
            assertThat(iteration.nfeForward()).isEqualTo(20);
            for (int i = 0; i < 30; i++) {
                iteration = graph.train(Map.of("goal", goal), 0.05);
            }
            assertThat(iteration.loss()).isLessThan(first / 20);
            assertThat(graph.peakBytes(Map.of("goal", goal)).orElseThrow()).isPositive();
        }
    }

    @Test
    void severalIterationsAtOnceAreEachFedTheirOwn() {
        TrainingSettings settings = new TrainingSettings(new AdamW(0), Compilation.EXECUTOR, 0);
        try (TrainingGraph<TFloat64> single = new TrainingGraph<>(new Decay(), Map.of(), settings);
                TrainingGraph<TFloat64> looped =
                        new TrainingGraph<>(new Decay(), Map.of(), settings.withAtOnce(AtOnce.atMost(2)));
                TFloat64 half = TFloat64.tensorOf(Shape.of(1, 1), data -> data.setDouble(0.5, 0, 0));
                TFloat64 two = TFloat64.tensorOf(Shape.of(1, 1), data -> data.setDouble(2, 0, 0))) {
            List<Map<String, TFloat64>> fed = List.of(Map.of("goal", half), Map.of("goal", two), Map.of("goal", half));
            List<Iteration> told = looped.train(fed, 0.05, 0.1, 0.02);
            assertThat(told).hasSize(3);
            assertThat(single.train(fed, 0.05, 0.1, 0.02)).hasSize(3);
            assertThat(looped.evaluate(fed.get(1)).loss())
                    .isNotEqualTo(told.get(1).loss())
                    .isCloseTo(single.evaluate(fed.get(1)).loss(), within(1e-14));
            assertThat(looped.peakBytes(fed.get(0)).orElseThrow()).isPositive();
            assertThatThrownBy(() -> looped.train(fed, 0.05))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll("3 iterations", "1 learning rates", "give one rate for each");
            assertThatThrownBy(() -> looped.accumulate(fed.get(0))).hasMessageContaining("single iterations");
        }
    }

    @Test
    void oneOptimisersMomentsAreNotAnothers() {
        Path prefix = folder.resolve("model");
        try (TrainingGraph<TFloat64> adamW = graph(new AdamW(0));
                TrainingGraph<TFloat64> adam = graph(new Adam(0))) {
            adamW.save(prefix);
            adamW.restore(prefix);
            assertThatThrownBy(() -> adam.restore(prefix))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("another model")
                    .hasMessageContaining("optimiser/adam/k/m");
        }
    }

    @Test
    void refusesInputsItDoesNotRead() {
        try (TrainingGraph<TFloat64> graph = graph(new AdamW(0))) {
            assertThatThrownBy(() -> graph.evaluate(Map.of())).hasMessageContaining("[goal]");
        }
    }
}
