package dev.odeon.solvers.linear;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odeon.graph.Compilation;
import dev.odeon.graph.Values;
import dev.odeon.graph.WhileLoop;
import dev.odeon.solvers.linear.Runs.Named;
import dev.odeon.solvers.linear.Runs.Numbers;
import dev.odeon.solvers.linear.report.CheckedSolution;
import dev.odeon.solvers.linear.setup.LuFactors;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;

/** Solves in the body of a loop, with factors that come in from outside and were stacked over step sizes. */
class SolvesInLoopsTest {

    private static final double[] ALPHAS = {0.1, 0.4};
    private static final int STEPS = 4;
    private static final Class<TFloat64> TYPE = TFloat64.class;

    static List<OperatorCase> operators() {
        return OperatorCases.all();
    }

    @ParameterizedTest
    @MethodSource("operators")
    void stepsOfAlternatingSizeAreThoseOfTheMatrix(OperatorCase operator) {
        double[][] matrix = operator.matrix();
        int d = matrix.length;
        double[] u = OperatorCases.random(2 * d, -1, 1, 20);
        Map<String, Numbers> inputs = new LinkedHashMap<>(operator.trained());
        inputs.put("u", new Numbers(u, 2, d));
        Named found = Runs.run(TYPE, Compilation.EXECUTOR, inputs, (tf, values) -> {
            LinearOperator<TFloat64> linear = operator.maker().make(tf, TYPE, values);
            return stepped(tf, linear, values.get("u", TYPE));
        });
        double[] expected = u;
        for (int n = 0; n < STEPS; n++) {
            double[][] inverse =
                    LuFactors.of(FullMatrix.shifted(matrix, ALPHAS[n % 2])).inverse();
            expected = FullMatrix.product(inverse, expected);
        }
        assertThat(found.get("u"))
                .usingComparatorWithPrecision(4 * operator.rounding() * Math.ulp(1.0))
                .containsExactly(expected);
        assertThat(found.get("failure")).containsExactly(0);
    }

    private static Values stepped(Ops tf, LinearOperator<TFloat64> linear, Operand<TFloat64> u) {
        Values data = linear.data(tf, TYPE);
        Values first = linear.factor(tf, TYPE, data, ALPHAS[0]);
        Values second = linear.factor(tf, TYPE, data, ALPHAS[1]);
        Values stacked = Values.empty();
        for (String name : first.names()) {
            stacked = stacked.withConstant(name, stack(tf, first.get(name), second.get(name)));
        }
        Values factors = stacked.prefixed("factor/");
        Values initial = Values.of("step", tf.constant(0)).with("u", u).with("failure", tf.constant(0));
        Values end = WhileLoop.define(
                        tf,
                        "steps",
                        initial.specs(),
                        factors.specs(),
                        (inner, carried, fixed) ->
                                inner.math.less(carried.get("step", TInt32.class), inner.constant(STEPS)),
                        (inner, carried, fixed) -> step(inner, linear, carried, fixed.under("factor/")))
                .run(tf, initial, factors)
                .values();
        return Values.of("u", end.get("u")).with("failure", Runs.number(tf, TYPE, end.get("failure", TInt32.class)));
    }

    @SuppressWarnings("unchecked") // both factors have the same types
    private static Operand<?> stack(Ops tf, Operand<?> first, Operand<?> second) {
        return tf.stack(List.of((Operand<TFloat64>) first, (Operand<TFloat64>) second));
    }

    private static Values step(Ops tf, LinearOperator<TFloat64> linear, Values carried, Values fixed) {
        Operand<TInt32> step = carried.get("step", TInt32.class);
        Operand<TInt32> which = tf.math.mod(step, tf.constant(2));
        Values factor = Values.empty();
        for (String name : fixed.names()) {
            factor = factor.withConstant(name, tf.gather(fixed.get(name), which, tf.constant(0)));
        }
        CheckedSolution<TFloat64> solved = linear.solveChecked(tf, factor, carried.get("u", TYPE));
        return carried.with("step", tf.math.add(step, tf.constant(1)))
                .with("u", solved.solution())
                .with("failure", tf.math.maximum(carried.get("failure", TInt32.class), solved.failure()));
    }
}
