package dev.odeon.adjoint.step;

import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import dev.odeon.solvers.RungeKutta;
import dev.odeon.solvers.linear.LinearOperator;
import dev.odeon.solvers.rungekutta.StageFactors;
import dev.odeon.solvers.rungekutta.Stages;
import dev.odeon.solvers.stepper.Counter;
import dev.odeon.solvers.stepper.Counts;
import dev.odeon.solvers.stepper.Problem;
import dev.odeon.solvers.stepper.StepInput;
import dev.odeon.solvers.tableaux.Butcher;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * The adjoint of one step of the explicit and the implicit-explicit Runge-Kutta methods, by hand.
 *
 * <p>Goes through the stages from last to first: one vector-Jacobian product of G at each, whose evaluation is the one that
 * the rebuilding made or the solve recorded, and one solve with the transposed factor of the forward solve. Source: Zhang, Liu, Maulik,
 * Semi-Implicit Neural Ordinary Differential Equations, equations 15-17, with the stage equation solved for the sum of both
 * parts:
 *
 * <pre>
 *   s_i = (I - alpha J)^-T (G_u^T w_i + v_i / alpha),  lambda_i = s_i - v_i / alpha,  alpha = h a~_ii
 *   w_i = h (b_i lambda + sum_(j above i) a_ji lambda_j),  v_i likewise with b~ and a~
 * </pre>
 *
 * so that dL/dJ gains alpha s_i U_i^T, and no product with J^T is needed.
 */
public final class RungeKuttaAdjoint<T extends TFloating> implements StepAdjoint<T> {
    private final Ops tf;
    private final Problem<T> problem;
    private final RungeKutta method;
    private final StepInput<T> input;
    private final StageProducts<T> stages;
    private final Operand<T> end;
    private final List<@Nullable Operand<T>> lambdas = new ArrayList<>();
    private final Values thetaTargets;
    private Values thetaGradients = Values.empty();
    private Values linearGradients = Values.empty();
    private int solves;

    /**
     * Adds the adjoint of a step.
     *
     * @param input with its factors
     * @param stages of the step
     */
    private RungeKuttaAdjoint(
            Ops tf,
            Problem<T> problem,
            RungeKutta method,
            StepInput<T> input,
            Operand<T> end,
            StageProducts<T> stages) {
        this.tf = tf;
        this.problem = problem;
        this.method = method;
        this.input = input;
        this.stages = stages;
        this.end = end;
        this.thetaTargets = input.theta().differentiable();
        for (int i = 0; i < method.stages(); i++) {
            lambdas.add(null);
        }
        for (int i = method.stages() - 1; i >= 0; i--) {
            lambdas.set(i, stage(i));
        }
    }

    /** Adds the adjoint of a step whose stages are computed again. */
    static <T extends TFloating> RungeKuttaAdjoint<T> repeating(
            Ops tf, Problem<T> problem, RungeKutta method, StepInput<T> prepared, Operand<T> end) {
        StepInput<T> input = StageFactors.completed(tf, problem, method, prepared);
        Stages<T> stages = Stages.build(tf, problem, method, input, tf::stopGradient);
        return new RungeKuttaAdjoint<>(tf, problem, method, input, end, new RebuiltStages<>(stages));
    }

    /**
     * Adds the adjoint of a step whose stages are known.
     *
     * @param computed the states of its stages but that at its start
     */
    public static <T extends TFloating> RungeKuttaAdjoint<T> recalling(
            Ops tf,
            Problem<T> problem,
            RungeKutta method,
            StepInput<T> prepared,
            Operand<T> end,
            List<Operand<T>> computed) {
        StepInput<T> input = StageFactors.completed(tf, problem, method, prepared);
        Stages<T> stages = Stages.recalled(tf, problem, method, input, computed);
        return new RungeKuttaAdjoint<>(tf, problem, method, input, end, new RebuiltStages<>(stages));
    }

    /** Adds the adjoint of a step of known size, of whose evaluations the solve recorded what it needs. */
    public static <T extends TFloating> RungeKuttaAdjoint<T> recorded(
            Ops tf, Problem<T> problem, Operand<T> end, RecordedStages<T> recorded) {
        return new RungeKuttaAdjoint<>(tf, problem, recorded.method(), recorded.input(), end, recorded);
    }

