package dev.odeon.models.recurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.odeon.adjoint.BacksolveAdjoint;
import dev.odeon.adjoint.Gradient;
import dev.odeon.graph.Floats;
import dev.odeon.graph.Gradients;
import dev.odeon.graph.TestGraph;
import dev.odeon.graph.Values;
import dev.odeon.graph.layers.Mlp;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.Methods;
import dev.odeon.solvers.Outcome;
import dev.odeon.solvers.VectorField;
import dev.odeon.solvers.steps.PidController;
import dev.odeon.solvers.steps.StepControl;
import dev.odeon.solvers.steps.StepsPerInterval;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;

class OdeRnnTest {

    private static final int ROWS = 3;
    private static final int BATCH = 2;
    private static final int CHANNELS = 2;
    private static final int UNITS = 2;
    private static final StepControl FIXED = new StepsPerInterval(2);

    /** u' = tanh(u W) + sin t, t since the last observation. */
    private static final VectorField<TFloat64> FIELD = (tf, t, u, theta) ->
            tf.math.add(tf.math.tanh(tf.linalg.matMul(u, theta.get("w", TFloat64.class))), tf.math.sin(t));

    /** A hybrid in a graph of its own, whose numbers are fed. */
    private static final class Fixture implements AutoCloseable {
        private final TestGraph graph = new TestGraph();
        private final Ops tf = graph.tf();
        private final Map<String, double[]> numbers = new LinkedHashMap<>();
        private final Map<String, Shape> shapes = new LinkedHashMap<>();
        private final Values fed;
        private final Passage<TFloat64> passage;
        private final Operand<TFloat64> loss;
        private final Values gradients;
        private final Session session;

        Fixture(OdeRnn<TFloat64> hybrid, RecurrentCell cell, int rows, double[] values, double[] gaps, boolean[] seen) {
            number("start", Shape.of(BATCH, UNITS));
            number("w", Shape.of(UNITS, UNITS));
            dev.odeon.graph.parameters.Parameters declared = new dev.odeon.graph.parameters.Parameters(tf, 1);
            cell.declare(declared, TFloat64.class);
            declared.all().forEach(parameter -> number(parameter.name(), parameter.shape()));
            numbers.put("x", values);
            shapes.put("x", Shape.of(rows, BATCH, CHANNELS));
            Values all = Values.empty();
            for (String name : numbers.keySet()) {
                all = all.with(
                        name,
                        tf.placeholder(
                                TFloat64.class,
                                org.tensorflow.op.core.Placeholder.shape(Objects.requireNonNull(shapes.get(name)))));
            }
            fed = all;
            Values theta = fed.without("start").without("x");
            ObservedSeries<TFloat64> series = ObservedSeries.of(
                    fed.get("x", TFloat64.class), Floats.constant(tf, TFloat64.class, Shape.of(rows, BATCH), gaps));
            Operand<TBool> mask =
                    tf.constant(Shape.of(rows, BATCH), org.tensorflow.ndarray.buffer.DataBuffers.of(seen, true, false));
            passage = hybrid.pass(tf, fed.get("start", TFloat64.class), theta, series.withObserved(mask));
            Operand<TFloat64> last = passage.last();
            Operand<TFloat64> evolved = tf.slice(
                    passage.evolved(), tf.constant(new int[] {0, 0, 0}), tf.constant(new int[] {ROWS, -1, -1}));
            loss = tf.math.add(
                    tf.reduceSum(tf.math.mul(last, tf.math.sin(last)), tf.constant(new int[] {0, 1})),
                    tf.reduceSum(tf.math.square(evolved), tf.constant(new int[] {0, 1, 2})));
            gradients = Gradients.of(tf, loss, fed);
            session = graph.quickSession();
        }

        private void number(String name, Shape shape) {
            shapes.put(name, shape);
            numbers.put(name, sines(Math.toIntExact(shape.size()), name.length()));
        }

        private List<double[]> run(List<Operand<?>> fetches) {
            Session.Runner runner = session.runner();
            numbers.forEach((name, values) -> runner.feed(
                    fed.get(name), Floats.tensor(TFloat64.class, Objects.requireNonNull(shapes.get(name)), values)));
            fetches.forEach(runner::fetch);
            try (Result result = runner.run()) {
                return Stream.iterate(0, i -> i + 1)
                        .limit(result.size())
                        .map(i -> read(result.get(i)))
                        .toList();
            }
        }

