package dev.odeon.solvers.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.odeon.adjoint.Gradient;
import dev.odeon.graph.Gradients;
import dev.odeon.graph.TestGraph;
import dev.odeon.graph.Values;
import dev.odeon.ode.OdeSolver;
import dev.odeon.ode.Solution;
import dev.odeon.ode.testing.Oscillator;
import dev.odeon.solvers.Methods;
import dev.odeon.solvers.steps.FixedSteps;
import dev.odeon.solvers.steps.PidController;
import dev.odeon.solvers.steps.PidController.Scope;
import dev.odeon.solvers.steps.SampleTimes;
import dev.odeon.solvers.steps.SaveAt;
import dev.odeon.solvers.steps.StepControl;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;

/** What a user may give as an event, and what a solve that looks for one refuses. */
class EventFunctionTest {

    private static final List<StepControl> CONTROLS = List.of(
            new FixedSteps(0.05),
            PidController.of(1e-8, 1e-8),
            PidController.of(1e-8, 1e-8).with(Scope.EACH_SAMPLE));

    private static Solution<TFloat64> solve(Ops tf, StepControl control, EventFunction<TFloat64> g) {
        return OdeSolver.of(Oscillator.<TFloat64>field(), Methods.TSIT5, control)
                .withEvent(StopEvent.of(g))
                .solve(tf, Oscillator.starts(tf, TFloat64.class, 0.5, 1, 2), Values.empty(), SaveAt.end(0, 4));
    }

    /** x as a column, as a vector, and with an axis more. */
    @Test
    void gIsOneNumberForEachSample() {
        List<EventFunction<TFloat64>> forms = List.of(
                (tf, t, u, theta) -> tf.slice(u, tf.constant(new int[] {0, 0}), tf.constant(new int[] {-1, 1})),
                (tf, t, u, theta) -> tf.gather(u, tf.constant(0), tf.constant(1)),
                (tf, t, u, theta) ->
                        tf.expandDims(tf.gather(u, tf.constant(new int[] {0}), tf.constant(1)), tf.constant(2)));
        for (EventFunction<TFloat64> g : forms) {
            try (TestGraph graph = new TestGraph()) {
                Solution<TFloat64> solution = solve(graph.tf(), new FixedSteps(0.05), g);
                double[] times = TestGraph.evaluate(
                        graph.quickSession(), solution.event().orElseThrow().times());
                assertThat(times).containsExactly(new double[] {Math.PI - 0.5, Math.PI - 1, Math.PI - 2}, within(1e-6));
            }
        }
    }

    @Test
    void otherShapesAreRefusedByTheirNumbers() {
        for (StepControl control : CONTROLS) {
            try (TestGraph graph = new TestGraph()) {
                assertThatThrownBy(() -> solve(graph.tf(), control, (tf, t, u, theta) -> tf.math.sin(u)))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("the shape [3, 2] for states of shape [3, 2] and times of shape [3, 1]")
                        .hasMessageContaining("[batch] or [batch, 1]");
                assertThatThrownBy(() -> solve(graph.tf(), control, (tf, t, u, theta) -> tf.constant(1.0)))
                        .hasMessageContaining("the shape [] for states");
            }
        }
    }

    /** A solver that was not told of a gradient looks for events; who wants a gradient of it is told why there is none. */
    @Test
    void theGradientOfASolveThatLooksForEventsIsRefusedWhenItIsAskedFor() {
        for (StepControl control : CONTROLS) {
            try (TestGraph graph = new TestGraph()) {
                Ops tf = graph.tf();
                Operand<TFloat64> start = Oscillator.starts(tf, TFloat64.class, 0.5);
                OdeSolver<TFloat64> solver = OdeSolver.of(Oscillator.<TFloat64>field(), Methods.TSIT5, control)
                        .withEvent(StopEvent.of((inner, t, u, theta) -> Oscillator.column(inner, u, 0)));
                Solution<TFloat64> solution = solver.solve(tf, start, Values.empty(), SaveAt.end(0, 4));
                EventResult<TFloat64> event = solution.event().orElseThrow();
                assertThat(TestGraph.evaluate(graph.quickSession(), event.times())[0])
                        .isCloseTo(Math.PI - 0.5, within(1e-6));
                Operand<TFloat64> loss = tf.reduceSum(event.states(), tf.constant(new int[] {0, 1}));
                assertThatThrownBy(() -> Gradients.of(tf, loss, Values.of("u0", start)))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("Events have no gradient")
                        .hasMessageContaining("without withEvent");
                assertThatThrownBy(() -> solver.withGradient(Gradient.DISCRETE_ADJOINT)
                                .solve(tf, start, Values.empty(), SaveAt.end(0, 4)))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("Events have no gradient");
            }
        }
    }

    @Test
    void eventsAreNotLookedForOnTimesOfSamples() {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            assertThatThrownBy(() -> OdeSolver.of(Oscillator.<TFloat64>field(), Methods.TSIT5, CONTROLS.get(1))
                            .withEvent(StopEvent.of((inner, t, u, theta) -> Oscillator.column(inner, u, 0)))
                            .solve(
                                    tf,
                                    Oscillator.starts(tf, TFloat64.class, 0.5),
                                    Values.empty(),
                                    SampleTimes.of(tf.constant(new double[][] {{0, 1}}))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("SaveAt, or without withEvent");
        }
    }

    /** Where a sample meets its event at the start, before any step, its solution is the start alone. */
    @Test
    void aSolutionThatEndsAtItsStartIsTheStart() {
        for (StepControl control : CONTROLS) {
            try (TestGraph graph = new TestGraph()) {
                Ops tf = graph.tf();
                Solution<TFloat64> solution = OdeSolver.of(Oscillator.<TFloat64>field(), Methods.TSIT5, control)
                        .withEvent(StopEvent.<TFloat64>of((inner, t, u, theta) -> Oscillator.column(inner, u, 0))
                                .with(StopEvent.AtStart.ZERO))
                        .solve(tf, Oscillator.starts(tf, TFloat64.class, 0), Values.empty(), SaveAt.dense(3, 4, 90));
                double[] states = TestGraph.evaluate(
                        graph.quickSession(), solution.dense().orElseThrow().evaluate(tf, 3, 3.5));
                assertThat(states).containsExactly(0, 1, Double.NaN, Double.NaN);
            }
        }
    }
}
