package dev.odeon.graph.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.odeon.graph.Compilation;
import dev.odeon.graph.Floats;
import dev.odeon.graph.Gradients;
import dev.odeon.graph.TestGraph;
import dev.odeon.graph.Values;
import dev.odeon.graph.WhileLoop;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/** The scan of a small recurrence against the same rounds written one after the other. */
class ScanTest {

    private static final int BATCH = 3;
    private static final int WIDTH = 2;

    /** Two states, of which one is handed on through the other, a constant that is trained and one that is not. */
    private static Round round(Ops tf, Values carried, Values constants, Values row) {
        Class<? extends TFloating> type = carried.floating("h").type();
        return typed(tf, type, carried, constants, row);
    }

    private static <T extends TFloating> Round typed(
            Ops tf, Class<T> type, Values carried, Values constants, Values row) {
        Operand<T> h = carried.get("h", type);
        Operand<T> c = carried.get("c", type);
        Operand<T> x = row.get("x", type);
        Operand<T> mixed = tf.linalg.matMul(h, constants.get("w", type));
        Operand<T> next = tf.math.tanh(tf.math.add(mixed, tf.math.mul(x, constants.get("scale", type))));
        Operand<TInt32> seen = tf.math.add(carried.get("seen", TInt32.class), row.get("step", TInt32.class));
        return Round.of(Values.of("h", next).with("c", h).with("seen", seen))
                .withOutputs(Values.of("y", tf.math.mul(next, c)).with("seen", seen))
                .withTold((inner, before) ->
                        before.with("rounds", inner.math.add(before.get("rounds", TInt32.class), inner.constant(1))))
                .withToldBack((inner, before) ->
                        before.with("rounds", inner.math.add(before.get("rounds", TInt32.class), inner.constant(1))));
    }

    private static final Scan SCAN = Scan.of("recurrence", ScanTest::round);

    private static double[] numbers(int count, double from) {
        double[] numbers = new double[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = Math.sin(from + 1.7 * i);
        }
        return numbers;
    }

    private static int[] steps(int count) {
        int[] steps = new int[count];
        for (int i = 0; i < count; i++) {
            steps[i] = i + 1;
        }
        return steps;
    }

    private static <T extends TFloating> Values inputs(Ops tf, Class<T> type, int rounds) {
        Shape shape = Shape.of(BATCH, WIDTH);
        return Values.of("h", Floats.constant(tf, type, shape, numbers(6, 0.1)))
                .with("c", Floats.constant(tf, type, shape, numbers(6, 0.5)))
                .with("seen", tf.constant(0))
                .with("w", Floats.constant(tf, type, Shape.of(WIDTH, WIDTH), numbers(4, 0.3)))
                .withConstant("scale", Floats.constant(tf, type, Shape.of(WIDTH), numbers(WIDTH, 0.7)))
                .with("x", Floats.constant(tf, type, Shape.of(rounds, BATCH, WIDTH), numbers(6 * rounds, 0.9)))
                .with("step", tf.constant(steps(rounds)));
    }

    private static Values picked(Values values, String... names) {
        Values picked = values;
        for (String name : values.names()) {
            if (!List.of(names).contains(name)) {
                picked = picked.without(name);
            }
        }
        return picked;
    }

    private static <T extends TFloating> Operand<T> square(Ops tf, Operand<T> x, int axes) {
        int[] all = new int[axes];
        for (int i = 0; i < axes; i++) {
            all[i] = i;
        }
        return tf.reduceSum(tf.math.mul(x, tf.math.add(x, tf.math.sin(x))), tf.constant(all));
    }

