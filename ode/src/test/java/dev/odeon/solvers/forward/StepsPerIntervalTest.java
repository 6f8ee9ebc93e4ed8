package dev.odeon.solvers.forward;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odeon.ode.testing.Problems;
import dev.odeon.ode.testing.Solves;
import dev.odeon.solvers.Methods;
import dev.odeon.solvers.steps.FixedSteps;
import dev.odeon.solvers.steps.SaveAt;
import dev.odeon.solvers.steps.StepsPerInterval;
import dev.odeon.solvers.steps.TimeGrid;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class StepsPerIntervalTest {

    @Test
    void everyIntervalIsCutIntoAsManySteps() {
        TimeGrid grid = new StepsPerInterval(2).grid(SaveAt.times(0, 1, 1.5, 2.5));
        assertThat(grid.starts()).containsExactly(0, 0.5, 1, 1.25, 1.5, 2);
        assertThat(grid.sizes()).containsExactly(0.5, 0.25);
        assertThat(grid.sizeIndices()).containsExactly(0, 0, 1, 1, 0, 0);
        assertThat(grid.saveIndices()).containsExactly(3, 0, 3, 1, 3, 2);
    }

    @Test
    void equalIntervalsGiveTheStepsOfTheirSize() {
        SaveAt saveAt = SaveAt.end(0, 2);
        double[][] u0 = {{0.3, -0.5, 0.2}};
        double[] counted = Solves.of(
                        Problems.forced(-1, -2, -3), Methods.IMEX_RK3, new StepsPerInterval(20), u0, saveAt)
                .state();
        double[] sized = Solves.of(Problems.forced(-1, -2, -3), Methods.IMEX_RK3, new FixedSteps(0.1), u0, saveAt)
                .state();
        assertThat(counted).containsExactly(sized, Offset.offset(1e-12));
    }
}
