package dev.odeon.solvers.linear;

import static dev.odeon.ode.testing.Fed.fed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.odeon.adjoint.Gradient;
import dev.odeon.graph.Floats;
import dev.odeon.graph.Gradients;
import dev.odeon.graph.TestGraph;
import dev.odeon.graph.Values;
import dev.odeon.ode.OdeSolver;
import dev.odeon.solvers.Methods;
import dev.odeon.solvers.SplitField;
import dev.odeon.solvers.linear.krylov.Krylov;
import dev.odeon.solvers.linear.krylov.KrylovMethod;
import dev.odeon.solvers.steps.FixedSteps;
import dev.odeon.solvers.steps.SaveAt;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;

/** Every linear operator in a solve: products and solves pass the gradients of the state and of trained data. */
class OperatorGradientsTest {

    private static final Krylov GMRES = Krylov.of(KrylovMethod.GMRES).withTolerance(1e-14);
    private static final double[] U0 = {0.3, -0.2, 0.5, 0.7, 0.1, -0.6, 0.2, 0.4};
    /** The numbers each operator with trained data is made of. */
    private static final double[] X = {-1.2, -0.7, -1.5, -0.9};

    private enum Kind {
        IDENTITY {
            @Override
            LinearOperator<TFloat64> of(Ops tf, Operand<TFloat64> x) {
                return ScaledIdentity.of(tf.gather(x, tf.constant(0), tf.constant(0)));
            }
        },
        DIAGONAL {
            @Override
            LinearOperator<TFloat64> of(Ops tf, Operand<TFloat64> x) {
                return Diagonal.of(x);
            }
        },
        CIRCULANT {
            @Override
            LinearOperator<TFloat64> of(Ops tf, Operand<TFloat64> x) {
                return Circulant.stencil(4, 1, -2.5, 0.7);
            }
        },
        CIRCULANT_BY_FFT {
            @Override
            LinearOperator<TFloat64> of(Ops tf, Operand<TFloat64> x) {
                return Circulant.<TFloat64>stencil(4, 1, -2.5, 0.7).solvedBy(CirculantSolve.FFT);
            }
        },
        TRIDIAGONAL {
            @Override
            LinearOperator<TFloat64> of(Ops tf, Operand<TFloat64> x) {
                Operand<TFloat64> beside = tf.slice(x, tf.constant(new int[] {1}), tf.constant(new int[] {3}));
                return Tridiagonal.of(tf.math.neg(beside), tf.math.mul(x, tf.constant(2.0)), tf.math.sin(beside));
            }
        },
        BANDED {
            @Override
            LinearOperator<TFloat64> of(Ops tf, Operand<TFloat64> x) {
                return Banded.of(
                        1, tf.stack(List.of(tf.math.sin(x), tf.math.mul(x, tf.constant(2.0)), tf.math.cos(x))));
            }
        },
        DENSE_LU {
            @Override
            LinearOperator<TFloat64> of(Ops tf, Operand<TFloat64> x) {
                return Dense.of(full(tf, x), DenseSolve.LU);
            }
        },
        DENSE_INVERSE {
            @Override
            LinearOperator<TFloat64> of(Ops tf, Operand<TFloat64> x) {
                return Dense.of(full(tf, x), DenseSolve.INVERSE);
            }
        },
        CONSTANT_LU {
            @Override
            LinearOperator<TFloat64> of(Ops tf, Operand<TFloat64> x) {
                double[][] matrix = {{-2, 1, 0, 0.3}, {0.5, -3, 1, 0}, {0, 0.2, -1, 0}, {1, 0, 0, -2}};
                return Dense.of(matrix, DenseSolve.LU);
            }
        },
        KRONECKER {
            @Override
            LinearOperator<TFloat64> of(Ops tf, Operand<TFloat64> x) {
                double[][] line = {{2, -1}, {-1, 2}};
                return KroneckerSum.of(
                        line,
                        line,
                        tf.gather(x, tf.constant(0), tf.constant(0)),
                        tf.gather(x, tf.constant(1), tf.constant(0)));
            }
        },
        SPARSE {
            @Override
            LinearOperator<TFloat64> of(Ops tf, Operand<TFloat64> x) {
                return sparse(tf, x);
            }
        },
        SCALED_SPARSE {
            @Override
            LinearOperator<TFloat64> of(Ops tf, Operand<TFloat64> x) {
                return Scaled.of(0.7, sparse(tf, x));
            }
        },
        MATRIX_FREE {
            @Override
            LinearOperator<TFloat64> of(Ops tf, Operand<TFloat64> x) {
                return MatrixFree.of(
                        Values.of("m", full(tf, x)),
                        (inner, data, u) -> inner.linalg.matMul(u, data.get("m", TFloat64.class)),
                        (inner, data, u) -> inner.linalg.matMul(
                                u, data.get("m", TFloat64.class), org.tensorflow.op.linalg.MatMul.transposeB(true)),
                        GMRES);
            }
        },
        SUM {
            @Override
            LinearOperator<TFloat64> of(Ops tf, Operand<TFloat64> x) {
                return Sum.of(List.of(Diagonal.of(x), Circulant.stencil(4, 0.5, -1, 0.5)), GMRES);
            }
        };

