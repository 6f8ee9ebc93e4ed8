package dev.odeon.experiments.bench.adjoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.odeon.datasets.pde.Sampling;
import dev.odeon.solvers.Methods;
import java.util.List;
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

    @Test
    void storingAllStatesTakesOneStateForEachStepAndNothingElse() {
        double slope = (states(Variant.STORE_ALL, MANY) - states(Variant.STORE_ALL, FEW)) / (MANY - FEW);
        assertThat(slope).isCloseTo(1, within(0.2));
    }
}
