package dev.odeon.experiments.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.odeon.ode.OdeSolver;
import dev.odeon.solvers.Methods;
import dev.odeon.solvers.Outcome;
import dev.odeon.solvers.VectorField;
import dev.odeon.solvers.steps.FixedSteps;
import dev.odeon.solvers.steps.SaveAt;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.types.TFloat64;

class MeasuredSolveTest {

    private static final VectorField<TFloat64> DECAY = (tf, t, u, theta) -> tf.math.neg(u);

    @Test
    void tellsStatesAndCounts() {
        SolveFigures figures = MeasuredSolve.run(
                OdeSolver.of(DECAY, Methods.RK4, new FixedSteps(0.1)), new double[] {1, 2}, SaveAt.times(0, 0.5, 1), 2);
        assertThat(figures.outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(figures.nfe()).isEqualTo(40);
        assertThat(figures.accepted()).isEqualTo(10);
        assertThat(figures.states()).hasSize(6).startsWith(1, 2);
        assertThat(figures.last(2)).containsExactly(new double[] {Math.exp(-1), 2 * Math.exp(-1)}, within(1e-6));
        assertThat(figures.medianMillis()).isPositive();
    }

    @Test
    void aFailureIsAnOutcome() {
        VectorField<TFloat64> explosive = (tf, t, u, theta) -> tf.math.square(u);
        SolveFigures figures = MeasuredSolve.run(
                OdeSolver.of(explosive, Methods.EULER, new FixedSteps(1)), new double[] {1}, SaveAt.end(0, 50), 1);
        assertThat(figures.outcome()).isEqualTo(Outcome.NON_FINITE);
    }

    @Test
    void refusesToRunNothing() {
        assertThatThrownBy(() -> MeasuredSolve.run(
                        OdeSolver.of(DECAY, Methods.RK4, new FixedSteps(1)), new double[] {1}, SaveAt.end(0, 1), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("give 1 or more");
    }

    @Test
    void theMedianOfAnEvenNumberIsTheMeanOfTheMiddleTwo() {
        assertThat(MeasuredSolve.median(List.of(4.0, 1.0, 100.0, 2.0))).isEqualTo(3);
        assertThat(MeasuredSolve.median(List.of(3.0, 1.0, 2.0))).isEqualTo(2);
    }
}