    private @Nullable Operand<T> stage(int i) {
        Operand<T> explicitWeight = scaled(combine(method.explicit(), i), 1);
        Operand<T> throughField = null;
        if (explicitWeight != null) {
            throughField = field(i, explicitWeight);
        }
        Butcher implicit = method.implicit().orElse(null);
        LinearOperator<T> linear = problem.linear();
        if (implicit == null || linear == null) {
            return throughField;
        }
        Operand<T> mixed = combine(implicit, i);
        double diagonal = implicit.a(i, i);
        if (diagonal == 0) {
            Operand<T> implicitWeight = scaled(mixed, 1);
            if (implicitWeight == null) {
                return throughField;
            }
            addLinear(i, implicitWeight);
            return sum(throughField, linear.applyTransposed(tf, input.linearData(), implicitWeight));
        }
        // v_i / alpha = combination / a~_ii: the step size cancels.
        Operand<T> shift = mixed == null ? null : tf.math.mul(mixed, scalar(1 / diagonal));
        Operand<T> rhs = sum(throughField, shift);
        if (rhs == null) {
            return null;
        }
        Operand<T> solved = linear.solveTransposed(tf, Stages.factor(method, input.prepared(), diagonal), rhs);
        solves++;
        addLinear(i, tf.math.mul(solved, input.size().times(tf, diagonal)));
        return shift == null ? solved : tf.math.sub(solved, shift);
    }

    /** b_i lambda + sum over later stages of a_ji lambda_j; null where it is zero. */
    private @Nullable Operand<T> combine(Butcher coefficients, int i) {
        Operand<T> total = weighted(end, coefficients.b(i));
        for (int j = i + 1; j < coefficients.stages(); j++) {
            Operand<T> later = lambdas.get(j);
            if (later != null) {
                // lambda_j is the adjoint of the stage equation, which holds h a_ji only once.
                total = sum(total, weighted(later, coefficients.a(j, i)));
            }
        }
        return total;
    }

    private @Nullable Operand<T> weighted(Operand<T> x, double weight) {
        return weight == 0 ? null : tf.math.mul(x, scalar(weight));
    }

    private @Nullable Operand<T> scaled(@Nullable Operand<T> x, double factor) {
        return x == null ? null : tf.math.mul(x, input.size().times(tf, factor));
    }

    private @Nullable Operand<T> sum(@Nullable Operand<T> a, @Nullable Operand<T> b) {
        return a == null ? b : b == null ? a : tf.math.add(a, b);
    }

    private Operand<T> scalar(double value) {
        return Floats.scalar(tf, problem.type(), value);
    }

    @SuppressWarnings("unchecked") // the gradient with respect to a state has its type
    private @Nullable Operand<T> field(int i, Operand<T> weight) {
        List<@Nullable Operand<?>> gradients = stages.product(tf, i, thetaTargets, weight);
        thetaGradients = NamedGradients.sum(
                tf, thetaGradients, NamedGradients.present(thetaTargets, gradients.subList(1, gradients.size())));
        return (Operand<T>) gradients.get(0);
    }

    private void addLinear(int i, Operand<T> weight) {
        LinearOperator<T> linear = problem.linear();
        if (linear != null && !input.linearData().differentiable().isEmpty()) {
            linearGradients = NamedGradients.sum(
                    tf, linearGradients, linear.gradient(tf, input.linearData(), stages.state(i), weight));
        }
    }

    @Override
    public Operand<T> next() {
        return stages.next();
    }

    @Override
    public Operand<T> stateGradient() {
        Operand<T> total = end;
        for (Operand<T> lambda : lambdas) {
            total = lambda == null ? total : tf.math.add(total, lambda);
        }
        return total;
    }

    @Override
    public Values memoryGradients() {
        return Values.empty();
    }

    @Override
    public Values thetaGradients() {
        return thetaGradients;
    }

    @Override
    public Values linearGradients() {
        return linearGradients;
    }

    @Override
    public Counts counts() {
        return Counts.none()
                .plus(Counter.EVALUATIONS, stages.evaluations())
                .plus(Counter.LINEAR_SOLVES, stages.solves() + solves);
    }
}
