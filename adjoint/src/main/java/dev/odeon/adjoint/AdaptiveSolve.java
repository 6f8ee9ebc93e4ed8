package dev.odeon.adjoint;

import dev.odeon.adjoint.backsolve.BacksolveLoop;
import dev.odeon.adjoint.backsolve.Intervals;
import dev.odeon.adjoint.backward.AdaptiveTakenSteps;
import dev.odeon.adjoint.backward.BackwardLoop;
import dev.odeon.adjoint.backward.BackwardNode;
import dev.odeon.adjoint.backward.OnlineStates;
import dev.odeon.adjoint.backward.Recall;
import dev.odeon.adjoint.backward.ReversedStates;
import dev.odeon.adjoint.backward.StoredStages;
import dev.odeon.adjoint.backward.StoredStates;
import dev.odeon.adjoint.backward.TakenSteps;
import dev.odeon.adjoint.step.ReversibleStepper;
import dev.odeon.graph.CustomGradients;
import dev.odeon.graph.GraphFunction;
import dev.odeon.graph.TensorSpec;
import dev.odeon.graph.Values;
import dev.odeon.solvers.ExplicitRungeKutta;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.RungeKutta;
import dev.odeon.solvers.Statistics;
import dev.odeon.solvers.engine.Columns;
import dev.odeon.solvers.engine.Counter;
import dev.odeon.solvers.engine.Problem;
import dev.odeon.solvers.engine.Resolution;
import dev.odeon.solvers.engine.Stepper;
import dev.odeon.solvers.events.StopEvent;
import dev.odeon.solvers.forward.SampleClock;
import dev.odeon.solvers.forward.Steppers;
import dev.odeon.solvers.forward.adaptive.AdaptiveLoop;
import dev.odeon.solvers.forward.adaptive.Recorded;
import dev.odeon.solvers.steps.PidController;
import dev.odeon.solvers.steps.SaveAt;
import dev.odeon.solvers.tableaux.Embedded;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
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
    private final @Nullable StopEvent<T> event;
    private final @Nullable SampleClock<T> clock;

    AdaptiveSolve(
            Ops tf,
            Problem<T> problem,
            Method method,
            PidController control,
            Gradient gradient,
            @Nullable StopEvent<T> event,
            @Nullable SampleClock<T> clock) {
        this.tf = tf;
        this.problem = problem.with(new Resolution(control.rtol(), control.atol()));
        this.method = method;
        this.control = control;
        this.gradient = gradient;
        this.event = event;
        this.clock = clock;
        this.embedded = Steppers.errorEstimate(method)
                .orElseThrow(() -> new IllegalArgumentException("The method " + method.name()
                        + " has no error estimate: take FixedSteps, or a method with one such as tsit5, imex-rk3 or"
                        + " kvaerno5"));
        if (control.scope() == PidController.Scope.EACH_SAMPLE && !(method instanceof ExplicitRungeKutta)) {
            throw new IllegalArgumentException("The method " + method.name()
                    + " solves for the whole batch at once, so that its samples cannot have their own steps: share them, or"
                    + " take an explicit Runge-Kutta method");
        }
    }

    Solution<T> run(Operand<T> u0, Values theta, SaveAt saveAt) {
        AdaptiveLoop<T> loop = new AdaptiveLoop<>(
                problem,
                method,
                stepper -> Recording.engine(gradient, problem, method, stepper),
                embedded.order(),
                control,
                saveAt,
                event,
                clock);
        List<BackwardNode> backwardNodes = new CopyOnWriteArrayList<>();
        Values result = run(loop, u0, theta, saveAt, backwardNodes);
        Class<T> type = problem.type();
        Operand<T> last = result.get(AdaptiveLoop.STATE, type);
        KeptRows<T> rows = rows(loop, result, saveAt);
        return new Solution<>(
                        GraphFunction.graphOf(tf),
                        last,
                        states(loop, result, u0, saveAt, rows),
                        loop.shown(tf, result.get(AdaptiveLoop.OUTCOME, TInt32.class)),
                        new Statistics(
                                loop.shown(tf, result.get(Counter.EVALUATIONS.key(), TInt32.class)),
                                counted(result, Counter.LINEAR_SOLVES),
                                counted(result, Counter.FACTORIZATIONS),
                                counted(result, Counter.NEWTON_ITERATIONS),
                                loop.shown(tf, result.get(AdaptiveLoop.ACCEPTED, TInt32.class)),
                                loop.shown(tf, result.get(AdaptiveLoop.REJECTED, TInt32.class))),
                        backwardNodes)
                .with(rows);
    }

    /** Adds the loop, with its gradient if it has one. */
    private Values run(
            AdaptiveLoop<T> loop, Operand<T> u0, Values theta, SaveAt saveAt, List<BackwardNode> backwardNodes) {
        if (gradient instanceof NoGradient) {
            String refusal = NoGradient.refusal(tf);
            return loop.run(tf, u0, theta, (forward, initial, invariants) -> refusal);
        }
        if (gradient instanceof BacksolveAdjoint backsolve) {
            return loop.run(
                    tf,
                    u0,
                    theta,
                    (forward, initial, invariants) -> BacksolveLoop.define(
                                    tf,
                                    problem,
                                    backsolve.way(),
                                    Intervals.of(saveAt),
                                    forward,
                                    initial.specs(),
                                    invariants.specs())
                            .key(tf, backwardNodes));
        }
        Recorded recorded = recorded(u0);
        return loop.runRecorded(tf, u0, theta, recorded, (forward, initial, invariants) -> {
            TakenSteps<T> steps = AdaptiveTakenSteps.of(problem, method, loop, saveAt, initial);
            BackwardLoop backward = BackwardLoop.define(
                    tf,
                    steps,
                    recall(steps, loop.stepper(), recorded, initial.specs()),
                    forward,
                    initial.specs(),
                    invariants.specs());
            return CustomGradients.define(
                    tf, (inner, node, upstream) -> backward.gradient(inner, node, upstream, backwardNodes));
        });
    }

    private KeptRows<T> rows(AdaptiveLoop<T> loop, Values result, SaveAt saveAt) {
        Class<T> type = problem.type();
        Operand<T> times = saveAt.intermediate() == SaveAt.Kept.STEPS
                ? loop.rowTimes(tf, result)
                : clock == null ? KeptRows.known(tf, type, saveAt) : clock.keptTimes(tf);
        Operand<TInt32> filled = loop.filled(tf, result);
        Operand<TInt32> count = switch (saveAt.intermediate()) {
            case END, DENSE -> tf.onesLike(filled);
            case ALL, STOPS -> tf.math.add(filled, tf.constant(1));
            case STEPS -> filled;
        };
        EventResult<T> found = event == null
                ? null
                : new EventResult<>(
                        Columns.flat(tf, result.get(AdaptiveLoop.STOPPED, TBool.class)),
                        Columns.flat(tf, result.get(AdaptiveLoop.EVENT_TIME, type)),
                        result.get(AdaptiveLoop.STATE, type));
        boolean dense = saveAt.intermediate() == SaveAt.Kept.DENSE;
        return new KeptRows<>(times, count, dense ? loop.dense(tf, result) : null, found);
    }

    private Operand<T> states(AdaptiveLoop<T> loop, Values result, Operand<T> u0, SaveAt saveAt, KeptRows<T> rows) {
        Class<T> type = problem.type();
        Operand<T> states;
        if (saveAt.keepsTimes()) {
            Operand<TInt32> used = tf.range(tf.constant(0), tf.constant(saveAt.times().length - 1), tf.constant(1));
            Operand<T> kept = tf.gather(result.get(AdaptiveLoop.KEPT, type), used, tf.constant(0));
            states = tf.concat(List.of(tf.expandDims(u0, tf.constant(0)), kept), tf.constant(0));
        } else if (saveAt.intermediate() == SaveAt.Kept.STEPS) {
            states = loop.rowStates(tf, result);
        } else {
            return tf.expandDims(result.get(AdaptiveLoop.STATE, type), tf.constant(0));
        }
        EventResult<T> found = rows.event();
        return found == null ? states : KeptRows.untilEvents(tf, saveAt, states, rows.times(), found.times());
    }

    private Recorded recorded(Operand<T> u0) {
        return gradient instanceof DiscreteAdjoint adjoint
                ? Policy.recorded(
                        adjoint.checkpointing(),
                        method,
                        control.maxSteps(),
                        new TensorSpec(AdaptiveLoop.STATE, u0.type(), u0.shape(), true))
                : Recorded.none();
    }

    private Recall recall(TakenSteps<T> steps, Stepper<T> stepper, Recorded recorded, List<TensorSpec> carriedForward) {
        if (stepper instanceof ReversibleStepper<T> reversible) {
            return new ReversedStates<>(steps, reversible);
        }
        if (recorded.stages() > 0 && method instanceof RungeKutta rungeKutta) {
            return new StoredStages<>(steps, problem, rungeKutta, carriedForward);
        }
        return recorded.states() == Recorded.States.SOME
                ? new OnlineStates<>(steps, carriedForward)
                : new StoredStates<>(steps, carriedForward);
    }

    private Operand<TInt32> counted(Values result, Counter counter) {
        return result.contains(counter.key()) ? result.get(counter.key(), TInt32.class) : tf.constant(0);
    }
}
