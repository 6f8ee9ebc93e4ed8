package dev.odeon.adjoint.backward;

import static dev.odeon.ode.testing.Fed.fed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.odeon.adjoint.DiscreteAdjoint;
import dev.odeon.adjoint.checkpoints.Checkpointing;
import dev.odeon.graph.Compilation;
import dev.odeon.graph.CustomGradients;
import dev.odeon.graph.Gradients;
import dev.odeon.graph.GraphFunction;
import dev.odeon.graph.TestGraph;
import dev.odeon.graph.Values;
import dev.odeon.ode.OdeSolver;
import dev.odeon.ode.Solution;
import dev.odeon.ode.testing.GradientNumbers;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.Methods;
import dev.odeon.solvers.VectorField;
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
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TFloating;

/** Linearisations that are stored, against evaluations that are made again. */
class StoredLinearisationsTest {

    private static final double[] U0 = {0.3, -0.2, 0.5, 2.1, 0.7, -1.4};
    private static final SaveAt SEVERAL = SaveAt.times(0.1, 0.35, 0.5, 1.0);
    private static final Checkpointing STORED = Checkpointing.storeLinearisations();

    private static <T extends TFloating> GradientNumbers run(
            Class<T> type, Method method, StepControl control, Checkpointing checkpointing, SaveAt saveAt) {
        return GradientNumbers.ofTrainable(type, U0, method, control, new DiscreteAdjoint(checkpointing), saveAt);
    }

    static Stream<Arguments> solves() {
        return Stream.of(
                Arguments.of(TFloat64.class, Methods.IMEX_RK2),
                Arguments.of(TFloat64.class, Methods.IMEX_RK4),
                Arguments.of(TFloat32.class, Methods.IMEX_RK3),
                Arguments.of(TFloat64.class, Methods.DOPRI5),
                Arguments.of(TFloat64.class, Methods.EULER));
    }

    @ParameterizedTest
    @MethodSource("solves")
    <T extends TFloating> void theWayBackEvaluatesNothing(Class<T> type, Method method) {
        GradientNumbers computed = run(type, method, new FixedSteps(0.1), Checkpointing.storeAll(), SEVERAL);
        GradientNumbers stored = run(type, method, new FixedSteps(0.1), STORED, SEVERAL);
        stored.assertSameAs(computed, type.equals(TFloat64.class) ? 1e-13 : 1e-5);
        assertThat(computed.nfe()).isPositive();
        assertThat(stored.nfe()).isZero();
        assertThat(2 * stored.solves()).isEqualTo(computed.solves());
    }

    /** Reads one parameter twice, time and state in products, and a constant of the field. */
    private static Operand<TFloat64> involved(Ops tf, Operand<TFloat64> t, Operand<TFloat64> u, Values theta) {
        Operand<TFloat64> p = theta.get("p", TFloat64.class);
        Operand<TFloat64> wave = tf.math.mul(tf.math.sin(tf.math.mul(p, t)), tf.nn.relu(u));
        return tf.math.sub(wave, tf.math.mul(p, tf.math.mul(u, tf.constant(0.3))));
    }

    private static Operand<TFloat64> decay(Ops tf, Operand<TFloat64> t, Operand<TFloat64> u, Values theta) {
        return tf.math.mul(u, tf.constant(-0.7));
    }

    /** A derivative that calls a function. */
    private static Operand<TFloat64> calling(Ops tf, Operand<TFloat64> t, Operand<TFloat64> u, Values theta) {
        GraphFunction same = GraphFunction.define(
                tf, "same", Values.of("x", u).specs(), (inner, in) -> Values.of("y", inner.identity(in.get("x"))));
        String key = CustomGradients.define(
                tf,
                (inner, node, upstream) -> List.of(
                        same.call(inner, Values.of("x", upstream.get(0))).get("y")));
        return Values.of("y", CustomGradients.marked(tf, List.of(u), key).get(0))
                .get("y", TFloat64.class);
    }

