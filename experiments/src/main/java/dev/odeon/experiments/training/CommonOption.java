package dev.odeon.experiments.training;

import dev.odeon.experiments.options.GradientChoice;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.Methods;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The options that experiments share, each with its name and its help.
 *
 * <p>Every experiment has the preset, compile, at-once, gradient, memory, seed, and the rules of a run from patience on; the others
 * those that name them, with the default that suits: {@code CommonOption.EPOCHS.of("60")}.
 */
public enum CommonOption {
    PRESET("best or paper: where the other options' defaults come from"),
    DATA("Read the data from here") {
        @Override
        ExperimentOption.Form form() {
            return ExperimentOption.Form.PATH;
        }
    },
    METHOD("A name from odeon methods, such as sbdf2; it needs a gradient"),
    DT("Step size in units of time"),
    TIME("Length of a solve in units of time"),
    EPOCHS("Passes over the training data"),
    BATCH("Samples in an iteration"),
    RATE("First learning rate"),
    DTYPE("float64 or float32"),
    COMPILE("executor, xla, or auto: XLA where there is a GPU"),
    AT_ONCE(
            "Iterations that are one run of the graph at most, or auto: 100 where XLA compiles, else 1; the losses differ by"
                    + " rounding from those of single ones"),
    GRADIENT("How the solve is differentiated: " + GradientChoice.NAMES + ". " + GradientChoice.MEANINGS
            + ". docs/GRADIENTS.md says which to choose"),
    MEMORY(
            "Most bytes of states that --gradient adjoint stores for a batch, such as 512K, 64M or 2G: with fewer than all"
                    + " it takes steps again, to the same gradient"),
    SEED("Of everything random"),
    PATIENCE(
            "Stop when so many epochs in a row brought nothing better, of equal accuracies the one with the lower loss, or none:"
                    + " train all epochs"),
    SKIP_FAILED("Pass over so many failed iterations of the whole run before one ends it"),
    TENSORBOARD("Write the events that TensorBoard reads, into the folder events of the results") {
        @Override
        ExperimentOption.Form form() {
            return ExperimentOption.Form.FLAG;
        }
    };

    private final String help;

    CommonOption(String help) {
        this.help = help;
    }

    /** The name on the command line, without the two hyphens. */
    public String option() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** With a default that is always the same. */
    public ExperimentOption of(String value) {
        return of(DefaultValue.of(value));
    }

    /** With a default for each preset. */
    public ExperimentOption of(String best, String paper) {
        return of(DefaultValue.of(best, paper));
    }

    /** With a default. */
    public ExperimentOption of(DefaultValue standard) {
        return explained(help, standard);
    }

    /** With a help of its own, where there is more to say. */
    public ExperimentOption explained(String own, DefaultValue standard) {
        return new ExperimentOption(option(), own, standard, form(), words());
    }

    ExperimentOption.Form form() {
        return ExperimentOption.Form.TEXT;
    }

    /** What a shell offers. */
    private List<String> words() {
        return switch (this) {
            case PRESET -> List.copyOf(Preset.CHOICES.keySet());
            case METHOD -> Methods.all().stream().map(Method::name).toList();
            case DTYPE -> names(ElementTypeName.values());
            case COMPILE -> names(CompilationName.values());
            case GRADIENT -> GradientChoice.WORDS;
            default -> List.of();
        };
    }

    private static List<String> names(Enum<?>... values) {
        return Arrays.stream(values).map(Enum::name).toList();
    }
}
