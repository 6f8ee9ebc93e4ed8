package dev.odeon.solvers.linear;

import dev.odeon.graph.Floats;
import dev.odeon.graph.TestGraph;
import dev.odeon.graph.Values;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TFloating;

/** Prints how long a circulant solve takes by product and by FFT; the default of {@link CirculantSolve} comes from it. */
final class CirculantTiming {

    private static final int BATCH = 256;
    private static final int RUNS = 40;
    /** Solves one after the other in a run, so that the cost of starting a run does not count. */
    private static final int SOLVES = 8;

    private CirculantTiming() {}

    @SuppressWarnings("SystemOut") // a program to run by hand
    public static void main(String[] arguments) {
        for (Class<? extends TFloating> type : List.of(TFloat64.class, TFloat32.class)) {
            for (int d : new int[] {64, 128, 256, 512, 2048}) {
                System.out.printf(
                        "%s, %4d points: product %.3f ms, FFT %.3f ms%n",
                        type.getSimpleName(),
                        d,
                        median(type, d, CirculantSolve.PRODUCT),
                        median(type, d, CirculantSolve.FFT));
            }
        }
    }

    private static <T extends TFloating> double median(Class<T> type, int d, CirculantSolve solve) {
        try (TestGraph graph = new TestGraph();
                T rows = Floats.tensor(type, Shape.of(BATCH, d), OperatorCases.random(BATCH * d, -1, 1, 1))) {
            Ops tf = graph.tf();
            Circulant<T> operator = Circulant.<T>stencil(d, 1, -2, 1).solvedBy(solve);
            Operand<T> fed = tf.placeholder(type, Placeholder.shape(Shape.of(BATCH, d)));
            Values factor = operator.factor(tf, type, operator.data(tf, type), 0.5);
            Operand<T> x = fed;
            for (int i = 0; i < SOLVES; i++) {
                x = operator.solve(tf, factor, x);
            }
            Operand<T> last = tf.gather(x, tf.constant(0), tf.constant(0));
            Session session = graph.session();
            double[] times = new double[RUNS];
            for (int i = -5; i < RUNS; i++) {
                long start = System.nanoTime();
                try (Result result =
                        session.runner().feed(fed, rows).fetch(last).run()) {
                    Objects.requireNonNull(result.get(0));
                    times[Math.max(i, 0)] = (System.nanoTime() - start) / 1e6 / SOLVES;
                }
            }
            Arrays.sort(times);
            return times[RUNS / 2];
        }
    }
}
