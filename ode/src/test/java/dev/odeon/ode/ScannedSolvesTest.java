package dev.odeon.ode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.odeon.adjoint.BacksolveAdjoint;
import dev.odeon.adjoint.DiscreteAdjoint;
import dev.odeon.adjoint.Gradient;
import dev.odeon.adjoint.ReversibleAdjoint;
import dev.odeon.adjoint.checkpoints.Checkpointing;
import dev.odeon.graph.Compilation;
import dev.odeon.graph.Floats;
import dev.odeon.graph.Gradients;
import dev.odeon.graph.TestGraph;
import dev.odeon.graph.Values;
import dev.odeon.graph.scan.Round;
import dev.odeon.graph.scan.Scan;
import dev.odeon.ode.testing.Fed;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.Methods;
import dev.odeon.solvers.SplitField;
import dev.odeon.solvers.VectorField;
import dev.odeon.solvers.linear.Diagonal;
import dev.odeon.solvers.steps.PidController;
import dev.odeon.solvers.steps.SampleTimes;
import dev.odeon.solvers.steps.SaveAt;
import dev.odeon.solvers.steps.StepControl;
import dev.odeon.solvers.steps.StepsPerInterval;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Stack;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;

/** Solves in the rounds of a scan, by every kind of gradient, against the same solves one after the other. */
class ScannedSolvesTest {

    private static final int ROUNDS = 2;
    private static final int BATCH = 2;
    private static final int WIDTH = 2;

    private static final StepControl FIXED = new StepsPerInterval(2);
    private static final StepControl CHOSEN = PidController.of(1e-4, 1e-6);
    private static final StepControl OWN = PidController.of(1e-4, 1e-6).with(PidController.Scope.EACH_SAMPLE);

    static List<Arguments> solves() {
        Gradient backsolve = BacksolveAdjoint.of(Methods.RK4, new StepsPerInterval(4));
        return List.of(
                Arguments.of(Compilation.EXECUTOR, Methods.RK4, FIXED, Gradient.DISCRETE_ADJOINT),
                Arguments.of(Compilation.EXECUTOR, Methods.HEUN, FIXED, new DiscreteAdjoint(Checkpointing.revolve(1))),
                Arguments.of(Compilation.EXECUTOR, Methods.HEUN, FIXED, Gradient.BACKPROPAGATION),
                Arguments.of(Compilation.EXECUTOR, Methods.HEUN, FIXED, new ReversibleAdjoint()),
                Arguments.of(Compilation.EXECUTOR, Methods.RK4, FIXED, backsolve),
                Arguments.of(Compilation.EXECUTOR, Methods.IMEX_RK3, FIXED, Gradient.DISCRETE_ADJOINT),
                Arguments.of(Compilation.EXECUTOR, Methods.IMPLICIT_MIDPOINT, FIXED, Gradient.DISCRETE_ADJOINT),
                Arguments.of(Compilation.EXECUTOR, Methods.DOPRI5, CHOSEN, Gradient.DISCRETE_ADJOINT),
                Arguments.of(
                        Compilation.EXECUTOR,
                        Methods.BOGACKI_SHAMPINE3,
                        OWN,
                        new DiscreteAdjoint(Checkpointing.onlineRevolve(2))),
                Arguments.of(Compilation.EXECUTOR, Methods.IMEX_RK3, CHOSEN, Gradient.DISCRETE_ADJOINT),
                Arguments.of(Compilation.XLA, Methods.BOGACKI_SHAMPINE3, CHOSEN, Gradient.DISCRETE_ADJOINT));
    }

    private static final VectorField<TFloat64> FIELD = (tf, t, u, theta) ->
            tf.math.add(tf.math.tanh(tf.linalg.matMul(u, theta.get("w", TFloat64.class))), tf.math.sin(t));

    /** Over the time of each sample, by tensors where the gradient takes them, else as a factor of the field. */
    private static Solution<TFloat64> solution(
            Ops tf,
            Method method,
            StepControl control,
            Gradient gradient,
            Operand<TFloat64> h,
            Values theta,
            Operand<TFloat64> gap) {
        Operand<TInt32> one = tf.constant(1);
        if (gradient instanceof BacksolveAdjoint) {
            VectorField<TFloat64> scaled = (inner, s, u, values) -> {
                Operand<TFloat64> length = values.get("length", TFloat64.class);
                return inner.math.mul(FIELD.evaluate(inner, inner.math.mul(s, length), u, values), length);
            };
            return OdeSolver.of(scaled, method, control)
                    .withGradient(gradient)
                    .solve(tf, h, theta.withConstant("length", tf.expandDims(gap, one)), SaveAt.end(0, 1));
        }
        Operand<TFloat64> times = tf.stack(List.of(tf.zerosLike(gap), gap), Stack.axis(1L));
        return OdeSolver.of(new SplitField<>(FIELD, Diagonal.of(-1, -4)), method, control)
                .withGradient(gradient)
                .solve(tf, h, theta, SampleTimes.end(times));
    }

