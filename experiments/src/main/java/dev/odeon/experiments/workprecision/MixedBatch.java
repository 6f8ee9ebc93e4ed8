package dev.odeon.experiments.workprecision;

import dev.odeon.graph.Floats;
import dev.odeon.ode.OdeSolver;
import dev.odeon.solvers.Methods;
import dev.odeon.solvers.VectorField;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.core.Stack;
import org.tensorflow.op.core.Unstack;
import org.tensorflow.types.TFloat64;

/**
 * Sixteen of Van der Pol's oscillators, y' = v, v' = mu (1 - y^2) v - y, with mu from 0.1 to 100: steps that all share must
 * be those of the hardest.
 *
 * <p>Source: Lienen, Guennemann, torchode: A Parallel ODE Solver for PyTorch, 2022.
 */
final class MixedBatch {

    private static final int SAMPLES = 16;
    private static final double END = 20;

    private MixedBatch() {}

    private static VectorField<TFloat64> field() {
        double[] damping = new double[SAMPLES];
        for (int i = 0; i < SAMPLES; i++) {
            damping[i] = 0.1 * Math.pow(1000, i / (SAMPLES - 1.0));
        }
        return (tf, t, u, theta) -> {
            List<Operand<TFloat64>> parts =
                    List.copyOf(tf.unstack(u, 2L, Unstack.axis(1L)).output());
            Operand<TFloat64> y = parts.get(0);
            Operand<TFloat64> v = parts.get(1);
            Operand<TFloat64> mu = Floats.constant(tf, TFloat64.class, Shape.of(SAMPLES), damping);
            Operand<TFloat64> damped =
                    tf.math.mul(tf.math.mul(mu, tf.math.sub(tf.constant(1.0), tf.math.square(y))), v);
            return tf.stack(List.of(v, tf.math.sub(damped, y)), Stack.axis(1L));
        };
    }

    static Case problem() {
        double[][] start = new double[SAMPLES][];
        for (int i = 0; i < SAMPLES; i++) {
            start[i] = new double[] {2, 0};
        }
        double[] tolerances = {1e-3, 1e-5, 1e-7, 1e-9};
        return new Case(
                "mixed-batch",
                "Sixteen Van der Pol oscillators, mu from 0.1 to 100, 20 time units",
                (method, control) -> OdeSolver.of(field(), method, control),
                start,
                END,
                List.of(Series.adaptive(Methods.DOPRI8, 1e-12), Series.ownSteps(Methods.TSIT5, 1e-12)),
                List.of(
                        Series.adaptive(Methods.BOGACKI_SHAMPINE3, tolerances),
                        Series.ownSteps(Methods.BOGACKI_SHAMPINE3, tolerances),
                        Series.adaptive(Methods.TSIT5, tolerances),
                        Series.ownSteps(Methods.TSIT5, tolerances),
                        Series.adaptive(Methods.DOPRI8, tolerances),
                        Series.ownSteps(Methods.DOPRI8, tolerances)));
    }
}
