package dev.odeon.adjoint;

import dev.odeon.graph.Gradients;
import dev.odeon.graph.TensorSpec;
import dev.odeon.graph.Values;
import dev.odeon.graph.WhileLoop;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.forward.ForwardLoop;
import dev.odeon.solvers.forward.Prepared;
import dev.odeon.solvers.linear.LinearOperator;
import dev.odeon.solvers.rungekutta.Problem;
import dev.odeon.solvers.rungekutta.Stages;
import dev.odeon.solvers.rungekutta.StepInput;
import dev.odeon.solvers.tableaux.Butcher;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * The discrete adjoint of the Runge-Kutta families: one backward loop, registered as the gradient of the forward loop.
 *
 * <p>Each round restores the state before a step, rebuilds the stages and goes through them from last to first: one
 * vector-Jacobian product of G at the rebuilt stage, whose evaluation is the one the rebuilding made, and one solve with
 * the transposed factor of the forward solve. Source: Zhang, Liu, Maulik, Semi-Implicit Neural Ordinary Differential
 * Equations, equations 15-17, with the stage equation solved for the sum of both parts:
 *
 * <pre>
 *   s_i = (I - alpha J)^-T (G_u^T w_i + v_i / alpha),  lambda_i = s_i - v_i / alpha,  alpha = h a~_ii
 *   w_i = h (b_i lambda + sum_(j above i) a_ji lambda_j),  v_i likewise with b~ and a~
 * </pre>
 *
 * so that dL/dJ gains alpha s_i U_i^T, and no product with J^T is needed.
 */
final class BackwardLoop {

    private static final String ROUND = "round";
    private static final String LAMBDA = "lambda";
    private static final String MU = "mu/";
    private static final String KEPT_GRADIENT = "kept gradient";

    private final WhileLoop forward;
    private final WhileLoop loop;
    private final List<TensorSpec> carriedForward;
    private final List<TensorSpec> invariantSpecs;
    private final List<TensorSpec> targets;

    private BackwardLoop(
            WhileLoop forward,
            WhileLoop loop,
            List<TensorSpec> carriedForward,
            List<TensorSpec> invariantSpecs,
            List<TensorSpec> targets) {
        this.forward = forward;
        this.loop = loop;
        this.carriedForward = carriedForward;
        this.invariantSpecs = invariantSpecs;
        this.targets = targets;
    }

    /** Defines the functions of the backward loop; must happen before a gradient is asked for. */
    static <T extends TFloating> BackwardLoop define(
            Ops tf, Prepared<T> prepared, WhileLoop forward, Values initialForward) {
        List<TensorSpec> invariantSpecs = prepared.invariants().specs();
        List<TensorSpec> targets =
                invariantSpecs.stream().filter(TensorSpec::differentiable).toList();
        TensorSpec state = spec(initialForward, ForwardLoop.STATE);
        List<TensorSpec> carried = new ArrayList<>();
        carried.add(renamed(spec(initialForward, ForwardLoop.STEP), ROUND));
        carried.add(renamed(state, LAMBDA));
        targets.forEach(target -> carried.add(renamed(target, MU + target.name())));
        carried.add(spec(initialForward, ForwardLoop.NFE));
        carried.add(spec(initialForward, ForwardLoop.SOLVES));
        List<TensorSpec> invariants = new ArrayList<>(invariantSpecs);
        invariants.add(spec(initialForward, ForwardLoop.TRAJECTORY));
        invariants.add(renamed(spec(initialForward, ForwardLoop.KEPT), KEPT_GRADIENT));
        WhileLoop loop = WhileLoop.define(
                tf,
                "adjoint",
                carried,
                invariants,
                (inner, values, fixed) -> inner.math.greater(values.get(ROUND, TInt32.class), inner.constant(0)),
                (inner, values, fixed) -> round(inner, prepared, values, fixed));
        return new BackwardLoop(forward, loop, initialForward.specs(), invariantSpecs, targets);
    }

