package dev.odeon.solvers.forward;

import static dev.odeon.solvers.forward.LoopNames.KEPT;
import static dev.odeon.solvers.forward.LoopNames.MEMORY;
import static dev.odeon.solvers.forward.LoopNames.OUTCOME;
import static dev.odeon.solvers.forward.LoopNames.STATE;
import static dev.odeon.solvers.forward.LoopNames.STORED_STAGES;
import static dev.odeon.solvers.forward.LoopNames.storedRows;

import dev.odeon.graph.LoopTables;
import dev.odeon.graph.TensorSpec;
import dev.odeon.graph.Values;
import dev.odeon.graph.WhileLoop;
import dev.odeon.solvers.Outcome;
import dev.odeon.solvers.stepper.Counter;
import dev.odeon.solvers.stepper.Start;
import dev.odeon.solvers.stepper.StepOutput;
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
 * The loop over steps of known sizes: one {@code StatelessWhile} whose body is one step with all its stages.
 *
 * <p>Carried: step number, state, the stepper's memory, kept states, what is stored for a gradient, and the counters. The loop ends after the last step, or before the step that fails.
 */
public final class KnownLoop {

    /** The number of the step, counted from the first of the loop. */
    public static final String STEP = "step";

    private KnownLoop() {}

    /** What the loop starts from. */
    public static <T extends TFloating> Values initial(Ops tf, Prepared<T> prepared, FirstSteps<T> starting) {
        Start<T> start = starting.start();
        Operand<T> state = start.state(0);
        Values memory = prepared.stepper().memory(tf, start).prefixed(MEMORY);
        Values initial = Values.of(STEP, tf.constant(0))
                .with(STATE, state)
                .and(memory)
                .with(KEPT, keptBefore(tf, prepared, start))
                .with(OUTCOME, starting.outcome());
        for (Counter counter : Counter.values()) {
            if (prepared.stepper().counters().contains(counter)) {
                initial = initial.with(counter.key(), starting.counts().addedTo(tf, counter, tf.constant(0)));
            }
        }
        return initial;
    }

    /** What the loop carries from step to step and every step depends on: the state, and the memory if it has one. */
    public static List<TensorSpec> perStep(List<TensorSpec> carried) {
        return carried.stream()
                .filter(spec -> spec.name().equals(STATE)
                        || (spec.name().startsWith(MEMORY)
                                && remembered(spec.name().substring(MEMORY.length()))))
                .toList();
    }

    /** Whether steps read a part of the memory, which may hold rows for the user besides. */
    private static boolean remembered(String memory) {
        return !memory.startsWith(LoopNames.ROWS);
    }

    /** What the loop starts from, with rows for what it is to store. */
    public static <T extends TFloating> Values storing(Ops tf, Prepared<T> prepared, Values initial, Storage storage) {
        Class<T> type = prepared.problem().type();
        Values with = initial;
        if (storage.storesStates()) {
            Operand<T> state = initial.get(STATE, type);
            with = with.with(storedRows(STATE), LoopTables.like(tf, type, storage.rows(), state, 0));
            if (storage.stages() > 0) {
                Operand<T> stages = tf.stack(Collections.nCopies(storage.stages(), state));
                with = with.with(STORED_STAGES, LoopTables.like(tf, type, storage.rows(), stages, 0));
            }
            for (String name : initial.under(MEMORY).names()) {
                if (remembered(name)) {
                    Operand<T> memory = initial.get(MEMORY + name, type);
                    with = with.with(storedRows(MEMORY + name), LoopTables.like(tf, type, storage.rows(), memory, 0));
                }
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
                LoopTables.like(tf, prepared.problem().type(), rows - reached.size(), start.state(0), Double.NaN);
        return reached.isEmpty() ? empty : tf.concat(List.of(tf.stack(reached), empty), tf.constant(0));
    }

    /** Defines the loop. */
    public static <T extends TFloating> WhileLoop define(
            Ops tf, Prepared<T> prepared, Values initial, Storage storage) {
        return WhileLoop.define(
                tf,
                "solve",
                initial.specs(),
                prepared.invariants().specs(),
                (inner, carried, invariants) -> proceeds(inner, prepared, carried),
                (inner, carried, invariants) -> step(inner, prepared, storage, carried, invariants));
    }

    private static Operand<TBool> proceeds(Ops tf, Prepared<?> prepared, Values carried) {
        return tf.math.logicalAnd(
                tf.math.less(carried.get(STEP, TInt32.class), tf.constant(prepared.count())),
                tf.math.equal(carried.get(OUTCOME, TInt32.class), tf.constant(Outcome.SUCCESS.code())));
    }

    private static <T extends TFloating> Values step(
            Ops tf, Prepared<T> prepared, Storage storage, Values carried, Values invariants) {
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
            after = after.with(KEPT, LoopTables.written(tf, carried.get(KEPT, type), row, next));
        }
        if (storage.storesStates()) {
            Operand<TInt32> row = storage.row(tf, step);
            Operand<T> states = carried.get(storedRows(STATE), type);
            after = after.with(storedRows(STATE), LoopTables.written(tf, states, row, state));
            if (storage.stages() > 0) {
                Operand<T> stages = tf.stack(Objects.requireNonNull(output.stages(), "stages"));
                after = after.with(
                        STORED_STAGES, LoopTables.written(tf, carried.get(STORED_STAGES, type), row, stages));
            }
            for (String name : memory.names()) {
                if (remembered(name)) {
                    String rows = storedRows(MEMORY + name);
                    after = after.with(
                            rows, LoopTables.written(tf, carried.get(rows, type), row, memory.get(name, type)));
                }
            }
        }
        return after;
    }
}
