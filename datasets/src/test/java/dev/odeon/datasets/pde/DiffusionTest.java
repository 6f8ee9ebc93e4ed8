package dev.odeon.datasets.pde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.hipparchus.ode.ODEState;
import org.hipparchus.ode.OrdinaryDifferentialEquation;
import org.hipparchus.ode.nonstiff.GraggBulirschStoerIntegrator;
import org.junit.jupiter.api.Test;

class DiffusionTest {
    @Test
    void aWaveDecaysAsItShould() {
        Diffusion diffusion = Diffusion.standard();
        double k = 2 * Math.PI * 3;
        Trajectories run = diffusion.simulate(x -> 2 + Math.cos(k * x));
        for (int i = 0; i < 64; i++) {
            double expected = 2 + Math.cos(k * i / 64) * Math.exp(-0.01 * k * k * run.times()[50]);
            assertThat(run.state(0, 50)[i]).isCloseTo(expected, within(1e-13));
        }
        Trajectories random = diffusion.simulate();
        assertThat(random.count()).isEqualTo(20);
        assertThat(random.metadata()).containsEntry("diffusivity", "0.01");
        assertThat(diffusion.withTrajectories(2, 0).simulate().state(1, 7)).isEqualTo(random.state(1, 7));
        assertThat(diffusion.withTrajectories(2, 1).simulate().state(1, 7)).isNotEqualTo(random.state(1, 7));
    }

    private static GrayScott small(double step) {
        return GrayScott.standard()
                .withSide(new PeriodicGrid(16, 0.25))
                .withStep(step)
                .withSampling(new Sampling(0, 20, 2));
    }

    @Test
    void anEvenMixtureReactsLikeTwoOrdinaryEquations() {
        double[] state = new double[512];
        Arrays.fill(state, 0, 256, 0.6);
        Arrays.fill(state, 256, 512, 0.3);
        double[] found = small(0.25).simulate(state).state(0, 1);
        OrdinaryDifferentialEquation reaction = new OrdinaryDifferentialEquation() {
            @Override
            public int getDimension() {
                return 2;
            }

            @Override
            public double[] computeDerivatives(double t, double[] y) {
                double rate = y[0] * y[1] * y[1];
                return new double[] {0.04 * (1 - y[0]) - rate, rate - 0.1 * y[1]};
            }
        };
        double[] expected = new GraggBulirschStoerIntegrator(1e-10, 1, 1e-13, 1e-13)
                .integrate(reaction, new ODEState(0, new double[] {0.6, 0.3}), 20)
                .getPrimaryState();
        for (int i = 0; i < 256; i++) {
            assertThat(found[i]).isCloseTo(expected[0], within(1e-8));
            assertThat(found[256 + i]).isCloseTo(expected[1], within(1e-8));
        }
    }

    @Test
    void aWaveOfOneSubstanceOnlyDiffusesAndIsFed() {
        double[] state = new double[512];
        double k = 2 * Math.PI / 0.25;
        for (int i = 0; i < 256; i++) {
            int row = i / 16;
            state[i] = 1 + 0.1 * Math.cos(k * (2 * row + i % 16) / 64.0);
        }
        double[] found = small(1).simulate(state).state(0, 1);
        double decay = Math.exp(-(2e-5 * 5 * k * k + 0.04) * 20);
        for (int i = 0; i < 256; i++) {
            assertThat(found[i]).isCloseTo(1 + (state[i] - 1) * decay, within(1e-12));
            assertThat(found[256 + i]).isCloseTo(0, within(1e-15));
        }
    }

    @Test
    void theErrorFallsWithTheFourthPowerOfTheStep() {
        // A wide square: diffusion over one step is mild, so that the order shows in full.
        PeriodicGrid wide = new PeriodicGrid(16, 1);
        double[] reference = small(0.1).withSide(wide).simulate().state(0, 1);
        double[] steps = {2, 1, 0.5};
        double[] errors = new double[3];
        for (int i = 0; i < 3; i++) {
            double[] found = small(steps[i]).withSide(wide).simulate().state(0, 1);
            for (int k = 0; k < found.length; k++) {
                errors[i] = Math.max(errors[i], Math.abs(found[k] - reference[k]));
            }
        }
        assertThat(Math.log(errors[0] / errors[1]) / Math.log(2))
                .as("slope from %s", Arrays.toString(errors))
                .isBetween(3.8, 4.2);
        assertThat(Math.log(errors[1] / errors[2]) / Math.log(2)).isBetween(3.8, 4.2);
    }

    @Test
    void spotsAreSeededAndSettingsChecked() {
        Trajectories run = small(2).withTrajectories(2, 5).simulate();
        assertThat(run.points()).isEqualTo(512);
        assertThat(run.state(0, 0)).isNotEqualTo(run.state(1, 0));
        assertThat(run.metadata()).containsEntry("seed", "5").containsEntry("feed", "0.04");
        assertThat(small(2).withTrajectories(1, 5).simulate().state(0, 1)).isEqualTo(run.state(0, 1));
        assertThatThrownBy(() -> small(0)).hasMessageContaining("step = 0.0");
        assertThatThrownBy(() -> small(1).simulate(new double[3])).hasMessageContaining("2 n^2 = 512");
    }
}