        double loss() {
            return run(List.of(loss)).get(0)[0];
        }

        @Override
        public void close() {
            graph.close();
        }
    }

    private static double[] read(Tensor tensor) {
        if (tensor instanceof TInt32 whole) {
            double[] numbers = new double[Math.toIntExact(whole.size())];
            int[] next = {0};
            whole.scalars().forEach(number -> numbers[next[0]++] = number.getInt());
            return numbers;
        }
        return Floats.read(tensor);
    }

    private static double[] sines(int count, double from) {
        double[] numbers = new double[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = 0.6 * Math.sin(from + 1.3 * i);
        }
        return numbers;
    }

    private static double[] values(int rows) {
        return sines(rows * BATCH * CHANNELS, 0.2);
    }

    /** The second sample is one row shorter, and its last row is no number. */
    private static Fixture padded(OdeRnn<TFloat64> hybrid, RecurrentCell cell, int more) {
        int rows = ROWS + more;
        double[] values = values(rows);
        double[] gaps = new double[rows * BATCH];
        boolean[] seen = new boolean[rows * BATCH];
        for (int k = 0; k < rows; k++) {
            for (int b = 0; b < BATCH; b++) {
                boolean row = k < ROWS - b;
                seen[k * BATCH + b] = row;
                gaps[k * BATCH + b] = row ? 0.3 + 0.2 * k + 0.1 * b : 0;
                for (int c = 0; !row && c < CHANNELS; c++) {
                    values[(k * BATCH + b) * CHANNELS + c] = Double.NaN;
                }
            }
        }
        return new Fixture(hybrid, cell, rows, values, gaps, seen);
    }

    private static OdeRnn<TFloat64> hybrid(RecurrentCell cell, Method method, StepControl control) {
        return OdeRnn.of(FIELD, cell, method, control);
    }

    static List<Arguments> hybrids() {
        RecurrentCell lstm = new LstmCell("cell", CHANNELS, UNITS);
        RecurrentCell gru = new GruCell("cell", CHANNELS, UNITS);
        RecurrentCell part = new PartCell(new RnnCell("cell", CHANNELS, 1), UNITS);
        StepControl chosen = PidController.of(1e-9, 1e-9);
        return List.of(
                Arguments.of(lstm, hybrid(lstm, Methods.RK4, FIXED)),
                Arguments.of(gru, hybrid(gru, Methods.DOPRI5, chosen)),
                Arguments.of(
                        part,
                        hybrid(part, Methods.RK4, new StepsPerInterval(8))
                                .withGradient(BacksolveAdjoint.of(Methods.RK4, new StepsPerInterval(8)))));
    }

    @ParameterizedTest
    @MethodSource("hybrids")
    void hasTheGradientsOfDifferences(RecurrentCell cell, OdeRnn<TFloat64> hybrid) {
        try (Fixture fixture = padded(hybrid, cell, 0)) {
            List<double[]> gradients = fixture.run(fixture.gradients.operands());
            int next = 0;
            for (String name : fixture.gradients.names()) {
                double[] gradient = gradients.get(next++);
                double[] values = Objects.requireNonNull(fixture.numbers.get(name));
                for (int i = 0; i < values.length; i++) {
                    double before = values[i];
                    if (Double.isNaN(before)) {
                        assertThat(gradient[i]).isZero();
                        continue;
                    }
                    if (i > 2) {
                        continue; // Three of each tensor.
                    }
                    double h = 1e-5;
                    values[i] = before + h;
                    double after = fixture.loss();
                    values[i] = before - h;
                    double difference = (after - fixture.loss()) / (2 * h);
                    values[i] = before;
                    assertThat(gradient[i]).as(name + " " + i).isCloseTo(difference, within(1e-6));
                }
            }
        }
    }

