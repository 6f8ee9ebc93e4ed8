package dev.odeon.experiments.workprecision;

import dev.odeon.ode.OdeSolver;
import dev.odeon.solvers.ImplicitRungeKutta;
import dev.odeon.solvers.Methods;
import dev.odeon.solvers.VectorField;
import dev.odeon.solvers.nonlinear.Newton;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.core.Stack;
import org.tensorflow.op.core.Unstack;
import org.tensorflow.types.TFloat64;

/**
 * Van der Pol's oscillator in slow time, y' = v, v' = ((1 - y^2) v - y) / 1e-4: stiff, with a jump near t = 0.8 and
 * nothing to split off.
 *
 * <p>Source: Hairer, Wanner, Solving Ordinary Differential Equations II, 1996, IV.10.
 */
final class VanDerPol {

    private static final double FAST = 1e4;
    private static final double END = 1;

    private VanDerPol() {}

    private static VectorField<TFloat64> field() {
        return (tf, t, u, theta) -> {
            List<Operand<TFloat64>> parts =
                    List.copyOf(tf.unstack(u, 2L, Unstack.axis(1L)).output());
            Operand<TFloat64> y = parts.get(0);
            Operand<TFloat64> v = parts.get(1);
            Operand<TFloat64> damping = tf.math.mul(tf.math.sub(tf.constant(1.0), tf.math.square(y)), v);
            return tf.stack(List.of(v, tf.math.mul(tf.math.sub(damping, y), tf.constant(FAST))), Stack.axis(1L));
        };
    }

    private static Series chord(ImplicitRungeKutta method, double... tolerances) {
        Series adaptive = Series.adaptive(method.with(Newton.chord()), tolerances);
        return new Series(adaptive.label() + ", chord", adaptive.method(), adaptive.settings());
    }

    static Case problem() {
        // Larger steps fail at the jump.
        int[] counts = {16000, 32000};
        double[] tolerances = {1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8};
        return new Case(
                "van-der-pol",
                "Van der Pol, stiffness 1e4, one jump",
                (method, control) -> OdeSolver.of(field(), method, control),
                new double[][] {{2, -2.0 / 3}},
                END,
                List.of(Series.adaptive(Methods.DOPRI8, 1e-12), Series.adaptive(Methods.KVAERNO5, 1e-11)),
                List.of(
                        Series.fixed(Methods.BACKWARD_EULER, END, counts),
                        Series.fixed(Methods.BDF2, END, counts),
                        Series.fixed(Methods.BDF4, END, counts),
                        Series.fixed(Methods.RADAU5, END, 4000, 16000),
                        Series.adaptive(Methods.RADAU5, tolerances),
                        Series.adaptive(Methods.TRBDF2, 1e-3, 1e-4, 1e-5, 1e-6),
                        Series.adaptive(Methods.KVAERNO3, tolerances),
                        Series.adaptive(Methods.KVAERNO5, tolerances),
                        chord(Methods.KVAERNO5, tolerances),
                        chord(Methods.RADAU5, tolerances),
                        Series.adaptive(Methods.TSIT5, tolerances),
                        Series.adaptive(Methods.DOPRI8, tolerances)));
    }
}
