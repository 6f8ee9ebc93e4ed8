package dev.odeon.solvers.implicit;

import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import dev.odeon.solvers.ImplicitRungeKutta;
import dev.odeon.solvers.stepping.Counter;
import dev.odeon.solvers.stepping.Problem;
import dev.odeon.solvers.stepping.StepInput;
import dev.odeon.solvers.stepping.StepOutput;
import dev.odeon.solvers.stepping.Stepper;
import dev.odeon.solvers.tableaux.Butcher;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Stack;
import org.tensorflow.op.core.Unstack;
import org.tensorflow.types.family.TFloating;

/**
 * The engine of the implicit Runge-Kutta methods whose stages are solved together, as Gauss and Radau methods.
 *
 * <p>The stages are one unknown [batch, stages, ...]; the result is u + sum_j d_j (U_j - u) with d = b^T A^-1, which needs
 * no further evaluation.
 */
public final class CoupledStagesStepper<T extends TFloating> implements Stepper<T> {

    private final Problem<T> problem;
    private final ImplicitRungeKutta method;
    private final Butcher butcher;

    public CoupledStagesStepper(Problem<T> problem, ImplicitRungeKutta method) {
        this.problem = problem;
        this.method = method;
        this.butcher = method.tableau().coefficients();
    }

    @Override
    public Set<Counter> counters() {
        return EnumSet.allOf(Counter.class);
    }

    @Override
    public StepOutput<T> step(Ops tf, StepInput<T> input) {
        int stages = butcher.stages();
        Values inputs = Values.of("state", input.state())
                .with("size", input.size().times(tf, 1))
                .and(input.theta().prefixed("theta/"));
        for (int i = 0; i < stages; i++) {
            inputs = inputs.with("time" + i, input.timeAt(tf, butcher.c()[i]));
        }
        StepEquations<T> equations = new StepEquations<>(tf, method.solver(), input);
        Operand<T> guess = tf.stack(java.util.Collections.nCopies(stages, input.state()), Stack.axis(1L));
        Operand<T> solved = equations.solve(new Stages(inputs), guess, 1);
        List<Operand<T>> states = unstacked(tf, solved);
        Operand<T> next;
        if (butcher.stifflyAccurate()) {
            next = states.get(stages - 1);
        } else {
            double[] weights = weightsOfStates();
            next = input.state();
            for (int j = 0; j < stages; j++) {
                Operand<T> change = tf.math.sub(states.get(j), input.state());
                next = tf.math.add(next, tf.math.mul(change, Floats.scalar(tf, problem.type(), weights[j])));
            }
        }
        return new StepOutput<>(next, Values.empty(), equations.counts(), equations.failure(), null, null);
    }

    private List<Operand<T>> unstacked(Ops tf, Operand<T> together) {
        return new ArrayList<>(
                tf.unstack(together, (long) butcher.stages(), Unstack.axis(1L)).output());
    }

    /** b^T A^-1, by elimination with row exchanges on A^T d = b. */
    private double[] weightsOfStates() {
        int n = butcher.stages();
        double[][] m = new double[n][n + 1];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                m[i][j] = butcher.a()[j][i];
            }
            m[i][n] = butcher.b()[i];
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
                Operand<T> sum = inside.get("state", type);
                for (int j = 0; j < rates.size(); j++) {
                    sum = tf.math.add(sum, tf.math.mul(rates.get(j), Floats.scalar(tf, type, butcher.a()[i][j])));
                }
                next.add(sum);
            }
            return tf.stack(next, Stack.axis(1L));
        }
    }
}
