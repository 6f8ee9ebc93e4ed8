package dev.odeon.solvers.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.odeon.graph.Compilation;
import dev.odeon.graph.Floats;
import dev.odeon.graph.Gradients;
import dev.odeon.graph.Values;
import dev.odeon.solvers.linear.Runs.Named;
import dev.odeon.solvers.linear.Runs.Numbers;
import dev.odeon.solvers.linear.report.CheckedSolution;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TFloating;

/** What every linear operator promises, tried on all of them. */
class LinearOperatorContractTest {

    static List<OperatorCase> operators() {
        return OperatorCases.all();
    }

    private static <T extends TFloating> Named everything(
            OperatorCase operator, Class<T> type, Compilation compilation, int batch, double... alphas) {
        int d = operator.matrix().length;
        Map<String, Numbers> inputs = new LinkedHashMap<>(operator.trained());
        inputs.put("u", new Numbers(OperatorCases.random(batch * d, -1, 1, 20), batch, d));
        return Runs.run(type, compilation, inputs, (tf, values) -> {
            LinearOperator<T> linear = operator.maker().make(tf, type, values);
            Operand<T> u = values.get("u", type);
            Values data = linear.data(tf, type);
            Values results = Values.of("product", linear.apply(tf, data, u))
                    .with("transposed product", linear.applyTransposed(tf, data, u));
            for (double alpha : alphas) {
                results = results.and(solves(tf, linear, linear.factor(tf, type, data, alpha), u)
                        .prefixed(alpha + " "));
            }
            return results;
        });
    }

    private static <T extends TFloating> Values solves(
            Ops tf, LinearOperator<T> linear, Values factor, Operand<T> rhs) {
        CheckedSolution<T> straight = linear.solveChecked(tf, factor, rhs);
        CheckedSolution<T> transposed = linear.solveTransposedChecked(tf, factor, rhs);
        return Values.of("solution", straight.solution())
                .with("transposed solution", transposed.solution())
                .with("failure", Runs.number(tf, rhs.type(), straight.failure()))
                .with("transposed failure", Runs.number(tf, rhs.type(), transposed.failure()));
    }

    private static double[] rhs(int batch, int d) {
        return OperatorCases.random(batch * d, -1, 1, 20);
    }

    @ParameterizedTest
    @MethodSource("operators")
    void productsAreThoseOfTheMatrix(OperatorCase operator) {
        double[][] matrix = operator.matrix();
        for (Class<? extends TFloating> type : List.of(TFloat64.class, TFloat32.class)) {
            Named found = everything(operator, type, Compilation.EXECUTOR, 3);
            double rounding = 50 * Floats.epsilon(type);
            double[] u = rhs(3, matrix.length);
            assertThat(found.get("product"))
                    .usingComparatorWithPrecision(rounding)
                    .containsExactly(FullMatrix.product(matrix, u));
            assertThat(found.get("transposed product"))
                    .usingComparatorWithPrecision(rounding)
                    .containsExactly(FullMatrix.product(FullMatrix.transposed(matrix), u));
        }
    }

    @ParameterizedTest
    @MethodSource("operators")
    void solvesInvertTheShiftedMatrixInBothElementTypes(OperatorCase operator) {
        requireInverse(operator, TFloat64.class, 1, 0, 1.3);
        requireInverse(operator, TFloat64.class, 3, 0.05);
        requireInverse(operator, TFloat32.class, 3, 0.05, 1.3);
    }

    /** As a chosen step makes it: the size is a tensor. */
    @ParameterizedTest
    @MethodSource("operators")
    void factorsForATensorSolveAsThoseForTheNumber(OperatorCase operator) {
        int d = operator.matrix().length;
        Map<String, Numbers> inputs = new LinkedHashMap<>(operator.trained());
        inputs.put("u", new Numbers(rhs(3, d), 3, d));
        inputs.put("alpha", new Numbers(new double[] {0.4}));
        Class<TFloat64> type = TFloat64.class;
        Named found = Runs.run(type, Compilation.EXECUTOR, inputs, (tf, values) -> {
            LinearOperator<TFloat64> linear = operator.maker().make(tf, type, values);
            Values data = linear.data(tf, type);
            Operand<TFloat64> u = values.get("u", type);
            Values known = linear.factor(tf, type, data, 0.4);
            Values chosen = linear.factor(tf, type, data, values.get("alpha", type));
            return solves(tf, linear, known, u)
                    .prefixed("known ")
                    .and(solves(tf, linear, chosen, u).prefixed("chosen "));
        });
        double rounding = operator.rounding() * Math.ulp(1.0) * d;
        for (String name : List.of("solution", "transposed solution", "failure", "transposed failure")) {
            assertThat(found.get("chosen " + name)).containsExactly(found.get("known " + name), within(rounding));
        }
    }