    /** What is repeated: a sum, and a solve. */
    private static Scan.Body body(Method method, StepControl control, Gradient gradient) {
        return (tf, carried, constants, row) -> {
            Operand<TFloat64> h = tf.math.add(carried.get("h", TFloat64.class), row.get("x", TFloat64.class));
            Operand<TFloat64> gap = row.get("gap", TFloat64.class);
            Solution<TFloat64> solution = solution(tf, method, control, gradient, h, constants, gap);
            return Round.of(Values.of("h", solution.last()))
                    .withOutputs(Values.of("y", solution.last()))
                    .withTold((inner, before) -> before.with(
                            "nfe",
                            sum(
                                    inner,
                                    before.get("nfe", TInt32.class),
                                    solution.statistics().nfe())))
                    .withToldBack((inner, before) -> before.with(
                            "nfe",
                            solution.backward()
                                    .map(back -> sum(inner, before.get("nfe", TInt32.class), back.nfe()))
                                    .orElse(before.get("nfe", TInt32.class))));
        };
    }

    private static Operand<TInt32> sum(Ops tf, Operand<TInt32> before, Operand<TInt32> counts) {
        Operand<TInt32> all = tf.range(tf.constant(0), tf.rank(counts), tf.constant(1));
        return tf.math.add(before, tf.reduceSum(counts, all));
    }

    private static Values scanned(Ops tf, Scan.Body body, Values inputs) {
        Scan.Result result = Scan.of("solves", body)
                .withOutputs(Values.of("y", inputs.get("h")))
                .withTold(Values.of("nfe", tf.constant(0)))
                .withToldBack(Values.of("nfe", tf.constant(0)))
                .run(
                        tf,
                        Values.of("h", inputs.get("h")),
                        Values.of("w", inputs.get("w")),
                        Values.of("x", inputs.get("x")).withConstant("gap", inputs.get("gap")));
        Values found = gradients(tf, result.outputs().get("y", TFloat64.class), inputs);
        return found.with("nfe", asDouble(tf, result.told().get("nfe", TInt32.class)))
                .with("nfe back", asDouble(tf, result.toldBack().orElseThrow().get("nfe", TInt32.class)));
    }

    private static Values unrolled(Ops tf, Scan.Body body, Values inputs) {
        Values carried = Values.of("h", inputs.get("h"));
        List<Operand<TFloat64>> rows = new ArrayList<>();
        List<Round> rounds = new ArrayList<>();
        Values told = Values.of("nfe", tf.constant(0));
        for (int k = 0; k < ROUNDS; k++) {
            Values row = Values.of("x", tf.gather(inputs.get("x", TFloat64.class), tf.constant(k), tf.constant(0)))
                    .with("gap", tf.gather(inputs.get("gap", TFloat64.class), tf.constant(k), tf.constant(0)));
            Round round = body.apply(tf, carried, Values.of("w", inputs.get("w")), row);
            carried = round.carried();
            rows.add(carried.get("h", TFloat64.class));
            rounds.add(round);
            told = round.told().after(tf, told);
        }
        Values found = gradients(tf, tf.stack(rows), inputs);
        Values back = Values.of("nfe", tf.constant(0));
        for (Round round : rounds) {
            back = round.toldBack().after(tf, back);
        }
        return found.with("nfe", asDouble(tf, told.get("nfe", TInt32.class)))
                .with("nfe back", asDouble(tf, back.get("nfe", TInt32.class)));
    }

    private static Values gradients(Ops tf, Operand<TFloat64> states, Values inputs) {
        Operand<TFloat64> loss =
                tf.reduceSum(tf.math.mul(states, tf.math.sin(states)), tf.constant(new int[] {0, 1, 2}));
        return Gradients.of(tf, loss, inputs.without("gap")).prefixed("d").with("loss", loss);
    }

    private static Operand<TFloat64> asDouble(Ops tf, Operand<TInt32> count) {
        return tf.dtypes.cast(count, TFloat64.class);
    }

    private static Values inputs(Ops tf) {
        return Values.of("h", Fed.fed(tf, new double[] {0.3, -0.7, 1.1, 0.4}, BATCH, WIDTH))
                .with("w", Fed.fed(tf, new double[] {0.5, -1.2, 0.8, 0.2}, WIDTH, WIDTH))
                .with("x", Fed.fed(tf, new double[] {1, 0, 0.5, -1, 0.1, 0.2, 0.3, -0.4}, ROUNDS, BATCH, WIDTH))
                .withConstant("gap", Fed.fed(tf, new double[] {0.4, 0.9, 0.6, 0}, ROUNDS, BATCH));
    }

    @ParameterizedTest
    @MethodSource("solves")
    void areThoseOneAfterTheOther(Compilation compilation, Method method, StepControl control, Gradient gradient) {
        Scan.Body body = body(method, control, gradient);
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Values inputs = inputs(tf);
            Values ours = compilation.run(tf, "scan", inputs, (inner, values) -> scanned(inner, body, values));
            Values expected = unrolled(tf, body, inputs);
            Session.Runner runner = graph.quickSession().runner();
            expected.names().forEach(name -> runner.fetch(ours.get(name)).fetch(expected.get(name)));
            try (Result result = runner.run()) {
                int next = 0;
                for (String name : expected.names()) {
                    double[] found = Floats.read(result.get(next++));
                    double[] right = Floats.read(result.get(next++));
                    for (int i = 0; i < right.length; i++) {
                        assertThat(found[i]).as(name).isCloseTo(right[i], within(1e-11));
                    }
                }
            }
        }
    }
}
