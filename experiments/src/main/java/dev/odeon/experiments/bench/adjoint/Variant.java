package dev.odeon.experiments.bench.adjoint;

import dev.odeon.adjoint.Gradient;
import dev.odeon.experiments.options.GradientChoice;
import dev.odeon.solvers.steps.FixedSteps;
import dev.odeon.solvers.steps.PidController;
import dev.odeon.solvers.steps.StepControl;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * A gradient that is compared with others, and the steps that it needs.
 *
 * @param name on the command line, in tables and in legends
 * @param gradient of a solve of that many steps
 * @param steps whether they are given or chosen
 */
public record Variant(String name, IntFunction<Gradient> gradient, Steps steps) {

    /** The help of an option that takes names. */
    public static final String OPTION =
            "Any of " + GradientChoice.NAMES + "; if none is given store-all, store-stages, revolve-log, revolve-root,"
                    + " online-log, reversible, backsolve and backpropagation.";

    /** How a solve comes by its steps. */
    public enum Steps {
        /** Of one size. */
        FIXED {
            @Override
            public StepControl control(double interval, int n) {
                return new FixedSteps(interval / n);
            }
        },
        /** Chosen, but held at one size by the largest that is allowed. */
        CHOSEN {
            @Override
            public StepControl control(double interval, int n) {
                double size = interval / n;
                return PidController.of(ANY_ERROR, ANY_ERROR)
                        .withFirst(size)
                        .within(0, size)
                        .withMaxSteps(n + 2);
            }
        };

        /** So large that no step is refused for its error, and every next one would be larger than is allowed. */
        private static final double ANY_ERROR = 1e6;

        /** The steps that lead over an interval in {@code n} steps. */
        public abstract StepControl control(double interval, int n);
    }

    static final Variant STORE_ALL = named("store-all");
    static final Variant STORE_STAGES = named("store-stages");
    static final Variant REVOLVE_LOG = named("revolve-log");
    static final Variant REVOLVE_ROOT = named("revolve-root");
    static final Variant ONLINE_LOG = named("online-log");
    static final Variant REVERSIBLE = named("reversible");
    static final Variant BACKSOLVE = named("backsolve");
    static final Variant BACKPROPAGATION = named("backpropagation");

    private static Variant named(String name) {
        GradientChoice choice = GradientChoice.of(name);
        return new Variant(
                name,
                n -> choice.gradient(() -> n),
                switch (choice.suits()) {
                    case ALL_STEPS -> Steps.FIXED;
                    case CHOSEN_STEPS -> Steps.CHOSEN;
                });
    }

    /**
     * Those that were asked for by name, the usual ones first and in their order; all usual ones if none was.
     *
     * @throws IllegalArgumentException if a name belongs to no gradient
     */
    public static List<Variant> of(List<String> wanted) {
        if (wanted.isEmpty()) {
            return all();
        }
        List<Variant> chosen = new ArrayList<>(
                all().stream().filter(usual -> wanted.contains(usual.name())).toList());
        List<String> usual = all().stream().map(Variant::name).toList();
        wanted.stream()
                .distinct()
                .filter(name -> !usual.contains(name))
                .map(Variant::named)
                .forEach(chosen::add);
        return List.copyOf(chosen);
    }

    /** The usual ones; the first is what the others are compared with. */
    public static List<Variant> all() {
        return List.of(
                STORE_ALL, STORE_STAGES, REVOLVE_LOG, REVOLVE_ROOT, ONLINE_LOG, REVERSIBLE, BACKSOLVE, BACKPROPAGATION);
    }

    /** Whether it is, with so many steps, that gradient. */
    boolean is(Gradient other, int n) {
        return gradient.apply(n).equals(other);
    }

    /** The steps that lead over an interval in {@code n} steps. */
    StepControl control(double interval, int n) {
        return steps.control(interval, n);
    }
}
