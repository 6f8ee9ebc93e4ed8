package dev.odeon.solvers.stepper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odeon.graph.TestGraph;
import dev.odeon.graph.Values;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;

class StepOutputTest {

    private static StepOutput<TFloat64> output(Ops tf, int number) {
        Operand<TFloat64> state = tf.constant((double) number);
        return StepOutput.of(state, Values.of("memory", state), Counts.none().plus(Counter.EVALUATIONS, number))
                .withFailure(tf.constant(number))
                .withError(tf.math.neg(state))
                .withDense(List.of(state, state))
                .withStages(List.of(tf.math.square(state)))
                .withEvaluations(List.of(new Evaluation<>(state, state, tf.math.neg(state))));
    }

    /** A wither for each component; each changes its own and no other. */
    @Test
    void eachWitherKeepsEverythingElse() throws ReflectiveOperationException {
        try (TestGraph graph = new TestGraph()) {
            StepOutput<TFloat64> output = output(graph.tf(), 1);
            StepOutput<TFloat64> other = output(graph.tf(), 2);
            RecordComponent[] components = StepOutput.class.getRecordComponents();
            for (RecordComponent changed : components) {
                String wither = "with" + Character.toUpperCase(changed.getName().charAt(0))
                        + changed.getName().substring(1);
                Object after = StepOutput.class
                        .getMethod(wither, changed.getType())
                        .invoke(output, changed.getAccessor().invoke(other));
                for (RecordComponent component : components) {
                    StepOutput<TFloat64> expected = component == changed ? other : output;
                    assertThat(component.getAccessor().invoke(after))
                            .as("%s after %s", component.getName(), wither)
                            .isEqualTo(component.getAccessor().invoke(expected))
                            .isNotNull();
                }
            }
            assertThat(Arrays.stream(components).map(RecordComponent::getName)).contains("stages", "dense", "error");
        }
    }
}
