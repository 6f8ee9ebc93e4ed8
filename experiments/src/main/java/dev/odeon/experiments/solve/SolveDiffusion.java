package dev.odeon.experiments.solve;

import dev.odeon.experiments.results.ResultFiles;
import dev.odeon.graph.runtime.Devices;
import dev.odeon.solvers.nonlinear.InnerOptimiser;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code odeon solve diffusion}: proximal methods against explicit ones with chosen steps.
 *
 * <p>Source: Xia, thesis, section 5.4.1, figures 5.3 to 5.5, table 5.2.
 */
@Command(
        name = "diffusion",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "Solve the diffusion equation on 128 points by proximal and explicit methods.")
public final class SolveDiffusion implements Callable<Integer> {

    private static final int MAX_ITERATIONS = 5000;

    @Option(names = "--out", required = true, description = "Folder for the results; new or empty.")
    private Path out = Path.of("");

    @Option(names = "--rate", defaultValue = "0.1", description = "The inner step of the proximal methods.")
    private double rate;

    @Option(names = "--quick", description = "A shorter interval and fewer points, to try it out.")
    private boolean quick;

    @Override
    public Integer call() {
        InnerOptimiser inner =
                new InnerOptimiser(FinalErrors.TIGHT, MAX_ITERATIONS, InnerOptimiser.Rule.FLETCHER_REEVES, rate);
        ResultFiles files = ResultFiles.fresh(out);
        double[] times = quick ? new double[] {0.01} : new double[] {0.05, 1};
        double[] tolerances = quick ? new double[] {1e-3, 1e-5} : new double[] {1e-3, 1e-4, 1e-5, 1e-6, 1e-7};
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("experiment", "diffusion");
        summary.put("device", Devices.preferred().shortName());
        summary.put("quick", quick);
        summary.put("points", DiffusionProblem.THESIS.points());
        summary.put("end", times[times.length - 1]);
        summary.putAll(new FinalErrors(times, tolerances, inner).run(files));
        // A quarter of 0.1 suits all rules: see the differences.
        InnerOptimiser careful = new InnerOptimiser(inner.tolerance(), MAX_ITERATIONS, inner.rule(), rate / 4);
        summary.put("figure54", new InnerConvergence(List.of(inner, careful), quick ? 3 : 23).run(files));
        int[] grids = quick ? new int[] {8, 32} : new int[] {16, 32, 64, 128, 256, 512};
        summary.put("figure55Millis", new SolverScaling(grids, quick ? 0.005 : 0.05).run(files));
        summary.put("thesis", ThesisFigures.table52());
        summary.put("differences", ThesisFigures.differences());
        files.summary(summary);
        return 0;
    }
}
