package dev.odeon.experiments.bench.adjoint;

import dev.odeon.adjoint.Gradient;
import dev.odeon.datasets.pde.Sampling;
import dev.odeon.datasets.pde.Trajectories;
import dev.odeon.solvers.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All gradients of one system, from few steps to many.
 *
 * @param batch samples in a solve
 * @param hidden width of the network's hidden layers
 * @param unrolled most steps of backpropagation
 */
record Comparison(Method method, int batch, int hidden, Limits limits, int unrolled) {

    /**
     * Measures.
     *
     * @param steps increasing, so that what was measured tells how long the next takes
     */
    List<GradientPoint> run(Dynamics system, List<Variant> variants, List<Integer> steps) {
        double[] u0 = start(system);
        List<GradientPoint> points = new ArrayList<>();
        Map<Variant, GradientPoint> last = new HashMap<>();
        for (int n : steps) {
            @Nullable GradientFigures reference = null;
            for (Variant variant : variants) {
                String obstacle = obstacle(variant, n, last.get(variant));
                GradientPoint point;
                if (obstacle.isEmpty()) {
                    GradientFigures figures = measure(system, u0, variant, n);
                    if (variant.is(Gradient.DISCRETE_ADJOINT, n)) {
                        reference = figures;
                    }
                    point = GradientPoint.of(system, variant, n, figures, reference);
                    last.put(variant, point);
                } else {
                    point = GradientPoint.leftOut(system, variant, n, obstacle);
                }
                points.add(point);
                tell(point);
            }
        }
        return points;
    }

    /** Builds and runs something small, so that the first measurement does not pay for loading TensorFlow. */
    void warmUp() {
        Dynamics system = Dynamics.all().get(0);
        for (Variant variant : List.of(Variant.STORE_ALL, Variant.REVERSIBLE)) {
            measure(system, start(system), variant, 2);
        }
    }

    private double[] start(Dynamics system) {
        Trajectories data = system.simulation().run(new Sampling(0, 1, 1), batch);
        return data.states();
    }

    private GradientFigures measure(Dynamics system, double[] u0, Variant variant, int n) {
        try (MeasuredGradient measured = new MeasuredGradient(
                system.field(hidden), u0, system.dimension(), system.interval(), method, variant, n)) {
            return measured.measure(limits);
        }
    }

    /** Why a point is left out; empty if it is not. */
    private String obstacle(Variant variant, int n, @Nullable GradientPoint before) {
        if (variant.is(Gradient.BACKPROPAGATION, n) && n > unrolled) {
            return "left out: its graph grows with the steps and --unrolled is " + unrolled;
        }
        if (variant.steps() == Variant.Steps.CHOSEN && method.stepSizes() != Method.StepSizes.CHOSEN) {
            return "left out: " + method.name() + " has no error estimate to choose steps by";
        }
        if (before == null || before.figures() == null) {
            return "";
        }
        double expected = before.figures().medianMillis() * n / before.n();
        return expected <= limits.capMillis()
                ? ""
                : String.format(
                        Locale.ROOT,
                        "left out: one run would take about %.0f s and --cap is %.0f",
                        expected / 1e3,
                        limits.capMillis() / 1e3);
    }

    private static void tell(GradientPoint point) {
        GradientFigures figures = point.figures();
        String what = figures == null
                ? point.note()
                : String.format(
                        Locale.ROOT,
                        "%10.1f ms %12s bytes, built in %.0f ms, %s",
                        figures.medianMillis(),
                        figures.peakBytes() < 0 ? "-" : figures.peakBytes(),
                        figures.buildMillis(),
                        figures.outcome());
        System.err.printf(
                Locale.ROOT, "odeon:   %-16s n = %-6d %s%n", point.variant().name(), point.n(), what);
    }
}
