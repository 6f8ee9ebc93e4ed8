package dev.odeon.solvers.implicit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odeon.adjoint.Gradient;
import dev.odeon.graph.TestGraph;
import dev.odeon.graph.Values;
import dev.odeon.ode.OdeSolver;
import dev.odeon.ode.Solution;
import dev.odeon.ode.testing.Solves;
import dev.odeon.solvers.BackwardDifferentiation;
import dev.odeon.solvers.ImplicitRungeKutta;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.Methods;
import dev.odeon.solvers.Outcome;
import dev.odeon.solvers.SplitField;
import dev.odeon.solvers.VectorField;
import dev.odeon.solvers.linear.Banded;
import dev.odeon.solvers.linear.Circulant;
import dev.odeon.solvers.linear.Dense;
import dev.odeon.solvers.linear.DenseSolve;
import dev.odeon.solvers.linear.Diagonal;
import dev.odeon.solvers.linear.KroneckerSum;
import dev.odeon.solvers.linear.LinearOperator;
import dev.odeon.solvers.linear.MatrixFree;
import dev.odeon.solvers.linear.PairBlock;
import dev.odeon.solvers.linear.Scaled;
import dev.odeon.solvers.linear.ScaledIdentity;
import dev.odeon.solvers.linear.Sparse;
import dev.odeon.solvers.linear.Tridiagonal;
import dev.odeon.solvers.linear.krylov.Krylov;
import dev.odeon.solvers.linear.krylov.KrylovMethod;
import dev.odeon.solvers.nonlinear.Newton;
import dev.odeon.solvers.steps.FixedSteps;
import dev.odeon.solvers.steps.PidController;
import dev.odeon.solvers.steps.SaveAt;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat64;

/** A step whose linear system has no solution ends the solve with LINEAR_BREAKDOWN, whatever the family and the operator. */
class SingularStepsTest {

    private static final double H = 0.25;
    private static final int WIDTH = 4;
    private static final double[][] U0 = {{1, 2, -1, 0.5}, {0.3, 1, 1, 2}};

    private static final VectorField<TFloat64> QUIET = (tf, t, u, theta) -> tf.zerosLike(u);

    /** J = c I in every guise. */
    static Stream<Arguments> operators() {
        return Stream.of(
                Arguments.of("scaled identity", of(ScaledIdentity::of)),
                Arguments.of("multiple", of(c -> Scaled.of(2, ScaledIdentity.of(c / 2)))),
                Arguments.of("diagonal", of(c -> Diagonal.of(c, c, c, c))),
                Arguments.of("pair block", of(c -> PairBlock.of(new double[][] {{c, 0}, {0, c}}))),
                Arguments.of("circulant", of(c -> Circulant.stencil(WIDTH, c))),
                Arguments.of("dense inverse", of(c -> Dense.of(identity(c), DenseSolve.INVERSE))),
                Arguments.of("dense lu", of(c -> Dense.of(identity(c), DenseSolve.LU))),
                Arguments.of(
                        "tridiagonal",
                        of(c -> Tridiagonal.of(new double[3], new double[] {c, c, c, c}, new double[3]))),
                Arguments.of("banded", of(c -> Banded.of(0, new double[] {c, c, c, c}))),
                Arguments.of(
                        "Kronecker sum",
                        of(c -> KroneckerSum.of(new double[][] {{c / 2, 0}, {0, c / 2}}, new double[][] {
                            {c / 2, 0}, {0, c / 2}
                        }))),
                Arguments.of("sparse", of(c -> sparse(Krylov.of(KrylovMethod.GMRES), c, c, c, c))));
    }

    private interface Maker {
        LinearOperator<TFloat64> make(double c);
    }

    private static Maker of(Maker maker) {
        return maker;
    }

    private static Sparse<TFloat64> sparse(Krylov krylov, double... diagonal) {
        int[] all = IntStream.range(0, diagonal.length).toArray();
        return Sparse.of(diagonal.length, all, all, diagonal, krylov);
    }

    private static double[][] identity(double c) {
        double[][] matrix = new double[WIDTH][WIDTH];
        for (int i = 0; i < WIDTH; i++) {
            matrix[i][i] = c;
        }
        return matrix;
    }

