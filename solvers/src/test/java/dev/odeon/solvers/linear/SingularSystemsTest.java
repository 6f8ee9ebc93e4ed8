package dev.odeon.solvers.linear;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odeon.graph.Compilation;
import dev.odeon.graph.Values;
import dev.odeon.solvers.linear.Runs.Named;
import dev.odeon.solvers.linear.Runs.Numbers;
import dev.odeon.solvers.linear.krylov.Krylov;
import dev.odeon.solvers.linear.krylov.KrylovMethod;
import dev.odeon.solvers.linear.report.CheckedSolution;
import dev.odeon.solvers.linear.report.SolveFailure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/** Singular systems end with a failure, never with an exception, a hang, or numbers that look right. */
class SingularSystemsTest {

    private static final int D = 4;
    private static final int[] ALL = {0, 1, 2, 3};

    private interface Maker {
        LinearOperator<TFloat64> make(Ops tf, Operand<TFloat64> two);
    }

    private record Singular(String name, Maker maker) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** J = 2 I in every guise; I - J / 2 is zero. */
    static List<Singular> twiceTheIdentity() {
        List<Singular> operators = new ArrayList<>();
        operators.add(new Singular("scaled identity", (tf, two) -> ScaledIdentity.of(2)));
        operators.add(new Singular("diagonal", (tf, two) -> Diagonal.of(two)));
        for (CirculantSolve solve : CirculantSolve.values()) {
            operators.add(new Singular(
                    "circulant " + solve,
                    (tf, two) -> Circulant.<TFloat64>stencil(D, 2).solvedBy(solve)));
        }
        for (DenseSolve solve : DenseSolve.values()) {
            operators.add(new Singular("dense " + solve, (tf, two) -> Dense.of(matrix(), solve)));
            operators.add(new Singular(
                    "dense tensor " + solve,
                    (tf, two) -> Dense.of(
                            tf.linalg.matrixSetDiag(tf.constant(new double[D][D]), two, tf.constant(0)), solve)));
        }
        operators.add(new Singular(
                "tridiagonal", (tf, two) -> Tridiagonal.of(new double[D - 1], filled(D, 2), new double[D - 1])));
        operators.add(new Singular("banded", (tf, two) -> Banded.of(0, tf.expandDims(two, tf.constant(0)))));
        operators.add(new Singular("long banded", (tf, two) -> Banded.of(0, padded())));
        operators.add(new Singular(
                "Kronecker sum",
                (tf, two) -> KroneckerSum.of(new double[][] {{1, 0}, {0, 1}}, new double[][] {{1, 0}, {0, 1}})));
        for (KrylovMethod method : KrylovMethod.values()) {
            operators.add(new Singular(
                    "sparse " + method,
                    (tf, two) -> Sparse.of(D, tf.constant(ALL), tf.constant(ALL), two, Krylov.of(method))));
        }
        operators.add(new Singular(
                "sum",
                (tf, two) -> Sum.of(
                        List.of(Diagonal.of(3, 3, 3, 3), ScaledIdentity.<TFloat64>of(-1)),
                        Krylov.of(KrylovMethod.GMRES))));
        return operators;
    }

    private static double[] padded() {
        double[] band = filled(100, -1);
        Arrays.fill(band, 0, D, 2);
        return band;
    }

    private static double[][] matrix() {
        double[][] matrix = new double[D][D];
        for (int i = 0; i < D; i++) {
            matrix[i][i] = 2;
        }
        return matrix;
    }

    @ParameterizedTest
    @MethodSource("twiceTheIdentity")
    void aSingularSystemIsReported(Singular singular) {
        for (Compilation compilation : List.of(Compilation.EXECUTOR, Compilation.XLA)) {
            int d = singular.name().equals("long banded") ? 100 : D;
            Named found = solve(compilation, singular.maker(), 0.5, OperatorCases.random(2 * d, 1, 2, 5), d);
            assertThat(found.get("failure")[0]).as("%s", compilation).isPositive();
            assertThat(found.get("transposed failure")[0]).as("%s", compilation).isPositive();
        }
    }

