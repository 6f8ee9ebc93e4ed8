package dev.odeon.experiments.bench;

import dev.odeon.experiments.pde.RandomWaves;
import dev.odeon.experiments.pde.Surrogate;
import dev.odeon.graph.layers.Mlp;
import dev.odeon.graph.runtime.Devices;
import dev.odeon.solvers.Method;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is measured, the same for all variants. */
record Workload(BenchEquation problem, int grid, int batch, int steps, double dt, Method method) {

    Surrogate surrogate() {
        return problem.surrogate(grid, new Mlp.Normal(0.01));
    }

    /** Random smooth states of the problem's amplitude, two rows for each window: its start and its end. */
    double[] states() {
        return new RandomWaves(grid, problem.amplitude()).states(2 * batch);
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
