package dev.odeon.experiments.workprecision;

import dev.odeon.experiments.pde.KuramotoSivashinskyRing;
import dev.odeon.ode.OdeSolver;
import dev.odeon.solvers.Methods;
import dev.odeon.solvers.SplitField;
import dev.odeon.solvers.VectorField;
import dev.odeon.solvers.linear.Circulant;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat64;

/**
 * The Kuramoto-Sivashinsky equation u_t = -u u_x - u_xx - u_xxxx on a ring of length 22 with 64 points: stiff and split.
 *
 * <p>G is the centred difference of -(u^2)_x / 2, J the stencil of the linear terms. Source: Kassam, Trefethen, Fourth-order
 * time-stepping for stiff PDEs, 2005.
 */
final class KuramotoSivashinskyCase {

    private static final int POINTS = 64;
    private static final double SPACING = KuramotoSivashinskyRing.LENGTH / POINTS;
    private static final double END = 5;

    private KuramotoSivashinskyCase() {}

    private static SplitField<TFloat64> field() {
        VectorField<TFloat64> advection = (tf, t, u, theta) -> {
            Operand<TFloat64> square = tf.math.square(u);
            Operand<TFloat64> right = tf.roll(square, tf.constant(-1), tf.constant(1));
            Operand<TFloat64> left = tf.roll(square, tf.constant(1), tf.constant(1));
            return tf.math.mul(tf.math.sub(right, left), tf.constant(-0.25 / SPACING));
        };
        return new SplitField<>(advection, Circulant.stencil(POINTS, KuramotoSivashinskyRing.stencil(POINTS)));
    }

    private static double[] start() {
        double[] u = new double[POINTS];
        for (int i = 0; i < POINTS; i++) {
            double x = 2 * Math.PI * i / POINTS;
            u[i] = Math.cos(x) * (1 + Math.sin(2 * x));
        }
        return u;
    }

    static Case problem() {
        int[] counts = {10, 25, 50, 100, 200, 400, 800};
        double[] tolerances = {1e-2, 1e-4, 1e-6, 1e-8};
        return new Case(
                "ks",
                "Kuramoto-Sivashinsky, 64 points, 5 time units",
                (method, control) -> OdeSolver.of(field(), method, control),
                new double[][] {start()},
                END,
                List.of(Series.fixed(Methods.ETDRK4, END, 12800), Series.adaptive(Methods.DOPRI8, 1e-12)),
                List.of(
                        Series.fixed(Methods.IMEX_RK2, END, counts),
                        Series.fixed(Methods.IMEX_RK3, END, counts),
                        Series.fixed(Methods.IMEX_RK4, END, counts),
                        Series.fixed(Methods.IMEX_RK5, END, counts),
                        Series.fixed(Methods.SBDF2, END, counts),
                        Series.fixed(Methods.SBDF3, END, counts),
                        Series.fixed(Methods.SBDF4, END, counts),
                        Series.fixed(Methods.CNAB2, END, counts),
                        Series.fixed(Methods.ETDRK2, END, counts),
                        Series.fixed(Methods.ETDRK4, END, counts),
                        Series.adaptive(Methods.IMEX_RK4, tolerances),
                        Series.adaptive(Methods.IMEX_RK5, tolerances),
                        Series.adaptive(Methods.KENCARP47, tolerances),
                        Series.adaptive(Methods.KENCARP58, tolerances),
                        Series.adaptive(Methods.DOPRI5, tolerances),
                        Series.adaptive(Methods.KVAERNO5, 1e-2, 1e-4, 1e-6)));
    }
}
