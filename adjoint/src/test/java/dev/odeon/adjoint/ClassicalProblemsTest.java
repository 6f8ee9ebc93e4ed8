package dev.odeon.adjoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.odeon.solvers.Method;
import dev.odeon.solvers.Methods;
import dev.odeon.solvers.Outcome;
import dev.odeon.solvers.SplitField;
import dev.odeon.solvers.VectorField;
import dev.odeon.solvers.linear.Circulant;
import dev.odeon.solvers.steps.PidController;
import dev.odeon.solvers.steps.SaveAt;
import java.util.List;
import org.hipparchus.ode.ODEState;
import org.hipparchus.ode.OrdinaryDifferentialEquation;
import org.hipparchus.ode.nonstiff.DormandPrince853Integrator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Stack;
import org.tensorflow.op.core.Unstack;
import org.tensorflow.types.TFloat64;

/** Adaptive solvers on the problems of the textbooks, against Hipparchus or published values. */
class ClassicalProblemsTest {

    private static final double TOLERANCE = 1e-7;

    /** A problem in Java and in the graph. */
    private record Problem(String name, Java rates, Graph field, double end, double[] start) {
        @Override
        public String toString() {
            return name;
        }
    }

    private interface Java {
        double[] at(double[] u);
    }

    private interface Graph {
        List<Operand<TFloat64>> at(Ops tf, List<Operand<TFloat64>> u);
    }

    private static final Problem LORENZ = new Problem(
            "lorenz",
            u -> new double[] {10 * (u[1] - u[0]), u[0] * (28 - u[2]) - u[1], u[0] * u[1] - 8 / 3.0 * u[2]},
            (tf, u) -> List.of(
                    times(tf, 10, tf.math.sub(u.get(1), u.get(0))),
                    tf.math.sub(tf.math.mul(u.get(0), tf.math.sub(tf.constant(28.0), u.get(2))), u.get(1)),
                    tf.math.sub(tf.math.mul(u.get(0), u.get(1)), times(tf, 8 / 3.0, u.get(2)))),
            1,
            new double[] {1, 1, 1});

    private static final Problem BRUSSELATOR = new Problem(
            "brusselator",
            u -> new double[] {1 + u[0] * u[0] * u[1] - 4 * u[0], 3 * u[0] - u[0] * u[0] * u[1]},
            (tf, u) -> {
                Operand<TFloat64> product = tf.math.mul(tf.math.square(u.get(0)), u.get(1));
                return List.of(
                        tf.math.add(tf.math.sub(product, times(tf, 4, u.get(0))), tf.constant(1.0)),
                        tf.math.sub(times(tf, 3, u.get(0)), product));
            },
            10,
            new double[] {1.5, 3});

    private static final Problem ARENSTORF = new Problem(
            "arenstorf", ClassicalProblemsTest::arenstorf, ClassicalProblemsTest::arenstorf, 8, new double[] {
                0.994, 0, 0, -2.0015851063790824
            });

    private static final Problem VAN_DER_POL = vanDerPol(1000, 2);

    private static final double MU = 0.012277471;

    private static double[] arenstorf(double[] u) {
        double d1 = Math.pow((u[0] + MU) * (u[0] + MU) + u[1] * u[1], 1.5);
        double d2 = Math.pow((u[0] - 1 + MU) * (u[0] - 1 + MU) + u[1] * u[1], 1.5);
        return new double[] {
            u[2],
            u[3],
            u[0] + 2 * u[3] - (1 - MU) * (u[0] + MU) / d1 - MU * (u[0] - 1 + MU) / d2,
            u[1] - 2 * u[2] - (1 - MU) * u[1] / d1 - MU * u[1] / d2
        };
    }

