package dev.odeon.experiments.methods;

import dev.odeon.solvers.AdamsBashforth;
import dev.odeon.solvers.AdamsBashforthMoulton;
import dev.odeon.solvers.BackwardDifferentiation;
import dev.odeon.solvers.ExponentialRungeKutta;
import dev.odeon.solvers.ImexMultistep;
import dev.odeon.solvers.ImplicitRungeKutta;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.RungeKutta;
import dev.odeon.solvers.tableaux.Butcher;
import java.util.stream.IntStream;

/**
 * What a step costs.
 *
 * @param evaluations of G, or of the whole field
 * @param solving the systems or equations that are solved
 */
record Cost(String evaluations, String solving) {

    private static final String NOTHING = "-";

    static Cost of(Method method) {
        if (method instanceof RungeKutta rungeKutta) {
            String solving =
                    rungeKutta.implicit().map(part -> linear(part, rungeKutta)).orElse(NOTHING);
            return new Cost(String.valueOf(rungeKutta.stages()), solving);
        }
        if (method instanceof ImexMultistep) {
            return new Cost("1", "1 linear, 1 factor");
        }
        if (method instanceof ExponentialRungeKutta exponential) {
            return new Cost(String.valueOf(exponential.order()), "products with functions of J");
        }
        if (method instanceof AdamsBashforth) {
            return new Cost("1", NOTHING);
        }
        if (method instanceof AdamsBashforthMoulton) {
            return new Cost("2", NOTHING);
        }
        if (method instanceof BackwardDifferentiation) {
            return new Cost("1 a round", "1 nonlinear");
        }
        if (method instanceof ImplicitRungeKutta implicit) {
            Butcher coefficients = implicit.tableau().coefficients();
            if (!coefficients.lowerTriangular()) {
                return new Cost(coefficients.stages() + " a round", "1 nonlinear for all stages");
            }
            int solved = solvedStages(coefficients);
            int explicit = coefficients.stages() - solved;
            return new Cost("1 a round" + (explicit > 0 ? ", and " + explicit : ""), solved + " nonlinear");
        }
        throw new IllegalStateException("The cost of " + method.name() + " is not known: add it to Cost");
    }

    private static String linear(Butcher part, RungeKutta method) {
        int factors = method.diagonals().length;
        return solvedStages(part) + " linear, " + factors + (factors == 1 ? " factor" : " factors");
    }

    private static int solvedStages(Butcher part) {
        return (int) IntStream.range(0, part.stages())
                .filter(i -> part.a()[i][i] != 0)
                .count();
    }
}
