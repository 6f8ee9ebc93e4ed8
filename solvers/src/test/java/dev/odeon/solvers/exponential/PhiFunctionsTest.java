package dev.odeon.solvers.exponential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.odeon.graph.Floats;
import dev.odeon.graph.TestGraph;
import dev.odeon.graph.Values;
import dev.odeon.solvers.linear.Circulant;
import dev.odeon.solvers.linear.CirculantSolve;
import dev.odeon.solvers.linear.Dense;
import dev.odeon.solvers.linear.DenseSolve;
import dev.odeon.solvers.linear.Diagonal;
import dev.odeon.solvers.linear.KroneckerSum;
import dev.odeon.solvers.linear.LinearOperator;
import dev.odeon.solvers.linear.Scaled;
import dev.odeon.solvers.stepper.Problem;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;

/** phi_0 to phi_3 against series of many digits, and every way to apply them against dense matrices. */
class PhiFunctionsTest {

    private static final Class<TFloat64> TYPE = TFloat64.class;
    private static final int SERIES = 400;

    /** The product of a row with phi_k(c J). */
    private static double[] product(LinearOperator<TFloat64> linear, int k, double c, double[] row) {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Shape shape = Shape.of(1, row.length);
            Problem<TFloat64> problem = new Problem<>((inner, t, u, theta) -> u, linear, TYPE, shape);
            Operand<TFloat64> rows = tf.placeholderWithDefault(Floats.constant(tf, TYPE, shape, row), shape);
            double[] weights = new double[k + 1];
            weights[k] = 1;
            Values function =
                    PhiFunctions.of(tf, problem, linear.data(tf, TYPE), c).combined(tf, weights);
            return graph.evaluate(PhiFunctions.product(tf, linear, function, rows));
        }
    }

    /** sum_j z^j / (j + k)! with digits enough for the cancellation at large negative z. */
    private static double exact(int k, double z) {
        BigDecimal argument = new BigDecimal(z);
        MathContext digits = new MathContext(120);
        BigDecimal term = BigDecimal.ONE.divide(factorial(k), digits);
        BigDecimal sum = term;
        for (int j = 1; j <= SERIES; j++) {
            term = term.multiply(argument).divide(BigDecimal.valueOf(j + k), digits);
            sum = sum.add(term);
        }
        return sum.doubleValue();
    }

    private static BigDecimal factorial(int k) {
        BigDecimal product = BigDecimal.ONE;
        for (int j = 2; j <= k; j++) {
            product = product.multiply(BigDecimal.valueOf(j));
        }
        return product;
    }

    /** Zero, close to it, on both sides of the change from series to recurrence, and far away. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void theFunctionsOfNumbersKeepTheirDigits(int k) {
        double[] z = {0, 1e-300, -1e-12, 1e-5, -0.3, 0.999999, -0.999999, -1.000001, 1.000001, -2, 3, -20, -60, 20};
        double[] ones = new double[z.length];
        Arrays.fill(ones, 1);
        double[] found = product(Diagonal.of(z), k, 1, ones);
        for (int i = 0; i < z.length; i++) {
            double expected = exact(k, z[i]);
            assertThat(found[i]).as("phi%s(%s)", k, z[i]).isCloseTo(expected, within(2e-14 * Math.abs(expected)));
        }
    }

    /** A stencil that is not symmetric has complex eigenvalues; c from almost nothing to stiff. */
    @ParameterizedTest
    @ValueSource(doubles = {1e-9, 0.02, 1, 30})
    void ringsAgreeWithDenseMatrices(double c) {
        for (int d : new int[] {7, 8}) {
            double[] stencil = {1.3, -2, 0.4};
            double[][] matrix = new double[d][d];
            for (int i = 0; i < d; i++) {
                for (int j = -1; j <= 1; j++) {
                    matrix[i][Math.floorMod(i + j, d)] += stencil[j + 1];
                }
            }
            double[] row = new Random(3).doubles(d, -1, 1).toArray();
            for (int k = 0; k < 4; k++) {
                double[] expected = product(Dense.of(matrix, DenseSolve.LU), k, c, row);
                for (CirculantSolve solve : CirculantSolve.values()) {
                    Circulant<TFloat64> ring =
                            Circulant.<TFloat64>stencil(d, stencil).solvedBy(solve);
                    assertThat(product(ring, k, c, row)).containsExactly(expected, within(1e-13));
                    Circulant<TFloat64> half =
                            Circulant.<TFloat64>stencil(d, 0.65, -1, 0.2).solvedBy(solve);
                    assertThat(product(Scaled.of(2, half), k, c, row)).containsExactly(expected, within(1e-13));
                }
            }
        }
    }

    @Test
    void gridsAgreeWithDenseMatrices() {
        double[][] lx = {{-2, 1}, {1, -2}};
        double[][] ly = {{-2, 1, 0}, {1, -2, 1}, {0, 1, -3}};
        double[][] matrix = new double[6][6];
        for (int i = 0; i < 6; i++) {
            for (int j = 0; j < 6; j++) {
                matrix[i][j] = (i % 3 == j % 3 ? lx[i / 3][j / 3] : 0) + (i / 3 == j / 3 ? ly[i % 3][j % 3] : 0);
            }
        }
        double[] row = {1, -2, 0.5, 3, 0, 0.2};
        for (int k : List.of(0, 3)) {
            assertThat(product(KroneckerSum.of(lx, ly), k, 0.7, row))
                    .containsExactly(product(Dense.of(matrix, DenseSolve.LU), k, 0.7, row), within(1e-13));
        }
    }
}