    @Test
    void paddingChangesNothingToTheBit() {
        for (StepControl control : List.of(FIXED, PidController.of(1e-4, 1e-5))) {
            RecurrentCell cell = new LstmCell("cell", CHANNELS, UNITS);
            OdeRnn<TFloat64> hybrid = hybrid(cell, Methods.DOPRI5, control);
            try (Fixture shorter = padded(hybrid, cell, 0);
                    Fixture longer = padded(hybrid, cell, 2)) {
                List<Operand<?>> few =
                        new java.util.ArrayList<>(shorter.gradients.without("x").operands());
                few.add(shorter.passage.last());
                List<Operand<?>> many =
                        new java.util.ArrayList<>(longer.gradients.without("x").operands());
                many.add(longer.passage.last());
                List<double[]> expected = shorter.run(few);
                List<double[]> found = longer.run(many);
                for (int i = 0; i < expected.size(); i++) {
                    assertThat(found.get(i)).containsExactly(expected.get(i));
                }
            }
        }
    }

    @Test
    void aSampleWhoseSolveFailsIsNoNumberAndSaysSo() {
        VectorField<TFloat64> growing = (tf, t, u, theta) -> tf.math.mul(
                tf.math.square(u), tf.reduceMax(theta.get("w", TFloat64.class), tf.constant(new int[] {0, 1})));
        RecurrentCell cell = new AffineCell("cell", CHANNELS, UNITS, 2, new Mlp.FanInUniform());
        PidController own = PidController.of(1e-3, 1e-3)
                .with(PidController.Scope.EACH_SAMPLE)
                .withMaxSteps(40);
        OdeRnn<TFloat64> hybrid = OdeRnn.of(growing, cell, Methods.BOGACKI_SHAMPINE3, own);
        try (Fixture fixture = padded(hybrid, cell, 0)) {
            fixture.numbers.put("start", new double[] {80, 90, 0.1, 0.2});
            List<double[]> found =
                    fixture.run(List.of(fixture.passage.last(), fixture.passage.outcome(), fixture.gradients.get("w")));
            assertThat(found.get(0)[0]).isNaN();
            assertThat(found.get(0)[2]).isFinite();
            assertThat(Outcome.ofCode((int) found.get(1)[0]).successful()).isFalse();
            assertThat(Outcome.ofCode((int) found.get(1)[1])).isEqualTo(Outcome.SUCCESS);
            assertThat(found.get(2)[0]).isNaN();
        }
    }

    @Test
    void aForecastIsTheStateAfterAnotherLastDuration() {
        RecurrentCell cell = new GruCell("cell", CHANNELS, UNITS);
        OdeRnn<TFloat64> hybrid =
                hybrid(cell, Methods.RK4, new StepsPerInterval(4)).withGradient(Gradient.NONE);
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            dev.odeon.graph.parameters.Parameters declared = new dev.odeon.graph.parameters.Parameters(tf, 3);
            cell.declare(declared, TFloat64.class);
            Values theta = declared.read().with("w", tf.constant(new double[][] {{0.3, -0.4}, {0.9, 0.2}}));
            Operand<TFloat64> start = tf.constant(new double[][] {{0.1, 0.2}, {0.3, 0.4}});
            Operand<TFloat64> values =
                    Floats.constant(tf, TFloat64.class, Shape.of(ROWS, BATCH, CHANNELS), values(ROWS));
            Passage<TFloat64> passage = hybrid.pass(tf, start, theta, ObservedSeries.of(values, gaps(tf, 0.5, 0.7)));
            Operand<TFloat64> observed = tf.gather(passage.updated(), tf.constant(ROWS - 1), tf.constant(0));
            Operand<TFloat64> later = hybrid.forecast(tf, observed, theta, tf.constant(new double[][] {
                        {0.5, 0.9}, {0.7, 0.8}
                    }))
                    .states();
            Passage<TFloat64> other = hybrid.pass(tf, start, theta, ObservedSeries.of(values, gaps(tf, 0.9, 0.8)));
            Session session = graph.session(declared.initializer());
            double[] states = TestGraph.evaluate(session, later);
            double[] first = TestGraph.evaluate(session, passage.last());
            double[] second = TestGraph.evaluate(session, other.last());
            for (int i = 0; i < first.length; i++) {
                assertThat(states[4 + i]).isCloseTo(first[i], within(1e-13));
                assertThat(states[8 + i]).isCloseTo(second[i], within(1e-4));
            }
        }
    }

    private static Operand<TFloat64> gaps(Ops tf, double first, double second) {
        return tf.constant(new double[][] {{0.2, 0.3}, {0.4, 0.1}, {first, second}});
    }
}