    /** The loop that does not ask for the failure must see it in the state. */
    @ParameterizedTest
    @MethodSource("twiceTheIdentity")
    void aDirectSolveOfASingularSystemIsNotFinite(Singular singular) {
        if (singular.name().startsWith("sparse") || singular.name().equals("sum")) {
            return;
        }
        int d = singular.name().equals("long banded") ? 100 : D;
        Named found = solve(Compilation.EXECUTOR, singular.maker(), 0.5, OperatorCases.random(2 * d, 1, 2, 5), d);
        assertThat(Arrays.stream(found.get("solution")).allMatch(Double::isFinite))
                .isFalse();
    }

    /** A zero right-hand side, or one that is not finite, is no failure of an iteration. */
    @ParameterizedTest
    @EnumSource
    void anIterationLeavesRightHandSidesThatAreNotFiniteToTheLoop(KrylovMethod method) {
        Maker maker = (tf, two) -> Sparse.of(D, ALL, ALL, new double[] {-1, -2, -3, -4}, Krylov.of(method));
        double[] rhs = {0, 0, 0, 0, 1, Double.NaN, 0, 0};
        Named found = solve(Compilation.EXECUTOR, maker, 0.5, rhs, D);
        assertThat(found.get("failure")[0]).isEqualTo(SolveFailure.NONE.code());
        assertThat(Arrays.copyOf(found.get("solution"), D)).containsExactly(0, 0, 0, 0);
        assertThat(found.get("solution")[5]).isNaN();
    }

    @ParameterizedTest
    @EnumSource
    void anIterationAtItsLimitSaysSo(KrylovMethod method) {
        double[] main = OperatorCases.random(50, -300, -1, 3);
        Maker maker = (tf, two) -> MatrixFree.of(
                Values.of("main", tf.constant(main)),
                (inner, data, u) -> inner.math.mul(u, data.get("main", TFloat64.class)),
                (inner, data, u) -> inner.math.mul(u, data.get("main", TFloat64.class)),
                Krylov.of(method).withMaxIterations(3));
        Named found = solve(Compilation.EXECUTOR, maker, 1, OperatorCases.random(100, 1, 2, 5), 50);
        assertThat(found.get("failure")[0]).isEqualTo(SolveFailure.NOT_CONVERGED.code());
        assertThat(found.get("transposed failure")[0]).isEqualTo(SolveFailure.NOT_CONVERGED.code());
    }

    @Test
    void conjugateGradientsReportAnIndefiniteSystem() {
        Maker maker = (tf, two) -> Sparse.of(D, ALL, ALL, new double[] {3, -1, 4, -2}, Krylov.of(KrylovMethod.CG));
        Named found = solve(Compilation.EXECUTOR, maker, 1, OperatorCases.random(2 * D, 1, 2, 5), D);
        assertThat(found.get("failure")[0]).isEqualTo(SolveFailure.BREAKDOWN.code());
    }

    /** A regular system that needs row exchanges: elimination without them divides by zero and must say so. */
    @ParameterizedTest
    @ValueSource(ints = {4, 100})
    void eliminationWithoutExchangesReportsWhatItCannotSolve(int d) {
        double[] off = filled(d - 1, 1);
        Maker tridiagonal = (tf, two) -> Tridiagonal.of(off, filled(d, 1), off);
        Maker banded = (tf, two) -> Banded.of(1, filled(d, 1), filled(d, 1), filled(d, 1));
        double[] rhs = OperatorCases.random(2 * d, 1, 2, 5);
        assertThat(solve(Compilation.EXECUTOR, tridiagonal, 1, rhs, d).get("failure")[0])
                .isEqualTo(SolveFailure.BREAKDOWN.code());
        // Up to 64 components are one inverse, which needs no exchanges.
        assertThat(solve(Compilation.EXECUTOR, banded, 1, rhs, d).get("failure")[0])
                .isEqualTo((d > 64 ? SolveFailure.BREAKDOWN : SolveFailure.NONE).code());
    }

