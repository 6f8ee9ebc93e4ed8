package dev.odeon.solvers.linear.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.LUDecomposition;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;

class LuFactorsTest {

    private static RealMatrix random(int d, long seed) {
        Random random = new Random(seed);
        double[][] matrix = new double[d][];
        for (int i = 0; i < d; i++) {
            matrix[i] = random.doubles(d, -1, 1).toArray();
        }
        return new Array2DRowRealMatrix(matrix);
    }

    @Test
    void theFactorsMultiplyToTheExchangedRows() {
        RealMatrix a = random(40, 1);
        LuFactors factors = LuFactors.of(a.getData());
        RealMatrix product =
                new Array2DRowRealMatrix(factors.lower()).multiply(new Array2DRowRealMatrix(factors.upper()));
        for (int i = 0; i < 40; i++) {
            assertThat(product.getRow(i))
                    .usingComparatorWithPrecision(1e-13)
                    .containsExactly(a.getRow(factors.permutation()[i]));
        }
    }

    /** Large enough for the rows to be shared among threads. */
    @Test
    void theInverseEqualsThatOfAnIndependentLibrary() {
        RealMatrix a = random(200, 2);
        RealMatrix expected = new LUDecomposition(a).getSolver().getInverse();
        RealMatrix inverse = new Array2DRowRealMatrix(LuFactors.of(a.getData()).inverse());
        assertThat(inverse.subtract(expected).getNorm1()).isLessThan(1e-10 * expected.getNorm1());
    }

    @Test
    void theConditionIsEstimatedFromAboveAndClosely() {
        for (long seed = 3; seed < 13; seed++) {
            RealMatrix a = random(30, seed);
            LuFactors factors = LuFactors.of(a.getData());
            double[] sizes = new Random(seed).doubles(30, 1e-6, 1e6).toArray();
            RealMatrix inverse = new LUDecomposition(a).getSolver().getInverse();
            double exact = 1
                    / inverse.multiply(MatrixUtils.createRealDiagonalMatrix(sizes))
                            .getNormInfty();
            assertThat(factors.reciprocalCondition(sizes)).isBetween(exact * (1 - 1e-9), 20 * exact);
        }
    }

    @Test
    void aSingularMatrixHasNoCondition() {
        assertThat(LuFactors.of(new double[][] {{1, 2}, {2, 4}}).reciprocalCondition(new double[] {1, 1}))
                .isZero();
        assertThat(LuFactors.of(new double[][] {{0, 0}, {0, 0}}).reciprocalCondition(new double[] {1, 1}))
                .isZero();
        assertThat(LuFactors.of(new double[][] {{0.1, 0.2, 0.3}, {0.4, 0.5, 0.6}, {0.7, 0.8, 0.9}})
                        .reciprocalCondition(new double[] {1, 1, 1}))
                .isCloseTo(0, within(1e-15));
    }
}
