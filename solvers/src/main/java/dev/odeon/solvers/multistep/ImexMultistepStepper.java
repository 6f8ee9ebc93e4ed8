package dev.odeon.solvers.multistep;

import dev.odeon.graph.Values;
import dev.odeon.solvers.ImexMultistep;
import dev.odeon.solvers.ImexMultistep.Formula;
import dev.odeon.solvers.linear.LinearOperator;
import dev.odeon.solvers.stepper.Counter;
import dev.odeon.solvers.stepper.Counts;
import dev.odeon.solvers.stepper.LinearSolve;
import dev.odeon.solvers.stepper.Problem;
import dev.odeon.solvers.stepper.SolveOutcome;
import dev.odeon.solvers.stepper.Start;
import dev.odeon.solvers.stepper.StepInput;
import dev.odeon.solvers.stepper.StepOutput;
import dev.odeon.solvers.stepper.Stepper;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * The stepper of the implicit-explicit multistep methods: one evaluation of G and one solve a step.
 *
 * <p>SBDF solves sum_j d_j u_(n+1-j) = h sum_j e_j G_(n-j) + h J u_(n+1), with d the derivative of the polynomial through
 * the states and e the extrapolation of G. CNAB and MCNAB advance u_n by the integral of the polynomial through the last G
 * and by J at two or three times; J u_n comes from the solved equation and costs no product.
 */
public final class ImexMultistepStepper<T extends TFloating> implements Stepper<T> {

    private static final String RATE = "rate";
    private static final String STATE = "earlier state ";
    private static final String LINEAR = "linear";
    private static final double MCNAB_NEW = 9 / 16.0;

    private final Problem<T> problem;
    private final ImexMultistep method;
    private final int steps;

    public ImexMultistepStepper(Problem<T> problem, ImexMultistep method) {
        this.problem = problem;
        this.method = method;
        this.steps = method.order();
    }

    @Override
    public int history() {
        return method.history();
    }

    @Override
    public Set<Counter> counters() {
        return EnumSet.of(Counter.EVALUATIONS, Counter.LINEAR_SOLVES);
    }

    /** The coefficient of h J u_(n+1) in the equation for u_(n+1). */
    private double implicitWeight(double[] sizes) {
        return switch (method.formula()) {
            case SBDF -> 1 / Polynomials.backward(sizes, steps)[0];
            case CNAB -> 0.5;
            case MCNAB -> MCNAB_NEW;
        };
    }

    @Override
    public Values prepare(Ops tf, Values linearData, double[] sizes) {
        double[] past = Polynomials.past(sizes, steps);
        double alpha = sizes[0] * implicitWeight(sizes);
        Class<T> type = problem.type();
        LinearOperator<T> linear = problem.requireLinear();
        Values factor = linear.factor(tf, type, linearData, alpha);
        Values prepared = factor.prefixed("factor/")
                .and(SolveOutcome.ofFactors(tf, linear, List.of(factor)))
                .and(PreparedWeights.of(tf, type, "alpha", alpha));
        if (method.formula() == Formula.SBDF) {
            double[] d = Polynomials.backward(sizes, steps);
            return prepared.and(PreparedWeights.of(tf, type, STATE, Polynomials.atRest(d)))
                    .and(PreparedWeights.of(tf, type, RATE, scaled(Polynomials.values(past, 1), sizes[0] / d[0])));
        }
        double ratio = sizes[0] / sizes[1];
        double[] ofLinear = method.formula() == Formula.CNAB
                ? new double[] {0.5}
                : new double[] {1 - MCNAB_NEW - ratio / 16, ratio / 16};
        return prepared.and(PreparedWeights.of(tf, type, LINEAR, scaled(ofLinear, sizes[0])))
                .and(PreparedWeights.of(tf, type, RATE, scaled(Polynomials.integrals(past), sizes[0])));
    }

    private static double[] scaled(double[] weights, double factor) {
        double[] products = weights.clone();
        for (int j = 0; j < products.length; j++) {
            products[j] *= factor;
        }
        return products;
    }

    @Override
    public int factorsPerKind() {
        return 1;
    }

    private int linearRates() {
        return switch (method.formula()) {
            case SBDF -> 0;
            case CNAB -> 1;
            case MCNAB -> 2;
        };
    }

    @Override
    public Values memory(Ops tf, Start<T> start) {
        Values memory = Values.empty();
        for (int age = 1; age < steps; age++) {
            memory = memory.with(RATE + age, problem.evaluate(tf, start.time(age), start.state(age), start.theta()));
            if (method.formula() == Formula.SBDF) {
                memory = memory.with(STATE + age, start.state(age));
            }
        }
        LinearOperator<T> linear = problem.requireLinear();
        for (int age = 0; age < linearRates(); age++) {
            memory = memory.with(LINEAR + (age + 1), linear.apply(tf, start.linearData(), start.state(age)));
        }
        return memory;
    }

    @Override
    public int startEvaluations() {
        return steps - 1;
    }

    @Override
    public StepOutput<T> step(Ops tf, StepInput<T> input) {
        Values prepared = input.prepared();
        Operand<T> rate = problem.evaluate(tf, input.time(), input.state(), input.theta());
        List<Operand<T>> rates = Memory.recalled(input.memory(), RATE, rate, steps);
        Operand<T> explicit = PreparedWeights.sum(tf, prepared, RATE, rates);
        Values memory = Memory.kept(RATE, rates);
        LinearSolve.Solved<T> solved;
        if (method.formula() == Formula.SBDF) {
            List<Operand<T>> states = Memory.recalled(input.memory(), STATE, input.state(), steps);
            solved = solve(tf, input, tf.math.add(PreparedWeights.sum(tf, prepared, STATE, states), explicit));
            memory = memory.and(Memory.kept(STATE, states));
        } else {
            List<Operand<T>> linearRates = new ArrayList<>();
            for (int age = 1; age <= linearRates(); age++) {
                linearRates.add(input.memory().get(LINEAR + age, problem.type()));
            }
            Operand<T> rhs = tf.math.add(
                    tf.math.add(input.state(), explicit), PreparedWeights.sum(tf, prepared, LINEAR, linearRates));
            solved = solve(tf, input, rhs);
            linearRates.add(0, tf.math.div(tf.math.sub(solved.x(), rhs), prepared.get("alpha0", problem.type())));
            memory = memory.and(Memory.kept(LINEAR, linearRates));
        }
        Operand<TInt32> failure = solved.outcome() == null ? SolveOutcome.ofPrepared(prepared) : solved.outcome();
        Counts counts = Counts.none().plus(Counter.EVALUATIONS, 1).plus(Counter.LINEAR_SOLVES, 1);
        return StepOutput.of(solved.x(), memory, counts).withFailure(failure);
    }

    private LinearSolve.Solved<T> solve(Ops tf, StepInput<T> input, Operand<T> rhs) {
        return LinearSolve.of(
                tf,
                problem.requireLinear(),
                input,
                input.prepared().under("factor/"),
                input.prepared().get("alpha0", problem.type()),
                rhs);
    }
}
