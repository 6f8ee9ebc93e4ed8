package dev.odeon.experiments.bench;

import dev.odeon.experiments.pde.Surrogate;
import dev.odeon.graph.layers.Mlp;
import dev.odeon.graph.runtime.Devices;
import dev.odeon.solvers.Method;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** What is measured, the same for all variants. */
record Workload(BenchEquation problem, int grid, int batch, int steps, double dt, Method method) {

    private static final int WAVES = 5;

    Surrogate surrogate() {
        return problem.surrogate(grid, new Mlp.Normal(0.01));
    }

    /** Random smooth states of the problem's amplitude, two rows for each window: its start and its end. */
    double[] states() {
        Random random = new Random(0);
        int rows = 2 * batch;
        double[] states = new double[rows * grid];
        for (int row = 0; row < rows; row++) {
            for (int wave = 1; wave <= WAVES; wave++) {
                double amplitude = problem.amplitude() * random.nextGaussian() / wave;
                double phase = 2 * Math.PI * random.nextDouble();
                for (int i = 0; i < grid; i++) {
                    states[row * grid + i] += amplitude * Math.sin(2 * Math.PI * wave * i / grid + phase);
                }
            }
        }
        return states;
    }

    /** For the result lines. */
    Map<String, @Nullable Object> describe() {
        Map<String, @Nullable Object> line = new LinkedHashMap<>();
        line.put("case", problem.name());
        line.put("grid", grid);
        line.put("batch", batch);
        line.put("steps", steps);
        line.put("dt", dt);
        line.put("method", method.name());
        line.put("device", Devices.preferred().shortName());
        return line;
    }
}
