package dev.odeon.experiments.bench.adjoint;

import dev.odeon.experiments.results.ResultFiles;
import dev.odeon.plots.Curves;
import dev.odeon.solvers.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The same training with each gradient: same data, same first parameters.
 *
 * @param hidden width of the network's hidden layers
 * @param iterations of each training
 */
record TrainingComparison(Method method, int hidden, int iterations) {

    static final List<String> COLUMNS = List.of("problem", "gradient", "iteration", "loss");

    /** Trains, writes {@code training.csv} and pictures of the losses, and tells the lowest: the last may be that of a spike. */
    Map<String, Map<String, Double>> run(List<Dynamics> systems, List<Variant> variants, ResultFiles files) {
        Map<String, Map<String, Double>> reached = new LinkedHashMap<>();
        List<List<Object>> rows = new ArrayList<>();
        for (Dynamics system : systems) {
            System.err.println("odeon: " + system.title() + ", training");
            Map<String, Double> own = new LinkedHashMap<>();
            List<Curves.Curve> curves = new ArrayList<>();
            for (Variant variant : variants) {
                if (variant.steps() == Variant.Steps.CHOSEN && method.stepSizes() != Method.StepSizes.CHOSEN) {
                    continue;
                }
                double[] losses = Training.run(system, method, variant, hidden, iterations);
                double[] numbers = new double[losses.length];
                Arrays.setAll(numbers, i -> i);
                for (int i = 0; i < losses.length; i++) {
                    rows.add(List.of(system.name(), variant.name(), i, losses[i]));
                }
                curves.add(new Curves.Curve(variant.name(), numbers, losses));
                double lowest = losses.length == iterations
                        ? Arrays.stream(losses).min().orElse(Double.NaN)
                        : Double.NaN;
                own.put(variant.name(), lowest);
                System.err.printf(Locale.ROOT, "odeon:   %-16s loss %.9g%n", variant.name(), lowest);
            }
            reached.put(system.name(), own);
            Curves.write(
                    files.file(system.name() + "-training.png"),
                    system.title() + ", training with each gradient",
                    new Curves.Axis("iteration", Curves.Scale.LINEAR),
                    new Curves.Axis("mean square error", Curves.Scale.LOGARITHMIC),
                    curves);
            files.table("training", COLUMNS, rows);
        }
        return reached;
    }
}
