package dev.odeon.solvers.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.odeon.adjoint.Gradient;
import dev.odeon.graph.Floats;
import dev.odeon.graph.TestGraph;
import dev.odeon.graph.Values;
import dev.odeon.ode.OdeSolver;
import dev.odeon.ode.Solution;
import dev.odeon.ode.testing.Fetched;
import dev.odeon.solvers.Methods;
import dev.odeon.solvers.Outcome;
import dev.odeon.solvers.VectorField;
import dev.odeon.solvers.events.StopEvent.AtStart;
import dev.odeon.solvers.events.StopEvent.Direction;
import dev.odeon.solvers.steps.FixedSteps;
import dev.odeon.solvers.steps.PidController;
import dev.odeon.solvers.steps.PidController.Scope;
import dev.odeon.solvers.steps.SaveAt;
import dev.odeon.solvers.steps.StepControl;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/** Of all roots in a step the first is found: the state is a clock, y' = 1, and g a function of it whose roots are known. */
class FirstRootTest {

    private static final StepControl SHARED = PidController.of(1e-6, 1e-6);
    private static final StepControl OWN = PidController.of(1e-6, 1e-6).with(Scope.EACH_SAMPLE);

    /** One of each loop; each case is a graph of its own. */
    static List<StepControl> oneOfEachLoop() {
        return List.of(OWN, new FixedSteps(0.25));
    }

    static List<StepControl> controls() {
        return List.of(SHARED, OWN, new FixedSteps(0.25), new FixedSteps(20));
    }

    private static <T extends TFloating> VectorField<T> clock() {
        return (tf, t, u, theta) -> tf.onesLike(u);
    }

    private record Stopped(double[] times, double[] states, int[] outcomes, int taken) {}

