package dev.odeon.solvers.forward;

import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import dev.odeon.graph.WhileLoop;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.Outcome;
import dev.odeon.solvers.stepping.Counter;
import dev.odeon.solvers.stepping.Problem;
import dev.odeon.solvers.stepping.Start;
import dev.odeon.solvers.stepping.StepInput;
import dev.odeon.solvers.stepping.StepOutput;
import dev.odeon.solvers.stepping.StepSize;
import dev.odeon.solvers.stepping.Stepper;
import dev.odeon.solvers.stepping.Use;
import dev.odeon.solvers.steps.PidController;
import dev.odeon.solvers.steps.SaveAt;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;
import org.tensorflow.types.family.TType;

/**
 * The loop over steps whose sizes are chosen inside it: one {@code StatelessWhile} whose round tries one step.
 *
 * <p>A round that is rejected changes only the size. Where each sample has its own time and size, samples that are done
 * keep their state while the others go on. Methods with factors move on a {@link Ladder}.
 */
public final class AdaptiveLoop<T extends TFloating> {

    public static final String STATE = "state";
    public static final String KEPT = "kept";
    public static final String OUTCOME = "outcome";
    public static final String ACCEPTED = "accepted";
    public static final String REJECTED = "rejected";

    /** Prefix of the rows that hold one entry for each accepted step. */
    public static final String TRAJECTORY = "trajectory/";

    private static final String TIME = "time";
    private static final String SIZE = "size";
    private static final String LAST_ERROR = "last error";
    private static final String ERROR_BEFORE = "error before";
    private static final String MEMORY = "memory/";
    private static final String TRIED = "tried";
    private static final String NEXT = "next";
    private static final String RUNG = "rung";
    private static final String POSITION = "position";
    private static final String LADDER = "ladder/";
    private static final int RUNNING = -1;

    private final Problem<T> problem;
    private final Class<T> type;
    private final PidController control;
    private final SaveAt saveAt;
    private final Stepper<T> stepper;
    private final Scope scope;
    private final SizeRule<T> sizes;
    private final @Nullable Ladder ladder;

    /** A loop for a method with an error estimate of an order. */
    public AdaptiveLoop(Problem<T> problem, Method method, int embeddedOrder, PidController control, SaveAt saveAt) {
        this.problem = problem;
        this.type = problem.type();
        this.control = control;
        this.saveAt = saveAt;
        this.stepper =
                Steppers.of(problem, method, saveAt.intermediate() == SaveAt.Kept.ALL ? Use.DENSE : Use.ADAPTIVE);
        this.scope = new Scope(control);
        this.sizes = new SizeRule<>(control, Math.min(embeddedOrder, method.order()) + 1, type);
        this.ladder = stepper.factorsPerKind() == 0 ? null : new Ladder(stepper, saveAt.end() - saveAt.start());
    }

    /** The engine. */
    public Stepper<T> stepper() {
        return stepper;
    }

    /** Whether the counts are one for each sample. */
    public Operand<TInt32> shown(Ops tf, Operand<TInt32> kept) {
        return scope.shown(tf, kept);
    }

    /** Gives the loop its gradient. */
    @FunctionalInterface
    public interface Differentiation {
        /** The key of the gradient, from {@code CustomGradients}, or empty for none. */
        String key(WhileLoop loop, Values initial, Values invariants);
    }

    /** Adds the loop without a gradient; the result holds what it carried last. */
    public Values run(Ops tf, Operand<T> u0, Values theta) {
        Values linearData = Prepared.linearData(tf, problem);
        return run(tf, initial(tf, u0, theta, linearData), theta, linearData, (loop, initial, invariants) -> "");
    }

    /** Adds the loop with one row for each accepted step, and a gradient; the result holds what it carried last. */
    public Values runRecorded(Ops tf, Operand<T> u0, Values theta, Differentiation differentiation) {
        Values linearData = Prepared.linearData(tf, problem);
        int rows = control.maxSteps();
        Operand<T> times = tf.fill(tf.constant(new int[] {rows}), scalar(tf, 0));
        Values initial = initial(tf, u0, theta, linearData)
                .with(TRAJECTORY + STATE, ForwardLoop.rows(tf, type, rows, u0, 0))
                .with(TRAJECTORY + TIME, times)
                .with(TRAJECTORY + SIZE, times);
        if (ladder != null) {
            initial = initial.with(TRAJECTORY + RUNG, tf.fill(tf.constant(new int[] {rows}), tf.constant(0)));
        }
        return run(tf, initial, theta, linearData, differentiation);
    }