    private static double[] gradients(
            VectorField<TFloat64> field, Checkpointing checkpointing, Compilation compilation) {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Values inputs = Values.of("u", fed(tf, TFloat64.class, U0, 2, 3))
                    .with("p", fed(tf, TFloat64.class, new double[] {0.9}, 1));
            Values found = compilation.run(tf, "gradients", inputs, (inner, in) -> {
                Operand<TFloat64> p = in.get("p", TFloat64.class);
                Operand<TFloat64> u = in.get("u", TFloat64.class);
                Solution<TFloat64> solution = OdeSolver.of(field, Methods.TSIT5, new FixedSteps(0.2))
                        .withGradient(new DiscreteAdjoint(checkpointing))
                        .solve(inner, u, Values.of("p", p), SEVERAL);
                Operand<TFloat64> square = inner.math.square(solution.states());
                Operand<TFloat64> tied = inner.math.add(
                        inner.reduceSum(square, inner.constant(new int[] {0, 1, 2})),
                        inner.reduceSum(inner.math.square(p), inner.constant(0)));
                return Gradients.of(inner, tied, Values.of("u", u).with("p", p));
            });
            Operand<TFloat64> all = tf.concat(
                    List.of(
                            tf.reshape(found.get("u", TFloat64.class), tf.constant(new int[] {-1})),
                            found.get("p", TFloat64.class)),
                    tf.constant(0));
            return graph.evaluate(all);
        }
    }

    @Test
    void fieldsOfAllKindsHaveTheGradientOfAllStatesStored() {
        for (Compilation compilation : List.of(Compilation.EXECUTOR, Compilation.XLA)) {
            for (VectorField<TFloat64> field : List.<VectorField<TFloat64>>of(
                    StoredLinearisationsTest::involved, StoredLinearisationsTest::decay)) {
                double[] expected = gradients(field, Checkpointing.storeAll(), compilation);
                double[] found = gradients(field, STORED, compilation);
                for (int i = 0; i < expected.length; i++) {
                    assertThat(found[i]).isCloseTo(expected[i], within(1e-13 * 20));
                }
                assertThat(expected[0]).isNotZero();
            }
        }
    }

    @Test
    void samplesWithTimesOfTheirOwn() {
        double[][] gradients = new double[2][];
        int k = 0;
        for (Checkpointing checkpointing : List.of(Checkpointing.storeAll(), STORED)) {
            try (TestGraph graph = new TestGraph()) {
                Ops tf = graph.tf();
                Operand<TFloat64> u = fed(tf, TFloat64.class, U0, 2, 3);
                Operand<TFloat64> p = fed(tf, TFloat64.class, new double[] {0.9}, 1);
                Operand<TFloat64> times = fed(tf, TFloat64.class, new double[] {0, 0.3, 1, 0.5, 1.1, 1.4}, 2, 3);
                Solution<TFloat64> solution = OdeSolver.of(
                                StoredLinearisationsTest::involved, Methods.TSIT5, new StepsPerInterval(3))
                        .withGradient(new DiscreteAdjoint(checkpointing))
                        .solve(tf, u, Values.of("p", p), SampleTimes.of(times).trained());
                Operand<TFloat64> loss =
                        tf.reduceSum(tf.math.square(solution.states()), tf.constant(new int[] {0, 1, 2}));
                Values found = Gradients.of(
                        tf, loss, Values.of("p", p).with("times", times).with("u", u));
                gradients[k++] = graph.evaluate(tf.concat(
                        List.of(
                                found.get("p", TFloat64.class),
                                tf.reshape(found.get("times", TFloat64.class), tf.constant(new int[] {-1})),
                                tf.reshape(found.get("u", TFloat64.class), tf.constant(new int[] {-1}))),
                        tf.constant(0)));
            }
        }
        assertThat(gradients[1]).containsExactly(gradients[0], within(1e-12));
        assertThat(gradients[0][0]).isNotZero();
    }

    @Test
    void solvesWithoutUseForLinearisationsAreRefused() {
        PidController chosen = PidController.of(1e-3, 1e-3).withMaxSteps(100);
        SaveAt end = SaveAt.end(0, 2);
        refused(Methods.KVAERNO3, new FixedSteps(0.1), end, "kvaerno3");
        refused(Methods.SBDF2, new FixedSteps(0.1), end, "sbdf2");
        refused(Methods.TSIT5, chosen, end, "chosen steps");
        refused(Methods.TSIT5, new FixedSteps(0.1), SaveAt.dense(0, 2, 3), "dense output");
        assertThatThrownBy(() -> gradients(StoredLinearisationsTest::calling, STORED, Compilation.EXECUTOR))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PartitionedCall")
                .hasMessageContaining("Checkpointing.storeAll()");
    }

    private static void refused(Method method, StepControl control, SaveAt saveAt, String because) {
        assertThatThrownBy(() -> run(TFloat64.class, method, control, STORED, saveAt))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(because)
                .hasMessageContaining("Checkpointing.storeAll()");
    }
}
