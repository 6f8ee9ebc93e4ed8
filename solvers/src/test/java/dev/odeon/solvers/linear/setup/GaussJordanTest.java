package dev.odeon.solvers.linear.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.odeon.graph.Compilation;
import dev.odeon.graph.Floats;
import dev.odeon.graph.TestGraph;
import dev.odeon.graph.Values;
import dev.odeon.graph.runtime.Gpus;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;

class GaussJordanTest {

    private static final String INVERSE = "inverse";
    private static final String PIVOTS = "pivots";

    private static double[][] invert(Compilation compilation, int n, double[]... matrices) {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            double[] flat = new double[matrices.length * n * n];
            for (int b = 0; b < matrices.length; b++) {
                System.arraycopy(matrices[b], 0, flat, b * n * n, n * n);
            }
            Values data = Values.of("a", Floats.constant(tf, TFloat64.class, Shape.of(matrices.length, n, n), flat));
            Values result = compilation.run(tf, "inverse", data, (inner, values) -> {
                GaussJordan<TFloat64> eliminated = GaussJordan.of(inner, values.get("a", TFloat64.class), n);
                return Values.of(INVERSE, eliminated.inverse()).with(PIVOTS, eliminated.pivots());
            });
            return new double[][] {graph.evaluate(result.get(INVERSE)), graph.evaluate(result.get(PIVOTS))};
        }
    }

    /** Random numbers need row exchanges; a zero on the diagonal needs one at once. */
    private static double[] matrix(int n, long seed) {
        double[] matrix = new Random(seed).doubles((long) n * n, -1, 1).toArray();
        matrix[0] = 0;
        return matrix;
    }

    private static double[] product(double[] a, double[] b, int from, int n) {
        double[] product = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                for (int k = 0; k < n; k++) {
                    product[i * n + j] += a[i * n + k] * b[from + k * n + j];
                }
            }
        }
        return product;
    }

    @ParameterizedTest
    @CsvSource({"EXECUTOR, 3", "EXECUTOR, 20", "XLA, 3", "XLA, 12"})
    void matricesTimesTheirInversesAreTheIdentity(Compilation compilation, int n) {
        double[] first = matrix(n, 1);
        double[] second = matrix(n, 2);
        double[] inverses = invert(compilation, n, first, second)[0];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double identity = i == j ? 1 : 0;
                assertThat(product(first, inverses, 0, n)[i * n + j]).isCloseTo(identity, within(1e-11));
                assertThat(product(second, inverses, n * n, n)[i * n + j]).isCloseTo(identity, within(1e-11));
            }
        }
    }

    @Test
    void aSingularMatrixEndsNothingAndHarmsNoOther() {
        double[] singular = {1, 2, 3, 2, 4, 6, 0, 1, 1};
        double[] notANumber = {1, 0, 0, 0, Double.NaN, 0, 0, 0, 1};
        double[] good = {0, 1, 0, 0, 0, 2, 4, 0, 0};
        double[][] results = invert(Compilation.EXECUTOR, 3, singular, notANumber, good);
        assertThat(results[1][2]).isLessThan(1e-15);
        assertThat(results[1][0]).isEqualTo(2);
        assertThat(results[0][9]).isNaN();
        double[] ofGood = new double[9];
        System.arraycopy(results[0], 18, ofGood, 0, 9);
        assertThat(ofGood).containsExactly(new double[] {0, 0, 0.25, 1, 0, 0, 0, 0.5, 0}, within(1e-15));
    }

    @Test
    void itSuitsGraphsForGpusWhoseWidthsAreKnown() {
        Gpus.targeting(() -> {
            assertThat(GaussJordan.suits(4)).isTrue();
            assertThat(GaussJordan.suits(Shape.UNKNOWN_SIZE)).isFalse();
            assertThat(GaussJordan.suits(0)).isFalse();
            return null;
        });
    }
}