    /** Whether a carried value is what {@link #recorded} reads. */
    public static boolean ofTrajectory(String name) {
        return name.startsWith(TRAJECTORY) || name.startsWith(LADDER);
    }

    /** What an accepted step read, inside a loop that has the trajectory among its invariants. */
    public StepInput<T> recorded(Ops tf, Operand<TInt32> step, Operand<T> state, Values inside) {
        Operand<TInt32> axis = tf.constant(0);
        Values prepared = Values.empty();
        if (ladder != null) {
            Operand<TInt32> rung = tf.gather(inside.get(TRAJECTORY + RUNG, TInt32.class), step, axis);
            prepared = Ladder.cached(tf, inside.under(LADDER), rung);
        }
        return new StepInput<>(
                tf.gather(inside.get(TRAJECTORY + TIME, type), step, axis),
                new StepSize.Looked<>(tf.gather(inside.get(TRAJECTORY + SIZE, type), step, axis)),
                state,
                Values.empty(),
                Prepared.theta(inside),
                Prepared.linearData(inside),
                prepared,
                false);
    }

    private Values run(Ops tf, Values initial, Values theta, Values linearData, Differentiation differentiation) {
        double[] times = new double[saveAt.times().length];
        System.arraycopy(saveAt.times(), 1, times, 0, times.length - 1);
        times[times.length - 1] = saveAt.direction() * Double.POSITIVE_INFINITY;
        Values invariants = theta.prefixed(Prepared.thetaPrefix())
                .and(linearData.prefixed(Prepared.linearPrefix()))
                .withConstant("times", Floats.constant(tf, type, Shape.of(times.length), times));
        WhileLoop loop = WhileLoop.define(
                tf,
                "adaptive",
                initial.specs(),
                invariants.specs(),
                (inner, carried, fixed) -> any(inner, running(inner, carried)),
                this::round);
        return loop.run(tf, initial, invariants, differentiation.key(loop, initial, invariants))
                .values();
    }

    private Values initial(Ops tf, Operand<T> u0, Values theta, Values linearData) {
        Operand<T> t0 = scope.filled(tf, u0, scalar(tf, saveAt.start()));
        Values memory = stepper.memory(tf, new Start<>(List.of(t0), List.of(u0), theta, linearData));
        int evaluations = stepper.startEvaluations();
        Operand<T> first;
        if (control.first() > 0) {
            first = scalar(tf, control.first());
        } else {
            first = InitialStep.estimate(
                    tf, problem, scope, sizes.order(), saveAt.direction(), t0, u0, theta, linearData);
            evaluations += InitialStep.EVALUATIONS;
        }
        first = tf.math.minimum(first, scalar(tf, Math.min(control.largest(), interval())));
        Operand<TInt32> zeros = scope.filled(tf, u0, tf.constant(0));
        Operand<T> one = scope.filled(tf, u0, scalar(tf, 1));
        Values initial = Values.of(TIME, t0)
                .with(SIZE, tf.math.mul(one, first))
                .with(STATE, u0)
                .with(LAST_ERROR, one)
                .with(ERROR_BEFORE, one)
                .and(memory.prefixed(MEMORY))
                .with(KEPT, ForwardLoop.rows(tf, type, saveAt.times().length, u0, Double.NaN))
                .with(NEXT, zeros)
                .with(OUTCOME, scope.filled(tf, u0, tf.constant(RUNNING)))
                .with(ACCEPTED, zeros)
                .with(REJECTED, zeros)
                .with(TRIED, tf.constant(0));
        for (Counter counter : stepper.counters()) {
            Operand<TInt32> start = tf.constant(counter == Counter.EVALUATIONS ? evaluations : 0);
            initial = initial.with(counter.key(), counter == Counter.EVALUATIONS ? scope.filled(tf, u0, start) : start);
        }
        if (ladder != null) {
            initial = initial.with(Counter.FACTORIZATIONS.key(), tf.constant(0))
                    .with(POSITION, tf.constant(0))
                    .with(RUNG, ladder.rungOf(tf, first))
                    .and(ladder.initial(tf, linearData).prefixed(LADDER));
        }
        return initial;
    }

