package dev.odeon.experiments.options;

import dev.odeon.adjoint.BacksolveAdjoint;
import dev.odeon.adjoint.DiscreteAdjoint;
import dev.odeon.adjoint.Gradient;
import dev.odeon.adjoint.ReversibleAdjoint;
import dev.odeon.adjoint.checkpoints.Checkpointing;
import dev.odeon.datasets.Nearest;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntSupplier;

/**
 * A gradient by its name on the command line, such as {@code store-all} or {@code revolve:8}.
 *
 * <p>A new gradient of the library gets one line in the list of forms, and with it a name in every command.
 *
 * @param name as it was given
 * @param suits the steps it is for
 * @param maker makes it for a solve, of which it may ask the number of steps
 */
public record GradientChoice(String name, Suits suits, Function<IntSupplier, Gradient> maker) {

    /** The option of the commands. */
    public static final String OPTION = "--gradient";

    /** The names, as help texts list them. */
    public static final String NAMES =
            "adjoint, store-all, store-stages, store-linearisations, revolve:SLOTS, revolve-log,"
                    + " revolve-root, online-revolve:SLOTS, online-log, reversible[:COUPLING], backsolve, backsolve-seminorm, backprop,"
                    + " backpropagation";

    /** What the names mean, in a help text. */
    public static final String MEANINGS =
            "adjoint and all store-, revolve- and online- forms are the same exact discrete adjoint, adjoint within --memory:"
                    + " store-all stores each state, store-stages also the stages, store-linearisations what the derivative of"
                    + " the field reads; revolve takes steps again from SLOTS states, revolve-log and revolve-root from log2 and"
                    + " the square root of the steps, online- where the solve chooses its steps. reversible steps back from the"
                    + " last state; backsolve solves the adjoint equation back, whose error is that of its steps, with -seminorm"
                    + " not looking at those of parameters; backpropagation, backprop for short, unrolls the steps, for few of them";

    /** The discrete adjoint, whose stored states a budget of memory may bound. */
    public static final String ADJOINT = "adjoint";

    private static final char BEFORE_ARGUMENT = ':';
    private static final int FEWEST_MOVED = 2;

    /** Steps that a gradient is for. */
    public enum Suits {
        /** Known before or chosen during the solve. */
        ALL_STEPS,
        /** Chosen during the solve. */
        CHOSEN_STEPS
    }

    /** What a name takes behind a colon. */
    private enum Argument {
        NONE,
        OPTIONAL,
        REQUIRED
    }

    /**
     * A name with all its arguments.
     *
     * @param name without argument
     * @param argument whether there is one
     * @param label of the argument in help texts
     */
    private record Form(String name, Argument argument, String label, Suits suits, Maker maker) {

        String title() {
            return switch (argument) {
                case NONE -> name;
                case OPTIONAL -> name + "[" + BEFORE_ARGUMENT + label + "]";
                case REQUIRED -> name + BEFORE_ARGUMENT + label;
            };
        }
    }

    /** Makes a gradient of the argument, which is empty if there is none, and the number of steps. */
    private interface Maker {
        Gradient make(String argument, IntSupplier steps);
    }