    private static void requireInverse(
            OperatorCase operator, Class<? extends TFloating> type, int batch, double... alphas) {
        Named found = everything(operator, type, Compilation.EXECUTOR, batch, alphas);
        double allowed = Math.max(operator.rounding() * Math.ulp(1.0), 100 * Floats.epsilon(type));
        for (double alpha : alphas) {
            double[][] system = FullMatrix.shifted(operator.matrix(), alpha);
            String at = alpha + " ";
            double[] b = rhs(batch, system.length);
            assertThat(FullMatrix.residual(system, found.get(at + "solution"), b))
                    .as("residual at alpha = %s in %s", alpha, type.getSimpleName())
                    .isLessThan(allowed);
            assertThat(FullMatrix.residual(FullMatrix.transposed(system), found.get(at + "transposed solution"), b))
                    .as("transposed residual at alpha = %s in %s", alpha, type.getSimpleName())
                    .isLessThan(allowed);
            assertThat(found.get(at + "failure")).containsExactly(0);
            assertThat(found.get(at + "transposed failure")).containsExactly(0);
        }
    }

    @ParameterizedTest
    @MethodSource("operators")
    void transposesAgreeInInnerProducts(OperatorCase operator) {
        int d = operator.matrix().length;
        Map<String, Numbers> inputs = new LinkedHashMap<>(operator.trained());
        inputs.put("u", new Numbers(OperatorCases.random(2 * d, -1, 1, 21), 2, d));
        inputs.put("w", new Numbers(OperatorCases.random(2 * d, -1, 1, 22), 2, d));
        Class<TFloat64> type = TFloat64.class;
        Named found = Runs.run(type, Compilation.EXECUTOR, inputs, (tf, values) -> {
            LinearOperator<TFloat64> linear = operator.maker().make(tf, type, values);
            Operand<TFloat64> u = values.get("u", type);
            Operand<TFloat64> w = values.get("w", type);
            Values data = linear.data(tf, type);
            Values factor = linear.factor(tf, type, data, 0.4);
            return Values.of("J", inner(tf, w, linear.apply(tf, data, u)))
                    .with("J^T", inner(tf, linear.applyTransposed(tf, data, w), u))
                    .with("solve", inner(tf, w, linear.solve(tf, factor, u)))
                    .with("solve^T", inner(tf, linear.solveTransposed(tf, factor, w), u));
        });
        double rounding = operator.rounding() * Math.ulp(1.0) * d;
        assertThat(found.get("J^T")[0]).isCloseTo(found.get("J")[0], within(1e-13 * d));
        assertThat(found.get("solve^T")[0]).isCloseTo(found.get("solve")[0], within(rounding));
    }

    private static <T extends TFloating> Operand<T> inner(Ops tf, Operand<T> a, Operand<T> b) {
        return tf.reduceSum(tf.math.mul(a, b), tf.constant(new int[] {0, 1}));
    }

    @ParameterizedTest
    @MethodSource("operators")
    void theGradientOfTheDataEqualsFiniteDifferences(OperatorCase operator) {
        int d = operator.matrix().length;
        double[] u = OperatorCases.random(2 * d, -1, 1, 21);
        double[] w = OperatorCases.random(2 * d, -1, 1, 22);
        Map<String, Numbers> inputs = new LinkedHashMap<>(operator.trained());
        inputs.put("u", new Numbers(u, 2, d));
        inputs.put("w", new Numbers(w, 2, d));
        Class<TFloat64> type = TFloat64.class;
        Named found = Runs.run(type, Compilation.EXECUTOR, inputs, (tf, values) -> {
            LinearOperator<TFloat64> linear = operator.maker().make(tf, type, values);
            Values data = linear.data(tf, type);
            // An operator on constants has no gradient; the state stands in so that there is something to fetch.
            return data.differentiable().isEmpty()
                    ? Values.of("u", tf.identity(values.get("u", type)))
                    : linear.gradient(tf, data, values.get("u", type), values.get("w", type));
        });
        if (operator.trained().isEmpty()) {
            assertThat(found.all()).containsOnlyKeys("u");
            return;
        }
        assertThat(found.all()).containsOnlyKeys(operator.trained().keySet());
        operator.trained().forEach((name, numbers) -> {
            for (int i = 0; i < numbers.values().length; i += 1 + numbers.values().length / 7) {
                double difference = (form(operator, name, i, 1, u, w) - form(operator, name, i, -1, u, w)) / 2;
                assertThat(found.get(name)[i]).as("%s[%s]", name, i).isCloseTo(difference, within(1e-11));
            }
        });
    }