    private static <T extends TFloating> Stopped solve(
            Class<T> type, StepControl control, StopEvent<T> event, SaveAt saveAt, Shape shape, double... u0) {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Operand<T> start = tf.placeholderWithDefault(Floats.constant(tf, type, shape, u0), shape);
            Solution<T> solution = OdeSolver.of(FirstRootTest.<T>clock(), Methods.TSIT5, control)
                    .withGradient(Gradient.NONE)
                    .withEvent(event)
                    .solve(tf, start, Values.empty(), saveAt);
            EventResult<T> result = solution.event().orElseThrow();
            try (Result fetched = graph.quickSession()
                    .runner()
                    .fetch(result.times())
                    .fetch(result.states())
                    .fetch(solution.outcome())
                    .fetch(solution.statistics().accepted())
                    .run()) {
                return new Stopped(
                        Floats.read(fetched.get(0)),
                        Floats.read(fetched.get(1)),
                        Fetched.integers((TInt32) fetched.get(2)),
                        Fetched.integers((TInt32) fetched.get(3))[0]);
            }
        }
    }

    private static double first(StepControl control, StopEvent<TFloat64> event, double start, double end, double u0) {
        Stopped stopped = solve(TFloat64.class, control, event, SaveAt.end(start, end), Shape.of(1, 1), u0);
        boolean found = !Double.isNaN(stopped.times()[0]);
        assertThat(stopped.outcomes()).containsExactly((found ? Outcome.EVENT : Outcome.SUCCESS).code());
        // The clock shows the time.
        assertThat(stopped.states()[0] - u0).isCloseTo((found ? stopped.times()[0] : end) - start, within(1e-12));
        return stopped.times()[0];
    }

    /** The product of (t - root), times a factor. */
    private static StopEvent<TFloat64> roots(double factor, double... roots) {
        return StopEvent.of((tf, t, u, theta) -> {
            Operand<TFloat64> product = tf.math.add(tf.zerosLike(t), tf.constant(factor));
            for (double root : roots) {
                product = tf.math.mul(product, tf.math.sub(t, tf.constant(root)));
            }
            return product;
        });
    }

    @Test
    void ofThreeRootsInOneStepTheFirst() {
        StopEvent<TFloat64> event = StopEvent.of((tf, t, u, theta) -> tf.math.mul(
                tf.math.mul(tf.math.sub(tf.constant(2.5), u), tf.math.sub(tf.constant(5.0), u)), tf.math.neg(u)));
        StepControl wide = PidController.of(1e-6, 1e-6).withFirst(20);
        for (StepControl control : List.of(wide, SHARED, OWN, new FixedSteps(3))) {
            assertThat(first(control, event, 0, 20, -1)).isCloseTo(1, within(1e-9));
        }
    }

    @ParameterizedTest
    @MethodSource("controls")
    void backwardInTimeAndAgainFromThere(StepControl control) {
        StopEvent<TFloat64> event = StopEvent.of((tf, t, u, theta) -> tf.math.add(tf.math.cos(t), tf.constant(0.9)));
        double found = first(control, event, 0, -20, 0);
        assertThat(found).isCloseTo(-Math.acos(-0.9), within(1e-9));
        assertThat(first(control, event, found, -20, 0)).isCloseTo(Math.acos(-0.9) - 2 * Math.PI, within(1e-9));
        assertThat(first(control, event, 0, 20, 0)).isCloseTo(Math.acos(-0.9), within(1e-9));
    }

    /** Clusters, the start and probes on roots, roots at the ends of steps, and zeros that are only touched: in one batch. */
    @ParameterizedTest
    @MethodSource("controls")
    void listedRoots(StepControl control) {
        for (double sign : new double[] {1, -1}) {
            double[][] roots = {
                {0, 1e-8, 2e-8},
                {0.5, 0.5 + 1e-8, 0.5 + 2e-8},
                {0.7, 0.3, 0.3 + 1e-8},
                {0.0625 / 3, 0.0625 / 2, 0.0625},
                {0.125 / 3, 0.125 / 2, 0.125},
                {0.25 / 3, 0.25 / 2, 0.25},
                {0.5, 0.75, 1},
                {0.25, 3, 4},
                {1, 3, 4},
                {0.3, 0.3, 0.9},
                {0.25, 0.25, 0.9},
                {0.5, 0.5, 3},
                {0.5, 0.5, 0.5},
                {0, 0, 0.4},
                {3, 4, 5}
            };
            requireFirst(TFloat64.class, control, Polynomials.of(sign, roots, 0, sign), 0, sign, 2e-10);
        }
    }

    @ParameterizedTest
    @MethodSource("controls")
    void aRootAtTheEndOfTheInterval(StepControl control) {
        assertThat(first(control, roots(1, 1), 0, 1, 0)).isEqualTo(1);
        assertThat(first(control, roots(1, -1), 0, -1, 0)).isEqualTo(-1);
    }

    @Test
    void aRootOnATimeThatIsKeptIsFoundOnce() {
        for (StepControl control : controls()) {
            Stopped stopped = solve(
                    TFloat64.class,
                    control,
                    roots(1, 0.5, 0.75),
                    SaveAt.times(0, 0.25, 0.5, 0.75, 1),
                    Shape.of(1, 1),
                    0);
            assertThat(stopped.times()[0]).isCloseTo(0.5, within(1e-9));
        }
    }

    @ParameterizedTest
    @MethodSource("oneOfEachLoop")
    void jumpsAndZerosThatLast(StepControl control) {
        StopEvent<TFloat64> jump = StopEvent.of((tf, t, u, theta) ->
                tf.select(tf.math.less(t, tf.constant(0.3)), tf.constant(-1.0), tf.math.sub(t, tf.constant(0.1))));
        assertThat(first(control, jump, 0, 1, 0)).isCloseTo(0.3, within(1e-9));
        StopEvent<TFloat64> reached = StopEvent.of((tf, t, u, theta) -> tf.nn.relu(tf.math.sub(tf.constant(0.3), t)));
        assertThat(first(control, reached, 0, 1, 0)).isCloseTo(0.3, within(1e-9));
        assertThat(first(control, reached, 1, 0, 0)).isNaN();
        assertThat(first(control, reached.with(Direction.RISING), 0, 1, 0)).isNaN();
        StopEvent<TFloat64> always = StopEvent.of((tf, t, u, theta) -> tf.zerosLike(t));
        assertThat(first(control, always, 0, 1, 0)).isNaN();
        // No number behind the root does no harm.
        StopEvent<TFloat64> root = StopEvent.of(
                (tf, t, u, theta) -> tf.math.sub(tf.math.sqrt(tf.math.sub(tf.constant(0.5), t)), tf.constant(0.3)));
        assertThat(first(control, root, 0, 1, 0)).isCloseTo(0.41, within(1e-9));
    }

    @ParameterizedTest
    @MethodSource("oneOfEachLoop")
    void directions(StepControl control) {
        // Positive, then signs change at 0.2 (falling), 0.4 (rising), 0.45 (falling).
        StopEvent<TFloat64> event = roots(-1, 0.2, 0.4, 0.45);
        assertThat(first(control, event.with(Direction.FALLING), 0, 1, 0)).isCloseTo(0.2, within(1e-9));
        assertThat(first(control, event.with(Direction.RISING), 0, 1, 0)).isCloseTo(0.4, within(1e-9));
        // Backward the last root comes first, and rises.
        assertThat(first(control, event.with(Direction.RISING), 1, 0, 0)).isCloseTo(0.45, within(1e-9));
        assertThat(first(control, event.with(Direction.FALLING), 1, 0, 0)).isCloseTo(0.4, within(1e-9));
    }

    @ParameterizedTest
    @MethodSource("oneOfEachLoop")
    void theStartIsReportedOnRequest(StepControl control) {
        StopEvent<TFloat64> zero = roots(1, 0, 0.5);
        assertThat(first(control, zero, 0, 1, 0)).isCloseTo(0.5, within(1e-9));
        assertThat(first(control, zero.with(AtStart.ZERO), 0, 1, 0)).isEqualTo(0);
        assertThat(first(control, zero.with(AtStart.ZERO).with(Direction.RISING), 0, 1, 0))
                .isEqualTo(0);
        // Above zero until 0.2, so that "risen" holds at the start and "fallen" does not.
        StopEvent<TFloat64> above = roots(-1, 0.2).with(AtStart.REACHED);
        assertThat(first(control, above.with(Direction.RISING), 0, 1, 0)).isEqualTo(0);
        assertThat(first(control, above.with(Direction.FALLING), 0, 1, 0)).isCloseTo(0.2, within(1e-9));
        assertThat(first(control, above, 0, 1, 0)).isCloseTo(0.2, within(1e-9));
        assertThat(first(control, above.with(AtStart.ZERO).with(Direction.RISING), 0, 1, 0))
                .isNaN();
        // Some samples at the start, the others on their way.
        StopEvent<TFloat64> state = StopEvent.<TFloat64>of((tf, t, u, theta) -> tf.math.sub(u, tf.constant(0.5)))
                .with(AtStart.REACHED)
                .with(Direction.RISING);
        Stopped stopped = solve(TFloat64.class, control, state, SaveAt.end(0, 1), Shape.of(3, 1), 0.5, 0.1, 0.9);
        assertThat(stopped.times()[0]).isEqualTo(0);
        assertThat(stopped.times()[1]).isCloseTo(0.4, within(1e-9));
        assertThat(stopped.times()[2]).isEqualTo(0);
        assertThat(stopped.states()[0]).isEqualTo(0.5);
        assertThat(stopped.states()[2]).isEqualTo(0.9);
        Stopped all = solve(TFloat64.class, control, state, SaveAt.end(0, 1), Shape.of(2, 1), 0.5, 0.7);
        assertThat(all.times()).containsExactly(0, 0);
        assertThat(all.outcomes()).containsOnly(Outcome.EVENT.code());
        assertThat(all.taken()).isZero();
    }

    /** Polynomials by their roots, a sample each: roots beyond the interval, simple, double, and in clusters. */
    private record Polynomials(int degree, double[] roots, double[] first) {

        static Polynomials random(long seed, int count, int degree, double from, double to, double resolution) {
            Random random = new Random(seed);
            double[] roots = new double[count * degree];
            double[] first = new double[count];
            double direction = Math.signum(to - from);
            for (int i = 0; i < count; i++) {
                double[] own = new double[degree];
                int used = 1 + random.nextInt(degree);
                for (int k = 0; k < degree; k++) {
                    if (k >= used) {
                        own[k] = from - direction * (1 + 10 * random.nextDouble());
                    } else if (k > 0 && random.nextInt(4) == 0) {
                        // A near root, or the same one again.
                        double gap = random.nextInt(3) == 0 ? 0 : resolution * Math.pow(10, 4 * random.nextDouble());
                        own[k] = own[k - 1] + direction * gap;
                    } else {
                        own[k] = from + (to - from) * (-0.5 + 2 * random.nextDouble());
                    }
                }
                System.arraycopy(own, 0, roots, i * degree, degree);
                first[i] = first(own, from, to);
            }
            return new Polynomials(degree, roots, first);
        }

        static Polynomials of(double sign, double[][] listed, double from, double to) {
            int degree = listed[0].length;
            double[] roots = new double[listed.length * degree];
            double[] first = new double[listed.length];
            for (int i = 0; i < listed.length; i++) {
                double[] own = Arrays.stream(listed[i]).map(root -> sign * root).toArray();
                System.arraycopy(own, 0, roots, i * degree, degree);
                first[i] = first(own, from, to);
            }
            return new Polynomials(degree, roots, first);
        }

        /** The first root of odd multiplicity in the interval; NaN for none. */
        private static double first(double[] roots, double from, double to) {
            double best = Double.NaN;
            double direction = Math.signum(to - from);
            for (double root : roots) {
                int times = 0;
                for (double other : roots) {
                    times += root == other ? 1 : 0;
                }
                boolean inside = (root - from) * direction > 0 && (root - to) * direction <= 0;
                if (times % 2 == 1 && inside && !((root - best) * direction >= 0)) {
                    best = root;
                }
            }
            return best;
        }
    }

    /** The roots are the state but its first component, which is the clock that g reads. */
    private static <T extends TFloating> StopEvent<T> ofStates(int degree) {
        return StopEvent.of((tf, t, u, theta) -> {
            Operand<TInt32> axis = tf.constant(1);
            Operand<T> time = tf.gather(u, tf.constant(new int[] {0}), axis);
            Operand<T> roots = tf.gather(u, tf.range(tf.constant(1), tf.constant(degree + 1), tf.constant(1)), axis);
            return tf.prod(tf.math.sub(time, roots), axis);
        });
    }

    private static <T extends TFloating> void requireFirst(
            Class<T> type, StepControl control, Polynomials all, double from, double to, double error) {
        int count = all.first().length;
        int degree = all.degree();
        double[] u0 = new double[count * (degree + 1)];
        for (int i = 0; i < count; i++) {
            u0[i * (degree + 1)] = from;
            System.arraycopy(all.roots(), i * degree, u0, i * (degree + 1) + 1, degree);
        }
        VectorField<T> field = (tf, t, u, theta) -> {
            Operand<T> zeros = tf.zerosLike(u);
            Operand<T> one = tf.onesLike(tf.gather(u, tf.constant(new int[] {0}), tf.constant(1)));
            Operand<T> rest =
                    tf.gather(zeros, tf.range(tf.constant(1), tf.constant(degree + 1), tf.constant(1)), tf.constant(1));
            return tf.concat(List.of(one, rest), tf.constant(1));
        };
        List<String> wrong = new ArrayList<>();
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Shape shape = Shape.of(count, degree + 1);
            Operand<T> start = tf.placeholderWithDefault(Floats.constant(tf, type, shape, u0), shape);
            Solution<T> solution = OdeSolver.of(field, Methods.BOGACKI_SHAMPINE3, control)
                    .withGradient(Gradient.NONE)
                    .withEvent(FirstRootTest.<T>ofStates(degree).withTolerance(error / 10))
                    .solve(tf, start, Values.empty(), SaveAt.end(from, to));
            double[] times = graph.evaluate(solution.event().orElseThrow().times());
            for (int i = 0; i < count; i++) {
                double expected = all.first()[i];
                boolean same = Double.isNaN(expected) ? Double.isNaN(times[i]) : Math.abs(times[i] - expected) <= error;
                if (!same) {
                    wrong.add(i + ": " + times[i] + " for " + expected + " of "
                            + Arrays.toString(Arrays.copyOfRange(all.roots(), i * degree, (i + 1) * degree)));
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void theFirstOfRandomRootsInStepsOfEverySize() {
        Polynomials forward = Polynomials.random(15, 1000, 8, 0, 2, 1e-8);
        Polynomials backward = Polynomials.random(10, 1000, 3, 0, -2, 1e-8);
        for (StepControl control : List.of(new FixedSteps(2), new FixedSteps(0.03), SHARED)) {
            requireFirst(TFloat64.class, control, forward, 0, 2, 1e-9);
        }
        for (StepControl control : List.of(new FixedSteps(2), new FixedSteps(0.4), OWN)) {
            requireFirst(TFloat64.class, control, backward, 0, -2, 1e-9);
        }
    }

    @Test
    void andInSinglePrecision() {
        Polynomials forward = Polynomials.random(3, 1000, 4, 0, 2, 1e-4);
        Polynomials backward = Polynomials.random(4, 1000, 4, 0, -2, 1e-4);
        requireFirst(TFloat32.class, new FixedSteps(2), forward, 0, 2, 1e-5);
        requireFirst(TFloat32.class, new FixedSteps(0.06), backward, 0, -2, 1e-5);
    }
}