    private Values round(Ops tf, Values carried, Values fixed) {
        Operand<TBool> running = running(tf, carried);
        Operand<T> time = carried.get(TIME, type);
        Operand<T> state = carried.get(STATE, type);
        Operand<T> proposed = carried.get(SIZE, type);
        Values prepared = Values.empty();
        Values next = carried;
        Operand<T> length;
        Operand<TBool> last;
        if (ladder == null) {
            Operand<T> left = tf.math.abs(tf.math.sub(scalar(tf, saveAt.end()), time));
            // A step that all but ends the interval ends it.
            last = tf.math.greaterEqual(tf.math.mul(proposed, scalar(tf, 1.001)), left);
            // Samples that are done step on the spot; a size of zero would divide by zero.
            length = tf.select(tf.math.logicalAnd(last, running), left, proposed);
        } else {
            Operand<TInt32> rung = carried.get(RUNG, TInt32.class);
            Ladder.Lookup lookup = ladder.lookup(tf, rung, carried.under(LADDER), Prepared.linearData(fixed));
            prepared = lookup.prepared();
            for (String name : lookup.cache().names()) {
                next = next.with(LADDER + name, lookup.cache().get(name));
            }
            String factors = Counter.FACTORIZATIONS.key();
            next = next.with(factors, tf.math.add(carried.get(factors, TInt32.class), lookup.factors()));
            length = tf.math.mul(scalar(tf, interval()), tf.math.pow(scalar(tf, 0.5), tf.dtypes.cast(rung, type)));
            last = tf.math.equal(
                    tf.math.add(carried.get(POSITION, TInt32.class), Ladder.ticks(tf, rung)),
                    tf.constant(1 << Ladder.FINEST));
        }
        Operand<T> size = tf.math.mul(length, scalar(tf, saveAt.direction()));
        StepOutput<T> output = stepper.step(
                tf,
                new StepInput<>(
                        time,
                        new StepSize.Looked<>(size),
                        state,
                        carried.under(MEMORY),
                        Prepared.theta(fixed),
                        Prepared.linearData(fixed),
                        prepared,
                        false));
        if (output.error() == null) {
            throw new IllegalStateException("The engine gave no error estimate");
        }
        Operand<T> error = scope.norm(tf, tf.math.div(output.error(), scope.scale(tf, state, output.next())));
        Operand<TBool> usable = tf.math.isFinite(tf.math.add(error, scope.norm(tf, output.next())));
        if (output.failure() != null) {
            usable = tf.math.logicalAnd(usable, tf.math.equal(output.failure(), tf.constant(Outcome.SUCCESS.code())));
        }
        Operand<TBool> accepted =
                tf.math.logicalAnd(running, tf.math.logicalAnd(usable, tf.math.lessEqual(error, scalar(tf, 1))));
        Operand<TBool> rejected = tf.math.logicalAnd(running, tf.math.logicalNot(accepted));
        Operand<T> factor = sizes.factor(
                tf, error, carried.get(LAST_ERROR, type), carried.get(ERROR_BEFORE, type), usable, accepted);
        Operand<T> proposal = tf.math.minimum(tf.math.mul(length, factor), scalar(tf, control.largest()));
        Operand<T> end = tf.select(last, scalar(tf, saveAt.end()), tf.math.add(time, size));
        Operand<T> reached = tf.select(accepted, end, time);
        next = next.with(TIME, reached)
                .with(SIZE, tf.select(running, proposal, proposed))
                .with(STATE, tf.select(accepted, output.next(), state))
                .with(LAST_ERROR, tf.select(accepted, sizes.floored(tf, error), carried.get(LAST_ERROR, type)))
                .with(ERROR_BEFORE, tf.select(accepted, carried.get(LAST_ERROR, type), carried.get(ERROR_BEFORE, type)))
                .with(ACCEPTED, counted(tf, carried, ACCEPTED, accepted))
                .with(REJECTED, counted(tf, carried, REJECTED, rejected))
                .with(TRIED, tf.math.add(carried.get(TRIED, TInt32.class), tf.constant(1)));
        for (String name : output.memory().names()) {
            next = next.with(
                    MEMORY + name,
                    tf.select(accepted, output.memory().get(name, type), carried.get(MEMORY + name, type)));
        }
        for (Counter counter : stepper.counters()) {
            Operand<TInt32> total = carried.get(counter.key(), TInt32.class);
            if (ladder == null || counter != Counter.FACTORIZATIONS) {
                Operand<TInt32> sum = output.counts().addedTo(tf, counter, total);
                next = next.with(counter.key(), counter == Counter.EVALUATIONS ? tf.select(running, sum, total) : sum);
            }
        }
        if (ladder != null) {
            Operand<TInt32> rung = carried.get(RUNG, TInt32.class);
            Operand<TInt32> position = ladder.position(tf, carried.get(POSITION, TInt32.class), rung, accepted);
            next = next.with(POSITION, position).with(RUNG, ladder.next(tf, rung, position, proposal));
        }
        next = next.with(OUTCOME, outcome(tf, carried, output, running, accepted, usable, last, reached, proposal));
        if (carried.contains(TRAJECTORY + STATE)) {
            // A row is overwritten until its step is accepted.
            Operand<TInt32> row = carried.get(ACCEPTED, TInt32.class);
            next = next.with(TRAJECTORY + STATE, written(tf, carried.get(TRAJECTORY + STATE, type), row, state))
                    .with(TRAJECTORY + TIME, written(tf, carried.get(TRAJECTORY + TIME, type), row, time))
                    .with(TRAJECTORY + SIZE, written(tf, carried.get(TRAJECTORY + SIZE, type), row, size));
            if (ladder != null) {
                next = next.with(
                        TRAJECTORY + RUNG,
                        written(
                                tf,
                                carried.get(TRAJECTORY + RUNG, TInt32.class),
                                row,
                                carried.get(RUNG, TInt32.class)));
            }
        }
        if (output.dense() != null) {
            DenseOutput.Written<T> written = DenseOutput.write(
                    tf,
                    scope,
                    saveAt.direction(),
                    output.dense(),
                    fixed.get("times", type),
                    time,
                    size,
                    reached,
                    carried.get(KEPT, type),
                    carried.get(NEXT, TInt32.class));
            next = next.with(KEPT, written.kept()).with(NEXT, written.next());
        }
        return next;
    }

