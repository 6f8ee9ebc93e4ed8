package dev.odeon.adjoint;

import dev.odeon.graph.CustomGradients;
import dev.odeon.graph.GraphFunction;
import dev.odeon.graph.Values;
import dev.odeon.solvers.ExplicitRungeKutta;
import dev.odeon.solvers.ImplicitRungeKutta;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.RungeKutta;
import dev.odeon.solvers.Statistics;
import dev.odeon.solvers.forward.AdaptiveLoop;
import dev.odeon.solvers.stepping.Counter;
import dev.odeon.solvers.stepping.Problem;
import dev.odeon.solvers.steps.PidController;
import dev.odeon.solvers.steps.SaveAt;
import dev.odeon.solvers.tableaux.Embedded;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/** One solve with sizes chosen during it. */
final class AdaptiveSolve<T extends TFloating> {

    private final Ops tf;
    private final Problem<T> problem;
    private final Method method;
    private final Embedded embedded;
    private final PidController control;
    private final Gradient gradient;

    AdaptiveSolve(Ops tf, Problem<T> problem, Method method, PidController control, Gradient gradient) {
        this.tf = tf;
        this.problem = problem;
        this.method = method;
        this.control = control;
        this.gradient = gradient;
        this.embedded = embedded(method)
                .orElseThrow(() -> new IllegalArgumentException("The method " + method.name()
                        + " has no error estimate: take FixedSteps, or a method with one such as tsit5, imex-rk3 or"
                        + " kvaerno5"));
        if (control.scope() == PidController.Scope.EACH_SAMPLE && !(method instanceof ExplicitRungeKutta)) {
            throw new IllegalArgumentException("The method " + method.name()
                    + " solves for the whole batch at once, so that its samples cannot have their own steps: share them, or"
                    + " take an explicit Runge-Kutta method");
        }
    }

    private static Optional<Embedded> embedded(Method method) {
        if (method instanceof RungeKutta rungeKutta) {
            return rungeKutta.embedded();
        }
        return method instanceof ImplicitRungeKutta implicit
                ? implicit.tableau().embedded()
                : Optional.empty();
    }

    Solution<T> run(Operand<T> u0, Values theta, SaveAt saveAt) {
        AdaptiveLoop<T> loop = new AdaptiveLoop<>(problem, method, embedded.order(), control, saveAt);
        List<Solution.BackwardNode> backwardNodes = new CopyOnWriteArrayList<>();
        Values result = gradient == Gradient.DISCRETE_ADJOINT
                ? loop.runRecorded(tf, u0, theta, (forward, initial, invariants) -> {
                    AdaptiveBackward backward =
                            AdaptiveBackward.define(tf, problem, method, loop, forward, initial, invariants);
                    return CustomGradients.define(
                            tf, (inner, node, upstream) -> backward.gradient(inner, node, upstream, backwardNodes));
                })
                : loop.run(tf, u0, theta);
        Class<T> type = problem.type();
        Operand<T> last = result.get(AdaptiveLoop.STATE, type);
        Operand<T> states = tf.expandDims(last, tf.constant(0));
        if (saveAt.intermediate() == SaveAt.Kept.ALL) {
            Operand<TInt32> used = tf.range(tf.constant(0), tf.constant(saveAt.times().length - 1), tf.constant(1));
            states = tf.concat(
                    List.of(
                            tf.expandDims(u0, tf.constant(0)),
                            tf.gather(result.get(AdaptiveLoop.KEPT, type), used, tf.constant(0))),
                    tf.constant(0));
        }
        return new Solution<>(
                GraphFunction.graphOf(tf),
                last,
                states,
                loop.shown(tf, result.get(AdaptiveLoop.OUTCOME, TInt32.class)),
                new Statistics(
                        loop.shown(tf, result.get(Counter.EVALUATIONS.key(), TInt32.class)),
                        counted(result, Counter.LINEAR_SOLVES),
                        counted(result, Counter.FACTORIZATIONS),
                        counted(result, Counter.NEWTON_ITERATIONS),
                        loop.shown(tf, result.get(AdaptiveLoop.ACCEPTED, TInt32.class)),
                        loop.shown(tf, result.get(AdaptiveLoop.REJECTED, TInt32.class))),
                backwardNodes);
    }

    private Operand<TInt32> counted(Values result, Counter counter) {
        return result.contains(counter.key()) ? result.get(counter.key(), TInt32.class) : tf.constant(0);
    }
}
