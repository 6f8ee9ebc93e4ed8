package dev.odeon.adjoint;

import dev.odeon.adjoint.backsolve.BacksolveLoop;
import dev.odeon.adjoint.backsolve.Intervals;
import dev.odeon.adjoint.backward.BackwardLoop;
import dev.odeon.adjoint.backward.BackwardNode;
import dev.odeon.adjoint.backward.FixedTakenSteps;
import dev.odeon.adjoint.backward.TakenSteps;
import dev.odeon.graph.CustomGradients;
import dev.odeon.graph.GraphFunction;
import dev.odeon.graph.Values;
import dev.odeon.graph.WhileLoop;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.Statistics;
import dev.odeon.solvers.engine.Counter;
import dev.odeon.solvers.engine.Counts;
import dev.odeon.solvers.engine.Problem;
import dev.odeon.solvers.engine.StepInput;
import dev.odeon.solvers.engine.StepOutput;
import dev.odeon.solvers.engine.Stepper;
import dev.odeon.solvers.events.StopEvent;
import dev.odeon.solvers.forward.Failures;
import dev.odeon.solvers.forward.ForwardLoop;
import dev.odeon.solvers.forward.Prepared;
import dev.odeon.solvers.forward.Prepared.FactorGradient;
import dev.odeon.solvers.forward.SampleClock;
import dev.odeon.solvers.forward.Segments;
import dev.odeon.solvers.forward.Starting;
import dev.odeon.solvers.steps.SaveAt;
import dev.odeon.solvers.steps.StepsPerInterval;
import dev.odeon.solvers.steps.TimeGrid;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/** One solve with sizes known before it, as a loop or unrolled. */
final class FixedSolve<T extends TFloating> {

    private final Ops tf;
    private final Problem<T> problem;
    private final Method method;
    private final Gradient gradient;
    private final @Nullable StopEvent<T> event;

    FixedSolve(Ops tf, Problem<T> problem, Method method, Gradient gradient, @Nullable StopEvent<T> event) {
        this.tf = tf;
        this.problem = problem;
        this.method = method;
        this.gradient = gradient;
        this.event = event;
    }

    Solution<T> run(Operand<T> u0, Values theta, TimeGrid grid, SaveAt saveAt) {
        return run(u0, theta, grid, saveAt, null, null);
    }

    /** On the clock of the samples. */
    Solution<T> run(Operand<T> u0, Values theta, StepsPerInterval steps, SampleClock<T> clock) {
        Segments segments = clock.segments(tf, steps, problem.linear());
        return run(u0, theta, clock.grid(steps), clock.saveAt(), clock, segments);
    }

    private Solution<T> run(
            Operand<T> u0,
            Values theta,
            TimeGrid grid,
            SaveAt saveAt,
            @Nullable SampleClock<T> clock,
            @Nullable Segments segments) {
        FixedObservation<T> observation = new FixedObservation<>(problem, method, grid, saveAt, event, clock);
        Stepper<T> stepper = Recording.engine(gradient, problem, method, observation.stepper());
        FactorGradient follow = gradient instanceof Backpropagation ? FactorGradient.FOLLOW : FactorGradient.STOP;
        Prepared<T> prepared = Prepared.of(tf, problem, stepper, grid, theta, follow, segments);
        StartingSolve<T> startingSolve = new StartingSolve<>(tf, problem, method, gradient);
        Starting<T> starting = startingSolve.suits(stepper, grid)
                ? startingSolve.run(u0, theta, stepper, grid)
                : Starting.of(tf, problem, method, stepper, grid, u0, theta, follow);
        if (clock != null) {
            starting = starting.unless(tf, clock);
        }
        return gradient instanceof Backpropagation
                ? unrolled(prepared, starting, saveAt, observation)
                : looped(prepared, starting, saveAt, observation);
    }