    private static final List<Form> FORMS = List.of(
            plain(ADJOINT, steps -> Gradient.DISCRETE_ADJOINT),
            plain("store-all", steps -> Gradient.DISCRETE_ADJOINT),
            plain("store-stages", steps -> new DiscreteAdjoint(Checkpointing.storeStages())),
            plain("store-linearisations", steps -> new DiscreteAdjoint(Checkpointing.storeLinearisations())),
            new Form("revolve", Argument.REQUIRED, "SLOTS", Suits.ALL_STEPS, (slots, steps) -> revolve(whole(slots))),
            plain("revolve-log", steps -> revolve(logarithm(steps.getAsInt()))),
            plain("revolve-root", steps -> revolve(root(steps.getAsInt()))),
            new Form(
                    "online-revolve",
                    Argument.REQUIRED,
                    "SLOTS",
                    Suits.CHOSEN_STEPS,
                    (slots, steps) -> online(whole(slots))),
            new Form(
                    "online-log",
                    Argument.NONE,
                    "",
                    Suits.CHOSEN_STEPS,
                    (none, steps) -> online(Math.max(FEWEST_MOVED, logarithm(steps.getAsInt())))),
            new Form(
                    "reversible",
                    Argument.OPTIONAL,
                    "COUPLING",
                    Suits.ALL_STEPS,
                    (coupling, steps) -> coupling.isEmpty()
                            ? new ReversibleAdjoint()
                            : new ReversibleAdjoint(Double.parseDouble(coupling))),
            plain("backsolve", steps -> new BacksolveAdjoint()),
            plain("backsolve-seminorm", steps -> new BacksolveAdjoint().seminorm()),
            plain("backprop", steps -> Gradient.BACKPROPAGATION),
            plain("backpropagation", steps -> Gradient.BACKPROPAGATION));

    /** The names that need nothing behind a colon. */
    public static final List<String> WORDS = FORMS.stream()
            .filter(form -> form.argument() != Argument.REQUIRED)
            .map(Form::name)
            .toList();

    private static Form plain(String name, Function<IntSupplier, Gradient> maker) {
        return new Form(name, Argument.NONE, "", Suits.ALL_STEPS, (none, steps) -> maker.apply(steps));
    }

    private static Gradient revolve(int slots) {
        return new DiscreteAdjoint(Checkpointing.revolve(slots));
    }

    private static Gradient online(int slots) {
        return new DiscreteAdjoint(Checkpointing.onlineRevolve(slots));
    }

    private static int whole(String slots) {
        return Integer.parseInt(slots);
    }

    /** The base 2 logarithm, rounded up; one at least. */
    private static int logarithm(int n) {
        return Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(n - 1));
    }

    /** The square root, rounded up. */
    private static int root(int n) {
        return (int) Math.ceil(Math.sqrt(n));
    }

    /** The names, each with its argument. */
    public static List<String> names() {
        return FORMS.stream().map(Form::title).toList();
    }

    /**
     * Reads a name.
     *
     * @param text such as {@code backsolve} or {@code revolve:8}
     * @throws IllegalArgumentException if there is no such gradient, with the nearest names; if an argument is missing or
     *     is no number
     */
    public static GradientChoice of(String text) {
        int colon = text.indexOf(BEFORE_ARGUMENT);
        String name = colon < 0 ? text : text.substring(0, colon);
        String argument = colon < 0 ? "" : text.substring(colon + 1);
        List<String> names = FORMS.stream().map(Form::name).toList();
        Form form = FORMS.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> bad(text, Nearest.hint(name, names), "choose one of " + NAMES));
        if (form.argument() == Argument.NONE && colon >= 0) {
            throw bad(text, "", name + " takes nothing behind a colon: leave that out");
        }
        boolean missing = form.argument() == Argument.REQUIRED || colon >= 0;
        if (missing && argument.isEmpty()) {
            throw bad(text, "", "give " + form.title() + ", with a number for " + form.label());
        }
        try {
            // What is no number is refused now, and by the gradient itself what is one of no use.
            form.maker().make(argument, () -> 1);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    bad(text, "", "give a number for " + form.label()).getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(OPTION + " is " + text + ". " + e.getMessage(), e);
        }
        return new GradientChoice(text, form.suits(), steps -> form.maker().make(argument, steps));
    }

    private static IllegalArgumentException bad(String text, String hint, String remedy) {
        return new IllegalArgumentException(OPTION + " is " + text + hint + ": " + remedy);
    }

    /** The gradient of a solve of so many steps; most gradients do not ask. */
    public Gradient gradient(IntSupplier steps) {
        return maker.apply(steps);
    }
}
