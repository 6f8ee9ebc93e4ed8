package dev.odeon.solvers.tableaux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.odeon.solvers.tableaux.irk.Variational2;
import dev.odeon.solvers.tableaux.irk.Variational3;
import java.util.Arrays;
import java.util.stream.Stream;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExtrapolationTest {

    /** The printed weights of the third-order scheme. */
    private static final double[][] PRINTED = {
        {11.17},
        {-7.5, 19.43},
        {-1.05, -4.75, 13.98},
        {1.8, 0.05, -7.83, 13.8},
        {6.2, -7.17, -1.33, 1.63, 11.52},
        {-2.83, 4.69, 2.46, -11.55, 6.68, 11.95}
    };

    static Stream<double[][]> schemes() {
        return Stream.of(Variational2.weights(), Variational3.weights());
    }

    /**
     * Stage m is no worse than stage m - 1 for its own objective. The sum over the stages is F(z_M) + Q / (2 h) <= F(z_0) with the
     * quadratic form Q = sum_m sum_i gamma_mi (|z_m - z_i|^2 - |z_(m-1) - z_i|^2): F cannot grow where Q is not negative.
     */
    private static double smallestEigenvalue(double[][] gamma) {
        int stages = gamma.length;
        double[][] form = new double[stages + 1][stages + 1];
        for (int m = 1; m <= stages; m++) {
            for (int i = 0; i < m; i++) {
                addSquaredDistance(form, m, i, gamma[m - 1][i]);
                addSquaredDistance(form, m - 1, i, -gamma[m - 1][i]);
            }
        }
        // Distances do not change when all move: z_0 stays at zero.
        double[][] moved = new double[stages][];
        for (int m = 0; m < stages; m++) {
            moved[m] = Arrays.copyOfRange(form[m + 1], 1, stages + 1);
        }
        double[] eigenvalues = new EigenDecompositionSymmetric(new Array2DRowRealMatrix(moved)).getEigenvalues();
        return Arrays.stream(eigenvalues).min().orElseThrow();
    }

    private static void addSquaredDistance(double[][] form, int i, int j, double weight) {
        form[i][i] += weight;
        form[j][j] += weight;
        form[i][j] -= weight;
        form[j][i] -= weight;
    }

    @ParameterizedTest
    @MethodSource("schemes")
    void noStepOfAnySizeIncreasesTheEnergy(double[][] gamma) {
        assertThat(smallestEigenvalue(gamma)).isPositive();
    }

    @Test
    void aSchemeThatLooksAheadTooFarMayIncreaseIt() {
        assertThat(smallestEigenvalue(new double[][] {{1}, {-3, 4}})).isNegative();
    }

    @Test
    void theWeightsOfOrderThreeRoundToThePrintedOnes() {
        double[][] weights = Variational3.weights();
        for (int m = 0; m < weights.length; m++) {
            assertThat(weights[m]).containsExactly(PRINTED[m], within(0.0032));
        }
        assertThatThrownBy(() -> ImplicitTableau.of(3, Extrapolation.of(PRINTED)))
                .hasMessageContaining("sum of b is 0.998");
    }

    @Test
    void oneStageIsBackwardEuler() {
        Butcher coefficients = Extrapolation.of(new double[] {1});
        assertThat(coefficients.a(0, 0)).isEqualTo(1);
        assertThat(coefficients.b(0)).isEqualTo(1);
    }

    @Test
    void rowsThatAreNoMinimisersAreRefused() {
        assertThatThrownBy(() -> Extrapolation.of(new double[] {1}, new double[] {-3, 2}))
                .hasMessageContaining("sum of row 1 is -1.0");
        assertThatThrownBy(() -> Extrapolation.of(new double[] {1, 2})).hasMessageContaining("has 2 entries");
    }
}
