package dev.odeon.datasets.pde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class KuramotoSivashinskyTest {
    private static final int LONG_RUN = 20_000; // 4000 time units

    @Test
    void agreesWithChebfunOverTenTimeUnits() throws IOException {
        ReferenceSolution reference = ReferenceSolution.load("dhpm_KS");
        KuramotoSivashinsky standard = KuramotoSivashinsky.standard();
        Trajectories simulated = standard.withLength(20)
                .withPoints(128)
                .withSampling(new Sampling(0, 0.2, 51))
                .simulate(x -> Math.sin(Math.PI * x / 10));
        double worst = 0;
        for (int j = 0; j < simulated.samples(); j++) {
            assertThat(reference.t()[j]).isCloseTo(simulated.times()[j], within(1e-12));
            TrigonometricInterpolant u = new TrigonometricInterpolant(simulated.state(0, j), 20);
            for (int i = 0; i < reference.x().length; i++) {
                worst = Math.max(
                        worst, Math.abs(u.at(reference.x()[i] + 10) - reference.u()[i][j]));
            }
        }
        assertThat(worst).isLessThan(2e-7);
    }

    @Test
    void convergesWithOrderFour() {
        // Few modes and short steps: the asymptotic regime begins where the step resolves the stiffest mode.
        KuramotoSivashinsky settings =
                KuramotoSivashinsky.standard().withLength(20).withPoints(24).withSampling(new Sampling(0, 1, 2));
        double[] exact = solve(settings, 3200);
        int[] steps = {50, 100, 200, 400};
        double[] errors = Arrays.stream(steps)
                .mapToDouble(n -> distance(solve(settings, n), exact))
                .toArray();
        assertThat(ConvergenceSlope.of(steps, errors)).isCloseTo(4, within(0.2));
    }

    private static double[] solve(KuramotoSivashinsky settings, int steps) {
        return settings.withDiscretisation(settings.discretisation().withStep(1.0 / steps))
                .simulate(x -> Math.cos(Math.PI * x / 10) + 0.5 * Math.sin(Math.PI * x / 5))
                .state(0, 1);
    }

    @Test
    void staysRealAndOnTheAttractorOverALongRun() {
        Trajectories run = KuramotoSivashinsky.standard().withSamples(LONG_RUN).simulate();
        double energy = 0;
        double production = 0;
        double dissipation = 0;
        for (int j = 0; j < LONG_RUN; j++) {
            double[] u = run.state(0, j);
            double mean = Arrays.stream(u).average().orElseThrow();
            assertThat(Math.abs(mean)).as("mean at sample %d", j).isLessThan(1e-13);
            energy += Arrays.stream(u).map(v -> v * v).average().orElseThrow() / LONG_RUN;
            if (j % 20 == 0) {
                TrigonometricInterpolant field = new TrigonometricInterpolant(u, 22);
                production += field.meanSquareOfDerivative(1);
                dissipation += field.meanSquareOfDerivative(2);
            }
        }
        assertThat(Arrays.stream(run.states()).map(Math::abs).max().orElseThrow())
                .isBetween(2.9, 3.2);
        // Six runs of 40,000 time units gave 1.407 +- 0.005, their tenths 1.38 to 1.43.
        assertThat(energy).isCloseTo(1.407, within(0.04));
        // On average, the second derivative feeds in what the fourth takes out.
        assertThat(production / dissipation).isCloseTo(1, within(0.02));
    }

    @Test
    void equalSeedsGiveEqualBitsAndOthersDoNot() {
        KuramotoSivashinsky settings = KuramotoSivashinsky.standard().withSamples(50);
        assertThat(settings.withSeed(7).simulate().states())
                .isEqualTo(settings.withSeed(7).simulate().states());
        assertThat(distance(
                        settings.withSeed(7).simulate().state(0, 0),
                        settings.withSeed(8).simulate().state(0, 0)))
                .isGreaterThan(0.1);
    }

    @Test
    void burnInIsTimeThatIsNotReported() {
        KuramotoSivashinsky settings = KuramotoSivashinsky.standard();
        Trajectories all = settings.withSampling(new Sampling(0, 0.2, 6)).simulate();
        Trajectories late = settings.withSampling(new Sampling(1, 0.2, 1)).simulate();
        assertThat(distance(late.state(0, 0), all.state(0, 5))).isLessThan(1e-12);
        assertThat(late.times()).containsExactly(0.0);
    }

    @Test
    void aFinerGridGivesTheSameField() {
        KuramotoSivashinsky settings = KuramotoSivashinsky.standard().withSampling(new Sampling(0, 1, 11));
        Trajectories coarse = settings.simulate();
        Trajectories refined = settings.withDiscretisation(
                        settings.discretisation().withRefinement(4))
                .simulate();
        Trajectories fine = settings.withPoints(256).simulate();
        assertThat(distance(coarse.states(), refined.states())).isLessThan(1e-7);
        for (int i = 0; i < 64; i++) {
            assertThat(fine.state(0, 10)[4 * i]).isEqualTo(refined.state(0, 10)[i]);
        }
    }

    @Test
    void dealiasingChangesNothingThatIsResolved() {
        KuramotoSivashinsky settings =
                KuramotoSivashinsky.standard().withPoints(256).withSampling(new Sampling(0, 1, 11));
        Trajectories dealiased = settings.withDiscretisation(
                        settings.discretisation().withDealiasing(Dealiasing.TWO_THIRDS))
                .simulate();
        assertThat(distance(settings.simulate().states(), dealiased.states())).isLessThan(1e-9);
    }

    @Test
    void saysWhatToDoWhenTheNumbersOverflow() {
        KuramotoSivashinsky settings = KuramotoSivashinsky.standard()
                .withLength(200)
                .withDiscretisation(new Discretisation(512, 1, 5, Dealiasing.NONE))
                .withSampling(new Sampling(0, 5, 200));
        assertThatThrownBy(() -> settings.simulate(x -> 40 * Math.sin(Math.PI * x / 10)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("step = 5.0")
                .hasMessageContaining("shorter step");
    }

    @Test
    void metadataTellsHowTheDataWasMade() {
        assertThat(KuramotoSivashinsky.standard()
                        .withSeed(5)
                        .withSamples(1)
                        .simulate()
                        .metadata())
                .containsEntry("equation", "u_t = -u u_x - u_xx - u_xxxx")
                .containsEntry("length", "22.0")
                .containsEntry("seed", "5")
                .containsEntry("interval", "0.2")
                .containsKey("version");
    }

    static double distance(double[] a, double[] b) {
        double worst = 0;
        for (int i = 0; i < a.length; i++) {
            worst = Math.max(worst, Math.abs(a[i] - b[i]));
        }
        return worst;
    }
}
