package dev.odeon.ode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odeon.adjoint.Gradient;
import dev.odeon.graph.Compilation;
import dev.odeon.graph.Floats;
import dev.odeon.graph.Gradients;
import dev.odeon.graph.TestGraph;
import dev.odeon.graph.Values;
import dev.odeon.ode.testing.Oscillator;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.Methods;
import dev.odeon.solvers.events.StopEvent;
import dev.odeon.solvers.steps.FixedSteps;
import dev.odeon.solvers.steps.PidController;
import dev.odeon.solvers.steps.SampleTimes;
import dev.odeon.solvers.steps.SaveAt;
import dev.odeon.solvers.steps.StepControl;
import dev.odeon.solvers.steps.StepsPerInterval;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;

/** Solves compiled by XLA give what the executor gives. */
class CompiledSolvesTest {

    private static double[] run(Compilation compilation, dev.odeon.graph.GraphFunction.Body body) {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Values inputs = Values.of("start", Oscillator.starts(tf, TFloat64.class, 0.5, 2))
                    .with(
                            "times",
                            tf.placeholderWithDefault(
                                    Floats.constant(tf, TFloat64.class, Shape.of(2, 3), 0, 0.4, 1, 0.5, 0.6, 0.6),
                                    Shape.of(2, 3)));
            return graph.evaluate(compilation.run(tf, "solve", inputs, body).get("result"));
        }
    }

    private static void requireSame(dev.odeon.graph.GraphFunction.Body body) {
        assertThat(run(Compilation.XLA, body)).containsExactly(run(Compilation.EXECUTOR, body), Offset.offset(1e-9));
    }

    @Test
    void timesOfTheSamples() {
        for (StepControl control : List.of(new StepsPerInterval(2), PidController.of(1e-5, 1e-5))) {
            requireSame((tf, inputs) -> {
                Operand<TFloat64> times = inputs.get("times", TFloat64.class);
                return Values.of(
                        "result",
                        OdeSolver.of(Oscillator.<TFloat64>field(), Methods.TSIT5, control)
                                .withGradient(Gradient.NONE)
                                .solve(tf, inputs.get("start", TFloat64.class), Values.empty(), SampleTimes.of(times))
                                .states());
            });
        }
    }

    @Test
    void eventsAndDenseSolutions() {
        PidController control = PidController.of(1e-6, 1e-6);
        for (PidController.Scope scope : PidController.Scope.values()) {
            requireSame((tf, inputs) -> {
                Solution<TFloat64> solution = OdeSolver.of(
                                Oscillator.<TFloat64>field(), Methods.TSIT5, control.with(scope))
                        .withGradient(Gradient.NONE)
                        .withEvent(StopEvent.of((inner, t, u, theta) -> Oscillator.column(inner, u, 0)))
                        .solve(tf, inputs.get("start", TFloat64.class), Values.empty(), SaveAt.dense(0, 4, 60));
                Operand<TFloat64> state = solution.dense().orElseThrow().evaluate(tf, 0.3);
                Operand<TFloat64> events = solution.event().orElseThrow().times();
                return Values.of(
                        "result",
                        tf.concat(List.of(tf.reshape(state, tf.constant(new int[] {-1})), events), tf.constant(0)));
            });
        }
    }

    static List<Method> implicitMethods() {
        return List.of(Methods.SDIRK2, Methods.BDF2);
    }

    /** Newton's iterations and their gradient by the implicit function theorem, forward and backward. */
    @ParameterizedTest
    @MethodSource("implicitMethods")
    void implicitStepsAndTheirGradients(Method method) {
        requireSame((tf, inputs) -> {
            Operand<TFloat64> start = inputs.get("start", TFloat64.class);
            Operand<TFloat64> last = OdeSolver.of(Oscillator.<TFloat64>field(), method, new FixedSteps(0.1))
                    .solve(tf, start, Values.empty(), SaveAt.end(0, 0.5))
                    .last();
            Operand<TFloat64> loss = tf.reduceSum(tf.math.sin(last), tf.constant(new int[] {0, 1}));
            return Values.of(
                    "result", Gradients.of(tf, loss, Values.of("start", start)).get("start"));
        });
    }
}
