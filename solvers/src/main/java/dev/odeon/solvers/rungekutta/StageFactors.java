package dev.odeon.solvers.rungekutta;

import dev.odeon.graph.Values;
import dev.odeon.solvers.RungeKutta;
import dev.odeon.solvers.linear.LinearOperator;
import dev.odeon.solvers.stepper.Problem;
import dev.odeon.solvers.stepper.SolveOutcome;
import dev.odeon.solvers.stepper.StepInput;
import dev.odeon.solvers.stepper.StepSize;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/** The factors of the stages of an implicit-explicit step, one for each diagonal coefficient of the method. */
public final class StageFactors {

    private StageFactors() {}

    /** Whether the factors of a problem can be made for sizes that vary freely. */
    static boolean vary(Problem<?> problem) {
        return problem.linear() != null && problem.linear().variesFreely();
    }

    /** Makes them outside of a loop. */
    static <T extends TFloating> Values made(
            Ops tf, Problem<T> problem, RungeKutta method, DoubleFunction<Values> factorOf) {
        Values factors = Values.empty();
        LinearOperator<T> linear = problem.linear();
        if (linear != null) {
            double[] diagonals = method.diagonals();
            List<Values> made = new ArrayList<>();
            for (int k = 0; k < diagonals.length; k++) {
                made.add(factorOf.apply(diagonals[k]));
                factors = factors.and(made.get(k).prefixed(k + "/"));
            }
            factors = factors.and(SolveOutcome.ofFactors(tf, linear, made));
        }
        return factors;
    }

    /** Makes them where the size is known only while the graph runs. */
    static <T extends TFloating> Values made(
            Ops tf, Problem<T> problem, RungeKutta method, Values linearData, StepSize<T> size) {
        LinearOperator<T> linear = problem.linear();
        return linear == null
                ? Values.empty()
                : made(
                        tf,
                        problem,
                        method,
                        diagonal -> linear.factor(tf, problem.type(), linearData, size.times(tf, diagonal)));
    }

    /** What a step reads, its factors made in it where they were not before. */
    public static <T extends TFloating> StepInput<T> completed(
            Ops tf, Problem<T> problem, RungeKutta method, StepInput<T> input) {
        if (method.implicit().isEmpty() || !input.prepared().isEmpty() || problem.linear() == null) {
            return input;
        }
        Values made = made(tf, problem, method, input.linearData(), input.size());
        Values cut = Values.empty();
        for (String name : made.names()) {
            // As everywhere: the gradient with respect to J does not pass its factor.
            cut = cut.withConstant(name, tf.stopGradient(made.get(name)));
        }
        return input.withPrepared(cut);
    }
}
