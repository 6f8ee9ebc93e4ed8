package dev.odeon.solvers.rungekutta;

import dev.odeon.graph.Values;
import dev.odeon.solvers.RungeKutta;
import dev.odeon.solvers.linear.LinearOperator;
import dev.odeon.solvers.stepper.Evaluation;
import dev.odeon.solvers.stepper.LinearSolve;
import dev.odeon.solvers.stepper.Problem;
import dev.odeon.solvers.stepper.SolveOutcome;
import dev.odeon.solvers.stepper.StepInput;
import dev.odeon.solvers.tableaux.Butcher;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * The stages of one explicit or implicit-explicit Runge-Kutta step.
 *
 * <p>U_i = u + h sum_j a_ij G_j + h sum_j a~_ij H_j with H_i = J U_i. For implicit stages H_i is taken from the solved
 * equation, (U_i - r_i) / (h a~_ii), which saves a product with J. Source: Zhang, Liu, Maulik, Semi-Implicit Neural
 * Ordinary Differential Equations, equations 11-12.
 */
public final class Stages<T extends TFloating> {

    private final Ops tf;
    private final Problem<T> problem;
    private final RungeKutta method;
    private final StepInput<T> input;
    private final List<Operand<T>> states = new ArrayList<>();
    private final List<Operand<T>> explicitRates = new ArrayList<>();
    private final List<Evaluation<T>> evaluated = new ArrayList<>();
    private final List<@Nullable Operand<T>> implicitRates = new ArrayList<>();
    private int solves;
    private @Nullable Operand<TInt32> failure;

    private Stages(Ops tf, Problem<T> problem, RungeKutta method, StepInput<T> input) {
        this.tf = tf;
        this.problem = problem;
        this.method = method;
        this.input = input;
        this.failure = SolveOutcome.ofPrepared(input.prepared());
    }

    /**
     * Adds all stages.
     *
     * @param cut applied to each stage state before G is evaluated there: the identity, or a stop of the gradient
     */
    public static <T extends TFloating> Stages<T> build(
            Ops tf, Problem<T> problem, RungeKutta method, StepInput<T> input, UnaryOperator<Operand<T>> cut) {
        return build(tf, problem, method, input, cut, null);
    }

    /**
     * Adds G at all stages, whose states are known.
     *
     * @param computed the states of all stages but that at the start of the step
     */
    public static <T extends TFloating> Stages<T> recalled(
            Ops tf, Problem<T> problem, RungeKutta method, StepInput<T> input, List<Operand<T>> computed) {
        Stages<T> stages = new Stages<>(tf, problem, method, input);
        int known = method.stages() - method.computedStages();
        for (int i = 0; i < method.stages(); i++) {
            stages.evaluate(i, tf.stopGradient(i < known ? input.state() : computed.get(i - known)), null);
        }
        return stages;
    }

    /**
     * Adds all stages, the first with a known G.
     *
     * @param first G at the start of the step, or null to evaluate it
     */
    static <T extends TFloating> Stages<T> build(
            Ops tf,
            Problem<T> problem,
            RungeKutta method,
            StepInput<T> input,
            UnaryOperator<Operand<T>> cut,
            @Nullable Operand<T> first) {
        Stages<T> stages = new Stages<>(tf, problem, method, input);
        for (int i = 0; i < method.stages(); i++) {
            stages.add(i, cut, i == 0 ? first : null);
        }
        return stages;
    }

