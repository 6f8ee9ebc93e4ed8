package dev.odeon.datasets.pde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class BurgersTest {
    @Test
    void agreesWithChebfunFromASine() throws IOException {
        assertThat(error("dhpm_burgers_sine", x -> -Math.sin(Math.PI * x / 8))).isLessThan(1e-9);
    }

    @Test
    void agreesWithChebfunFromABump() throws IOException {
        assertThat(error("dhpm_burgers", x -> Math.exp(-(x + 2) * (x + 2)))).isLessThan(2e-8);
    }

    private static double error(String name, DoubleUnaryOperator initial) throws IOException {
        ReferenceSolution reference = ReferenceSolution.load(name);
        int samples = reference.t().length;
        Trajectories simulated = Burgers.standard()
                .withViscosity(0.1)
                .withLength(16)
                .withDiscretisation(new Discretisation(256, 1, 2.5e-3, Dealiasing.NONE))
                .withSampling(new Sampling(0, 10.0 / (samples - 1), samples))
                .simulate(x -> initial.applyAsDouble(x - 8));
        double worst = 0;
        for (int j = 0; j < samples; j++) {
            assertThat(reference.t()[j]).isCloseTo(simulated.times()[j], within(1e-12));
            for (int i = 0; i < 256; i++) {
                worst = Math.max(
                        worst, Math.abs(simulated.state(0, j)[i] - reference.u()[i][j]));
            }
        }
        return worst;
    }

    /** The solution that the Cole-Hopf transformation makes of a decaying cosine, period 1. */
    private static double exact(double viscosity, double x, double t) {
        double k = 2 * Math.PI;
        double decay = Math.exp(-viscosity * k * k * t);
        return 2 * viscosity * k * decay * Math.sin(k * x) / (1.5 + decay * Math.cos(k * x));
    }

    @Test
    void convergesWithOrderFourToAnExactSolution() {
        double viscosity = 0.05;
        int[] steps = {64, 128, 256, 512};
        double[] errors = Arrays.stream(steps)
                .mapToDouble(n -> {
                    Trajectories run = Burgers.standard()
                            .withViscosity(viscosity)
                            .withDiscretisation(new Discretisation(64, 1, 1.0 / n, Dealiasing.NONE))
                            .withSampling(new Sampling(0, 1, 2))
                            .simulate(x -> exact(viscosity, x, 0));
                    double worst = 0;
                    for (int i = 0; i < 64; i++) {
                        worst = Math.max(worst, Math.abs(run.state(0, 1)[i] - exact(viscosity, i / 64.0, 1)));
                    }
                    return worst;
                })
                .toArray();
        assertThat(ConvergenceSlope.of(steps, errors)).isCloseTo(4, within(0.2));
    }

    @Test
    void defaultsResolveTheFronts() {
        Burgers settings = Burgers.standard().withTrajectories(2);
        Burgers finer = settings.withDiscretisation(new Discretisation(512, 4, 5e-4, Dealiasing.TWO_THIRDS));
        Trajectories usual = settings.simulate();
        assertThat(KuramotoSivashinskyTest.distance(
                        usual.states(), finer.simulate().states()))
                .isLessThan(1e-4);
        // Energy only decays, and the fronts are there: slopes far above those of the initial state.
        assertThat(meanSquare(usual.state(1, 50))).isLessThan(0.2 * meanSquare(usual.state(1, 0)));
        assertThat(steepest(usual.state(1, 5))).isGreaterThan(3 * steepest(usual.state(1, 0)));
    }

    @Test
    void initialStatesHaveThePrescribedMeanSquareAndNoMean() {
        Trajectories states = Burgers.standard()
                .withTrajectories(20)
                .withSampling(new Sampling(0, 1, 1))
                .withInitial(new RandomPhases(3, 0.4))
                .simulate();
        for (int i = 0; i < 20; i++) {
            assertThat(Math.sqrt(meanSquare(states.state(i, 0)))).isCloseTo(0.4, within(1e-12));
            assertThat(Arrays.stream(states.state(i, 0)).average().orElseThrow())
                    .isCloseTo(0, within(1e-13));
            for (int j = 0; j < i; j++) {
                assertThat(KuramotoSivashinskyTest.distance(states.state(i, 0), states.state(j, 0)))
                        .isGreaterThan(0.1);
            }
        }
    }

    @Test
    void trajectoriesDependOnTheSeedAndTheirNumberOnly() {
        Burgers settings = Burgers.standard().withPoints(64).withSampling(new Sampling(0, 0.1, 3));
        Trajectories three = settings.withTrajectories(3).simulate();
        Trajectories two = settings.withTrajectories(2).simulate();
        assertThat(Arrays.copyOf(three.states(), two.states().length)).isEqualTo(two.states());
        assertThat(settings.withTrajectories(2).withSeed(1).simulate().states()).isNotEqualTo(two.states());
    }

    @Test
    void fewerPointsAreStillComputedOnAFineGrid() {
        Burgers settings = Burgers.standard();
        assertThat(settings.withPoints(64).discretisation().refinement()).isEqualTo(16);
        assertThat(settings.withPoints(1024).discretisation().refinement()).isEqualTo(1);
        assertThat(settings.withPoints(2048).discretisation().refinement()).isEqualTo(1);
    }

    @Test
    void namesWhatIsWrongWithItsSettings() {
        Burgers settings = Burgers.standard();
        assertThatThrownBy(() -> settings.withViscosity(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("viscosity = -1.0");
        assertThatThrownBy(() -> settings.withTrajectories(0)).hasMessageContaining("trajectories = 0");
        assertThatThrownBy(() -> settings.withPoints(63)).hasMessageContaining("points = 63");
        assertThatThrownBy(() -> settings.withLength(Double.NaN)).hasMessageContaining("length = NaN");
        assertThatThrownBy(() -> new Sampling(0, 0, 5)).hasMessageContaining("interval = 0.0");
        assertThatThrownBy(() -> new Discretisation(8, 1, -1, Dealiasing.NONE)).hasMessageContaining("step = -1.0");
        assertThatThrownBy(() -> settings.withTrajectories(1).simulate(x -> Double.NaN))
                .hasMessageContaining("initial state is NaN");
    }

    private static double meanSquare(double[] u) {
        return Arrays.stream(u).map(v -> v * v).average().orElseThrow();
    }

    private static double steepest(double[] u) {
        double worst = 0;
        for (int i = 1; i < u.length; i++) {
            worst = Math.max(worst, Math.abs(u[i] - u[i - 1]));
        }
        return worst;
    }
}
