package dev.odeon.solvers.forward;

import dev.odeon.graph.Tables;
import dev.odeon.graph.Values;
import dev.odeon.graph.WhileLoop;
import dev.odeon.solvers.Outcome;
import dev.odeon.solvers.engine.Counter;
import dev.odeon.solvers.engine.Start;
import dev.odeon.solvers.engine.StepOutput;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * The loop over steps of fixed sizes: one {@code StatelessWhile} whose body is one step with all its stages.
 *
 * <p>Carried: step number, state, the engine's memory, kept states, the trajectory where an adjoint needs it, and the
 * counters. The loop ends after the last step, or before the step that fails.
 */
public final class ForwardLoop {

    /** Names of the carried values. */
    public static final String STEP = "step";

    public static final String STATE = "state";
    public static final String MEMORY = "memory/";
    public static final String KEPT = "kept";
    public static final String TRAJECTORY = "trajectory";
    public static final String MEMORY_TRAJECTORY = "trajectory of ";
    public static final String OUTCOME = "outcome";

    /** The rows of the stages' states. */
    private static final String STAGES = MEMORY_TRAJECTORY + "stages";

    private ForwardLoop() {}

    /** What the loop starts from. */
    public static <T extends TFloating> Values initial(Ops tf, Prepared<T> prepared, Starting<T> starting) {
        Start<T> start = starting.start();
        Operand<T> state = start.state(0);
        Values memory = prepared.stepper().memory(tf, start).prefixed(MEMORY);
        Operand<TInt32> success = tf.constant(Outcome.SUCCESS.code());
        Values initial = Values.of(STEP, tf.constant(0))
                .with(STATE, state)
                .and(memory)
                .with(KEPT, keptBefore(tf, prepared, start))
                .with(OUTCOME, starting.failure() == null ? success : starting.failure());
        for (Counter counter : Counter.values()) {
            if (prepared.stepper().counters().contains(counter)) {
                initial = initial.with(counter.key(), starting.counts().addedTo(tf, counter, tf.constant(0)));
            }
        }
        return initial;
    }

    /** What the loop starts from, with rows for the states it is to store. */
    public static <T extends TFloating> Values recording(Ops tf, Prepared<T> prepared, Values initial, RowPlan plan) {
        Class<T> type = prepared.problem().type();
        Values with = initial;
        if (plan.stores()) {
            Operand<T> state = initial.get(STATE, type);
            with = with.with(TRAJECTORY, Tables.like(tf, type, plan.rows(), state, 0));
            if (plan.stages() > 0) {
                Operand<T> stages = tf.stack(Collections.nCopies(plan.stages(), state));
                with = with.with(STAGES, Tables.like(tf, type, plan.rows(), stages, 0));
            }
            for (String name : initial.under(MEMORY).names()) {
                Operand<T> memory = initial.get(MEMORY + name, type);
                with = with.with(MEMORY_TRAJECTORY + MEMORY + name, Tables.like(tf, type, plan.rows(), memory, 0));
            }
        }
        return with;
    }

    /** Rows for the states to keep, the first of them filled with what was reached before the loop. */
    private static <T extends TFloating> Operand<T> keptBefore(Ops tf, Prepared<T> prepared, Start<T> start) {
        int rows = prepared.grid().kept() + 1;
        List<Operand<T>> reached = new ArrayList<>();
        for (int n = 0; n < prepared.before(); n++) {
            if (prepared.grid().keeps(n)) {
                reached.add(start.states().get(n + 1));
            }
        }
        Operand<T> empty =
                Tables.like(tf, prepared.problem().type(), rows - reached.size(), start.state(0), Double.NaN);
        return reached.isEmpty() ? empty : tf.concat(List.of(tf.stack(reached), empty), tf.constant(0));
    }

    /** Defines the loop. */
    public static <T extends TFloating> WhileLoop define(Ops tf, Prepared<T> prepared, Values initial, RowPlan plan) {
        return WhileLoop.define(
                tf,
                "solve",
                initial.specs(),
                prepared.invariants().specs(),
                (inner, carried, invariants) -> proceeds(inner, prepared, carried),
                (inner, carried, invariants) -> step(inner, prepared, plan, carried, invariants));
    }

    private static Operand<TBool> proceeds(Ops tf, Prepared<?> prepared, Values carried) {
        return tf.math.logicalAnd(
                tf.math.less(carried.get(STEP, TInt32.class), tf.constant(prepared.count())),
                tf.math.equal(carried.get(OUTCOME, TInt32.class), tf.constant(Outcome.SUCCESS.code())));
    }

    private static <T extends TFloating> Values step(
            Ops tf, Prepared<T> prepared, RowPlan plan, Values carried, Values invariants) {
        Class<T> type = prepared.problem().type();
        Operand<TInt32> step = carried.get(STEP, TInt32.class);
        Operand<T> state = carried.get(STATE, type);
        Values memory = carried.under(MEMORY);
        StepOutput<T> output = prepared.stepper().step(tf, prepared.input(tf, step, state, memory, invariants));
        Operand<TInt32> outcome = Failures.ofStep(tf, output.failure(), output.next());
        // A step that failed is not taken: what it left must not look like a state.
        Operand<TBool> taken = tf.math.logicalOr(
                tf.math.equal(outcome, tf.constant(Outcome.SUCCESS.code())),
                tf.math.equal(outcome, tf.constant(Outcome.EVENT.code())));
        Operand<T> next = tf.select(taken, output.next(), state);
        Values after = carried.with(STEP, tf.math.add(step, tf.dtypes.cast(taken, TInt32.class)))
                .with(STATE, next)
                .with(OUTCOME, outcome);
        for (String name : memory.names()) {
            after = after.with(MEMORY + name, output.memory().get(name));
        }
        for (Counter counter : prepared.stepper().counters()) {
            after = after.with(
                    counter.key(), output.counts().addedTo(tf, counter, carried.get(counter.key(), TInt32.class)));
        }
        if (prepared.grid().kept() > 0) {
            Operand<TInt32> row = tf.select(
                    taken,
                    prepared.saveIndex(tf, step, invariants),
                    tf.constant(prepared.grid().kept()));
            after = after.with(KEPT, Tables.written(tf, carried.get(KEPT, type), row, next));
        }
        if (plan.stores()) {
            Operand<TInt32> place = plan.row(tf, step);
            after = after.with(TRAJECTORY, Tables.written(tf, carried.get(TRAJECTORY, type), place, state));
            if (plan.stages() > 0) {
                Operand<T> stages = tf.stack(Objects.requireNonNull(output.stages(), "stages"));
                after = after.with(STAGES, Tables.written(tf, carried.get(STAGES, type), place, stages));
            }
            for (String name : memory.names()) {
                String row = MEMORY_TRAJECTORY + MEMORY + name;
                after = after.with(row, Tables.written(tf, carried.get(row, type), place, memory.get(name, type)));
            }
        }
        return after;
    }
}
