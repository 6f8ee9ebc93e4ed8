package dev.odeon.solvers.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.odeon.graph.Compilation;
import dev.odeon.graph.Floats;
import dev.odeon.graph.TestGraph;
import dev.odeon.graph.Values;
import dev.odeon.solvers.linear.report.SolveFailure;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

class SampleFactorsTest {

    private static final double[] SCALES = {0.5, -2, 0};
    private static final double ALPHA = 0.3;
    private static final double[] RHS = {1, 2, -3, 0.5, 4, 0.1, -1, 2, 0, 3, 1, -0.2};

    private static <T extends TFloating> LinearOperator<T> operator(String name) {
        return switch (name) {
            case "identity" -> ScaledIdentity.of(-3);
            case "diagonal" -> Diagonal.of(-1, 2, -30, 0);
            case "multiple" -> Scaled.of(2, Diagonal.of(-0.5, 1, -15, 0));
            case "pair" -> PairBlock.of(new double[][] {{2, 0.5}, {0, -3}});
            default -> Circulant.stencil(4, 1, -3, 0.5);
        };
    }

    /** Both solves, on the clock of each sample at once and sample by sample. */
    private static <T extends TFloating> Map<String, double[]> solves(Class<T> type, String name) {
        return Runs.run(type, Compilation.EXECUTOR, Map.of("rhs", new Runs.Numbers(RHS, 3, 4)), (tf, in) -> {
                    Operand<T> rhs = in.get("rhs", type);
                    SampleScaled<T> scaled =
                            SampleScaled.of(scale(Floats.constant(tf, type, Shape.of(3, 1), SCALES)), operator(name));
                    Values data = scaled.data(tf, type);
                    Values factor = scaled.factor(tf, type, data, ALPHA);
                    Values results = Values.of("solve", scaled.solve(tf, factor, rhs))
                            .with("transposed", scaled.solveTransposed(tf, factor, rhs))
                            .with("product", scaled.apply(tf, data, rhs))
                            .with("failure", Runs.number(tf, type, factor.get(LinearOperator.FAILURE, TInt32.class)));
                    for (int b = 0; b < 3; b++) {
                        LinearOperator<T> alone = operator(name);
                        Values own = alone.data(tf, type);
                        Operand<T> row = tf.gather(rhs, tf.constant(new int[] {b}), tf.constant(0));
                        Values ownFactor = alone.factor(tf, type, own, ALPHA * SCALES[b]);
                        results = results.with("solve" + b, alone.solve(tf, ownFactor, row))
                                .with("transposed" + b, alone.solveTransposed(tf, ownFactor, row))
                                .with("product" + b, alone.apply(tf, own, row));
                    }
                    return results;
                })
                .all();
    }

    @ParameterizedTest
    @ValueSource(strings = {"identity", "diagonal", "multiple", "pair", "circulant"})
    void everySampleIsSolvedWithItsOwnAlpha(String name) {
        requireRowsOfTheirOwn(solves(TFloat64.class, name), 1e-13);
        requireRowsOfTheirOwn(solves(TFloat32.class, name), 1e-5);
    }

    private static void requireRowsOfTheirOwn(Map<String, double[]> found, double tolerance) {
        assertThat(found.get("failure")).containsExactly(SolveFailure.NONE.code());
        for (int b = 0; b < 3; b++) {
            for (int k = 0; k < 4; k++) {
                int i = 4 * b + k;
                assertThat(at(found, "solve", i)).isCloseTo(at(found, "solve" + b, k), within(tolerance));
                assertThat(at(found, "transposed", i)).isCloseTo(at(found, "transposed" + b, k), within(tolerance));
                assertThat(at(found, "product", i))
                        .isCloseTo(SCALES[b] * at(found, "product" + b, k), within(100 * tolerance));
            }
        }
    }

    private static double at(Map<String, double[]> found, String name, int index) {
        return new Runs.Named(found).get(name)[index];
    }

    @ParameterizedTest
    @ValueSource(strings = {"identity", "diagonal", "multiple", "pair", "circulant"})
    void aSampleWhoseSystemIsSingularIsFlagged(String name) {
        // An eigenvalue of each operator: of the circulant its row sum.
        double eigenvalue = name.equals("identity") ? -3 : name.equals("circulant") ? -1.5 : 2;
        try (TestGraph graph = new TestGraph()) {
            var tf = graph.tf();
            Operand<TFloat64> scales =
                    Floats.constant(tf, TFloat64.class, Shape.of(2, 1), 0.1, 1 / (eigenvalue * ALPHA));
            SampleScaled<TFloat64> scaled = SampleScaled.of(scale(scales), operator(name));
            Values factor = scaled.factor(tf, TFloat64.class, scaled.data(tf, TFloat64.class), ALPHA);
            Operand<TFloat64> rhs = Floats.constant(tf, TFloat64.class, Shape.of(2, 4), 1, 2, 3, 4, 1, 2, 3, 4);
            assertThat(graph.evaluateInt(factor.get(LinearOperator.FAILURE, TInt32.class)))
                    .isEqualTo(SolveFailure.SINGULAR.code());
            double[] solved = graph.evaluate(scaled.solve(tf, factor, rhs));
            for (int k = 0; k < 4; k++) {
                assertThat(solved[k]).isFinite();
            }
            assertThat(solved[4] + solved[5] + solved[6] + solved[7]).isNaN();
        }
    }

    @Test
    void operatorsWithOneFactorForTheBatchAreRefused() {
        try (TestGraph graph = new TestGraph()) {
            Operand<TFloat64> scales = Floats.constant(graph.tf(), TFloat64.class, Shape.of(1, 1), 2);
            assertThatThrownBy(() -> SampleScaled.of(
                            scale(scales), Tridiagonal.of(new double[] {1}, new double[] {-2, -2}, new double[] {1})))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("Tridiagonal")
                    .hasMessageContaining("Diagonal or");
        }
    }

    private static Values scale(Operand<?> column) {
        return Values.empty().withConstant(SampleScaled.SCALE, column);
    }
}
