package dev.odeon.experiments;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.odeon.adjoint.Gradient;
import dev.odeon.datasets.AtomicFile;
import dev.odeon.datasets.pde.KuramotoSivashinsky;
import dev.odeon.graph.Compilation;
import dev.odeon.graph.runtime.Devices;
import dev.odeon.solvers.Methods;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TFloating;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Learns the nonlinear term of the Kuramoto-Sivashinsky equation from its trajectories. */
@Command(
        name = "ks",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "Train on the Kuramoto-Sivashinsky equation.")
final class TrainKs implements Callable<Integer> {

    private static final double INTERVAL = 0.2;
    private static final int VALIDATION = 2000;

    /** Element types by their usual names. */
    enum ElementType {
        float64,
        float32
    }

    @Option(names = "--grid", defaultValue = "64", description = "Points in space.")
    private int grid;

    @Option(names = "--method", defaultValue = "imex-rk3", description = "imex-rk2..5, rk4 or dopri5.")
    private String method = "";

    @Option(names = "--dt", defaultValue = "0.2", description = "Step size in units of time.")
    private double dt;

    @Option(names = "--epochs", defaultValue = "60")
    private int epochs;

    @Option(names = "--batch", defaultValue = "256")
    private int batch;

    @Option(names = "--samples", defaultValue = "20000", description = "Pairs to train on.")
    private int samples;

    @Option(
            names = "--rate",
            defaultValue = "0.003",
            description = "First learning rate; it falls to zero as a cosine.")
    private double rate;

    @Option(names = "--dtype", defaultValue = "float64", description = "${COMPLETION-CANDIDATES}.")
    private ElementType dtype = ElementType.float64;

    @Option(names = "--compile", defaultValue = "auto", description = "executor, xla or auto.")
    private String compile = "";

    @Option(names = "--gradient", defaultValue = "adjoint", description = "adjoint or backprop.")
    private String gradient = "";

    @Option(names = "--seed", defaultValue = "0")
    private long seed;

    @Option(names = "--out", required = true, description = "Folder for the results; new or empty.")
    private Path out = Path.of("");

    @Override
    public Integer call() throws IOException {
        KsSettings settings = new KsSettings(
                grid, Methods.named(method), dt, INTERVAL, epochs, batch, rate, compilation(), gradient(), seed);
        if (samples < batch) {
            throw new IllegalArgumentException(
                    "--samples " + samples + " does not fill one batch of " + batch + ": give more samples");
        }
        requireEmpty(out);
        KuramotoSivashinsky equation = KuramotoSivashinsky.standard()
                .withPoints(grid)
                .withSamples(samples + VALIDATION + 1)
                .withSeed(seed);
        double[] states = equation.simulate().states();
        Files.createDirectories(out);
        Class<? extends TFloating> type = dtype == ElementType.float64 ? TFloat64.class : TFloat32.class;
        Map<String, Object> summary = run(settings, type, states);
        AtomicFile.write(
                out.resolve("summary.json"),
                file -> new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(file.toFile(), summary));
        return 0;
    }

    private <T extends TFloating> Map<String, Object> run(KsSettings settings, Class<T> type, double[] states)
            throws IOException {
        Map<String, Object> summary = new LinkedHashMap<>();
        try (KsModel<T> model = new KsModel<>(settings, type, states, samples);
                PrintWriter metrics = new PrintWriter(Files.newBufferedWriter(out.resolve("metrics.csv")), true)) {
            metrics.println("epoch,trainLoss,validLoss,seconds");
            KsModel.Epoch last = null;
            double seconds = 0;
            for (int epoch = 0; epoch < epochs; epoch++) {
                last = model.epoch(epoch);
                seconds += last.seconds();
                metrics.println(epoch + "," + last.trainLoss() + "," + last.validLoss() + "," + last.seconds());
                System.err.printf(
                        "epoch %3d  train %.3e  valid %.3e  %.2f s%n",
                        epoch + 1, last.trainLoss(), last.validLoss(), last.seconds());
            }
            if (last == null) {
                throw new IllegalStateException("no epoch was run");
            }
            summary.put("experiment", "ks");
            summary.put("method", settings.method().name());
            summary.put("grid", settings.grid());
            summary.put("dt", settings.dt());
            summary.put("dtype", dtype.name());
            summary.put("device", Devices.preferred().shortName());
            summary.put("epochs", epochs);
            summary.put("trainLoss", last.trainLoss());
            summary.put("validLoss", last.validLoss());
            summary.put("nfeForwardPerEpoch", last.nfeForward());
            summary.put("nfeBackwardPerEpoch", last.nfeBackward());
            summary.put("nfeEvaluationPerEpoch", last.nfeEvaluation());
            summary.put("secondsPerEpoch", seconds / epochs);
            KsModel.Rollout rollout = model.rollout(500);
            summary.put("rolloutOutcome", rollout.outcome().name());
            summary.put("rolloutEnergy", rollout.energy());
            summary.put("dataEnergy", rollout.dataEnergy());
            Plots.heatMaps(out.resolve("rollout.png"), rollout.truth(), rollout.prediction(), settings.grid());
        }
        return summary;
    }

    private Compilation compilation() {
        return switch (compile) {
            case "executor" -> Compilation.EXECUTOR;
            case "xla" -> Compilation.XLA;
            case "auto" -> Compilation.AUTO;
            default ->
                throw new IllegalArgumentException("--compile is '" + compile + "': choose executor, xla or auto");
        };
    }

    private Gradient gradient() {
        return switch (gradient) {
            case "adjoint" -> Gradient.DISCRETE_ADJOINT;
            case "backprop" -> Gradient.BACKPROPAGATION;
            default ->
                throw new IllegalArgumentException("--gradient is '" + gradient + "': choose adjoint or backprop");
        };
    }

    private static void requireEmpty(Path folder) throws IOException {
        if (Files.isRegularFile(folder)) {
            throw new IllegalArgumentException("--out " + folder + " is a file: name a folder");
        }
        if (Files.isDirectory(folder)) {
            try (Stream<Path> entries = Files.list(folder)) {
                if (entries.findAny().isPresent()) {
                    throw new IllegalArgumentException(
                            "--out " + folder + " holds files already: name another folder, nothing is overwritten");
                }
            }
        }
    }
}