    /** Loss, results and gradients of the scan. */
    private static <T extends TFloating> Values scanned(Ops tf, Class<T> type, Values inputs) {
        Values initial = picked(inputs, "h", "c", "seen");
        Scan.Result result = SCAN.withOutputs(Values.of("y", inputs.get("h")).with("seen", tf.constant(0)))
                .withTold(Values.of("rounds", tf.constant(0)))
                .withToldBack(Values.of("rounds", tf.constant(100)))
                .run(tf, initial, picked(inputs, "w", "scale"), picked(inputs, "x", "step"));
        Operand<T> loss = tf.math.add(
                square(tf, result.carried().get("h", type), 2),
                square(tf, result.outputs().get("y", type), 3));
        Values found = gradients(tf, loss, inputs)
                .with("last", result.carried().get("h"))
                .with("previous", result.carried().get("c"))
                .with("rows", result.outputs().get("y"))
                .with("seen", tf.dtypes.cast(result.outputs().get("seen", TInt32.class), type));
        Values back = result.toldBack().orElseThrow();
        return found.with(
                "told",
                tf.dtypes.cast(
                        tf.stack(List.of(result.told().get("rounds", TInt32.class), back.get("rounds", TInt32.class))),
                        type));
    }

    /** The same of rounds written one after the other. */
    private static <T extends TFloating> Values unrolled(Ops tf, Class<T> type, Values inputs, int rounds) {
        Values carried = picked(inputs, "h", "c", "seen");
        List<Operand<T>> rows = new ArrayList<>();
        List<Operand<TInt32>> seen = new ArrayList<>();
        for (int k = 0; k < rounds; k++) {
            Values row = Values.of("x", tf.gather(inputs.get("x", type), tf.constant(k), tf.constant(0)))
                    .with("step", tf.gather(inputs.get("step", TInt32.class), tf.constant(k), tf.constant(0)));
            Round round = round(tf, carried, picked(inputs, "w", "scale"), row);
            carried = round.carried();
            rows.add(round.outputs().get("y", type));
            seen.add(round.outputs().get("seen", TInt32.class));
        }
        Operand<T> table = tf.stack(rows);
        Operand<T> loss = tf.math.add(square(tf, carried.get("h", type), 2), square(tf, table, 3));
        return gradients(tf, loss, inputs)
                .with("last", carried.get("h"))
                .with("previous", carried.get("c"))
                .with("rows", table)
                .with("seen", tf.dtypes.cast(tf.stack(seen), type))
                .with("told", Floats.constant(tf, type, Shape.of(2), rounds, 100 + rounds));
    }

    private static Values gradients(Ops tf, Operand<? extends TFloating> loss, Values inputs) {
        return Gradients.of(tf, loss, picked(inputs, "h", "c", "w", "x"))
                .prefixed("d")
                .and(Values.of("loss", loss));
    }

    @ParameterizedTest
    @CsvSource({"EXECUTOR, 5", "EXECUTOR, 1", "XLA, 5"})
    void isTheSameAsItsRounds(Compilation compilation, int rounds) {
        compare(compilation, TFloat64.class, rounds, 1e-12);
    }

    @ParameterizedTest
    @CsvSource({"EXECUTOR, 4", "XLA, 1"})
    void isTheSameInSinglePrecision(Compilation compilation, int rounds) {
        compare(compilation, TFloat32.class, rounds, 2e-6);
    }