    /** Adds the backward loop for a node of the forward loop; called while the graph is locked. */
    List<@Nullable Operand<?>> gradient(
            Ops tf, GraphOperation node, List<Output<?>> upstream, List<Solution.BackwardNode> backwardNodes) {
        Values results = forward.resultsOf(node);
        Values initial = Values.of(ROUND, results.get(ForwardLoop.STEP))
                .with(LAMBDA, upstream.get(forward.indexOf(ForwardLoop.STATE)));
        Values invariants = forward.invariantsOf(node);
        for (TensorSpec target : targets) {
            initial = initial.with(MU + target.name(), tf.zerosLike(invariants.get(target.name())));
        }
        initial = initial.with(ForwardLoop.NFE, tf.constant(0)).with(ForwardLoop.SOLVES, tf.constant(0));
        invariants = invariants
                .with(ForwardLoop.TRAJECTORY, results.get(ForwardLoop.TRAJECTORY))
                .with(KEPT_GRADIENT, upstream.get(forward.indexOf(ForwardLoop.KEPT)));
        WhileLoop.Run run = loop.run(tf, initial, invariants);
        backwardNodes.add(new Solution.BackwardNode(
                run.operation().name(), loop.indexOf(ForwardLoop.NFE), loop.indexOf(ForwardLoop.SOLVES)));
        List<@Nullable Operand<?>> gradients = new ArrayList<>();
        for (TensorSpec spec : carriedForward) {
            gradients.add(spec.name().equals(ForwardLoop.STATE) ? run.values().get(LAMBDA) : null);
        }
        for (TensorSpec spec : invariantSpecs) {
            gradients.add(spec.differentiable() ? run.values().get(MU + spec.name()) : null);
        }
        return gradients;
    }

    private static <T extends TFloating> Values round(Ops tf, Prepared<T> prepared, Values carried, Values invariants) {
        Class<T> type = prepared.problem().type();
        Operand<TInt32> step = tf.math.sub(carried.get(ROUND, TInt32.class), tf.constant(1));
        Operand<T> before = tf.gather(invariants.get(ForwardLoop.TRAJECTORY, type), step, tf.constant(0));
        Operand<T> lambda = carried.get(LAMBDA, type);
        if (prepared.grid().kept() > 0) {
            // Steps whose end was not kept read the spare row, whose gradient is zero.
            lambda = tf.math.add(
                    lambda,
                    tf.gather(
                            invariants.get(KEPT_GRADIENT, type),
                            prepared.saveIndex(tf, step, invariants),
                            tf.constant(0)));
        }
        StepInput<T> input = prepared.input(tf, step, before, invariants);
        Stages<T> stages = Stages.build(tf, prepared.problem(), input, tf::stopGradient);
        StepAdjoint<T> adjoint = new StepAdjoint<>(tf, prepared.problem(), input, stages, lambda);
        Values next = carried.with(ROUND, step).with(LAMBDA, adjoint.stateGradient());
        next = accumulated(tf, next, Prepared.thetaPrefix(), adjoint.thetaGradients());
        next = accumulated(tf, next, Prepared.linearPrefix(), adjoint.linearGradients());
        return next.with(
                        ForwardLoop.NFE,
                        tf.math.add(carried.get(ForwardLoop.NFE, TInt32.class), tf.constant(stages.evaluations())))
                .with(
                        ForwardLoop.SOLVES,
                        tf.math.add(
                                carried.get(ForwardLoop.SOLVES, TInt32.class),
                                tf.constant(stages.solves() + adjoint.solves())));
    }

    @SuppressWarnings("unchecked") // a gradient has the type of its target
    private static Values accumulated(Ops tf, Values carried, String prefix, Values gradients) {
        Values sum = carried;
        for (String name : gradients.names()) {
            String target = MU + prefix + name;
            sum = sum.with(target, tf.math.add((Operand<TFloating>) carried.get(target), (Operand<TFloating>)
                    gradients.get(name)));
        }
        return sum;
    }

