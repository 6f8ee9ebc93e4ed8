package dev.odeon.solvers.implicit;

import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import dev.odeon.solvers.ImplicitRungeKutta;
import dev.odeon.solvers.stepper.Counter;
import dev.odeon.solvers.stepper.Hermite;
import dev.odeon.solvers.stepper.Problem;
import dev.odeon.solvers.stepper.Start;
import dev.odeon.solvers.stepper.StepDemand;
import dev.odeon.solvers.stepper.StepInput;
import dev.odeon.solvers.stepper.StepOutput;
import dev.odeon.solvers.stepper.Stepper;
import dev.odeon.solvers.tableaux.Butcher;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Stack;
import org.tensorflow.op.core.Unstack;
import org.tensorflow.types.family.TFloating;

/**
 * The stepper of the implicit Runge-Kutta methods whose stages are solved together, as Gauss and Radau methods.
 *
 * <p>The stages are one unknown [batch, stages, ...]; the result is u + sum_j d_j (U_j - u) with d = b^T A^-1, which needs
 * no further evaluation. Where steps are chosen, the error estimate is the distance to a further implicit result, and the rate
 * at the end is remembered for the next one.
 */
public final class CoupledStagesStepper<T extends TFloating> implements Stepper<T> {

    private static final String RATE = "rate";

    private final Problem<T> problem;
    private final ImplicitRungeKutta method;
    private final Butcher butcher;
    private final StepDemand use;
    private final Iterations iterations;

    public CoupledStagesStepper(Problem<T> problem, ImplicitRungeKutta method, StepDemand use) {
        this.problem = problem;
        this.method = method;
        this.butcher = method.tableau().coefficients();
        this.use = use;
        this.iterations = new Iterations(method.solver(), problem);
    }

    @Override
    public Set<Counter> counters() {
        return EnumSet.allOf(Counter.class);
    }

    @Override
    public Values memory(Ops tf, Start<T> start) {
        return use == StepDemand.STATE
                ? Values.empty()
                : Values.of(RATE, problem.evaluate(tf, start.time(0), start.state(0), start.theta()));
    }

    @Override
    public int startEvaluations() {
        return use == StepDemand.STATE ? 0 : 1;
    }

    @Override
    public StepOutput<T> step(Ops tf, StepInput<T> input) {
        int stages = butcher.stages();
        Values inputs = Values.of("start", input.state())
                .with("size", input.size().times(tf, 1))
                .and(input.theta().prefixed("theta/"));
        for (int i = 0; i < stages; i++) {
            inputs = inputs.with("time" + i, input.timeAt(tf, butcher.c(i)));
        }
        StepEquations<T> equations = new StepEquations<>(tf, iterations, input);
        Operand<T> guess = tf.stack(java.util.Collections.nCopies(stages, input.state()), Stack.axis(1L));
        Operand<T> solved = equations.solve(new Stages(inputs), guess, 1);
        List<Operand<T>> states = unstacked(tf, solved);
        Operand<T> next;
        if (butcher.stifflyAccurate()) {
            next = states.get(stages - 1);
        } else {
            next = advanced(tf, input, states, butcher.b());
        }
        if (use == StepDemand.STATE) {
            return StepOutput.of(next, Values.empty(), equations.counts()).withFailure(equations.failure());
        }
        Operand<T> start = input.memory().get(RATE, problem.type());
        Operand<T> end = problem.evaluate(tf, input.timeAt(tf, 1), next, input.theta());
        Operand<T> error = method.embedded()
                .map(embedded -> error(tf, input, equations, states, next, start, embedded.weights()))
                .orElse(null);
        return StepOutput.of(next, Values.of(RATE, end), equations.counts().plus(Counter.EVALUATIONS, 1))
                .withFailure(equations.failure())
                .withError(error)
                .withDense(use == StepDemand.DENSE ? Hermite.between(tf, input, start, next, end) : null);
    }

