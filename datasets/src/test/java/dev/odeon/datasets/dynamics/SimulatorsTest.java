package dev.odeon.datasets.dynamics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.odeon.datasets.arrow.ArrowTable;
import dev.odeon.datasets.pde.Sampling;
import dev.odeon.datasets.pde.Trajectories;
import dev.odeon.datasets.pde.TrajectoryFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.hipparchus.ode.ODEState;
import org.hipparchus.ode.OrdinaryDifferentialEquation;
import org.hipparchus.ode.nonstiff.GraggBulirschStoerIntegrator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;

class SimulatorsTest {
    @TempDir
    Path folder;

    @Test
    void haresAndLynxesKeepTheirInvariant() {
        LotkaVolterra model = LotkaVolterra.standard();
        Trajectories run = model.simulate();
        assertThat(run.count()).isEqualTo(20);
        for (int i = 0; i < run.count(); i++) {
            double first = invariant(model, run.state(i, 0));
            for (int sample = 1; sample < run.samples(); sample++) {
                assertThat(invariant(model, run.state(i, sample))).isCloseTo(first, within(1e-9));
            }
        }
    }

    private static double invariant(LotkaVolterra m, double[] y) {
        return m.d() * y[0] - m.c() * Math.log(y[0]) + m.b() * y[1] - m.a() * Math.log(y[1]);
    }

    @Test
    void lorenzFallsOntoItsFixedPointsBelowTheOnsetOfChaos() {
        Trajectories run = new Lorenz(10, 10, 8.0 / 3, new Sampling(60, 1, 2), 5, 0).simulate();
        double x = Math.sqrt(8.0 / 3 * 9);
        for (int i = 0; i < 5; i++) {
            double[] y = run.state(i, 1);
            assertThat(Math.abs(y[0])).isCloseTo(x, within(1e-8));
            assertThat(y[1]).isCloseTo(y[0], within(1e-8));
            assertThat(y[2]).isCloseTo(9, within(1e-8));
        }
        Trajectories chaos = Lorenz.standard().simulate();
        assertThat(Arrays.stream(chaos.states()).map(Math::abs).max().orElseThrow())
                .isBetween(20.0, 60.0);
    }

    @Test
    void thePendulumKeepsItsEnergyAndSwingsAsASmallOneShould() {
        DoublePendulum pendulum = new DoublePendulum(1, 2, 1.5, 0.7, 9.81, 3, new Sampling(0, 0.05, 101), 5, 3);
        Trajectories run = pendulum.simulate();
        for (int i = 0; i < 5; i++) {
            double energy = pendulum.energy(run.state(i, 0));
            for (int sample = 1; sample < run.samples(); sample++) {
                assertThat(pendulum.energy(run.state(i, sample))).isCloseTo(energy, within(1e-8));
            }
        }
        // A vanishing lower mass leaves a single pendulum: after one period it is back.
        double period = 2 * Math.PI * Math.sqrt(1 / 9.81);
        Trajectories small =
                new DoublePendulum(1, 1e-12, 1, 0.3, 9.81, 1e-4, new Sampling(0, period, 2), 3, 0).simulate();
        for (int i = 0; i < 3; i++) {
            assertThat(small.state(i, 1)[0]).isCloseTo(small.state(i, 0)[0], within(1e-9));
        }
    }

    @Test
    void theChainSwingsInItsNormalModes() {
        int n = 5;
        CoupledOscillators chain = new CoupledOscillators(n, 2.5, 0, new Sampling(0, 0.7, 6), 2, 1);
        Trajectories run = chain.simulate();
        for (int sample = 1; sample < 6; sample++) {
            double t = run.times()[sample];
            for (int mode = 1; mode <= n; mode++) {
                double frequency = 2 * Math.sqrt(2.5) * Math.sin(mode * Math.PI / (2 * n + 2));
                double expected = amplitude(run.state(1, 0), mode, n) * Math.cos(frequency * t);
                assertThat(amplitude(run.state(1, sample), mode, n)).isCloseTo(expected, within(1e-10));
            }
        }
        // One mass with friction: the damped oscillator.
        Trajectories damped = new CoupledOscillators(1, 2, 0.5, new Sampling(0, 1, 2), 1, 0).simulate();
        double w = Math.sqrt(4 - 0.0625);
        double decay = Math.exp(-0.25) * (Math.cos(w) + 0.25 / w * Math.sin(w));
        assertThat(damped.state(0, 1)[0]).isCloseTo(damped.state(0, 0)[0] * decay, within(1e-11));
    }

    private static double amplitude(double[] y, int mode, int n) {
        double sum = 0;
        for (int i = 1; i <= n; i++) {
            sum += y[i - 1] * Math.sin(i * mode * Math.PI / (n + 1));
        }
        return sum;
    }

    @Test
    void theStarWithoutPressureLimitEndsAtTheLaneEmdenZero() {
        // Index 3: the zero is 6.89684861937 (J. Boyd, 2011).
        double zero = 6.89684861937;
        Trajectories run = new WhiteDwarf(0, 0, new Sampling(0, zero - 0.05, 2), 1, 0).simulate();
        assertThat(run.times()[1]).isCloseTo(zero, within(1e-12));
        assertThat(run.state(0, 1)[0]).isCloseTo(0, within(1e-8));
        Trajectories standard = WhiteDwarf.standard().simulate();
        assertThat(standard.times()[105]).isCloseTo(5.3, within(1e-12));
        assertThat(standard.state(0, 105)[0]).isBetween(0.0, 0.2);
        assertThatThrownBy(() -> new WhiteDwarf(0.5, 0.6, new Sampling(0, 1, 1), 1, 0))
                .hasMessageContaining("[0, 1)");
    }