    private static double[] filled(int count, double value) {
        double[] values = new double[count];
        Arrays.fill(values, value);
        return values;
    }

    /** Singular only to rounding: [[1, 2], [2, 4]] scaled so that no pivot is exactly zero. */
    @ParameterizedTest
    @EnumSource
    void aDenseSystemThatIsSingularToRoundingIsReported(DenseSolve solve) {
        double[][] system = {{0.1, 0.2, 0.3}, {0.4, 0.5, 0.6}, {0.7, 0.8, 0.9}};
        double[][] matrix = FullMatrix.shifted(system, 1);
        for (Class<? extends TFloating> type : List.of(TFloat64.class, TFloat32.class)) {
            assertThat(failuresOf(type, solve, matrix)).containsExactly(1, 1);
        }
    }

    /** Rates of very different size, as stiff problems have them: diagonal, and with a slow component driven by the stiff one. */
    @ParameterizedTest
    @EnumSource
    void aStiffDenseSystemIsNotSingular(DenseSolve solve) {
        double[][] apart = {{-1e7, 0, 0}, {0, -1, 0}, {0, 0, -1e3}};
        double[][] driven = {{-1e7, 3, 1}, {-0.5, -1, 0.5}, {0, 2e3, -1e3}};
        for (Class<? extends TFloating> type : List.of(TFloat64.class, TFloat32.class)) {
            assertThat(failuresOf(type, solve, apart)).containsExactly(0, 0);
            assertThat(failuresOf(type, solve, driven)).containsExactly(0, 0);
        }
    }

    /** One component of I - J is the rounding of 1 - 1, beside another that is large. */
    @ParameterizedTest
    @EnumSource
    void aComponentThatCancelsIsSingularBesideLargeOnes(DenseSolve solve) {
        double[][] matrix = {{1 - Math.ulp(0.5), 0, 0}, {0, -1e7, 0}, {0, 0, -1}};
        assertThat(failuresOf(TFloat64.class, solve, matrix)).containsExactly(1, 1);
    }

    private static <T extends TFloating> double[] failuresOf(Class<T> type, DenseSolve solve, double[][] matrix) {
        Map<String, Numbers> inputs = new LinkedHashMap<>();
        double[] flat = Arrays.stream(matrix).flatMapToDouble(Arrays::stream).toArray();
        inputs.put("matrix", new Numbers(flat, 3, 3));
        Named found = Runs.run(type, Compilation.EXECUTOR, inputs, (tf, values) -> {
            Values results = Values.empty();
            for (LinearOperator<T> dense :
                    List.of(Dense.of(values.get("matrix", type), solve), Dense.<T>of(matrix, solve))) {
                Values factor = dense.factor(tf, type, dense.data(tf, type), 1);
                results = results.with(
                        results.isEmpty() ? "tensor" : "constant",
                        Runs.number(tf, type, factor.get(LinearOperator.FAILURE, TInt32.class)));
            }
            return results;
        });
        return new double[] {found.get("tensor")[0], found.get("constant")[0]};
    }

    private static Named solve(Compilation compilation, Maker maker, double alpha, double[] rhs, int d) {
        Class<TFloat64> type = TFloat64.class;
        Map<String, Numbers> inputs = new LinkedHashMap<>();
        inputs.put("two", new Numbers(filled(D, 2), D));
        inputs.put("rhs", new Numbers(rhs, rhs.length / d, d));
        return Runs.run(type, compilation, inputs, (tf, values) -> {
            LinearOperator<TFloat64> linear = maker.make(tf, values.get("two", type));
            Values factor = linear.factor(tf, type, linear.data(tf, type), alpha);
            Operand<TFloat64> b = values.get("rhs", type);
            CheckedSolution<TFloat64> straight = linear.solveChecked(tf, factor, b);
            CheckedSolution<TFloat64> transposed = linear.solveTransposedChecked(tf, factor, b);
            return Values.of("solution", straight.solution())
                    .with("failure", Runs.number(tf, type, straight.failure()))
                    .with("transposed failure", Runs.number(tf, type, transposed.failure()));
        });
    }
}
