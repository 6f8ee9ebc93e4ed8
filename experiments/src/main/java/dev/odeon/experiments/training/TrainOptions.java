package dev.odeon.experiments.training;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/**
 * The options that all training commands share.
 *
 * <p>Only what the user gave is kept: the rest depends on experiment and preset, or on the run that is resumed.
 */
public final class TrainOptions {

    private final Map<String, String> given = new LinkedHashMap<>();

    @Option(names = "--out", required = true, description = "Folder for the results; new or empty unless --resume.")
    private Path out = Path.of("");

    @Option(names = "--resume", description = "Go on with the run in --out after its last finished epoch.")
    private boolean resume;

    @Option(
            names = "--preset",
            description = "best (default) or paper: where the other options' defaults"
                    + " come from; for grand both are the recipe of the paper's code.")
    void preset(String value) {
        give("preset", value);
    }

    @Option(
            names = "--method",
            description = "A name from odeon methods, such as sbdf2; it needs a gradient; imex-rk3, grand: imex-rk2.")
    void method(String value) {
        give("method", value);
    }

    @Option(
            names = "--dt",
            description = "Step size in units of time, at most the time between two samples; ks: 0.2, burgers:"
                    + " 0.05, grand: 1.")
    void stepSize(String value) {
        give("dt", value);
    }

    @Option(
            names = "--time",
            description = "Length of a solve in units of time; ks: 0.2, burgers: 0.1, grand: the data"
                    + " set's, cora 18.2948.")
    void time(String value) {
        give("time", value);
    }

    @Option(names = "--epochs", description = "Passes over the training data; 60, paper: 200, grand: 100.")
    void epochs(String value) {
        give("epochs", value);
    }

    @Option(
            names = "--rate",
            description = "First learning rate; ks: 0.003, paper 0.005; burgers: 0.001; grand: the data set's,"
                    + " cora 0.0229.")
    void rate(String value) {
        give("rate", value);
    }

    @Option(
            names = "--dtype",
            description = "float64 or float32; ks: float64, burgers: float32, paper float64, grand: float32.")
    void elementType(String value) {
        give("dtype", value);
    }

    @Option(names = "--compile", description = "executor, xla, or auto (default): XLA where there is a GPU.")
    void compile(String value) {
        give("compile", value);
    }

    @Option(names = "--gradient", description = "adjoint (default), backsolve or backprop.")
    void gradient(String value) {
        give("gradient", value);
    }

    @Option(
            names = "--memory",
            description =
                    "Most bytes of states that the adjoint stores for a batch, such as 512K, 64M or 2G: with fewer"
                            + " than all it takes steps again, to the same gradient; all.")
    void memory(String value) {
        give(Settings.MEMORY, value);
    }

    @Option(names = "--seed", description = "Of everything random; 0.")
    void seed(String value) {
        give("seed", value);
    }

    @Option(
            names = "--data",
            description = "Read the data from here: for ks and burgers an Arrow"
                    + " file of trajectories, otherwise they are simulated; for grand a file or folder, otherwise"
                    + " the folder ODEON_DATA, which serves graphs only, or the cache.")
    void data(String value) {
        // Absolute, so that the run can be resumed from another folder.
        give(
                Settings.DATA,
                value.isEmpty()
                        ? value
                        : Path.of(value).toAbsolutePath().normalize().toString());
    }

    /** Takes note of an option that only some experiments have. */
    public void give(String name, String value) {
        given.put(name, value);
    }

    Map<String, String> given() {
        return given;
    }

    Path out() {
        return out;
    }

    boolean resume() {
        return resume;
    }
}