    /** w . J u with one number of the data changed; J is linear in its data, so that any change will do. */
    private static double form(OperatorCase operator, String name, int i, double change, double[] u, double[] w) {
        Map<String, Numbers> changed = new HashMap<>(operator.trained());
        changed.computeIfPresent(name, (key, numbers) -> {
            double[] values = numbers.values().clone();
            values[i] += change;
            return new Numbers(values, numbers.shape());
        });
        double[] product = FullMatrix.product(operator.dense().apply(Named.of(changed)), u);
        double sum = 0;
        for (int k = 0; k < product.length; k++) {
            sum += w[k] * product[k];
        }
        return sum;
    }

    @ParameterizedTest
    @MethodSource("operators")
    void theProductPassesTheGradientOfTheState(OperatorCase operator) {
        int d = operator.matrix().length;
        double[] w = OperatorCases.random(2 * d, -1, 1, 22);
        Map<String, Numbers> inputs = new LinkedHashMap<>(operator.trained());
        inputs.put("u", new Numbers(rhs(2, d), 2, d));
        inputs.put("w", new Numbers(w, 2, d));
        Class<TFloat64> type = TFloat64.class;
        Named found = Runs.run(type, Compilation.EXECUTOR, inputs, (tf, values) -> {
            LinearOperator<TFloat64> linear = operator.maker().make(tf, type, values);
            Operand<TFloat64> u = values.get("u", type);
            Operand<TFloat64> form = inner(tf, values.get("w", type), linear.apply(tf, linear.data(tf, type), u));
            return Gradients.of(tf, form, Values.of("u", u));
        });
        assertThat(found.get("u"))
                .usingComparatorWithPrecision(1e-12)
                .containsExactly(FullMatrix.product(FullMatrix.transposed(operator.matrix()), w));
    }

    @ParameterizedTest
    @MethodSource("operators")
    void xlaGivesWhatTheExecutorGives(OperatorCase operator) {
        Named executor = everything(operator, TFloat64.class, Compilation.EXECUTOR, 2, 0.4);
        Named xla = everything(operator, TFloat64.class, Compilation.XLA, 2, 0.4);
        double allowed = operator.rounding() * Math.ulp(1.0);
        executor.all()
                .forEach((name, numbers) -> assertThat(xla.get(name))
                        .as(name)
                        .usingComparatorWithPrecision(allowed)
                        .containsExactly(numbers));
    }

    @ParameterizedTest
    @MethodSource("operators")
    void factorsOfAllAlphasHaveTheSameNamesAndShapes(OperatorCase operator) {
        int d = operator.matrix().length;
        Map<String, Numbers> inputs = new LinkedHashMap<>(operator.trained());
        inputs.put("u", new Numbers(rhs(1, d), 1, d));
        Class<TFloat64> type = TFloat64.class;
        Runs.run(type, Compilation.EXECUTOR, inputs, (tf, values) -> {
            LinearOperator<TFloat64> linear = operator.maker().make(tf, type, values);
            // Unless any number of components will do.
            assertThat(linear.components().orElse(d)).isEqualTo(d);
            Values data = linear.data(tf, type);
            Values one = linear.factor(tf, type, data, 0.1);
            Values other = linear.factor(tf, type, data, -0.01);
            assertThat(other.specs()).isEqualTo(one.specs());
            assertThat(one.specs())
                    .allSatisfy(spec -> assertThat(spec.shape().hasUnknownDimension())
                            .as(spec.name())
                            .isFalse());
            return Values.of("u", tf.identity(values.get("u")));
        });
    }

    @ParameterizedTest
    @MethodSource("operators")
    void aStepSizeThatIsNotFiniteIsRefused(OperatorCase operator) {
        int d = operator.matrix().length;
        Map<String, Numbers> inputs = new LinkedHashMap<>(operator.trained());
        inputs.put("u", new Numbers(rhs(1, d), 1, d));
        Class<TFloat64> type = TFloat64.class;
        Runs.run(type, Compilation.EXECUTOR, inputs, (tf, values) -> {
            LinearOperator<TFloat64> linear = operator.maker().make(tf, type, values);
            Values data = linear.data(tf, type);
            assertThatThrownBy(() -> linear.factor(tf, type, data, Double.NaN))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("NaN")
                    .hasMessageContaining("finite step size");
            return Values.of("u", tf.identity(values.get("u")));
        });
    }
}
