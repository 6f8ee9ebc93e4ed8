package dev.odeon.adjoint;

import dev.odeon.graph.CustomGradients;
import dev.odeon.graph.GraphFunction;
import dev.odeon.graph.Values;
import dev.odeon.graph.WhileLoop;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.Statistics;
import dev.odeon.solvers.forward.Failures;
import dev.odeon.solvers.forward.ForwardLoop;
import dev.odeon.solvers.forward.ForwardLoop.Trajectory;
import dev.odeon.solvers.forward.Prepared;
import dev.odeon.solvers.forward.Prepared.FactorGradient;
import dev.odeon.solvers.forward.Starting;
import dev.odeon.solvers.forward.Steppers;
import dev.odeon.solvers.stepping.Counter;
import dev.odeon.solvers.stepping.Counts;
import dev.odeon.solvers.stepping.Problem;
import dev.odeon.solvers.stepping.StepInput;
import dev.odeon.solvers.stepping.StepOutput;
import dev.odeon.solvers.stepping.Stepper;
import dev.odeon.solvers.stepping.Use;
import dev.odeon.solvers.steps.SaveAt;
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

    FixedSolve(Ops tf, Problem<T> problem, Method method, Gradient gradient) {
        this.tf = tf;
        this.problem = problem;
        this.method = method;
        this.gradient = gradient;
    }

    Solution<T> run(Operand<T> u0, Values theta, TimeGrid grid, SaveAt saveAt) {
        if (gradient != Gradient.NONE) {
            MatrixGradients.register();
        }
        Stepper<T> stepper = Steppers.of(problem, method, Use.FIXED);
        FactorGradient follow = gradient == Gradient.BACKPROPAGATION ? FactorGradient.FOLLOW : FactorGradient.STOP;
        Prepared<T> prepared = Prepared.of(tf, problem, stepper, grid, theta, follow);
        Starting<T> starting = Starting.of(tf, problem, method, stepper, grid, u0, theta, follow);
        return gradient == Gradient.BACKPROPAGATION
                ? unrolled(prepared, starting, saveAt)
                : looped(prepared, starting, saveAt);
    }

    private Solution<T> looped(Prepared<T> prepared, Starting<T> starting, SaveAt saveAt) {
        Class<T> type = problem.type();
        boolean differentiable = gradient == Gradient.DISCRETE_ADJOINT;
        Values initial =
                ForwardLoop.initial(tf, prepared, starting, differentiable ? Trajectory.STORE : Trajectory.FORGET);
        WhileLoop loop = ForwardLoop.define(tf, prepared, initial);
        List<Solution.BackwardNode> backwardNodes = new CopyOnWriteArrayList<>();
        String key = "";
        if (differentiable) {
            BackwardLoop backward = BackwardLoop.define(tf, prepared, method, loop, initial);
            key = CustomGradients.define(
                    tf, (inner, node, upstream) -> backward.gradient(inner, node, upstream, backwardNodes));
        }
        Values result = loop.run(tf, initial, prepared.invariants(), key).values();
        Operand<T> last = result.get(ForwardLoop.STATE, type);
        Operand<TInt32> steps = result.get(ForwardLoop.STEP, TInt32.class);
        return new Solution<>(
                GraphFunction.graphOf(tf),
                last,
                kept(starting.start().states().get(0), last, result.get(ForwardLoop.KEPT, type), saveAt),
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
                        prepared.before() == 0 ? steps : tf.math.add(steps, tf.constant(prepared.before())),
                        tf.constant(0)),
                backwardNodes);
    }

    /** What a counter says, or what the start cost if the loop does not carry it. */
    private Operand<TInt32> counted(Values result, Counter counter, Starting<T> starting, int more) {
        Operand<TInt32> counted = result.contains(counter.key())
                ? result.get(counter.key(), TInt32.class)
                : starting.counts().addedTo(tf, counter, tf.constant(0));
        return more == 0 ? counted : tf.math.add(counted, tf.constant(more));
    }

    private Operand<T> kept(Operand<T> u0, Operand<T> last, Operand<T> rows, SaveAt saveAt) {
        if (saveAt.intermediate() == SaveAt.Kept.END) {
            return tf.expandDims(last, tf.constant(0));
        }
        int count = saveAt.times().length - 1;
        Operand<TInt32> used = tf.range(tf.constant(0), tf.constant(count), tf.constant(1));
        return tf.concat(
                List.of(tf.expandDims(u0, tf.constant(0)), tf.gather(rows, used, tf.constant(0))), tf.constant(0));
    }

    private Solution<T> unrolled(Prepared<T> prepared, Starting<T> starting, SaveAt saveAt) {
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
            // TensorFlow's own gradient passes the factors of a linear part, but no iteration.
            StepOutput<T> output =
                    prepared.stepper().step(tf, problem.linear() == null ? input.forDifferentiation() : input);
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
                saveAt.intermediate() == SaveAt.Kept.END ? tf.expandDims(state, tf.constant(0)) : tf.stack(keptStates),
                Failures.ofStep(tf, failure, state),
                new Statistics(
                        counts.addedTo(tf, Counter.EVALUATIONS, tf.constant(0)),
                        counts.addedTo(tf, Counter.LINEAR_SOLVES, tf.constant(0)),
                        tf.constant(prepared.factorizations() + starting.factorizations()),
                        counts.addedTo(tf, Counter.NEWTON_ITERATIONS, tf.constant(0)),
                        tf.constant(grid.count()),
                        tf.constant(0)),
                List.of());
    }
}