    private void add(int i, UnaryOperator<Operand<T>> cut, @Nullable Operand<T> rate) {
        Butcher explicit = method.explicit();
        Butcher implicit = method.implicit().orElse(null);
        LinearOperator<T> linear = problem.linear();
        Operand<T> known = combine(explicit.row(i), implicit == null ? null : implicit.row(i), i);
        double diagonal = implicit == null ? 0 : implicit.a(i, i);
        Operand<T> state;
        Operand<T> implicitRate = null;
        if (linear == null || implicit == null) {
            state = cut.apply(known);
        } else if (diagonal == 0) {
            state = cut.apply(known);
            implicitRate = linear.apply(tf, input.linearData(), state);
        } else {
            Operand<T> alpha = input.size().times(tf, diagonal);
            LinearSolve.Solved<T> solved = LinearSolve.of(tf, linear, input, factor(diagonal), alpha, known);
            state = cut.apply(solved.x());
            if (solved.outcome() != null) {
                failure = SolveOutcome.worse(tf, failure, solved.outcome());
            }
            solves++;
            implicitRate = tf.math.div(tf.math.sub(state, known), alpha);
        }
        evaluate(i, state, rate);
        implicitRates.add(implicitRate);
    }

    private void evaluate(int i, Operand<T> state, @Nullable Operand<T> rate) {
        states.add(state);
        if (rate == null) {
            double c = method.explicit().c(i);
            Operand<T> time = input.timeAt(tf, c);
            Operand<T> found = problem.evaluate(tf, time, state, input.theta());
            explicitRates.add(found);
            evaluated.add(new Evaluation<>(time, state, found));
        } else {
            explicitRates.add(rate);
        }
    }

    /** The state at the end of the step. */
    public Operand<T> next() {
        Butcher implicit = method.implicit().orElse(null);
        return combine(method.explicit().b(), implicit == null ? null : implicit.b(), states.size());
    }

    /** The rate of a stage, G_i + H_i. */
    Operand<T> rate(int i) {
        Operand<T> implicitRate = implicitRates.get(i);
        Operand<T> explicitRate = explicitRates.get(i);
        return implicitRate == null ? explicitRate : tf.math.add(explicitRate, implicitRate);
    }

    /** u + h sum_j (a_j G_j + a~_j H_j) over the first stages. */
    private Operand<T> combine(double[] explicit, double @Nullable [] implicit, int count) {
        Operand<T> sum = input.state();
        for (int j = 0; j < count; j++) {
            Operand<T> implicitRate = implicitRates.get(j);
            double weight = implicit == null || implicitRate == null ? 0 : implicit[j];
            if (explicit[j] == weight && weight != 0 && implicitRate != null) {
                Operand<T> both = tf.math.add(explicitRates.get(j), implicitRate);
                sum = tf.math.add(sum, tf.math.mul(both, input.size().times(tf, weight)));
                continue;
            }
            if (explicit[j] != 0) {
                sum = tf.math.add(
                        sum, tf.math.mul(explicitRates.get(j), input.size().times(tf, explicit[j])));
            }
            if (weight != 0 && implicitRate != null) {
                sum = tf.math.add(sum, tf.math.mul(implicitRate, input.size().times(tf, weight)));
            }
        }
        return sum;
    }

    private Values factor(double diagonal) {
        return factor(method, input.prepared(), diagonal);
    }

    /** The factor of a diagonal coefficient among what was prepared. */
    public static Values factor(RungeKutta method, Values prepared, double diagonal) {
        double[] diagonals = method.diagonals();
        for (int k = 0; k < diagonals.length; k++) {
            if (diagonals[k] == diagonal) {
                return prepared.under(k + "/");
            }
        }
        throw new IllegalStateException("No factor was made for the diagonal coefficient " + diagonal);
    }

    /** The stage states U_i, cut. */
    public List<Operand<T>> states() {
        return states;
    }

    /** The evaluations G(U_i). */
    public List<Operand<T>> explicitRates() {
        return explicitRates;
    }

    /** The outcome of the linear solves; null if they cannot fail. */
    @Nullable
    Operand<TInt32> failure() {
        return failure;
    }

    /** Evaluations of G that were built. */
    public List<Evaluation<T>> evaluated() {
        return evaluated;
    }

    /** Linear solves that were built. */
    public int solves() {
        return solves;
    }
}
