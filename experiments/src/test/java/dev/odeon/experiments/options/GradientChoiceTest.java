package dev.odeon.experiments.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odeon.adjoint.BacksolveAdjoint;
import dev.odeon.adjoint.DiscreteAdjoint;
import dev.odeon.adjoint.Gradient;
import dev.odeon.adjoint.ReversibleAdjoint;
import dev.odeon.adjoint.checkpoints.Checkpointing;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GradientChoiceTest {

    @Test
    void everyNameMakesItsGradient() {
        Map<String, Gradient> expected = Map.ofEntries(
                Map.entry("adjoint", Gradient.DISCRETE_ADJOINT),
                Map.entry("store-all", Gradient.DISCRETE_ADJOINT),
                Map.entry("store-stages", new DiscreteAdjoint(Checkpointing.storeStages())),
                Map.entry("store-linearisations", new DiscreteAdjoint(Checkpointing.storeLinearisations())),
                Map.entry("revolve:8", new DiscreteAdjoint(Checkpointing.revolve(8))),
                Map.entry("revolve-log", new DiscreteAdjoint(Checkpointing.revolve(7))),
                Map.entry("revolve-root", new DiscreteAdjoint(Checkpointing.revolve(10))),
                Map.entry("online-revolve:3", new DiscreteAdjoint(Checkpointing.onlineRevolve(3))),
                Map.entry("online-log", new DiscreteAdjoint(Checkpointing.onlineRevolve(7))),
                Map.entry("reversible", new ReversibleAdjoint()),
                Map.entry("reversible:0.5", new ReversibleAdjoint(0.5)),
                Map.entry("backsolve", new BacksolveAdjoint()),
                Map.entry("backsolve-seminorm", new BacksolveAdjoint().seminorm()),
                Map.entry("backprop", Gradient.BACKPROPAGATION),
                Map.entry("backpropagation", Gradient.BACKPROPAGATION));
        expected.forEach((name, gradient) -> {
            assertThat(GradientChoice.of(name).gradient(() -> 100)).isEqualTo(gradient);
            assertThat(GradientChoice.of(name).name()).isEqualTo(name);
        });
        // None is left out here.
        assertThat(expected.keySet().stream().map(name -> name.split(":", 2)[0]))
                .containsAll(GradientChoice.names().stream()
                        .map(name -> name.split("[:\\[]", 2)[0])
                        .toList());
    }

    /** The text is a constant, because annotations need one. */
    @Test
    void theHelpNamesThemAll() {
        assertThat(GradientChoice.NAMES).isEqualTo(String.join(", ", GradientChoice.names()));
    }

    @Test
    void onlyTheOnlineOnesAreForChosenStepsAlone() {
        assertThat(List.of("online-log", "online-revolve:2"))
                .allSatisfy(name ->
                        assertThat(GradientChoice.of(name).suits()).isEqualTo(GradientChoice.Suits.CHOSEN_STEPS));
        assertThat(GradientChoice.of("revolve:2").suits()).isEqualTo(GradientChoice.Suits.ALL_STEPS);
    }

    @ParameterizedTest
    @CsvSource({
        "bakprop, 'nearest is backprop: choose one of adjoint, store-all,'",
        "reverse, nearest is reversible",
        "magic, '--gradient is magic: choose one of adjoint, store-all,'",
        "store-all:3, leave that out",
        "revolve, 'give revolve:SLOTS, with a number for SLOTS'",
        "reversible:, 'give reversible[:COUPLING], with a number for COUPLING'",
        "revolve:0, '--gradient is revolve:0. Revolve with 0 slots'",
        "revolve:, 'give revolve:SLOTS, with a number for SLOTS'",
        "revolve:few, give a number for SLOTS",
        "revolve:-1, keeps no state",
        "online-revolve:1, give it two or more",
        "reversible:2, give a number above 0 and at most 1",
    })
    void refusesOthersInOneLine(String text, String complaint) {
        assertThatThrownBy(() -> GradientChoice.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(complaint)
                .message()
                .hasLineCount(1);
    }
}