    @Test
    void theSpiralAgreesWithAnIndependentIntegrator() {
        Trajectories run = CubicSpiral.standard().simulate();
        OrdinaryDifferentialEquation equation = new OrdinaryDifferentialEquation() {
            @Override
            public int getDimension() {
                return 2;
            }

            @Override
            public double[] computeDerivatives(double t, double[] y) {
                double p = Math.pow(y[0], 3);
                double q = Math.pow(y[1], 3);
                return new double[] {-0.1 * p + 2 * q, -2 * p - 0.1 * q};
            }
        };
        double[] expected = new GraggBulirschStoerIntegrator(1e-10, 1, 1e-13, 1e-13)
                .integrate(equation, new ODEState(0, new double[] {2, 0}), 25)
                .getPrimaryState();
        assertThat(run.state(0, 1000)).containsExactly(expected, within(1e-9));
    }

    @Test
    void seedsDetermineTheTrajectories() {
        Lorenz lorenz = Lorenz.standard().withSampling(new Sampling(0, 0.1, 3)).withTrajectories(4);
        assertThat(lorenz.simulate().states()).isEqualTo(lorenz.simulate().states());
        assertThat(lorenz.withSeed(1).simulate().states())
                .isNotEqualTo(lorenz.simulate().states());
        // Trajectory i stays the same when their number changes.
        assertThat(lorenz.withTrajectories(2).simulate().state(1, 2))
                .isEqualTo(lorenz.simulate().state(1, 2));
    }

    @Test
    void filesTellEquationParametersSeedAndVersion() {
        Path file = folder.resolve("lv.arrow");
        Trajectories run =
                LotkaVolterra.standard().withSeed(9).withTrajectories(2).simulate();
        TrajectoryFile.write(run, file);
        assertThat(TrajectoryFile.read(file).states()).isEqualTo(run.states());
        assertThat(ArrowTable.open(file).metadata())
                .containsEntry("a", "0.55")
                .containsEntry("seed", "9")
                .containsKeys("equation", "version", "method", "interval");
    }

    @Test
    void settingsThatMakeNoSenseAreNamed() {
        Sampling sampling = new Sampling(0, 1, 2);
        assertThatThrownBy(() -> new Lorenz(-1, 1, 1, sampling, 1, 0)).hasMessageContaining("sigma = -1.0");
        assertThatThrownBy(() -> new CoupledOscillators(0, 1, 0, sampling, 1, 0))
                .hasMessageContaining("masses = 0");
        assertThatThrownBy(() -> new CubicSpiral(-1, 1, 0, sampling, 1, 0)).hasMessageContaining("damping = -1.0");
        assertThatThrownBy(() -> Lorenz.standard().withTrajectories(0).simulate())
                .hasMessageContaining("trajectories = 0");
    }

    @Test
    void pointsLieWhereTheyShould() {
        PointCloud cloud = PointCloud.discAndAnnulus(5);
        assertThat(cloud.labels()).hasSize(120);
        int inMiddleHalf = 0;
        for (int i = 0; i < 120; i++) {
            double radius = Math.hypot(cloud.points()[2 * i], cloud.points()[2 * i + 1]);
            if (i < 40) {
                assertThat(radius).isLessThan(0.5);
            } else {
                assertThat(radius).isBetween(0.85, 1.0);
            }
            assertThat(cloud.labels()[i]).isEqualTo(i < 40 ? 0 : 1);
        }
        PointCloud many = PointCloud.discAndAnnulus(10_000, 0, 1, 1, 2, 0);
        for (int i = 0; i < 10_000; i++) {
            inMiddleHalf += Math.hypot(many.points()[2 * i], many.points()[2 * i + 1]) < 0.5 ? 1 : 0;
        }
        // Uniform by area: a quarter, with a deviation of 43.
        assertThat(inMiddleHalf).isBetween(2300, 2700);
        PointCloud spirals = PointCloud.spirals(3, 50, 1.5, 0, 2);
        for (int i = 0; i < 150; i++) {
            double x = spirals.points()[2 * i];
            double y = spirals.points()[2 * i + 1];
            double turned = Math.atan2(y, x) / (2 * Math.PI) - 1.5 * Math.hypot(x, y) - spirals.labels()[i] / 3.0;
            assertThat(turned).isCloseTo(Math.rint(turned), within(1e-12));
        }
        Path file = folder.resolve("p.arrow");
        spirals.write(file);
        assertThat(List.copyOf(ArrowTable.open(file).columns())).containsExactly("x", "label");
        try (TFloat64 wide = spirals.points64();
                TFloat32 narrow = spirals.points32();
                TInt32 labels = spirals.labelTensor()) {
            assertThat(narrow.getFloat(7, 1)).isEqualTo((float) wide.getDouble(7, 1));
            assertThat(labels.getInt(149)).isEqualTo(2);
        }
    }
}
