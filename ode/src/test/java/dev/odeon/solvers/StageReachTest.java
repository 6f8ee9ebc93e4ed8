package dev.odeon.solvers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.odeon.ode.testing.Solves;
import dev.odeon.solvers.steps.FixedSteps;
import dev.odeon.solvers.steps.SaveAt;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.types.TFloat64;

/** A field that ends with the interval: y' = sqrt(1 - t), y(1) = 2/3. */
class StageReachTest {

    private static final VectorField<TFloat64> FIELD =
            (tf, t, u, theta) -> tf.math.add(tf.zerosLike(u), tf.math.sqrt(tf.math.sub(tf.constant(1.0), t)));

    private static Solves.End end(Method method) {
        return Solves.of(FIELD, method, new FixedSteps(0.0625), new double[][] {{0}}, SaveAt.end(0, 1));
    }

    @Test
    void methodsWithStagesBeyondSayWhichToTake() {
        for (Method method : List.of(Methods.KVAERNO4, Methods.KVAERNO5, Methods.BHR553)) {
            Outcome outcome = end(method).outcome();
            assertThat(outcome.successful()).as(method.name()).isFalse();
            assertThat(outcome.advice(method))
                    .startsWith(outcome.advice())
                    .contains(method.name(), "of a step", "radau5");
        }
    }

    @Test
    void methodsThatAreAdvisedReachTheEnd() {
        for (Method method : List.of(Methods.RADAU5, Methods.KVAERNO3, Methods.IMEX_RK4, Methods.KENCARP47)) {
            Solves.End end = end(method);
            assertThat(end.outcome()).isEqualTo(Outcome.SUCCESS);
            assertThat(end.state()[0]).as(method.name()).isCloseTo(2.0 / 3, within(5e-3));
            assertThat(end.outcome().advice(method)).isEqualTo(end.outcome().advice());
        }
    }
}