    private static List<Operand<TFloat64>> arenstorf(Ops tf, List<Operand<TFloat64>> u) {
        Operand<TFloat64> x1 = tf.math.add(u.get(0), tf.constant(MU));
        Operand<TFloat64> x2 = tf.math.sub(x1, tf.constant(1.0));
        Operand<TFloat64> yy = tf.math.square(u.get(1));
        Operand<TFloat64> w1 =
                tf.math.div(tf.constant(1 - MU), tf.math.pow(tf.math.add(tf.math.square(x1), yy), tf.constant(1.5)));
        Operand<TFloat64> w2 =
                tf.math.div(tf.constant(MU), tf.math.pow(tf.math.add(tf.math.square(x2), yy), tf.constant(1.5)));
        Operand<TFloat64> pull = tf.math.add(tf.math.mul(x1, w1), tf.math.mul(x2, w2));
        return List.of(
                u.get(2),
                u.get(3),
                tf.math.sub(tf.math.add(u.get(0), times(tf, 2, u.get(3))), pull),
                tf.math.sub(tf.math.sub(u.get(1), times(tf, 2, u.get(2))), tf.math.mul(u.get(1), tf.math.add(w1, w2))));
    }

    private static Problem vanDerPol(double mu, double end) {
        return new Problem(
                "van der pol " + mu,
                u -> new double[] {u[1], mu * (1 - u[0] * u[0]) * u[1] - u[0]},
                (tf, u) -> List.of(
                        u.get(1),
                        tf.math.sub(
                                times(
                                        tf,
                                        mu,
                                        tf.math.mul(tf.math.sub(tf.constant(1.0), tf.math.square(u.get(0))), u.get(1))),
                                u.get(0))),
                end,
                new double[] {2, 0});
    }

    private static Operand<TFloat64> times(Ops tf, double factor, Operand<TFloat64> x) {
        return tf.math.mul(tf.constant(factor), x);
    }

    private static VectorField<TFloat64> field(Graph graph, int width) {
        return (tf, t, u, theta) -> tf.stack(
                graph.at(
                        tf,
                        List.copyOf(
                                tf.unstack(u, (long) width, Unstack.axis(1L)).output())),
                Stack.axis(1L));
    }

    static List<Problem> problems() {
        return List.of(LORENZ, BRUSSELATOR, ARENSTORF, vanDerPol(5, 10), VAN_DER_POL);
    }

    private static double[] reference(Problem problem) {
        OrdinaryDifferentialEquation equation = new OrdinaryDifferentialEquation() {
            @Override
            public int getDimension() {
                return problem.start().length;
            }

            @Override
            public double[] computeDerivatives(double t, double[] u) {
                return problem.rates().at(u);
            }
        };
        return new DormandPrince853Integrator(1e-14, 10, 1e-12, 1e-12)
                .integrate(equation, new ODEState(0, problem.start()), problem.end())
                .getPrimaryState();
    }

    @ParameterizedTest
    @MethodSource("problems")
    void theErrorIsAFewTolerances(Problem problem) {
        double[] expected = reference(problem);
        boolean stiff = problem.equals(VAN_DER_POL);
        List<Method> methods = stiff ? List.of(Methods.KVAERNO5) : List.of(Methods.TSIT5, Methods.DOPRI8);
        for (Method method : methods) {
            Solves.End end = Solves.of(
                    field(problem.field(), expected.length),
                    method,
                    PidController.of(TOLERANCE, TOLERANCE),
                    new double[][] {problem.start()},
                    SaveAt.end(0, problem.end()));
            assertThat(end.outcome()).isEqualTo(Outcome.SUCCESS);
            for (int i = 0; i < expected.length; i++) {
                // Errors of steps add up, and unstable problems amplify them.
                assertThat(end.state()[i])
                        .as(problem + " by " + method.name())
                        .isCloseTo(expected[i], within(200 * TOLERANCE * Math.max(1, Math.abs(expected[i]))));
            }
        }
    }

