package dev.odeon.experiments.training;

import dev.odeon.adjoint.DiscreteAdjoint;
import dev.odeon.adjoint.Gradient;
import dev.odeon.adjoint.checkpoints.Checkpointing;
import dev.odeon.datasets.Nearest;
import dev.odeon.experiments.options.GradientChoice;
import dev.odeon.experiments.options.MethodChoice;
import dev.odeon.graph.Compilation;
import dev.odeon.models.training.AtOnce;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.Outcome;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import org.tensorflow.types.family.TFloating;

/**
 * All choices of a training run by the names of their options: what the user gave, and for the rest what a resumed run had
 * or the experiment proposes.
 */
public final class Settings {

    /** The option that bounds what the adjoint stores. */
    static final String MEMORY = "memory";
    /** What suits. */
    static final String AUTO = "auto";
    /** No bound. */
    static final String ALL = "all";
    /** Relative, of two lengths of time. */
    private static final double SAME = 1e-9;
    /** The option whose value is a path. */
    public static final String DATA = "data";

    private final Map<String, String> values;

    private Settings(Map<String, String> values) {
        this.values = values;
    }

    /**
     * The settings of a new run.
     *
     * @param given by the user
     * @param defaults one for every option the experiment has
     * @throws IllegalArgumentException if an option was given that the experiment does not have
     */
    public static Settings fresh(Map<String, String> given, Map<String, String> defaults) {
        Map<String, String> values = new LinkedHashMap<>(defaults);
        given.forEach((name, value) -> {
            if (values.put(name, value) == null) {
                throw new IllegalArgumentException("--" + name + " means nothing to this experiment, which has "
                        + options(defaults) + ": leave it out");
            }
        });
        return new Settings(values);
    }

    /**
     * The settings of a resumed run.
     *
     * @param stored those it was started with
     * @throws IllegalArgumentException if the user gave another value for one that is none of the {@link RunRules}, nor
     *     a larger number of epochs
     */
    public static Settings resumed(Map<String, String> given, Map<String, String> stored) {
        Map<String, String> values = RunRules.completed(stored);
        given.forEach((name, value) -> {
            String former = stored.get(name);
            if (RunRules.mayChange(name) || (former != null && extended(name, value, former))) {
                values.put(name, value);
            } else if (former == null || !same(value, former)) {
                throw new IllegalArgumentException("--" + name + " is " + value + ", but the run was started with "
                        + (former == null ? "none" : former)
                        + ": leave the option out, or start a new run in another folder");
            }
        });
        return new Settings(values);
    }

