package dev.odeon.experiments.solve;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the thesis reports, and why ours differs. Source: Xia, thesis, table 5.2. */
final class ThesisFigures {

    private ThesisFigures() {}

    /** Table 5.2: the smallest errors at t = 1. */
    static Map<String, Double> table52() {
        Map<String, Double> errors = new LinkedHashMap<>();
        errors.put("prox-backward-euler", 4.68e-7);
        errors.put("prox-crank-nicolson", 1.75e-6);
        errors.put("prox-bdf2", 1.36e-6);
        errors.put("prox-bdf3", 5.71e-7);
        errors.put("prox-bdf4", 1.15e-6);
        return errors;
    }

    /** Sentences for the summary. */
    static List<String> differences() {
        double size = 1.0 / FinalErrors.STEPS;
        double literal = 1 / size + DiffusionProblem.THESIS.stiffness();
        double scaled = 1 + size * DiffusionProblem.THESIS.stiffness();
        return List.of(
                text(
                        "The inner step multiplies the gradient v - known - alpha f(v), which is that of the thesis times"
                                + " alpha. Without this factor the objective of backward Euler is as curved as %.0f, so that"
                                + " descent needs inner steps below %.1e: 0.1 cannot be meant so.",
                        literal, 2 / literal),
                text(
                        "With the factor it is as curved as %.1f for backward Euler: descent needs inner steps below %.3f,"
                                + " Nesterov's momentum below %.3f, Fletcher-Reeves with a momentum of at most one below %.3f."
                                + " At 0.1 descent and Nesterov therefore diverge, unlike in figure 5.4 of the thesis, and"
                                + " Fletcher-Reeves is slow; the figure is drawn at a smaller inner step as well.",
                        scaled, 2 / scaled, 4 / (3 * scaled), 4 / scaled),
                "The inner solves stop when no component v_i changes by more than the tolerance times 1 + |v_i|; the thesis"
                        + " takes the Euclidean norm of the change, which is up to 11 times larger here.",
                text(
                        "At t = 1 all waves have decayed to %.0e of their start. The error there is what the inner solves left"
                                + " undone, not the error of the method; the one at t = 0.05 shows both. The thesis does not"
                                + " name its norm: both the Euclidean and the largest component are given.",
                        Math.exp(-4 * Math.PI * Math.PI)),
                "The thesis plots evaluations and does not tabulate them; only their order and size can be compared.");
    }

    /** Sentences for the summary of the scalar equations. */
    static List<String> differencesOfStiff() {
        return List.of(
                "The thesis names neither the interval nor the inner tolerances of figure 5.2: both are options here.",
                "On the stiff equation the thesis finds forward Euler much worse than backward Euler. A step of 0.01 is stable"
                        + " there (its factor is 1 - 0.5), and h(0) = 1 lies almost on the smooth solution: the two errors"
                        + " are equal to about one percent here. Forward Euler fails from steps of 0.04 on.",
                "On the unstable equation forward and backward Euler err by about the same, with opposite signs, and exp(3 t)"
                        + " amplifies what the inner solves leave undone: each step leaves about the tolerance divided by the"
                        + " inner step. Proximal backward Euler is as good as backward Euler only at tolerances near 1e-7.");
    }

    private static String text(String format, Object... numbers) {
        return String.format(Locale.ROOT, format, numbers);
    }
}