    /** Source of the values: Hairer, Wanner, Solving Ordinary Differential Equations II, 1996, IV.10. */
    @Test
    void robertsonAndTheOregonatorMeetThePublishedValues() {
        Graph robertson = (tf, u) -> {
            Operand<TFloat64> slow = times(tf, 0.04, u.get(0));
            Operand<TFloat64> mixed = times(tf, 1e4, tf.math.mul(u.get(1), u.get(2)));
            Operand<TFloat64> fast = times(tf, 3e7, tf.math.square(u.get(1)));
            return List.of(tf.math.sub(mixed, slow), tf.math.sub(tf.math.sub(slow, mixed), fast), fast);
        };
        Solves.End end = Solves.of(
                field(robertson, 3),
                Methods.KVAERNO5,
                PidController.of(1e-7, 1e-11),
                new double[][] {{1, 0, 0}},
                SaveAt.end(0, 40));
        assertThat(end.outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(end.state()[0]).isCloseTo(0.715827068719394, within(1e-6));
        assertThat(end.state()[1]).isCloseTo(9.18553476455734e-6, within(1e-11));
        Graph oregonator = (tf, u) -> {
            Operand<TFloat64> one = tf.constant(1.0);
            Operand<TFloat64> inner = tf.math.sub(tf.math.sub(one, times(tf, 8.375e-6, u.get(0))), u.get(1));
            return List.of(
                    times(tf, 77.27, tf.math.add(u.get(1), tf.math.mul(u.get(0), inner))),
                    times(tf, 1 / 77.27, tf.math.sub(u.get(2), tf.math.mul(tf.math.add(one, u.get(0)), u.get(1)))),
                    times(tf, 0.161, tf.math.sub(u.get(0), u.get(2))));
        };
        end = Solves.of(
                field(oregonator, 3),
                Methods.KVAERNO5,
                PidController.of(1e-7, 1e-7),
                new double[][] {{1, 2, 3}},
                SaveAt.end(0, 360));
        assertThat(end.outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(end.state()[0]).isCloseTo(1.000814870318523, within(1e-4));
        assertThat(end.state()[1]).isCloseTo(1228.178521549917, within(0.1));
        assertThat(end.state()[2]).isCloseTo(132.0554942846706, within(0.05));
    }

    /** Kuramoto-Sivashinsky on 64 points: u_t = -u_xx - u_xxxx - u u_x, the linear part implicit. */
    @Test
    void adaptiveImexMakesFewFactorsOnKuramotoSivashinsky() {
        int points = 64;
        double dx = 22.0 / points;
        double second = 1 / (dx * dx);
        double fourth = second * second;
        SplitField<TFloat64> field = new SplitField<>(
                (tf, t, u, theta) -> {
                    Operand<TFloat64> square = tf.math.square(u);
                    Operand<TFloat64> right = tf.roll(square, tf.constant(-1), tf.constant(1));
                    Operand<TFloat64> left = tf.roll(square, tf.constant(1), tf.constant(1));
                    return times(tf, -0.25 / dx, tf.math.sub(right, left));
                },
                Circulant.stencil(
                        points, -fourth, 4 * fourth - second, 2 * second - 6 * fourth, 4 * fourth - second, -fourth));
        double[][] u0 = new double[1][points];
        for (int i = 0; i < points; i++) {
            double x = 2 * Math.PI * i / points;
            u0[0][i] = Math.cos(x) * (1 + Math.sin(2 * x));
        }
        SaveAt saveAt = SaveAt.end(0, 20);
        Solves.End adaptive = Solves.of(field, Methods.IMEX_RK4, PidController.of(1e-5, 1e-5), u0, saveAt);
        assertThat(adaptive.outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(adaptive.factorizations()).isBetween(1, 9);
        Solves.End tight = Solves.of(field, Methods.IMEX_RK5, PidController.of(1e-9, 1e-9), u0, saveAt);
        for (int i = 0; i < points; i++) {
            assertThat(adaptive.state()[i]).isCloseTo(tight.state()[i], within(2e-3));
        }
    }
}