    private static Outcome outcome(LinearOperator<TFloat64> linear, Method method) {
        return Solves.of(new SplitField<>(QUIET, linear), method, new FixedSteps(H), U0, SaveAt.end(0, 10 * H))
                .outcome();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("operators")
    void anImexStepNamesIt(String name, Maker maker) {
        double gamma = Methods.IMEX_RK3.diagonals()[0];
        assertThat(outcome(maker.make(1 / (H * gamma)), Methods.IMEX_RK3)).isEqualTo(Outcome.LINEAR_BREAKDOWN);
        assertThat(outcome(maker.make(-1), Methods.IMEX_RK3)).isEqualTo(Outcome.SUCCESS);
        assertThat(outcome(maker.make(1.5 / H), Methods.SBDF2)).isEqualTo(Outcome.LINEAR_BREAKDOWN);
    }

    static Stream<Arguments> multistep() {
        return Stream.of(
                Arguments.of(Methods.SBDF1, 1.0),
                Arguments.of(Methods.SBDF4, 12 / 25.0),
                Arguments.of(Methods.CNAB2, 0.5),
                Arguments.of(Methods.MCNAB2, 9 / 16.0),
                Arguments.of(Methods.IMEX_RK2, Methods.IMEX_RK2.diagonals()[0]),
                Arguments.of(Methods.ARS343, Methods.ARS343.diagonals()[0]));
    }

    @ParameterizedTest
    @MethodSource("multistep")
    void everyImexFormulaNamesIt(Method method, double weight) {
        assertThat(outcome(Diagonal.of(-1, -2, 1 / (H * weight), -3), method)).isEqualTo(Outcome.LINEAR_BREAKDOWN);
    }

    static List<Method> implicit() {
        List<Method> methods = new ArrayList<>();
        for (Newton newton : List.of(
                Newton.full(),
                Newton.chord(),
                Newton.full().with(Newton.Algebra.DENSE_WHOLE_BATCH),
                Newton.full().with(Newton.Algebra.GMRES))) {
            for (ImplicitRungeKutta method :
                    List.of(Methods.BACKWARD_EULER, Methods.IMPLICIT_MIDPOINT, Methods.KVAERNO3)) {
                methods.add(method.with(newton));
            }
            BackwardDifferentiation bdf = Methods.BDF1;
            methods.add(bdf.with(newton));
        }
        return methods;
    }

    @ParameterizedTest
    @MethodSource("implicit")
    void everyLinearAlgebraOfNewtonNamesIt(Method method) {
        double weight = method instanceof ImplicitRungeKutta rungeKutta
                ? rungeKutta
                        .tableau()
                        .coefficients()
                        .a()[rungeKutta.tableau().coefficients().stages() - 1][
                        rungeKutta.tableau().coefficients().stages() - 1]
                : 1;
        assertThat(outcome(ScaledIdentity.of(1 / (H * weight)), method)).isEqualTo(Outcome.LINEAR_BREAKDOWN);
    }

    /** Gauss' two stages: I - h A (x) J is singular where 1 / (h J) is an eigenvalue of A; J holds a conjugate pair. */
    @Test
    void coupledStagesNameIt() {
        double re = 0.25;
        double im = Math.sqrt(3) / 12;
        double square = re * re + im * im;
        double a = re / square / H;
        double b = im / square / H;
        double[][] rotation = {{a, -b, 0, 0}, {b, a, 0, 0}, {0, 0, -1, 0}, {0, 0, 0, -1}};
        assertThat(outcome(Dense.of(rotation, DenseSolve.LU), Methods.GAUSS4)).isEqualTo(Outcome.LINEAR_BREAKDOWN);
    }

    @ParameterizedTest
    @EnumSource
    void anIterationAtItsLimitIsNamed(KrylovMethod method) {
        double[] rates = new double[40];
        double[][] u0 = new double[1][40];
        for (int i = 0; i < 40; i++) {
            rates[i] = -Math.exp(i * 0.2);
            u0[0][i] = 1 + Math.sin(i);
        }
        MatrixFree.Product<TFloat64> product = (tf, data, u) -> tf.math.mul(u, tf.constant(rates));
        SplitField<TFloat64> field = new SplitField<>(
                QUIET,
                MatrixFree.of(
                        Values.empty(), product, product, Krylov.of(method).withMaxIterations(3)));
        for (Method each : List.of(Methods.IMEX_RK3, Methods.CNAB2)) {
            assertThat(Solves.of(field, each, new FixedSteps(H), u0, SaveAt.end(0, 1))
                            .outcome())
                    .isEqualTo(Outcome.LINEAR_DIVERGENCE);
        }
    }

    /** The system of the first size is singular; half of it is not. */
    @Test
    void aChosenStepThatFailsIsTriedAgainWithAnotherSize() {
        SplitField<TFloat64> field = new SplitField<>(
                QUIET, ScaledIdentity.of(1 / (H * Methods.IMEX_RK3.diagonals()[0])));
        PidController control = PidController.of(1e-3, 1e-3).withFirst(H);
        Solves.End end = Solves.of(field, Methods.IMEX_RK3, control, U0, SaveAt.end(0, 4 * H));
        assertThat(end.outcome()).isEqualTo(Outcome.SUCCESS);
    }

    @Test
    void unrolledStepsNameIt() {
        try (TestGraph graph = new TestGraph()) {
            Operand<TFloat64> u0 = graph.tf().constant(U0);
            Solution<TFloat64> solution = OdeSolver.of(
                            new SplitField<>(QUIET, ScaledIdentity.of(1.5 / H)), Methods.SBDF2, new FixedSteps(H))
                    .withGradient(Gradient.BACKPROPAGATION)
                    .solve(graph.tf(), u0, Values.empty(), SaveAt.end(0, 3 * H));
            assertThat(Outcome.ofCode(graph.evaluateInt(solution.outcome()))).isEqualTo(Outcome.LINEAR_BREAKDOWN);
        }
    }
}
