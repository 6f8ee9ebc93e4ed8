package dev.odeon.adjoint.differentiation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odeon.adjoint.checkpoints.Checkpointing;
import dev.odeon.graph.TensorSpec;
import dev.odeon.solvers.Methods;
import dev.odeon.solvers.forward.Storage;
import dev.odeon.solvers.solve.StepBound;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat64;

/** What a budget in bytes pays for: rows of states, the one that is worked on among them. */
class CheckpointPlanTest {

    private static final long STATE = 2 * 3 * 8;

    private static TensorSpec state(long batch) {
        return new TensorSpec("state", TFloat64.class, Shape.of(batch, 3), true);
    }

    private static int rowsOfKnownSteps(long bytes, int steps, TensorSpec... carried) {
        CheckpointPlan plan = CheckpointPlan.of(
                Checkpointing.within(bytes),
                Methods.TSIT5,
                new StepBound(steps, StepBound.Kind.KNOWN),
                List.of(carried));
        assertThat(plan.storage().states())
                .isEqualTo(plan.schedule() == null ? Storage.States.ALL : Storage.States.PLACED);
        return plan.storage().rows();
    }

    private static Storage storage(long bytes, int most, TensorSpec state) {
        return CheckpointPlan.of(
                        Checkpointing.within(bytes),
                        Methods.TSIT5,
                        new StepBound(most, StepBound.Kind.CHOSEN),
                        List.of(state))
                .storage();
    }

    private static void assertStores(Storage storage, Storage.States states, int rows) {
        assertThat(storage.states()).isEqualTo(states);
        assertThat(storage.rows()).isEqualTo(rows);
    }

    @Test
    void aBudgetPaysForEveryRowOfKnownSteps() {
        TensorSpec state = state(2);
        assertThat(rowsOfKnownSteps(2 * STATE, 10, state)).isEqualTo(2);
        assertThat(rowsOfKnownSteps(10 * STATE - 1, 10, state)).isEqualTo(9);
        assertThat(rowsOfKnownSteps(10 * STATE, 10, state)).isEqualTo(10);
        assertThat(rowsOfKnownSteps(STATE, 1, state)).isEqualTo(1);
        assertThat(rowsOfKnownSteps(10 * STATE, 10, state, state)).isEqualTo(5);
        assertThatThrownBy(() -> rowsOfKnownSteps(2 * STATE - 1, 10, state))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A budget of 95 bytes does not hold 2 states of 48 bytes: give at least 96");
    }

    @Test
    void aBudgetPaysForEveryRowOfChosenSteps() {
        assertStores(storage(3 * STATE, 100, state(2)), Storage.States.SPREAD, 3);
        assertStores(storage(100 * STATE - 1, 100, state(2)), Storage.States.SPREAD, 99);
        assertStores(storage(100 * STATE, 100, state(2)), Storage.States.ALL, 100);
        assertThatThrownBy(() -> storage(2 * STATE, 100, state(2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A budget of 96 bytes does not hold 3 states of 48 bytes: give at least 144");
    }

    @Test
    void aBatchWithoutSamplesFitsIntoAnyBudget() {
        assertStores(storage(1, 100, state(0)), Storage.States.ALL, 100);
        assertThat(rowsOfKnownSteps(1, 10, state(0))).isEqualTo(10);
    }

    @Test
    void aBatchOfUnknownSizeIsRefused() {
        assertThatThrownBy(() -> storage(1000, 100, state(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Checkpointing.onlineRevolve(slots)");
        assertThatThrownBy(() -> rowsOfKnownSteps(1000, 100, state(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Checkpointing.revolve(slots)");
    }
}
