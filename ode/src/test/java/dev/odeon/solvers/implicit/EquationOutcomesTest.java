package dev.odeon.solvers.implicit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.odeon.adjoint.Gradient;
import dev.odeon.graph.Floats;
import dev.odeon.graph.TestGraph;
import dev.odeon.graph.Values;
import dev.odeon.ode.OdeSolver;
import dev.odeon.ode.Solution;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.Methods;
import dev.odeon.solvers.Outcome;
import dev.odeon.solvers.VectorField;
import dev.odeon.solvers.linear.krylov.Krylov;
import dev.odeon.solvers.linear.krylov.KrylovMethod;
import dev.odeon.solvers.nonlinear.Anderson;
import dev.odeon.solvers.nonlinear.InnerOptimiser;
import dev.odeon.solvers.nonlinear.Newton;
import dev.odeon.solvers.nonlinear.NonlinearSolver;
import dev.odeon.solvers.steps.FixedSteps;
import dev.odeon.solvers.steps.SaveAt;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/** How the equations of an implicit step end: solved where they can be, with the right outcome where not. */
class EquationOutcomesTest {

    private static final double[] RATES = {-1, -3, -10, -30, -100, -300};

    private record End(double[] state, Outcome outcome) {}

    /** One step of size one. */
    private static <T extends TFloating> End step(
            Class<T> type, VectorField<T> field, Method method, Shape shape, double... start) {
        try (TestGraph graph = new TestGraph()) {
            Operand<T> u0 = graph.tf().placeholderWithDefault(Floats.constant(graph.tf(), type, shape, start), shape);
            Solution<T> solution = OdeSolver.of(field, method, new FixedSteps(1))
                    .withGradient(Gradient.NONE)
                    .solve(graph.tf(), u0, Values.empty(), SaveAt.end(0, 1));
            try (Session session = graph.quickSession();
                    Result result = session.runner()
                            .fetch(solution.last())
                            .fetch(solution.outcome())
                            .run()) {
                return new End(Floats.read(result.get(0)), Outcome.ofCode(((TInt32) result.get(1)).getInt()));
            }
        }
    }

    private static <T extends TFloating> VectorField<T> decay(Shape shape, double... rates) {
        return (tf, t, u, theta) -> tf.math.mul(u, Floats.constant(tf, u.type(), shape, rates));
    }

    /** Rates of 1e7 and 1 in float32: as samples, and as components of one. */
    @Test
    void stiffnessIsNotTakenForSingularity() {
        double[] rates = {-1e7, -1};
        for (Newton newton : List.of(Newton.full(), Newton.chord())) {
            Method method = Methods.BACKWARD_EULER.with(newton);
            End samples = step(TFloat32.class, decay(Shape.of(2, 1), rates), method, Shape.of(2, 1), 1, 1);
            End components = step(TFloat32.class, decay(Shape.of(1, 2), rates), method, Shape.of(1, 2), 1, 1);
            for (End end : List.of(samples, components)) {
                assertThat(end.outcome()).isEqualTo(Outcome.SUCCESS);
                assertThat(end.state()[0]).isCloseTo(1e-7, within(1e-8));
                assertThat(end.state()[1]).isCloseTo(0.5, within(1e-6));
            }
        }
    }

    static List<NonlinearSolver> fixedPoints() {
        return List.of(new Anderson(1e-10, 40, 1), new Anderson(1e-10, 40, 5));
    }

    @ParameterizedTest
    @MethodSource("fixedPoints")
    void andersonAccelerationEndsWithAnOutcomeWhereNumbersEnd(NonlinearSolver solver) {
        Method method = Methods.BACKWARD_EULER.with(solver);
        Shape shape = Shape.of(1, 2);
        VectorField<TFloat64> without = (tf, t, u, theta) -> tf.math.mul(u, tf.constant(Double.NaN));
        assertThat(step(TFloat64.class, without, method, shape, 1, 2).outcome()).isEqualTo(Outcome.NON_FINITE);
        VectorField<TFloat64> overflowing =
                (tf, t, u, theta) -> tf.math.mul(tf.math.exp(tf.math.square(u)), tf.constant(1e3));
        assertThat(step(TFloat64.class, overflowing, method, shape, 1, 2).outcome())
                .isIn(Outcome.NON_FINITE, Outcome.NONLINEAR_DIVERGENCE);
        // Residuals whose squares overflow in float32 although they do not.
        VectorField<TFloat32> large = (tf, t, u, theta) -> tf.math.add(tf.zerosLike(u), tf.constant(1e25f));
        assertThat(step(TFloat32.class, large, method, shape, 1, 2).outcome())
                .isIn(Outcome.SUCCESS, Outcome.NON_FINITE, Outcome.NONLINEAR_DIVERGENCE);
    }

    private static Newton matrixFree(Krylov krylov) {
        return Newton.full().with(Newton.Algebra.GMRES).with(krylov);
    }

    /** Six rates, four directions: no solve is finished, but each brings Newton's method nearer. */
    @Test
    void unfinishedLinearSolvesServeNewtonsMethod() {
        Krylov few = Krylov.of(KrylovMethod.GMRES).withMaxIterations(4).withTolerance(1e-12);
        Method method = Methods.BACKWARD_EULER.with(matrixFree(few));
        Shape shape = Shape.of(1, 6);
        End end = step(TFloat64.class, decay(shape, -1, -2, -3, -4, -5, -6), method, shape, 1, 1, 1, 1, 1, 1);
        assertThat(end.outcome()).isEqualTo(Outcome.SUCCESS);
        for (int k = 0; k < 6; k++) {
            assertThat(end.state()[k]).isCloseTo(1.0 / (2 + k), within(1e-9));
        }
    }

    @Test
    void linearSolvesThatGetNowhereAreNamed() {
        Krylov one = Krylov.of(KrylovMethod.GMRES).withMaxIterations(1);
        Method method = Methods.BACKWARD_EULER.with(matrixFree(one));
        Shape shape = Shape.of(1, 6);
        End end = step(TFloat64.class, decay(shape, RATES), method, shape, 1, 1, 1, 1, 1, 1);
        assertThat(end.outcome()).isEqualTo(Outcome.LINEAR_DIVERGENCE);
    }

    @Test
    void aChordWithoutAMatrixIsRefused() {
        assertThatThrownBy(() -> Newton.chord().with(Newton.Algebra.GMRES))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("EACH_STEP")
                .hasMessageContaining("Newton.full()");
        assertThatThrownBy(() -> Newton.full().with(Krylov.of(KrylovMethod.CG)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("CG")
                .hasMessageContaining("GMRES");
    }

    /** What the outcome advises can be done, and helps. */
    @Test
    void aSmallerRateLetsAnOptimiserConverge() {
        VectorField<TFloat64> field = decay(Shape.of(1, 1), -50);
        InnerOptimiser descent = new InnerOptimiser(1e-10, 100, InnerOptimiser.Rule.GRADIENT_DESCENT, 0.1);
        assertThat(step(TFloat64.class, field, Methods.BACKWARD_EULER.with(descent), Shape.of(1, 1), 1)
                        .outcome())
                .isEqualTo(Outcome.NONLINEAR_DIVERGENCE);
        assertThat(Outcome.NONLINEAR_DIVERGENCE.advice()).contains("rate");
        End end = step(TFloat64.class, field, Methods.BACKWARD_EULER.with(descent.withRate(0.01)), Shape.of(1, 1), 1);
        assertThat(end.outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(end.state()[0]).isCloseTo(1.0 / 51, within(1e-8));
    }
}