    private static TensorSpec spec(Values values, String name) {
        return values.specs().stream()
                .filter(spec -> spec.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static TensorSpec renamed(TensorSpec spec, String name) {
        return new TensorSpec(name, spec.type(), spec.shape(), spec.differentiable());
    }

    /** The adjoint of one step. */
    private static final class StepAdjoint<T extends TFloating> {
        private final Ops tf;
        private final Problem<T> problem;
        private final StepInput<T> input;
        private final Stages<T> stages;
        private final Operand<T> end;
        private final List<@Nullable Operand<T>> lambdas = new ArrayList<>();
        private final Values thetaTargets;
        private Values thetaGradients = Values.empty();
        private Values linearGradients = Values.empty();
        private int solves;

        StepAdjoint(Ops tf, Problem<T> problem, StepInput<T> input, Stages<T> stages, Operand<T> end) {
            this.tf = tf;
            this.problem = problem;
            this.input = input;
            this.stages = stages;
            this.end = end;
            this.thetaTargets = input.theta().differentiable();
            for (int i = 0; i < problem.method().stages(); i++) {
                lambdas.add(null);
            }
            for (int i = problem.method().stages() - 1; i >= 0; i--) {
                lambdas.set(i, stage(i));
            }
        }

        private @Nullable Operand<T> stage(int i) {
            Method method = problem.method();
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
            double diagonal = implicit.a()[i][i];
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
            int factor = 0;
            double[] diagonals = problem.diagonals();
            while (diagonals[factor] != diagonal) {
                factor++;
            }
            Operand<T> solved = linear.solveTransposed(tf, input.factors().get(factor), rhs);
            solves++;
            addLinear(i, tf.math.mul(solved, input.size().times(tf, diagonal)));
            return shift == null ? solved : tf.math.sub(solved, shift);
        }

        /** b_i lambda + sum over later stages of a_ji lambda_j; null where it is zero. */
        private @Nullable Operand<T> combine(Butcher coefficients, int i) {
            Operand<T> total = weighted(end, coefficients.b()[i]);
            for (int j = i + 1; j < coefficients.stages(); j++) {
                Operand<T> later = lambdas.get(j);
                if (later != null) {
                    // lambda_j is the adjoint of the stage equation, which holds h a_ji only once.
                    total = sum(total, weighted(later, coefficients.a()[j][i]));
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
            return dev.odeon.graph.Floats.scalar(tf, problem.type(), value);
        }

        @SuppressWarnings("unchecked") // the gradient with respect to a state has its type
        private @Nullable Operand<T> field(int i, Operand<T> weight) {
            List<Operand<?>> targets = new ArrayList<>();
            targets.add(stages.states().get(i));
            targets.addAll(thetaTargets.operands());
            List<@Nullable Operand<?>> gradients =
                    Gradients.vectorJacobian(tf, stages.explicitRates().get(i), weight, targets);
            Values found = Values.empty();
            int k = 1;
            for (String name : thetaTargets.names()) {
                Operand<?> gradient = gradients.get(k++);
                if (gradient != null) {
                    found = found.with(name, gradient);
                }
            }
            thetaGradients = merged(thetaGradients, found);
            return (Operand<T>) gradients.get(0);
        }

        private void addLinear(int i, Operand<T> weight) {
            LinearOperator<T> linear = problem.linear();
            if (linear != null && !input.linearData().differentiable().isEmpty()) {
                linearGradients = merged(
                        linearGradients,
                        linear.gradient(tf, input.linearData(), stages.states().get(i), weight));
            }
        }

        @SuppressWarnings("unchecked") // gradients of one target have its type
        private Values merged(Values sums, Values gradients) {
            Values result = sums;
            for (String name : gradients.names()) {
                Operand<TFloating> gradient = (Operand<TFloating>) gradients.get(name);
                result = result.with(
                        name,
                        sums.contains(name) ? tf.math.add((Operand<TFloating>) sums.get(name), gradient) : gradient);
            }
            return result;
        }

        Operand<T> stateGradient() {
            Operand<T> total = end;
            for (Operand<T> lambda : lambdas) {
                total = lambda == null ? total : tf.math.add(total, lambda);
            }
            return total;
        }

        Values thetaGradients() {
            return thetaGradients;
        }

        Values linearGradients() {
            return linearGradients;
        }

        int solves() {
            return solves;
        }
    }
}
