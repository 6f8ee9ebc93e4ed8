package dev.odeon.solvers.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odeon.graph.TestGraph;
import dev.odeon.graph.Values;
import dev.odeon.solvers.linear.krylov.Krylov;
import dev.odeon.solvers.linear.krylov.KrylovMethod;
import dev.odeon.solvers.linear.report.SolveFailure;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat64;

/** Every refusal names the value and the remedy. */
class OperatorMisuseTest {

    private static final Krylov GMRES = Krylov.of(KrylovMethod.GMRES);
    private static final double[][] UNSYMMETRIC = {{1, 2}, {3, 4}};
    private static final double[][] SYMMETRIC = {{1, 2}, {2, 1}};

    private static void refused(String value, String remedy, ThrowingCallable misuse) {
        assertThatThrownBy(misuse)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(value)
                .hasMessageContaining(remedy);
    }

    @Test
    void numbersThatAreNotFinite() {
        refused("Infinity", "finite", () -> ScaledIdentity.of(Double.POSITIVE_INFINITY));
        refused("NaN at index 1", "finite", () -> Diagonal.of(1, Double.NaN));
        refused("NaN", "finite", () -> Circulant.stencil(5, 1, Double.NaN, 1));
        refused("NaN", "finite", () -> Scaled.of(Double.NaN, ScaledIdentity.<TFloat64>of(1)));
        refused("Row 1", "finite", () -> Dense.of(new double[][] {{1, 2}, {Double.NaN, 3}}, DenseSolve.LU));
    }

    @Test
    void shapesThatDoNotFit() {
        refused("0 entries", "one for each component", () -> Diagonal.of());
        refused("4 coefficients", "odd number", () -> Circulant.stencil(9, 1, 2, 3, 4));
        refused("5 coefficients on 3 points", "at most one per point", () -> Circulant.stencil(3, 1, 2, 3, 4, 5));
        refused("3 entries", "square", () -> Dense.of(new double[][] {{1, 2, 3}, {4, 5, 6}}, DenseSolve.LU));
        refused("1, 3 and 2", "d - 1, d and d - 1", () -> Tridiagonal.of(new double[1], new double[3], new double[2]));
        refused("3 lower bands of 3", "main diagonal", () -> Banded.of(3, new double[4], new double[4], new double[4]));
        refused("Band 1 has 3", "every band", () -> Banded.of(0, new double[4], new double[3]));
        refused("on 2 components", "leave out", () -> Banded.of(2, new double[2], new double[2], new double[2]));
        refused("1 operators", "at least two", () -> Sum.of(List.of(ScaledIdentity.<TFloat64>of(1)), GMRES));
        refused("is 3.0", "symmetric", () -> KroneckerSum.of(UNSYMMETRIC, SYMMETRIC));
    }

    /** TensorFlow would repeat a single rate along the state. */
    @Test
    void aDiagonalOfAnotherLengthThanTheState() {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Operand<TFloat64> state = tf.constant(new double[2][5]);
            Diagonal<TFloat64> one = Diagonal.of(-3);
            Values data = one.data(tf, TFloat64.class);
            refused("1 entry on a state of 5", "ScaledIdentity", () -> one.apply(tf, data, state));
            Values factor = one.factor(tf, TFloat64.class, data, 0.1);
            refused("1 entry on a state of 5", "ScaledIdentity", () -> one.solve(tf, factor, state));
            assertThat(graph.evaluate(one.apply(tf, data, tf.constant(new double[][] {{2}}))))
                    .containsExactly(-6);
        }
    }

    @Test
    void entriesOutsideTheMatrix() {
        int[] rows = {0, 2};
        int[] columns = {1, 5};
        double[] weights = {1, 1};
        refused("column of entry 1 is 5", "0 to 2", () -> Sparse.of(3, rows, columns, weights, GMRES));
        refused("row of entry 1 is 2", "0 to 1", () -> Sparse.of(2, rows, new int[] {1, 1}, weights, GMRES));
        refused("2 rows, 1 columns", "one of each", () -> Sparse.of(3, rows, new int[] {1}, weights, GMRES));
        refused("to 1 for 2", "end at", () -> Sparse.compressed(new int[] {0, 1}, columns, weights, GMRES));
        refused(
                "Offset 1 follows 2",
                "must not fall",
                () -> Sparse.compressed(new int[] {0, 2, 1, 2}, new int[] {0, 1}, weights, GMRES));
    }

    @Test
    void tensorsOfTheWrongShape() {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Operand<TFloat64> vector = tf.constant(new double[] {1, 2, 3});
            Operand<TFloat64> unknown = tf.placeholder(TFloat64.class, Placeholder.shape(Shape.of(-1)));
            Operand<TFloat64> oblong = tf.constant(new double[2][3]);
            refused("[3]", "shape", () -> ScaledIdentity.of(vector));
            refused("[2, 3]", "shape", () -> Diagonal.of(oblong));
            refused("[2, 3]", "square", () -> Dense.of(oblong, DenseSolve.INVERSE));
            refused("[-1]", "tf.ensureShape", () -> Tridiagonal.of(vector, unknown, vector));
            refused("[3]", "tf.ensureShape", () -> Banded.of(0, vector));
            refused("[3]", "shape", () -> KroneckerSum.of(SYMMETRIC, SYMMETRIC, vector, vector));
            refused(
                    "[3]",
                    "[2]",
                    () -> Sparse.of(3, tf.constant(new int[] {0, 1}), tf.constant(new int[] {0, 1}), vector, GMRES));
        }
    }

    @Test
    void settingsOutOfRange() {
        refused("0.0", "between 0 and 1", () -> GMRES.withTolerance(0));
        refused("NaN", "between 0 and 1", () -> GMRES.withTolerance(Double.NaN));
        refused("limit of 0", "at least one", () -> GMRES.withMaxIterations(0));
        refused("restart after -1", "at least one", () -> GMRES.withRestart(-1));
        refused("17", "CheckedSolution.failure()", () -> SolveFailure.ofCode(17));
    }
}