    /** The distance to v = u + h (w_0 f(t, u) + sum_i w_i F_i) + h w_end f(t + h, v). */
    private Operand<T> error(
            Ops tf,
            StepInput<T> input,
            StepEquations<T> equations,
            List<Operand<T>> states,
            Operand<T> next,
            Operand<T> start,
            double[] weights) {
        int stages = butcher.stages();
        double diagonal = weights[stages + 1];
        Operand<T> known = tf.math.add(
                advanced(tf, input, states, Arrays.copyOfRange(weights, 1, stages + 1)),
                tf.math.mul(start, input.size().times(tf, weights[0])));
        Equation<T> equation = StageEquation.of(
                problem.field(), input, input.timeAt(tf, 1), input.size().times(tf, diagonal), known);
        return tf.math.sub(next, equations.solve(equation, next, diagonal));
    }

    /** u + h sum_j weight_j F_j = u + sum_j (weight^T A^-1)_j (U_j - u), which needs no rate. */
    private Operand<T> advanced(Ops tf, StepInput<T> input, List<Operand<T>> states, double[] rateWeights) {
        double[] weights = weightsOfStates(rateWeights);
        Operand<T> sum = input.state();
        for (int j = 0; j < weights.length; j++) {
            Operand<T> change = tf.math.sub(states.get(j), input.state());
            sum = tf.math.add(sum, tf.math.mul(change, Floats.scalar(tf, problem.type(), weights[j])));
        }
        return sum;
    }

    private List<Operand<T>> unstacked(Ops tf, Operand<T> together) {
        return new ArrayList<>(
                tf.unstack(together, (long) butcher.stages(), Unstack.axis(1L)).output());
    }

    /** b^T A^-1, by elimination with row exchanges on A^T d = b. */
    private double[] weightsOfStates(double[] b) {
        int n = butcher.stages();
        double[][] m = new double[n][n + 1];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                m[i][j] = butcher.a(j, i);
            }
            m[i][n] = b[i];
        }
        for (int k = 0; k < n; k++) {
            int pivot = k;
            for (int i = k; i < n; i++) {
                pivot = Math.abs(m[i][k]) > Math.abs(m[pivot][k]) ? i : pivot;
            }
            double[] exchanged = m[k];
            m[k] = m[pivot];
            m[pivot] = exchanged;
            for (int i = 0; i < n; i++) {
                if (i != k) {
                    double factor = m[i][k] / m[k][k];
                    for (int j = k; j <= n; j++) {
                        m[i][j] -= factor * m[k][j];
                    }
                }
            }
        }
        double[] weights = new double[n];
        for (int i = 0; i < n; i++) {
            weights[i] = m[i][n] / m[i][i];
        }
        return weights;
    }

    /** U_i = u + h sum_j a_ij f(t_j, U_j). */
    private final class Stages implements Equation<T> {
        private final Values inputs;

        Stages(Values inputs) {
            this.inputs = inputs;
        }

        @Override
        public Values inputs() {
            return inputs;
        }

        @Override
        public Object form() {
            return butcher;
        }

        @Override
        public int evaluations() {
            return butcher.stages();
        }

        @Override
        public Operand<T> map(Ops tf, Operand<T> v, Values inside) {
            Class<T> type = problem.type();
            List<Operand<T>> states = unstacked(tf, v);
            List<Operand<T>> rates = new ArrayList<>();
            for (int j = 0; j < states.size(); j++) {
                rates.add(tf.math.mul(
                        problem.evaluate(tf, inside.get("time" + j, type), states.get(j), inside.under("theta/")),
                        inside.get("size", type)));
            }
            List<Operand<T>> next = new ArrayList<>();
            for (int i = 0; i < states.size(); i++) {
                Operand<T> sum = inside.get("start", type);
                for (int j = 0; j < rates.size(); j++) {
                    sum = tf.math.add(sum, tf.math.mul(rates.get(j), Floats.scalar(tf, type, butcher.a(i, j))));
                }
                next.add(sum);
            }
            return tf.stack(next, Stack.axis(1L));
        }
    }
}
