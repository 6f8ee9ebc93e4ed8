package dev.odeon.solvers.forward.chosen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.odeon.adjoint.Gradient;
import dev.odeon.graph.Floats;
import dev.odeon.graph.TestGraph;
import dev.odeon.graph.Values;
import dev.odeon.ode.OdeSolver;
import dev.odeon.ode.Solution;
import dev.odeon.ode.testing.Oscillator;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.Methods;
import dev.odeon.solvers.SplitField;
import dev.odeon.solvers.linear.Dense;
import dev.odeon.solvers.linear.DenseSolve;
import dev.odeon.solvers.steps.FixedSteps;
import dev.odeon.solvers.steps.PidController;
import dev.odeon.solvers.steps.SaveAt;
import dev.odeon.solvers.steps.StepControl;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;

/** Times at which chosen steps end. */
class StopsTest {

    private static final double[] TIMES = {0, 0.3, 0.30001, 2.5, 7, 10};

    private static final double[] PHASES = {0.5, 2};

    private record Kept(double[] states, int nfe) {}

    private static Kept solve(Method method, StepControl control, SaveAt saveAt) {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Solution<TFloat64> solution = OdeSolver.of(Oscillator.<TFloat64>field(), method, control)
                    .withGradient(Gradient.NONE)
                    .solve(tf, Oscillator.starts(tf, TFloat64.class, PHASES), Values.empty(), saveAt);
            Operand<TInt32> nfe = tf.reduceMax(
                    solution.statistics().nfe(),
                    tf.range(tf.constant(0), tf.rank(solution.statistics().nfe()), tf.constant(1)));
            try (Result result =
                    graph.session().runner().fetch(solution.states()).fetch(nfe).run()) {
                return new Kept(Floats.read(result.get(0)), ((TInt32) result.get(1)).getInt());
            }
        }
    }

    private static double largestError(double[] states, double tolerance) {
        double largest = 0;
        for (int k = 0; k < TIMES.length; k++) {
            for (int sample = 0; sample < 2; sample++) {
                double angle = TIMES[k] + PHASES[sample];
                double[] exact = {Math.sin(angle), Math.cos(angle)};
                for (int i = 0; i < 2; i++) {
                    double error = Math.abs(states[k * 4 + sample * 2 + i] - exact[i]);
                    largest = Math.max(largest, error / (2 * tolerance));
                }
            }
        }
        return largest;
    }

    @ParameterizedTest
    @CsvSource({"dopri8, WHOLE_BATCH", "dopri8, EACH_SAMPLE", "kvaerno5, WHOLE_BATCH", "tsit5, EACH_SAMPLE"})
    void statesAtStopsAreAsAccurateAsTheSteps(String name, PidController.Scope scope) {
        Method method = Methods.named(name);
        double tolerance = 1e-9;
        PidController control = PidController.of(tolerance, tolerance).with(scope);
        Kept stopped = solve(method, control, SaveAt.stops(TIMES));
        Kept free = solve(method, control, SaveAt.end(0, 10));
        double atTheEnd = Math.abs(free.states()[0] - Math.sin(10 + PHASES[0])) / (2 * tolerance);
        assertThat(largestError(stopped.states(), tolerance)).isLessThan(Math.max(10, 3 * atTheEnd));
        // After a stop the steps go on at the size they had: each stop costs two steps or so.
        assertThat(stopped.nfe()).isLessThan(free.nfe() + 4 * 3 * free.nfe() / 20);
    }

    @Test
    void denseOutputIsCoarserThanStopsAtTightTolerances() {
        PidController control = PidController.of(1e-11, 1e-11);
        double dense =
                largestError(solve(Methods.DOPRI8, control, SaveAt.times(TIMES)).states(), 1e-11);
        double stops =
                largestError(solve(Methods.DOPRI8, control, SaveAt.stops(TIMES)).states(), 1e-11);
        assertThat(stops).isLessThan(10);
        assertThat(dense).isGreaterThan(3 * stops);
    }

    @Test
    void fixedStepsStopAtEveryTimeAnyway() {
        FixedSteps steps = new FixedSteps(0.1);
        assertThat(solve(Methods.RK4, steps, SaveAt.stops(TIMES)).states())
                .containsExactly(solve(Methods.RK4, steps, SaveAt.times(TIMES)).states());
    }

    @Test
    void reverseTimeStopsToo() {
        PidController control = PidController.of(1e-9, 1e-9);
        double[] states =
                solve(Methods.TSIT5, control, SaveAt.stops(10, 7, 2.5)).states();
        for (int i = 0; i < 2; i++) {
            double t = List.of(-3.0, -7.5).get(i);
            assertThat(states[4 * (i + 1)]).isCloseTo(Math.sin(PHASES[0] + t), within(1e-7));
        }
    }

    @Test
    void aLadderOfSizesCannotStopAnywhere() {
        SplitField<TFloat64> field = new SplitField<>(
                Oscillator.<TFloat64>field().nonlinear(),
                Dense.of(new double[][] {{-1, 0.5}, {0.5, -1}}, DenseSolve.LU));
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            OdeSolver<TFloat64> solver = OdeSolver.of(field, Methods.IMEX_RK3, PidController.of(1e-3, 1e-3))
                    .withGradient(Gradient.NONE);
            Operand<TFloat64> u0 = tf.constant(new double[][] {{1, 0}});
            assertThatThrownBy(() -> solver.solve(tf, u0, Values.empty(), SaveAt.stops(TIMES)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("imex-rk3")
                    .hasMessageContaining("SaveAt.times");
        }
    }
}