    private Solution<T> looped(
            Prepared<T> prepared, Starting<T> starting, SaveAt saveAt, FixedObservation<T> observation) {
        Class<T> type = problem.type();
        Values initial = ForwardLoop.initial(tf, prepared, starting);
        TakenSteps<T> steps = FixedTakenSteps.of(prepared, method, initial);
        Recording<T> recording = Recording.of(gradient, prepared, method, steps);
        initial = ForwardLoop.recording(tf, prepared, initial, recording.plan());
        WhileLoop loop = ForwardLoop.define(tf, prepared, initial, recording.plan());
        List<BackwardNode> backwardNodes = new CopyOnWriteArrayList<>();
        String key;
        if (gradient instanceof NoGradient) {
            key = NoGradient.refusal(tf);
        } else if (gradient instanceof BacksolveAdjoint backsolve) {
            key = BacksolveLoop.define(
                            tf,
                            problem,
                            backsolve.way(),
                            Intervals.of(prepared.grid(), prepared.before(), saveAt.end()),
                            loop,
                            initial.specs(),
                            prepared.invariants().specs())
                    .key(tf, backwardNodes);
        } else {
            BackwardLoop backward = BackwardLoop.define(
                    tf,
                    steps,
                    recording.recall(initial.specs()),
                    loop,
                    initial.specs(),
                    prepared.invariants().specs());
            key = CustomGradients.define(
                    tf, (inner, node, upstream) -> backward.gradient(inner, node, upstream, backwardNodes));
        }
        Values result = loop.run(tf, initial, prepared.invariants(), key).values();
        Operand<T> last = result.get(ForwardLoop.STATE, type);
        Operand<TInt32> inLoop = result.get(ForwardLoop.STEP, TInt32.class);
        Operand<TInt32> taken = prepared.before() == 0 ? inLoop : tf.math.add(inLoop, tf.constant(prepared.before()));
        KeptRows<T> rows = observation.rows(tf, last, taken, result);
        Operand<T> states =
                kept(starting.start().states().get(0), last, result.get(ForwardLoop.KEPT, type), prepared, saveAt);
        return new Solution<>(
                        GraphFunction.graphOf(tf),
                        last,
                        observation.states(tf, states, rows),
                        result.get(ForwardLoop.OUTCOME, TInt32.class),
                        new Statistics(
                                counted(result, Counter.EVALUATIONS, starting, 0),
                                counted(result, Counter.LINEAR_SOLVES, starting, 0),
                                counted(
                                        result,
                                        Counter.FACTORIZATIONS,
                                        starting,
                                        prepared.factorizations() + starting.factorizations()),
                                counted(result, Counter.NEWTON_ITERATIONS, starting, 0),
                                taken,
                                tf.constant(0)),
                        backwardNodes)
                .with(rows);
    }

    /** What a counter says, or what the start cost if the loop does not carry it. */
    private Operand<TInt32> counted(Values result, Counter counter, Starting<T> starting, int more) {
        Operand<TInt32> counted = result.contains(counter.key())
                ? result.get(counter.key(), TInt32.class)
                : starting.counts().addedTo(tf, counter, tf.constant(0));
        return more == 0 ? counted : tf.math.add(counted, tf.constant(more));
    }

    private Operand<T> kept(Operand<T> u0, Operand<T> last, Operand<T> rows, Prepared<T> prepared, SaveAt saveAt) {
        if (saveAt.intermediate() == SaveAt.Kept.END || saveAt.intermediate() == SaveAt.Kept.DENSE) {
            return tf.expandDims(last, tf.constant(0));
        }
        int count = prepared.grid().kept();
        Operand<TInt32> used = tf.range(tf.constant(0), tf.constant(count), tf.constant(1));
        return tf.concat(
                List.of(tf.expandDims(u0, tf.constant(0)), tf.gather(rows, used, tf.constant(0))), tf.constant(0));
    }

    private Solution<T> unrolled(
            Prepared<T> prepared, Starting<T> starting, SaveAt saveAt, FixedObservation<T> observation) {
        TimeGrid grid = prepared.grid();
        List<Operand<T>> keptStates = new ArrayList<>();
        keptStates.add(starting.start().states().get(0));
        for (int n = 0; n < prepared.before(); n++) {
            if (grid.saveIndices()[n] < grid.kept()) {
                keptStates.add(starting.start().states().get(n + 1));
            }
        }
        Counts counts = starting.counts();
        Operand<T> state = starting.start().state(0);
        Values memory = prepared.stepper().memory(tf, starting.start());
        @Nullable Operand<TInt32> failure = starting.failure();
        for (int n = 0; n < prepared.count(); n++) {
            StepInput<T> input = prepared.input(tf, tf.constant(n), state, memory, prepared.invariants());
            StepOutput<T> output = prepared.stepper().step(tf, problem.iterates() ? input.forDifferentiation() : input);
            state = output.next();
            memory = output.memory();
            counts = counts.plus(tf, output.counts());
            Operand<TInt32> ofStep = output.failure();
            if (ofStep != null) {
                failure = failure == null ? ofStep : Failures.first(tf, failure, ofStep);
            }
            if (grid.saveIndices()[prepared.before() + n] < grid.kept()) {
                keptStates.add(state);
            }
        }
        return new Solution<>(
                        GraphFunction.graphOf(tf),
                        state,
                        saveAt.intermediate() == SaveAt.Kept.END
                                ? tf.expandDims(state, tf.constant(0))
                                : tf.stack(keptStates),
                        Failures.ofStep(tf, failure, state),
                        new Statistics(
                                counts.addedTo(tf, Counter.EVALUATIONS, tf.constant(0)),
                                counts.addedTo(tf, Counter.LINEAR_SOLVES, tf.constant(0)),
                                tf.constant(prepared.factorizations() + starting.factorizations()),
                                counts.addedTo(tf, Counter.NEWTON_ITERATIONS, tf.constant(0)),
                                tf.constant(grid.count()),
                                tf.constant(0)),
                        List.of())
                .with(observation.rows(tf));
    }
}