    private static <T extends TFloating> void compare(
            Compilation compilation, Class<T> type, int rounds, double tolerance) {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Values inputs = inputs(tf, type, rounds);
            Values ours = compilation.run(tf, "scanned", inputs, (inner, values) -> scanned(inner, type, values));
            Values expected = unrolled(tf, type, inputs, rounds);
            Session session = graph.quickSession();
            List<double[]> all = fetched(session, ours, expected);
            int next = 0;
            for (String name : expected.names()) {
                double[] found = all.get(next++);
                double[] right = all.get(next++);
                assertThat(found).as(name).hasSize(right.length);
                for (int i = 0; i < right.length; i++) {
                    assertThat(found[i]).as(name).isCloseTo(right[i], within(tolerance));
                }
            }
        }
    }

    /** Of each name the number of the one and of the other, in one run. */
    private static List<double[]> fetched(Session session, Values one, Values other) {
        Session.Runner runner = session.runner();
        other.names().forEach(name -> runner.fetch(one.get(name)).fetch(other.get(name)));
        List<double[]> numbers = new ArrayList<>();
        try (Result result = runner.run()) {
            result.forEach(entry -> numbers.add(Floats.read(entry.getValue())));
        }
        return numbers;
    }

    @Test
    void handsOnWhatItWasGivenWhereThereAreNoRows() {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Operand<TFloat64> h = tf.constant(new double[] {1, 2});
            Operand<TFloat64> none = tf.zeros(tf.constant(new int[] {0, 2}), TFloat64.class);
            Scan.Result result = Scan.of(
                            "nothing",
                            (inner, carried, constants, row) ->
                                    Round.of(carried).withOutputs(carried))
                    .withOutputs(Values.of("h", h))
                    .run(tf, Values.of("h", h), Values.empty(), Values.of("x", none));
            Operand<TFloat64> loss = tf.reduceSum(result.carried().get("h", TFloat64.class), tf.constant(0));
            assertThat(graph.evaluate(result.carried().get("h"))).containsExactly(1, 2);
            assertThat(graph.evaluate(result.outputs().get("h"))).isEmpty();
            assertThat(graph.evaluate(Gradients.of(tf, loss, Values.of("h", h)).get("h")))
                    .containsExactly(1, 1);
        }
    }

    @Test
    void needsNoGradientOfItsRoundsWhereItHasNone() {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Operand<TFloat64> h = tf.constant(3.0);
            // A loop has no gradient unless it is given one.
            Scan scan = Scan.of(
                            "counting",
                            (inner, carried, constants, row) -> Round.of(WhileLoop.define(
                                            inner,
                                            "doubling",
                                            carried.specs(),
                                            List.of(),
                                            (test, values, fixed) ->
                                                    test.math.less(values.get("h", TFloat64.class), row(test)),
                                            (body, values, fixed) -> values.with(
                                                    "h",
                                                    body.math.add(
                                                            values.get("h", TFloat64.class),
                                                            values.get("h", TFloat64.class))))
                                    .run(inner, carried, Values.empty())
                                    .values()))
                    .withoutGradient();
            Operand<TFloat64> last = scan.run(
                            tf, Values.of("h", h), Values.empty(), Values.of("x", tf.constant(new double[] {1, 2})))
                    .carried()
                    .get("h", TFloat64.class);
            assertThat(graph.evaluate(last)).containsExactly(24);
            assertThatThrownBy(() -> Gradients.of(tf, last, Values.of("h", h))).hasMessageContaining("withoutGradient");
        }
    }

    private static Operand<TFloat64> row(Ops tf) {
        return tf.constant(20.0);
    }

    @Test
    void doesNotGrowWithItsRows() {
        assertThat(operations(3)).isEqualTo(operations(30));
    }

    private static int operations(int rounds) {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            scanned(tf, TFloat64.class, inputs(tf, TFloat64.class, rounds));
            int count = 0;
            var all = graph.graph().operations();
            while (all.hasNext()) {
                all.next();
                count++;
            }
            return count;
        }
    }

    @Test
    void refusesTablesOfDifferentLengthsAndASecondDerivative() {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Values inputs = inputs(tf, TFloat64.class, 2);
            Values rows = picked(inputs, "x").with("step", tf.constant(new int[] {1, 2, 3}));
            assertThatThrownBy(() -> SCAN.run(tf, picked(inputs, "h", "c", "seen"), picked(inputs, "w", "scale"), rows))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'step'")
                    .hasMessageContaining("has 3 rows, those before it 2");
            Values once = scanned(tf, TFloat64.class, inputs);
            Operand<TFloat64> again = square(tf, once.get("dh", TFloat64.class), 2);
            assertThatThrownBy(() -> Gradients.of(tf, again, picked(inputs, "h")))
                    .hasMessageContaining("cannot be differentiated again");
        }
    }
}
