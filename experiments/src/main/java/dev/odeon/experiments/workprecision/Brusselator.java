package dev.odeon.experiments.workprecision;

import dev.odeon.ode.OdeSolver;
import dev.odeon.solvers.Methods;
import dev.odeon.solvers.VectorField;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.core.Stack;
import org.tensorflow.op.core.Unstack;
import org.tensorflow.types.TFloat64;

/**
 * A chemical oscillator, not stiff: x' = 1 + x^2 y - 4 x, y' = 3 x - x^2 y.
 *
 * <p>Source: Hairer, Norsett, Wanner, Solving Ordinary Differential Equations I, 1993, I.16.
 */
final class Brusselator {

    private static final double END = 20;

    private Brusselator() {}

    private static VectorField<TFloat64> field() {
        return (tf, t, u, theta) -> {
            List<Operand<TFloat64>> parts =
                    List.copyOf(tf.unstack(u, 2L, Unstack.axis(1L)).output());
            Operand<TFloat64> x = parts.get(0);
            Operand<TFloat64> product = tf.math.mul(tf.math.square(x), parts.get(1));
            Operand<TFloat64> first =
                    tf.math.add(tf.math.sub(product, tf.math.mul(x, tf.constant(4.0))), tf.constant(1.0));
            return tf.stack(List.of(first, tf.math.sub(tf.math.mul(x, tf.constant(3.0)), product)), Stack.axis(1L));
        };
    }

    static Case problem() {
        int[] counts = {200, 400, 800, 1600, 3200, 6400};
        double[] tolerances = {1e-3, 1e-5, 1e-7, 1e-9, 1e-11};
        return new Case(
                "brusselator",
                "Brusselator, not stiff, 20 time units",
                (method, control) -> OdeSolver.of(field(), method, control),
                new double[][] {{1.5, 3}},
                END,
                List.of(Series.adaptive(Methods.DOPRI8, 1e-14), Series.adaptive(Methods.TSIT5, 1e-13)),
                List.of(
                        Series.fixed(Methods.MIDPOINT, END, counts),
                        Series.fixed(Methods.RK4, END, counts),
                        Series.fixed(Methods.DOPRI5, END, counts),
                        Series.fixed(Methods.AB4, END, counts),
                        Series.fixed(Methods.ABM4, END, counts),
                        Series.fixed(Methods.GAUSS6, END, 200, 400, 800),
                        Series.adaptive(Methods.HEUN, 1e-3, 1e-5, 1e-7),
                        Series.adaptive(Methods.BOGACKI_SHAMPINE3, 1e-3, 1e-5, 1e-7, 1e-9),
                        Series.adaptive(Methods.TSIT5, tolerances),
                        Series.adaptive(Methods.DOPRI5, tolerances),
                        Series.adaptive(Methods.DOPRI8, tolerances),
                        Series.adaptive(Methods.KVAERNO5, 1e-3, 1e-5, 1e-7, 1e-9)));
    }
}
