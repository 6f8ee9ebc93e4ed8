package dev.odeon.solvers.implicit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.odeon.graph.Floats;
import dev.odeon.graph.Gradients;
import dev.odeon.graph.TestGraph;
import dev.odeon.graph.Values;
import dev.odeon.ode.OdeSolver;
import dev.odeon.ode.Solution;
import dev.odeon.solvers.ImplicitRungeKutta;
import dev.odeon.solvers.Methods;
import dev.odeon.solvers.Outcome;
import dev.odeon.solvers.VectorField;
import dev.odeon.solvers.nonlinear.Newton;
import dev.odeon.solvers.steps.FixedSteps;
import dev.odeon.solvers.steps.SaveAt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/** Implicit methods on fields whose samples see each other, as the nodes of a graph do. */
class CoupledSamplesTest {

    private record Found(double[] gradient, Outcome outcome) {}

    /** The samples' rates of change mixed by a matrix of numbers. */
    private static <T extends TFloating> VectorField<T> mixing(double... matrix) {
        int n = (int) Math.sqrt(matrix.length);
        return (tf, t, u, theta) -> tf.linalg.matMul(Floats.constant(tf, u.type(), Shape.of(n, n), matrix), u);
    }

    /** The derivatives of sum w u(h) by u0, after one step. */
    private static <T extends TFloating> Found gradient(
            Class<T> type, VectorField<T> field, ImplicitRungeKutta method, double h, Shape shape, double[] start) {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Operand<T> u0 = tf.placeholderWithDefault(Floats.constant(tf, type, shape, start), shape);
            Solution<T> solution =
                    OdeSolver.of(field, method, new FixedSteps(h)).solve(tf, u0, Values.empty(), SaveAt.end(0, h));
            double[] weights = IntStream.range(0, start.length)
                    .mapToDouble(i -> i == 0 ? 1 : 0)
                    .toArray();
            Operand<T> loss = tf.reduceSum(
                    tf.math.mul(solution.last(), Floats.constant(tf, type, shape, weights)),
                    tf.constant(new int[] {0, 1}));
            Values gradients = Gradients.of(tf, loss, Values.of("u0", u0));
            try (Session session = graph.quickSession();
                    Result result = session.runner()
                            .fetch(gradients.get("u0"))
                            .fetch(solution.outcome())
                            .run()) {
                return new Found(Floats.read(result.get(0)), Outcome.ofCode(((TInt32) result.get(1)).getInt()));
            }
        }
    }

    /** lambda = (I - h C^T)^-1 (1, 0) with a C that is not symmetric. */
    @Test
    void theGradientOfOneStepIsThatOfTheCoupledSystem() {
        double h = 0.1;
        double[] c = {-1, 0.5, 0.3, -1};
        double determinant = (1 - h * c[0]) * (1 - h * c[3]) - h * c[1] * h * c[2];
        double[] expected = {(1 - h * c[3]) / determinant, h * c[1] / determinant};
        Shape shape = Shape.of(2, 1);
        double[] start = {1, -0.5};
        Found wide = gradient(TFloat64.class, mixing(c), Methods.BACKWARD_EULER, h, shape, start);
        assertThat(wide.outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(wide.gradient()).containsExactly(expected, within(1e-12));
        Found narrow = gradient(TFloat32.class, mixing(c), Methods.BACKWARD_EULER, h, shape, start);
        assertThat(narrow.gradient()).containsExactly(expected, within(1e-6));
    }

    /** Narrow systems share one evaluation; wide ones make their rows in a loop. */
    @ParameterizedTest
    @ValueSource(ints = {2, 9})
    void theMatricesOfSamplesGiveTheGradientOfTheMatrixOfTheBatch(int width) {
        VectorField<TFloat64> mixed = mixing(-2, 1, 0.5, 0.2, -1, 0.8, 0, 0.7, -3);
        VectorField<TFloat64> field = (tf, t, u, theta) -> mixed.evaluate(tf, t, tf.math.tanh(u), theta);
        Shape shape = Shape.of(3, width);
        double[] start = IntStream.range(0, 3 * width)
                .mapToDouble(i -> Math.cos(i + 1.0))
                .toArray();
        Newton tight = Newton.full().withTolerance(1e-13);
        for (Newton newton : new Newton[] {tight, Newton.chord().withTolerance(1e-13)}) {
            Found samples = gradient(TFloat64.class, field, Methods.SDIRK2.with(newton), 0.1, shape, start);
            Found batch = gradient(
                    TFloat64.class,
                    field,
                    Methods.SDIRK2.with(tight.with(Newton.Algebra.DENSE_WHOLE_BATCH)),
                    0.1,
                    shape,
                    start);
            assertThat(samples.outcome()).isEqualTo(Outcome.SUCCESS);
            assertThat(samples.gradient()).containsExactly(batch.gradient(), within(1e-9));
        }
    }

    /** Every entry of I - h C is 1.1, so that it is singular; zero solves the equations all the same. */
    @Test
    void aSingularCoupledSystemGivesNoGradient() {
        double[] c = {-1, -11, -11, -1};
        Found found =
                gradient(TFloat64.class, mixing(c), Methods.BACKWARD_EULER, 0.1, Shape.of(2, 1), new double[] {0, 0});
        assertThat(found.outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(found.gradient()).containsOnly(Double.NaN);
    }

    /** Stiff and apart: rounding is not taken for coupling, and the gradient is that of each sample. */
    @Test
    void stiffSamplesApartKeepTheirGradient() {
        double[] c = {-1e9, 0, 0, -1};
        Found found =
                gradient(TFloat64.class, mixing(c), Methods.BACKWARD_EULER, 1, Shape.of(2, 1), new double[] {1, 1});
        assertThat(found.gradient()).containsExactly(new double[] {1 / (1 + 1e9), 0}, within(1e-20));
    }
}
