package dev.odeon.experiments.bench.adjoint;

import dev.odeon.adjoint.Backpropagation;
import dev.odeon.adjoint.BacksolveAdjoint;
import dev.odeon.adjoint.DiscreteAdjoint;
import dev.odeon.adjoint.Gradient;
import dev.odeon.adjoint.ReversibleAdjoint;
import dev.odeon.adjoint.checkpoints.Checkpointing;
import dev.odeon.solvers.steps.FixedSteps;
import dev.odeon.solvers.steps.PidController;
import dev.odeon.solvers.steps.StepControl;
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
            "Any of store-all, store-stages, revolve-log, revolve-root, online-log, reversible, backsolve, backpropagation;"
                    + " all if none is given.";

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

    static final Variant STORE_ALL = new Variant("store-all", n -> Gradient.DISCRETE_ADJOINT, Steps.FIXED);
    static final Variant STORE_STAGES =
            new Variant("store-stages", n -> new DiscreteAdjoint(Checkpointing.storeStages()), Steps.FIXED);
    static final Variant REVOLVE_LOG =
            new Variant("revolve-log", n -> new DiscreteAdjoint(Checkpointing.revolve(logarithm(n))), Steps.FIXED);
    static final Variant REVOLVE_ROOT =
            new Variant("revolve-root", n -> new DiscreteAdjoint(Checkpointing.revolve(root(n))), Steps.FIXED);
    static final Variant ONLINE_LOG = new Variant(
            "online-log",
            n -> new DiscreteAdjoint(Checkpointing.onlineRevolve(Math.max(2, logarithm(n)))),
            Steps.CHOSEN);
    static final Variant REVERSIBLE = new Variant("reversible", n -> new ReversibleAdjoint(), Steps.FIXED);
    static final Variant BACKSOLVE = new Variant("backsolve", n -> new BacksolveAdjoint(), Steps.FIXED);
    static final Variant BACKPROPAGATION = new Variant("backpropagation", n -> new Backpropagation(), Steps.FIXED);

    /** All of them; the first is what the others are compared with. */
    public static List<Variant> all() {
        return List.of(
                STORE_ALL, STORE_STAGES, REVOLVE_LOG, REVOLVE_ROOT, ONLINE_LOG, REVERSIBLE, BACKSOLVE, BACKPROPAGATION);
    }

    /** The steps that lead over an interval in {@code n} steps. */
    StepControl control(double interval, int n) {
        return steps.control(interval, n);
    }

    /** The base 2 logarithm, rounded up. */
    static int logarithm(int n) {
        return Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(n - 1));
    }

    /** The square root, rounded up. */
    static int root(int n) {
        return (int) Math.ceil(Math.sqrt(n));
    }
}