    private Operand<TInt32> outcome(
            Ops tf,
            Values carried,
            StepOutput<T> output,
            Operand<TBool> running,
            Operand<TBool> accepted,
            Operand<TBool> usable,
            Operand<TBool> last,
            Operand<T> reached,
            Operand<T> proposal) {
        Operand<TInt32> before = carried.get(OUTCOME, TInt32.class);
        Operand<T> resolved = tf.math.mul(tf.math.abs(reached), scalar(tf, 16 * Floats.epsilon(type)));
        Operand<T> smallest = tf.math.maximum(resolved, scalar(tf, Math.max(control.smallest(), interval() * 1e-14)));
        if (ladder != null) {
            smallest = tf.math.maximum(smallest, scalar(tf, Math.scalb(interval(), -Ladder.FINEST)));
        }
        Operand<TInt32> unusable = tf.constant(Outcome.NON_FINITE.code());
        if (output.failure() != null) {
            unusable = Failures.first(tf, output.failure(), unusable);
        }
        Operand<TInt32> stuck = tf.select(
                usable, tf.constant(Outcome.STEP_UNDERFLOW.code()), tf.math.add(unusable, tf.zerosLike(before)));
        Operand<TBool> spent = tf.math.greaterEqual(
                tf.math.add(carried.get(TRIED, TInt32.class), tf.constant(1)), tf.constant(control.maxSteps()));
        Operand<TInt32> ongoing =
                tf.select(spent, tf.math.add(tf.constant(Outcome.MAX_STEPS.code()), tf.zerosLike(before)), before);
        Operand<TBool> underflow = tf.math.logicalAnd(tf.math.logicalNot(accepted), tf.math.less(proposal, smallest));
        Operand<TInt32> code = tf.select(underflow, stuck, ongoing);
        code = tf.select(
                tf.math.logicalAnd(accepted, last),
                tf.math.add(tf.constant(Outcome.SUCCESS.code()), tf.zerosLike(before)),
                code);
        return tf.select(running, code, before);
    }

    private static <V extends TType> Operand<V> written(
            Ops tf, Operand<V> rows, Operand<TInt32> row, Operand<V> value) {
        return tf.tensorScatterNdUpdate(
                rows, tf.reshape(row, tf.constant(new int[] {1, 1})), tf.expandDims(value, tf.constant(0)));
    }

    private Operand<TInt32> counted(Ops tf, Values carried, String name, Operand<TBool> which) {
        return tf.math.add(carried.get(name, TInt32.class), tf.dtypes.cast(which, TInt32.class));
    }

    private static Operand<TBool> running(Ops tf, Values carried) {
        return tf.math.equal(carried.get(OUTCOME, TInt32.class), tf.constant(RUNNING));
    }

    private static Operand<TBool> any(Ops tf, Operand<TBool> which) {
        return tf.reduceAny(which, tf.range(tf.constant(0), tf.rank(which), tf.constant(1)));
    }

    private double interval() {
        return Math.abs(saveAt.end() - saveAt.start());
    }

    private Operand<T> scalar(Ops tf, double value) {
        return Floats.scalar(tf, type, value);
    }
}
