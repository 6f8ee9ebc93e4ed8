package dev.odeon.solvers.linear.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;

class SymmetricEigenTest {

    @Test
    void valuesOfTheLaplacianAreTheKnownOnes() {
        int d = 32;
        double[][] laplacian = new double[d][d];
        for (int i = 0; i < d; i++) {
            laplacian[i][i] = -2;
            if (i > 0) {
                laplacian[i][i - 1] = 1;
                laplacian[i - 1][i] = 1;
            }
        }
        double[] expected = new double[d];
        Arrays.setAll(expected, k -> -4 * Math.pow(Math.sin(Math.PI * (d - k) / (2.0 * (d + 1))), 2));
        double[] values = SymmetricEigen.of(laplacian).values();
        Arrays.sort(values);
        assertThat(values).usingComparatorWithPrecision(1e-13).containsExactly(expected);
    }

    @Test
    void vectorsAreOrthonormalAndRebuildTheMatrix() {
        Random random = new Random(4);
        int d = 25;
        double[][] half = new double[d][];
        for (int i = 0; i < d; i++) {
            half[i] = random.doubles(d, -1, 1).toArray();
        }
        RealMatrix a = new Array2DRowRealMatrix(half);
        a = a.add(a.transpose());
        SymmetricEigen eigen = SymmetricEigen.of(a.getData());
        RealMatrix v = new Array2DRowRealMatrix(eigen.vectors());
        RealMatrix rebuilt =
                v.multiply(MatrixUtils.createRealDiagonalMatrix(eigen.values())).multiply(v.transpose());
        assertThat(rebuilt.subtract(a).getNorm1()).isLessThan(1e-12);
        assertThat(v.transpose()
                        .multiply(v)
                        .subtract(MatrixUtils.createRealIdentityMatrix(d))
                        .getNorm1())
                .isLessThan(1e-12);
    }

    @Test
    void aDiagonalMatrixIsItsOwnDecomposition() {
        SymmetricEigen eigen = SymmetricEigen.of(new double[][] {{3, 0}, {0, -1}});
        assertThat(eigen.values()).containsExactly(3, -1);
        assertThat(SymmetricEigen.of(new double[2][2]).values()).containsExactly(0, 0);
    }
}
