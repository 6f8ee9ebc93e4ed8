package dev.odeon.solvers.implicit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.odeon.graph.Floats;
import dev.odeon.ode.testing.Solves;
import dev.odeon.solvers.BackwardDifferentiation;
import dev.odeon.solvers.ImplicitRungeKutta;
import dev.odeon.solvers.Methods;
import dev.odeon.solvers.Outcome;
import dev.odeon.solvers.VectorField;
import dev.odeon.solvers.nonlinear.Anderson;
import dev.odeon.solvers.nonlinear.InnerOptimiser;
import dev.odeon.solvers.nonlinear.Newton;
import dev.odeon.solvers.nonlinear.NonlinearSolver;
import dev.odeon.solvers.steps.FixedSteps;
import dev.odeon.solvers.steps.SaveAt;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat64;

/** All solvers of the stage equations find the same solution. */
class NonlinearSolversTest {

    private static final int WIDTH = 12;
    private static final FixedSteps STEPS = new FixedSteps(0.1);
    private static final SaveAt SAVE_AT = SaveAt.end(0, 0.5);

    static List<NonlinearSolver> solvers() {
        List<NonlinearSolver> solvers = new ArrayList<>(List.of(
                Newton.chord(),
                Newton.full().with(Newton.Algebra.DENSE_WHOLE_BATCH),
                Newton.full().with(Newton.Algebra.GMRES),
                Newton.chord().with(Newton.Algebra.DENSE_WHOLE_BATCH),
                Anderson.standard()));
        for (InnerOptimiser.Rule rule : InnerOptimiser.Rule.values()) {
            solvers.add(new InnerOptimiser(1e-11, 2000, rule, 0.3));
        }
        return solvers;
    }

    /** Diffusion on a ring with a nonlinear source: wide enough for the Jacobian to be built in a loop. */
    private static VectorField<TFloat64> ring() {
        double[] matrix = new double[WIDTH * WIDTH];
        for (int i = 0; i < WIDTH; i++) {
            matrix[i * WIDTH + i] = -8;
            matrix[i * WIDTH + (i + 1) % WIDTH] = 4;
            matrix[i * WIDTH + (i + WIDTH - 1) % WIDTH] = 4;
        }
        return (tf, t, u, theta) -> {
            Operand<TFloat64> a = Floats.constant(tf, TFloat64.class, Shape.of(WIDTH, WIDTH), matrix);
            return tf.math.add(tf.linalg.matMul(u, a), tf.math.sin(tf.math.add(u, t)));
        };
    }

    private static double[][] start() {
        double[][] u0 = new double[2][WIDTH];
        for (int i = 0; i < WIDTH; i++) {
            u0[0][i] = Math.sin(i);
            u0[1][i] = i % 3;
        }
        return u0;
    }

    @ParameterizedTest
    @MethodSource("solvers")
    void theStagesAreThoseOfNewton(NonlinearSolver solver) {
        BackwardDifferentiation method = Methods.BDF2;
        Solves.End expected = Solves.of(ring(), method, STEPS, start(), SAVE_AT);
        Solves.End actual = Solves.of(ring(), method.with(solver), STEPS, start(), SAVE_AT);
        assertThat(actual.outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(actual.state()).containsExactly(expected.state(), within(1e-8));
    }

    @ParameterizedTest
    @MethodSource("coupled")
    void coupledStagesAreThoseOfNewton(NonlinearSolver solver) {
        ImplicitRungeKutta method = Methods.RADAU3;
        Solves.End expected = Solves.of(ring(), method, STEPS, start(), SAVE_AT);
        Solves.End actual = Solves.of(ring(), method.with(solver), STEPS, start(), SAVE_AT);
        assertThat(actual.outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(actual.state()).containsExactly(expected.state(), within(1e-8));
    }

    static List<NonlinearSolver> coupled() {
        return List.of(Newton.chord(), Newton.full().with(Newton.Algebra.GMRES));
    }
}
