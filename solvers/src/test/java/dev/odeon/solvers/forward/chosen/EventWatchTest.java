package dev.odeon.solvers.forward.chosen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odeon.graph.TestGraph;
import dev.odeon.graph.Values;
import dev.odeon.solvers.events.StopEvent;
import dev.odeon.solvers.events.search.EventSearch;
import dev.odeon.solvers.stepper.Counts;
import dev.odeon.solvers.stepper.StepOutput;
import dev.odeon.solvers.steps.PidController;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;

class EventWatchTest {

    @Test
    void aHeldStepKeepsItsStagesAndTheErrorOfSamplesOnTheirWay() {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            StopEvent<TFloat64> event = StopEvent.of((in, t, u, theta) -> in.math.mean(u, in.constant(1)));
            EventWatch<TFloat64> watch = new EventWatch<>(
                    new EventSearch<>(event),
                    new ControlScope(PidController.of(1e-3, 1e-3).with(PidController.Scope.EACH_SAMPLE)));
            Operand<TFloat64> state = tf.constant(new double[][] {{1, 2}, {3, 4}});
            Operand<TFloat64> next = tf.constant(new double[][] {{5, 6}, {7, 8}});
            Values carried = Values.of(Carried.STATE, state).with(EventSearch.STOPPED, tf.constant(new boolean[][] {
                {true}, {false}
            }));
            StepOutput<TFloat64> output = StepOutput.of(next, Values.empty(), Counts.none())
                    .withError(tf.constant(new double[][] {{0.1, 0.2}, {0.3, 0.4}}))
                    .withDense(List.of(state, next))
                    .withStages(List.of(next));
            StepOutput<TFloat64> held = watch.held(tf, carried, output);
            assertThat(held.stages()).isEqualTo(output.stages());
            assertThat(held.dense()).isEqualTo(output.dense());
            assertThat(graph.evaluate(held.next())).containsExactly(1, 2, 7, 8);
            assertThat(graph.evaluate(Objects.requireNonNull(held.error()))).containsExactly(0, 0, 0.3, 0.4);
        }
    }
}
