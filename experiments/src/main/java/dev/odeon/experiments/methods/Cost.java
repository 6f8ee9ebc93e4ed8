package dev.odeon.experiments.methods;

import dev.odeon.solvers.Method;
import dev.odeon.solvers.StepCost;

/**
 * What a step costs, in words.
 *
 * @param evaluations of G, or of the whole field
 * @param solving the systems or equations that are solved
 */
record Cost(String evaluations, String solving) {

    static Cost of(Method method) {
        StepCost cost = method.cost();
        return new Cost(evaluations(cost), method.exponentiates() ? "products with functions of J" : solving(cost));
    }

    private static String evaluations(StepCost cost) {
        if (cost.evaluationsARound() == 0) {
            return String.valueOf(cost.evaluations());
        }
        return cost.evaluationsARound() + " a round" + (cost.evaluations() > 0 ? ", and " + cost.evaluations() : "");
    }

    private static String solving(StepCost cost) {
        if (cost.equations() > 0) {
            return cost.equations() + " nonlinear" + (cost.evaluationsARound() > 1 ? " for all stages" : "");
        }
        return cost.linearSolves() == 0
                ? "-"
                : cost.linearSolves() + " linear, " + cost.factors() + (cost.factors() == 1 ? " factor" : " factors");
    }
}
