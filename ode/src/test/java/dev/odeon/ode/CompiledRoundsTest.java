package dev.odeon.ode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odeon.adjoint.Gradient;
import dev.odeon.graph.Compilation;
import dev.odeon.graph.Gradients;
import dev.odeon.graph.TestGraph;
import dev.odeon.graph.Values;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.Methods;
import dev.odeon.solvers.SplitField;
import dev.odeon.solvers.VectorField;
import dev.odeon.solvers.linear.Diagonal;
import dev.odeon.solvers.steps.FixedSteps;
import dev.odeon.solvers.steps.PidController;
import dev.odeon.solvers.steps.SaveAt;
import dev.odeon.solvers.steps.StepControl;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;

/**
 * Compiled loops of twenty thousand rounds from constants, on a thread with the stack that Java gives.
 *
 * <p>A call that TensorFlow computes while it prepares the graph, as it does with calls on constants, recurses from round to
 * round and ends the process.
 */
class CompiledRoundsTest {

    private static final int ROUNDS = 20_000;
    private static final double END = 2;
    private static final StepControl FIXED = new FixedSteps(END / ROUNDS);

    /** u' = -u / 2 - u / 2, from a constant, and the derivative of the end by the start. */
    private static double[] endAndGradient(Method method, StepControl control, Gradient gradient) {
        VectorField<TFloat64> half = (tf, t, u, theta) -> tf.math.mul(u, tf.constant(-0.5));
        Diagonal<TFloat64> rest = Diagonal.of(-0.5);
        try (TestGraph graph = new TestGraph()) {
            Ops tf = graph.tf();
            Values start = Values.of("u", tf.constant(new double[][] {{1}}));
            Values results = Compilation.XLA.run(tf, "solve", start, (inner, values) -> {
                Operand<TFloat64> u = values.get("u", TFloat64.class);
                Solution<TFloat64> solution = OdeSolver.of(new SplitField<>(half, rest), method, control)
                        .withGradient(gradient)
                        .solve(inner, u, Values.empty(), SaveAt.end(0, END));
                Operand<TFloat64> end = inner.reshape(solution.last(), inner.constant(new int[] {1}));
                Operand<?> slope = gradient == Gradient.NONE
                        ? end
                        : Gradients.of(inner, inner.reduceSum(end, inner.constant(0)), Values.of("u", u))
                                .get("u");
                return Values.of("end", end)
                        .with("slope", slope)
                        .with("steps", solution.statistics().accepted());
            });
            double[] end = graph.evaluate(results.get("end"));
            assertThat(graph.evaluateInt(results.get("steps", TInt32.class))).isGreaterThanOrEqualTo(ROUNDS);
            return new double[] {end[0], graph.evaluate(results.get("slope"))[0]};
        }
    }

    private static void requireRight(double[] endAndGradient) {
        assertThat(endAndGradient).containsExactly(new double[] {Math.exp(-END), Math.exp(-END)}, Offset.offset(1e-11));
    }

    @Test
    void knownStepsAndTheirAdjoint() {
        requireRight(endAndGradient(Methods.RK4, FIXED, Gradient.DISCRETE_ADJOINT));
        requireRight(endAndGradient(Methods.IMEX_RK3, FIXED, Gradient.DISCRETE_ADJOINT));
    }

    @Test
    void chosenSteps() {
        PidController control =
                PidController.of(1e-6, 1e-6).within(0, END / ROUNDS).withMaxSteps(2 * ROUNDS);
        requireRight(endAndGradient(Methods.TSIT5, control, Gradient.NONE));
    }

    @Test
    void stepsThatIterate() {
        requireRight(endAndGradient(Methods.KVAERNO5, FIXED, Gradient.NONE));
    }
}