    /** Whether it is a larger number of epochs; the schedule has to agree. */
    private static boolean extended(String name, String value, String former) {
        try {
            return name.equals(CommonOption.EPOCHS.option()) && Integer.parseInt(value) > Integer.parseInt(former);
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** Equal as texts or as numbers: 0.20 is 0.2. */
    private static boolean same(String value, String former) {
        try {
            return value.equals(former) || new BigDecimal(value).compareTo(new BigDecimal(former)) == 0;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static List<String> options(Map<String, String> defaults) {
        return defaults.keySet().stream().map(name -> "--" + name).toList();
    }

    /** All of them by name, in a fixed order. */
    public Map<String, String> all() {
        return Collections.unmodifiableMap(values);
    }

    /**
     * Checks those of {@link CommonOption} that there are, as far as they can be judged without data.
     *
     * @throws IllegalArgumentException if one is of no use
     */
    public void requireShared() {
        preset();
        type();
        compilation();
        atOnce();
        whole(CommonOption.SEED.option());
        if (values.containsKey(CommonOption.METHOD.option())) {
            method();
        }
        for (CommonOption option : List.of(CommonOption.DT, CommonOption.TIME, CommonOption.RATE)) {
            // An empty one stands for none.
            if (!values.getOrDefault(option.option(), "").isEmpty()) {
                positive(option.option());
            }
        }
        for (CommonOption option : List.of(CommonOption.EPOCHS, CommonOption.BATCH)) {
            if (values.containsKey(option.option())) {
                count(option.option());
            }
        }
        if (values.containsKey(CommonOption.DT.option()) && values.containsKey(CommonOption.TIME.option())) {
            gradient();
        }
    }

    /** The text of an option. */
    public String text(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("--" + name + " is missing; there are " + options(values));
        }
        return value;
    }

    /** A positive, finite number. */
    public double positive(String name) {
        double value = Double.NaN;
        try {
            value = Double.parseDouble(text(name));
        } catch (NumberFormatException e) {
            // Not a number: refused below like the other bad values.
        }
        if (!(value > 0) || Double.isInfinite(value)) {
            throw bad(name, "give a positive, finite number");
        }
        return value;
    }

    /** A whole number, one or more. */
    public int count(String name) {
        long value = whole(name);
        if (value < 1 || value > Integer.MAX_VALUE) {
            throw bad(name, "give a whole number, 1 or more");
        }
        return (int) value;
    }

    /** A whole number. */
    public long whole(String name) {
        return wholeOr(name, "give a whole number");
    }

    /** A whole number, or what the remedy says. */
    long wholeOr(String name, String remedy) {
        try {
            return Long.parseLong(text(name));
        } catch (NumberFormatException e) {
            boolean large = text(name).matches("[+-]?[0-9]+");
            throw new IllegalArgumentException(
                    bad(name, large ? "it is too large, give at most 18 digits" : remedy)
                            .getMessage(),
                    e);
        }
    }

    /** One of a few words. */
    public <E> E choice(String name, Map<String, E> choices) {
        E choice = choices.get(text(name));
        if (choice == null) {
            // Where all are near, the list says them once.
            boolean all = Nearest.names(text(name), choices.keySet()).size() == choices.size();
            throw new IllegalArgumentException("--" + name + " is " + text(name)
                    + (all ? "" : Nearest.hint(text(name), choices.keySet())) + ": choose one of "
                    + String.join(", ", choices.keySet()));
        }
        return choice;
    }

    /** The preset. */
    public Preset preset() {
        return choice("preset", Preset.CHOICES);
    }

    /** The solver's method. */
    public Method method() {
        return MethodChoice.of(text("method"));
    }

    /** What to try after an outcome: with a method among the settings, also what that method has to do with it. */
    public String advice(Outcome outcome) {
        String method = CommonOption.METHOD.option();
        return values.containsKey(method) ? outcome.advice(method()) : outcome.advice();
    }

    /** The element type. */
    public Class<? extends TFloating> type() {
        return choice("dtype", ElementTypeName.values()).type();
    }

    /** How the graph is run. */
    public Compilation compilation() {
        return choice("compile", CompilationName.values()).compilation();
    }

    /** How many iterations are one run of the graph. */
    public AtOnce atOnce() {
        String option = CommonOption.AT_ONCE.option();
        if (text(option).equals(AUTO)) {
            return AtOnce.AUTO;
        }
        String remedy = "give a whole number, 1 or more, or " + AUTO;
        long most = wholeOr(option, remedy);
        if (most < 1 || most > Integer.MAX_VALUE) {
            throw bad(option, remedy);
        }
        return AtOnce.atMost((int) most);
    }

    /** How the solve is differentiated; a gradient that asks for the number of steps gets that of --time in steps of --dt. */
    public Gradient gradient() {
        return gradient(() -> (int) Math.ceil(positive("time") / positive("dt") * (1 - SAME)));
    }

    /** The same, where a gradient that asks for the number of steps is told by another. */
    public Gradient gradient(IntSupplier steps) {
        GradientChoice choice = GradientChoice.of(text("gradient"));
        if (text(MEMORY).equals(ALL)) {
            return choice.gradient(steps);
        }
        if (!choice.name().equals(GradientChoice.ADJOINT)) {
            throw bad(
                    MEMORY,
                    "only --gradient adjoint stores states by a budget: leave --" + MEMORY + " or --gradient out");
        }
        long bytes = Budget.bytes(text(MEMORY))
                .orElseThrow(() -> bad(MEMORY, "give bytes such as 512K, 64M or 2G, or " + ALL));
        return new DiscreteAdjoint(Checkpointing.within(bytes));
    }

    private <E extends Enum<E>> E choice(String name, E[] names) {
        Map<String, E> choices = new LinkedHashMap<>();
        for (E each : names) {
            choices.put(each.name(), each);
        }
        return choice(name, choices);
    }

    /** The value of an option as a summary shows it: numbers as numbers, words and paths as texts. */
    public static Object typed(String name, String value) {
        if (name.equals(DATA)) {
            return value;
        }
        try {
            BigDecimal number = new BigDecimal(value);
            return number.scale() <= 0 && number.precision() - number.scale() <= 18
                    ? (Object) number.longValueExact()
                    : (Object) number.doubleValue();
        } catch (NumberFormatException e) {
            return value;
        }
    }

    /** An exception for an option whose value is of no use. */
    public IllegalArgumentException bad(String name, String remedy) {
        return new IllegalArgumentException("--" + name + " is " + text(name) + ": " + remedy);
    }
}
