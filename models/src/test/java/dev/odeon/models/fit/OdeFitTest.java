package dev.odeon.models.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import dev.odeon.graph.Channels;
import dev.odeon.graph.Compilation;
import dev.odeon.graph.parameters.Initializer;
import dev.odeon.graph.parameters.Parameters;
import dev.odeon.models.optimisers.Adam;
import dev.odeon.models.training.AtOnce;
import dev.odeon.models.training.TrainingSettings;
import dev.odeon.ode.OdeSolver;
import dev.odeon.solvers.Methods;
import dev.odeon.solvers.Outcome;
import dev.odeon.solvers.SolveFailedException;
import dev.odeon.solvers.VectorField;
import dev.odeon.solvers.steps.FixedSteps;
import dev.odeon.solvers.steps.PidController;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TFloating;

class OdeFitTest {

    private static final String RATES = "rates";
    private static final double[] TIMES = {0, 0.3, 0.7, 1.5};
    private static final double A = 1.2;
    private static final double B = 0.4;

    /** Small graphs, which compiling would not repay. */
    private static final TrainingSettings BY_EXECUTOR = new TrainingSettings(new Adam(0), Compilation.EXECUTOR, 0);

    /** a decays to b, b decays: a' = -A a, b' = A a - B b. */
    private static <T extends TFloating> VectorField<T> chain(Class<T> type) {
        return (tf, t, u, theta) -> {
            List<Operand<T>> rates = Channels.each(tf, theta.get(RATES, type));
            List<Operand<T>> state = Channels.each(tf, u);
            Operand<T> first = tf.math.mul(rates.get(0), state.get(0));
            return Channels.joined(
                    tf, List.of(tf.math.neg(first), tf.math.sub(first, tf.math.mul(rates.get(1), state.get(1)))));
        };
    }

    private static double[] exact(double a, double b, double t) {
        double share = A / (B - A);
        return new double[] {
            a * Math.exp(-A * t), b * Math.exp(-B * t) + a * share * (Math.exp(-A * t) - Math.exp(-B * t))
        };
    }

    private static double[][] series(double a, double b) {
        double[][] states = new double[TIMES.length][];
        for (int k = 0; k < TIMES.length; k++) {
            states[k] = exact(a, b, TIMES[k]);
        }
        return states;
    }

    private static void declare(Parameters parameters, Class<? extends TFloating> type) {
        parameters.declare(RATES, type, Shape.of(2), Initializer.of(1, 1));
    }

    private static <T extends TFloating> void requireRatesFound(Class<T> type, Compilation compilation, double bound) {
        double[][] first = series(1, 0);
        first[2][1] = Double.NaN;
        Trajectories data = Trajectories.of(TIMES, new double[][][] {first, series(0.5, 2)});
        OdeSolver<T> solver = OdeSolver.of(chain(type), Methods.TSIT5, PidController.of(1e-6, 1e-6));
        try (OdeFit<T> fit = OdeFit.of(
                type,
                solver,
                parameters -> declare(parameters, type),
                data,
                new TrainingSettings(new Adam(0), compilation, 0).withAtOnce(AtOnce.atMost(20)))) {
            List<Integer> told = new ArrayList<>();
            double[] losses = fit.train(150, 0.05, (iteration, loss) -> told.add(iteration));
            fit.train(100, 0.005);
            assertThat(losses).hasSize(151);
            assertThat(losses[150]).isLessThan(1e-3 * losses[0]);
            assertThat(told).hasSize(150).startsWith(1).endsWith(150);
            assertThat(fit.parameter(RATES)).containsExactly(new double[] {A, B}, within(bound));
            for (double time : new double[] {2, 3}) {
                double[][][] ahead = fit.predict(new double[][] {{1, 1}, {2, 0}, {0, 1}}, 0, time);
                assertThat(ahead).hasDimensions(3, 2);
                assertThat(ahead[1][1]).containsExactly(exact(2, 0, time), within(2 * bound));
            }
        }
    }

    @Test
    void ratesAreFoundInDoublePrecisionThoughSomethingWasNotObserved() {
        requireRatesFound(TFloat64.class, Compilation.AUTO, 1e-4);
    }

    @Test
    void ratesAreFoundInSinglePrecision() {
        requireRatesFound(TFloat32.class, Compilation.EXECUTOR, 1e-3);
    }

