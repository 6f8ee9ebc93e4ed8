package dev.odeon.experiments.methods;

import dev.odeon.solvers.Family;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.Methods;
import dev.odeon.solvers.StepEnd;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The registry of methods as Markdown. */
public final class MethodTable {

    private MethodTable() {}

    /** All methods, a table for each family. */
    public static String methods() {
        List<String> lines = new ArrayList<>();
        for (Family family : Family.values()) {
            if (!lines.isEmpty()) {
                lines.add("");
            }
            String title = family.title();
            lines.add("### " + Character.toUpperCase(title.charAt(0)) + title.substring(1));
            lines.add("");
            lines.add("For " + family.purpose() + ". Gradient: " + GradientProbe.of(family) + ".");
            lines.add("");
            boolean staged = Methods.of(family).stream()
                    .anyMatch(method -> method.stepEnd().isPresent());
            lines.add("| method | order | evaluations a step | solved a step | chosen steps |"
                    + (staged ? " a step ends with |" : ""));
            lines.add("|---|---|---|---|---|" + (staged ? "---|" : ""));
            for (Method method : Methods.of(family)) {
                Cost cost = Cost.of(method);
                lines.add("| `" + method.name() + "` | " + method.order() + " | " + cost.evaluations() + " | "
                        + cost.solving() + " | " + chosenSteps(method) + " |"
                        + (staged ? " " + method.stepEnd().map(StepEnd::label).orElse("-") + " |" : ""));
            }
            List<Method> beyond = Methods.of(family).stream()
                    .filter(method -> method.stageReach().beyond())
                    .toList();
            if (!beyond.isEmpty()) {
                lines.add("");
                lines.add("Stages outside the step, where the field must have values: "
                        + beyond.stream().map(MethodTable::reach).collect(Collectors.joining(", ")) + ".");
            }
        }
        return String.join("\n", lines);
    }

    /** The families, one line each. */
    public static String families() {
        List<String> lines = new ArrayList<>();
        lines.add("| family | methods | orders | chosen steps | for |");
        lines.add("|---|---|---|---|---|");
        for (Family family : Family.values()) {
            List<Method> methods = Methods.of(family);
            int lowest = methods.stream().mapToInt(Method::order).min().orElseThrow();
            int highest = methods.stream().mapToInt(Method::order).max().orElseThrow();
            long adaptive = methods.stream()
                    .filter(method -> method.stepSizes() == Method.StepSizes.CHOSEN)
                    .count();
            lines.add("| " + family.title() + " | " + methods.size() + ": " + some(methods) + " | "
                    + (lowest == highest ? lowest : lowest + " to " + highest) + " | "
                    + (adaptive == 0 ? "no" : adaptive == methods.size() ? "yes" : adaptive + " of them") + " | "
                    + family.purpose() + " |");
        }
        return String.join("\n", lines);
    }

    private static String some(List<Method> methods) {
        return methods.stream()
                        .limit(4)
                        .map(method -> "`" + method.name() + "`")
                        .collect(Collectors.joining(", "))
                + (methods.size() > 4 ? ", ..." : "");
    }

    private static String reach(Method method) {
        return String.format(
                Locale.ROOT,
                "`%s` from %.2f to %.2f",
                method.name(),
                method.stageReach().earliest(),
                method.stageReach().latest());
    }

    private static String chosenSteps(Method method) {
        return method.embedded()
                .map(estimate -> "yes, estimate of order " + estimate.order())
                .orElse("no");
    }
}
