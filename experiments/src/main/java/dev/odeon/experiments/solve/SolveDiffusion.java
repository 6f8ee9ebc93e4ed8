package dev.odeon.experiments.solve;

import dev.odeon.datasets.Printable;
import dev.odeon.experiments.results.ResultFiles;
import dev.odeon.graph.runtime.Devices;
import dev.odeon.solvers.nonlinear.InnerOptimiser;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
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

    @Option(
            showDefaultValue = Visibility.NEVER,
            names = "--out",
            required = true,
            description = "Folder for the results; new or empty.")
    private Path out = Path.of("");

    @Option(names = "--rate", defaultValue = "0.1", description = "The inner step of the proximal methods.")
    private double rate;

    @Option(names = "--quick", description = "A shorter interval and fewer points, to try it out.")
    private boolean quick;

    @Override
    public Integer call() {
        if (!(rate > 0) || Double.isInfinite(rate)) {
            throw new IllegalArgumentException("--rate is " + rate + ": give a positive number, such as 0.1");
        }
        InnerOptimiser inner =
                new InnerOptimiser(FinalErrors.TIGHT, MAX_ITERATIONS, InnerOptimiser.Rule.FLETCHER_REEVES, rate);
        ResultFiles files = ResultFiles.fresh(out);
        double[] times = quick ? new double[] {0.01} : new double[] {0.05, 1};
        double[] tolerances = quick ? new double[] {1e-3, 1e-5} : new double[] {1e-3, 1e-4, 1e-5, 1e-6, 1e-7};
        int rungs = quick ? 3 : 23;
        int[] grids = quick ? new int[] {8, 32} : new int[] {16, 32, 64, 128, 256, 512};
        int solves = FinalErrors.solves(tolerances.length)
                + InnerConvergence.solves(2, rungs)
                + SolverScaling.solves(grids.length);
        System.err.println("odeon: up to " + solves + " solves, " + (quick ? "some seconds" : "ten minutes or more")
                + "; the tables in " + out
                + " grow row by row, so that what is done is kept if the command is cut short");
        Countdown countdown = new Countdown(solves);
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("processors", Runtime.getRuntime().availableProcessors());
        summary.put("experiment", "diffusion");
        summary.put("device", Devices.preferred().shortName());
        summary.put("quick", quick);
        summary.put("points", DiffusionProblem.THESIS.points());
        summary.put("end", times[times.length - 1]);
        FinalErrors errors = new FinalErrors(times, tolerances, inner, countdown);
        summary.putAll(errors.run(files));
        // A quarter of 0.1 suits all rules: see the differences.
        InnerOptimiser careful = new InnerOptimiser(inner.tolerance(), MAX_ITERATIONS, inner.rule(), rate / 4);
        summary.put("innerConvergence", new InnerConvergence(List.of(inner, careful), rungs, countdown).run(files));
        summary.put("solverScalingMillis", new SolverScaling(grids, quick ? 0.005 : 0.05, countdown).run(files));
        summary.put("thesis", ThesisFigures.table52());
        summary.put("differences", ThesisFigures.differences());
        files.summary(summary);
        System.out.println(errors.told());
        System.out.println(Printable.line(files.told()));
        return 0;
    }
}