    @Test
    void lossIsTheMeanSquareInUnitsOverWhatWasObserved() {
        double[][] states = {{1, 0}, {Double.NaN, 3}, {2, Double.NaN}, {0, 4}};
        Trajectories data = Trajectories.of(TIMES, states).withUnits(1, 10);
        VectorField<TFloat64> rest = (tf, t, u, theta) -> tf.math.mul(u, theta.get(RATES, TFloat64.class));
        OdeSolver<TFloat64> solver = OdeSolver.of(rest, Methods.RK4, new FixedSteps(0.5));
        try (OdeFit<TFloat64> fit = OdeFit.of(
                TFloat64.class,
                solver,
                parameters -> parameters.declare(RATES, TFloat64.class, Shape.of(2), Initializer.zeros()),
                data,
                BY_EXECUTOR)) {
            // The state stays at (1, 0).
            assertThat(fit.loss()).isCloseTo((1 + 1 + 0.09 + 0.16) / 4, within(1e-14));
        }
    }

    @Test
    void aFitGoesOnWithParametersThatWereSaved(@TempDir Path folder) {
        Trajectories data = Trajectories.of(TIMES, series(1, 0));
        OdeSolver<TFloat64> solver = OdeSolver.of(chain(TFloat64.class), Methods.RK4, new FixedSteps(0.1));
        double[] found;
        try (OdeFit<TFloat64> fit = OdeFit.of(
                TFloat64.class, solver, parameters -> declare(parameters, TFloat64.class), data, BY_EXECUTOR)) {
            fit.train(5, 0.1);
            fit.save(folder.resolve("fit"));
            fit.train(5, 0.1);
            found = fit.parameter(RATES);
        }
        try (OdeFit<TFloat64> fit = OdeFit.of(
                TFloat64.class, solver, parameters -> declare(parameters, TFloat64.class), data, BY_EXECUTOR)) {
            fit.restore(folder.resolve("fit"));
            fit.train(5, 0.1);
            assertThat(fit.parameter(RATES)).isEqualTo(found);
        }
    }

    @Test
    void aFailedSolveIsAnExceptionWithAdvice() {
        // u' = u^2 from 1 is infinite at t = 1.
        Trajectories data = Trajectories.of(new double[] {0, 2}, new double[][] {{1}, {3}});
        VectorField<TFloat64> square = (tf, t, u, theta) ->
                tf.math.mul(theta.get(RATES, TFloat64.class), tf.math.mul(tf.math.square(u), tf.math.square(u)));
        OdeSolver<TFloat64> solver = OdeSolver.of(square, Methods.RK4, new FixedSteps(0.01));
        try (OdeFit<TFloat64> fit = OdeFit.of(
                TFloat64.class,
                solver,
                parameters -> parameters.declare(RATES, TFloat64.class, Shape.of(1), Initializer.constant(1)),
                data,
                BY_EXECUTOR)) {
            SolveFailedException failed = catchThrowableOfType(SolveFailedException.class, () -> fit.train(3, 0.01));
            assertThat(failed.outcome()).isEqualTo(Outcome.NON_FINITE);
            assertThat(failed).hasMessageContaining("take a smaller step");
            assertThat(fit.parameter(RATES)).containsExactly(1);
            assertThatThrownBy(() -> fit.predict(new double[][] {{1}}, 0, 2)).isInstanceOf(SolveFailedException.class);
            assertThatThrownBy(() -> fit.train(0, 0.01)).hasMessageContaining("0 iterations");
            assertThatThrownBy(() -> fit.train(1, -1)).hasMessageContaining("rate is -1.0");
            assertThatThrownBy(() -> fit.parameter("k")).hasMessageContaining("'k': choose one of [rates]");
            assertThatThrownBy(() -> fit.predict(new double[][] {{1, 2}}, 0, 2))
                    .hasMessageContaining("Start 0 has 2 components: give 1");
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.POSITIVE_INFINITY, Double.NaN})
    void aStartHasToBeKnown(double unknown) {
        assertThatThrownBy(() -> Trajectories.of(TIMES, new double[][] {{unknown}, {1}, {1}, {1}}))
                .hasMessageContaining("State 0 of series 0 holds " + unknown);
    }

    @Test
    void trajectoriesThatDoNotFitAreRefused() {
        double[] two = {0, 1};
        assertThatThrownBy(() -> Trajectories.of(two, new double[][] {{1}}))
                .hasMessageContaining("1 states at 2 times");
        assertThatThrownBy(() -> Trajectories.of(two, new double[][] {{1}, {1, 2}}))
                .hasMessageContaining("State 1 of series 0 has 2 components");
        assertThatThrownBy(() -> Trajectories.of(new double[] {0}, new double[][] {{1}}))
                .hasMessageContaining("1 times make no solve");
        assertThatThrownBy(() -> Trajectories.of(two, new double[][][] {})).hasMessageContaining("There are no states");
        Trajectories data = Trajectories.of(two, new double[][] {{1}, {2}});
        assertThatThrownBy(() -> data.withUnits(1, 2)).hasMessageContaining("2 units for 1 components");
        assertThatThrownBy(() -> data.withUnits(0)).hasMessageContaining("unit of a component is 0.0");
    }
}
