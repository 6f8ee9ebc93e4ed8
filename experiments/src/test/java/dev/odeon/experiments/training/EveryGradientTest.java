package dev.odeon.experiments.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.odeon.experiments.options.GradientChoice;
import dev.odeon.experiments.pde.KsExperiment;
import dev.odeon.models.training.runs.Iteration;
import dev.odeon.solvers.Outcome;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.types.TFloat64;

/** Each gradient that the command line names trains the Kuramoto-Sivashinsky surrogate, or is refused with a reason. */
@ResourceLock(Resources.SYSTEM_ERR)
class EveryGradientTest {

    private static final int ITERATIONS = 2;

    /** The names, two slots where there is a choice. */
    static List<String> names() {
        return GradientChoice.names().stream()
                .map(name -> name.replace("[:COUPLING]", "").replace("SLOTS", "2"))
                .toList();
    }

    /** Four steps of a window of two intervals. */
    private static ExperimentRun prepare(String... more) {
        Map<String, String> given = new TreeMap<>(Map.of(
                "grid", "16", "samples", "601", "batch", "32", "time", "0.4", "dt", "0.1", "method", "imex-rk2"));
        for (int i = 0; i < more.length; i += 2) {
            given.put(more[i], more[i + 1]);
        }
        KsExperiment experiment = new KsExperiment();
        return experiment.prepare(
                Settings.fresh(given, ExperimentOptions.of(experiment).defaults(given)), TFloat64.class);
    }

    /** The loss after some iterations. */
    private static double loss(String gradient) {
        try (ExperimentRun run = prepare("gradient", gradient)) {
            Iteration last = run.training().train(1, 0, 1e-3);
            for (int i = 1; i < ITERATIONS; i++) {
                last = run.training().train(1, i, 1e-3);
            }
            assertThat(last.verdict()).isEqualTo(Outcome.SUCCESS);
            // Only what stores linearisations evaluates nothing again.
            assertThat(last.nfeBackward() > 0).isNotEqualTo(gradient.equals("store-linearisations"));
            return last.loss();
        }
    }

    private static final class Reference {
        private static final double LOSS = loss("adjoint");

        private Reference() {}
    }

    @ParameterizedTest
    @MethodSource("names")
    void trainsOrIsRefusedWithAReason(String name) {
        if (GradientChoice.of(name).suits() == GradientChoice.Suits.CHOSEN_STEPS) {
            assertThatThrownBy(() -> prepare("gradient", name))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("is for steps chosen during the solve")
                    .message()
                    .hasLineCount(1);
            return;
        }
        // The others differentiate the same steps, the reversible ones take others, and backsolve has an error of its
        // own.
        boolean exact = !name.startsWith("reversible") && !name.startsWith("backsolve");
        assertThat(loss(name)).isCloseTo(Reference.LOSS, withinPercentage(exact ? 1e-8 : 5));
    }

    @Test
    void aBudgetIsForTheAdjointOnly() {
        try (ExperimentRun run = prepare("memory", "16K")) {
            assertThat(run.training().train(1, 0, 1e-3).verdict()).isEqualTo(Outcome.SUCCESS);
        }
        assertThatThrownBy(() -> prepare("memory", "16K", "gradient", "reversible"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("only --gradient adjoint stores states by a budget");
    }
}