        abstract LinearOperator<TFloat64> of(Ops tf, Operand<TFloat64> x);

        boolean trained() {
            return this != CIRCULANT && this != CIRCULANT_BY_FFT && this != CONSTANT_LU;
        }

        private static Operand<TFloat64> full(Ops tf, Operand<TFloat64> x) {
            Operand<TFloat64> column = tf.expandDims(tf.math.sin(x), tf.constant(1));
            return tf.math.add(tf.linalg.tensorDiag(x), tf.math.mul(column, tf.math.cos(x)));
        }

        private static LinearOperator<TFloat64> sparse(Ops tf, Operand<TFloat64> x) {
            Operand<TFloat64> weights = tf.concat(List.of(x, tf.math.cos(x)), tf.constant(0));
            return Sparse.of(
                    4,
                    tf.constant(new int[] {0, 1, 2, 3, 0, 1, 2, 3}),
                    tf.constant(new int[] {0, 1, 2, 3, 2, 0, 1, 0}),
                    weights,
                    GMRES);
        }
    }

    /** By a method whose adjoint is TensorFlow's own of a step, and by backpropagation. */
    @ParameterizedTest
    @EnumSource
    void solvesPassThemAll(Kind kind) {
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Operand<TFloat64> u0 = fed(tf, U0, 2, 4);
            Operand<TFloat64> x = fed(tf, X, 4);
            Values targets = kind.trained() ? Values.of("u0", u0).with("x", x) : Values.of("u0", u0);
            List<Operand<?>> fetched = new ArrayList<>();
            SplitField<TFloat64> field = new SplitField<>((inner, t, u, theta) -> inner.math.tanh(u), kind.of(tf, x));
            for (Gradient gradient : List.of(Gradient.DISCRETE_ADJOINT, Gradient.BACKPROPAGATION)) {
                Operand<TFloat64> end = OdeSolver.of(field, Methods.SBDF2, new FixedSteps(0.25))
                        .withGradient(gradient)
                        .solve(tf, u0, Values.empty(), SaveAt.end(0, 0.6))
                        .last();
                Operand<TFloat64> loss = tf.reduceSum(tf.math.sin(end), tf.constant(new int[] {0, 1}));
                fetched.add(loss);
                fetched.addAll(Gradients.of(tf, loss, targets).operands());
            }
            Session session = graph.quickSession();
            double[][] found = at(session, fetched, u0, U0, x, X);
            int each = 1 + targets.size();
            for (int solve = 0; solve < 2; solve++) {
                for (int target = 0; target < targets.size(); target++) {
                    double[] from = target == 0 ? U0 : X;
                    double[] at = new double[4];
                    double[] steps = {1e-3, -1e-3, 2e-3, -2e-3};
                    double along = 0;
                    for (int i = 0; i < from.length; i++) {
                        along += (1 + 0.1 * i) * found[each * solve + 1 + target][i];
                    }
                    for (int k = 0; k < 4; k++) {
                        double[] moved = from.clone();
                        for (int i = 0; i < moved.length; i++) {
                            moved[i] += steps[k] * (1 + 0.1 * i);
                        }
                        at[k] = at(session, fetched, u0, target == 0 ? moved : U0, x, target == 1 ? moved : X)[
                                each * solve][0];
                    }
                    double expected = (8 * (at[0] - at[1]) - (at[2] - at[3])) / 12e-3;
                    assertThat(Math.abs(expected)).isGreaterThan(1e-2);
                    assertThat(along).as("solve %d, target %d", solve, target).isCloseTo(expected, within(1e-8));
                }
            }
        }
    }

    private static double[][] at(
            Session session,
            List<Operand<?>> fetched,
            Operand<TFloat64> u0,
            double[] atU0,
            Operand<TFloat64> x,
            double[] atX) {
        Session.Runner runner = session.runner();
        fetched.forEach(runner::fetch);
        try (TFloat64 first = Floats.tensor(TFloat64.class, Shape.of(2, 4), atU0);
                TFloat64 second = Floats.tensor(TFloat64.class, Shape.of(4), atX);
                Result result = runner.feed(u0, first).feed(x, second).run()) {
            double[][] found = new double[result.size()][];
            for (int i = 0; i < found.length; i++) {
                found[i] = Floats.read(result.get(i));
            }
            return found;
        }
    }
}
