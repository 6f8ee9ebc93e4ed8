package dev.odeon.solvers.implicit;

import dev.odeon.graph.Values;
import dev.odeon.solvers.Outcome;
import dev.odeon.solvers.nonlinear.Newton;
import dev.odeon.solvers.nonlinear.NonlinearSolver;
import dev.odeon.solvers.stepper.Counter;
import dev.odeon.solvers.stepper.Counts;
import dev.odeon.solvers.stepper.StepInput;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/** The equations of one step: what they cost together, the first failure, and the factors they share. */
final class StepEquations<T extends TFloating> {

    private final Ops tf;
    private final Iterations iterations;
    private final NonlinearSolver solver;
    private final Iterations.Use use;
    private final Map<Double, Values> factors = new HashMap<>();
    private Counts counts = Counts.none();
    private @Nullable Operand<TInt32> failure;

    StepEquations(Ops tf, Iterations iterations, StepInput<T> input) {
        this.tf = tf;
        this.iterations = iterations;
        this.solver = iterations.solver();
        this.use = input.differentiated() ? Iterations.Use.DIFFERENTIATED : Iterations.Use.PLAIN;
    }

    /**
     * Adds the solution of an equation.
     *
     * @param first guess
     * @param weight equations of the same weight of f share a factor
     */
    Operand<T> solve(Equation<T> equation, Operand<T> first, double weight) {
        boolean differentiated = use == Iterations.Use.DIFFERENTIATED;
        Operand<T> guess = differentiated ? tf.stopGradient(first) : first;
        Values factor = factor(equation, guess, weight);
        Iterations.Solved<T> solved = iterations.solve(tf, equation, guess, factor, use);
        if (differentiated) {
            counts = counts.withGradient(tf, ImplicitGradient.counts(tf, solver, equation, guess));
        }
        counts = counts.plus(tf, Counter.EVALUATIONS, solved.evaluations())
                .plus(tf, Counter.NEWTON_ITERATIONS, solved.rounds());
        if (solver instanceof Newton newton) {
            counts = counts.plus(tf, Counter.LINEAR_SOLVES, solved.rounds());
            boolean fresh = newton.jacobian() == Newton.Jacobian.EACH_ITERATION;
            if (fresh && newton.algebra() != Newton.Algebra.GMRES) {
                counts = counts.plus(tf, Counter.FACTORIZATIONS, solved.rounds());
            }
        }
        note(solved.failure());
        return solved.v();
    }

    private @Nullable Values factor(Equation<T> equation, Operand<T> guess, double weight) {
        if (!(solver instanceof Newton newton)
                || newton.jacobian() == Newton.Jacobian.EACH_ITERATION
                || newton.algebra() == Newton.Algebra.GMRES) {
            return null;
        }
        return factors.computeIfAbsent(weight, key -> {
            DenseJacobian.Factored factored = DenseJacobian.factor(
                    tf, equation, NewtonIteration.rows(newton.algebra()), guess.shape(), guess, equation.inputs());
            counts =
                    counts.plus(tf, Counter.EVALUATIONS, factored.evaluations()).plus(Counter.FACTORIZATIONS, 1);
            note(factored.failure());
            return use == Iterations.Use.DIFFERENTIATED ? cut(factored.values()) : factored.values();
        });
    }

    private Values cut(Values factor) {
        Values constants = Values.empty();
        for (String name : factor.names()) {
            constants = constants.withConstant(name, tf.stopGradient(factor.get(name)));
        }
        return constants;
    }

    private void note(Operand<TInt32> code) {
        failure = failure == null
                ? code
                : tf.select(tf.math.equal(failure, tf.constant(Outcome.SUCCESS.code())), code, failure);
    }

    Counts counts() {
        return counts;
    }

    @Nullable
    Operand<TInt32> failure() {
        return failure;
    }
}
