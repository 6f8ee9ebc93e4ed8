package dev.odeon.experiments.bench.adjoint;

import dev.odeon.experiments.results.ResultFiles;
import dev.odeon.plots.Curves;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Time and memory against the number of steps, a picture of each. */
final class GradientPlots {

    private static final double MEBIBYTE = 1 << 20;

    private GradientPlots() {}

    static void write(ResultFiles files, Dynamics system, List<Variant> variants, List<GradientPoint> points) {
        write(files, system, variants, points, "time", "median time in ms", GradientFigures::medianMillis);
        write(
                files,
                system,
                variants,
                points,
                "memory",
                "peak memory in MiB",
                figures -> figures.peakBytes() < 0 ? Double.NaN : figures.peakBytes() / MEBIBYTE);
    }

    private static void write(
            ResultFiles files,
            Dynamics system,
            List<Variant> variants,
            List<GradientPoint> points,
            String name,
            String label,
            ToDoubleFunction<GradientFigures> value) {
        List<Curves.Curve> curves = new ArrayList<>();
        for (Variant variant : variants) {
            List<GradientPoint> own = points.stream()
                    .filter(point -> point.variant().equals(variant) && point.succeeded())
                    .toList();
            curves.add(new Curves.Curve(
                    variant.name(),
                    own.stream().mapToDouble(GradientPoint::n).toArray(),
                    own.stream()
                            .mapToDouble(point -> valueOf(point.figures(), value))
                            .toArray()));
        }
        Curves.write(
                files.file(system.name() + "-" + name + ".png"),
                system.title() + ", one solve with its gradient",
                new Curves.Axis("steps", Curves.Scale.LOGARITHMIC),
                new Curves.Axis(label, Curves.Scale.LOGARITHMIC),
                curves);
    }

    private static double valueOf(@Nullable GradientFigures figures, ToDoubleFunction<GradientFigures> value) {
        return figures == null ? Double.NaN : value.applyAsDouble(figures);
    }
}
