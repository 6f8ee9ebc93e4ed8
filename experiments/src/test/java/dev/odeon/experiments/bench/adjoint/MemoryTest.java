package dev.odeon.experiments.bench.adjoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.odeon.adjoint.DiscreteAdjoint;
import dev.odeon.adjoint.checkpoints.Checkpointing;
import dev.odeon.datasets.pde.Sampling;
import dev.odeon.solvers.Methods;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What gradients keep from step to step, by the records of TensorFlow's allocators. */
class MemoryTest {

    private static final int BATCH = 256;
    private static final int HIDDEN = 2;
    private static final int FEW = 200;
    private static final int MANY = 600;

    private static final Dynamics SYSTEM = Dynamics.all().get(1);
    private static final double STATE = 8.0 * BATCH * SYSTEM.dimension();
    private static double[] u0 = {};

    @BeforeAll
    static void start() {
        u0 = SYSTEM.simulation().run(new Sampling(0, 1, 1), BATCH).states();
    }

    private static double states(Variant variant, int n) {
        try (MeasuredGradient measured = new MeasuredGradient(
                SYSTEM.field(HIDDEN), u0, SYSTEM.dimension(), SYSTEM.interval(), Methods.MIDPOINT, variant, n)) {
            measured.measure(new Limits(1, 1, 0));
            return measured.peakBytes() / STATE;
        }
    }

    /** The growth of the memory in states for each step. */
    private static double slope(Variant variant) {
        return (states(variant, MANY) - states(variant, FEW)) / (MANY - FEW);
    }

    @Test
    void storingAllStatesTakesOneStateForEachStepAndNothingElse() {
        assertThat(slope(Variant.STORE_ALL)).isCloseTo(1, within(0.2));
    }

    /** The midpoint rule has two, the first of which is the state itself. */
    @Test
    void storingStagesTakesOneStateForEachStage() {
        assertThat(slope(Variant.STORE_STAGES)).isCloseTo(2, within(0.2));
    }

    @Test
    void revolveTakesOneStateForEachSlot() {
        Variant few = revolve(20);
        Variant many = revolve(170);
        assertThat((states(many, FEW) - states(few, FEW)) / 150).isCloseTo(1, within(0.2));
        // The steps are no matter.
        assertThat(slope(many)).isCloseTo(0, within(0.1));
    }

    private static Variant revolve(int slots) {
        return new Variant("revolve", n -> new DiscreteAdjoint(Checkpointing.revolve(slots)), Variant.Steps.FIXED);
    }

    @Test
    void goingBackInsteadTakesTheSameMemoryForFewStepsAndForMany() {
        assertThat(slope(Variant.REVERSIBLE)).isCloseTo(0, within(0.1));
    }
}
