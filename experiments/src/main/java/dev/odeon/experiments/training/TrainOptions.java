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

    @Option(names = "--preset", description = "best (default) or paper: where the other options' defaults come from.")
    void preset(String value) {
        give("preset", value);
    }

    @Option(
            names = "--method",
            description = "A name from odeon methods, such as imex-rk3 or sbdf2; it needs a gradient.")
    void method(String value) {
        give("method", value);
    }

    @Option(names = "--dt", description = "Step size in units of time.")
    void stepSize(String value) {
        give("dt", value);
    }

    @Option(names = "--time", description = "Length of a solve in units of time.")
    void time(String value) {
        give("time", value);
    }

    @Option(names = "--epochs", description = "Passes over the training data.")
    void epochs(String value) {
        give("epochs", value);
    }

    @Option(names = "--rate", description = "First learning rate.")
    void rate(String value) {
        give("rate", value);
    }

    @Option(names = "--dtype", description = "float64 or float32.")
    void elementType(String value) {
        give("dtype", value);
    }

    @Option(names = "--compile", description = "executor, xla or auto: XLA where there is a GPU.")
    void compile(String value) {
        give("compile", value);
    }

    @Option(names = "--gradient", description = "adjoint or backprop.")
    void gradient(String value) {
        give("gradient", value);
    }

    @Option(names = "--seed", description = "Of everything random.")
    void seed(String value) {
        give("seed", value);
    }

    @Option(names = "--data", description = "File or folder to read the data from.")
    void data(String value) {
        give("data", value);
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
