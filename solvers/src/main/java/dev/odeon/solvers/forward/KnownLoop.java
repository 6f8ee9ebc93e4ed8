package dev.odeon.solvers.forward;

import static dev.odeon.solvers.forward.LoopNames.KEPT;
import static dev.odeon.solvers.forward.LoopNames.MEMORY;
import static dev.odeon.solvers.forward.LoopNames.OUTCOME;
import static dev.odeon.solvers.forward.LoopNames.STATE;
import static dev.odeon.solvers.forward.LoopNames.STORED_STAGES;
import static dev.odeon.solvers.forward.LoopNames.storedRows;

import dev.odeon.graph.Floats;
import dev.odeon.graph.LoopTables;
import dev.odeon.graph.TensorSpec;
import dev.odeon.graph.Values;
import dev.odeon.graph.WhileLoop;
import dev.odeon.solvers.Outcome;
import dev.odeon.solvers.stepper.Counter;
import dev.odeon.solvers.stepper.Start;
import dev.odeon.solvers.stepper.StepInput;
import dev.odeon.solvers.stepper.StepOutput;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;

/**
 * The loop over steps of known sizes: one {@code StatelessWhile} whose body is one step with all its stages.
 *
 * <p>Carried: step number, state, the stepper's memory, kept states, what is stored for a gradient, and the counters.
 *
 * <p>The number of rounds is that of the steps, so that no round waits for what the last one found, which on a GPU would be
 * read back from the device, and XLA knows it beforehand. After a step that is not finite the state stays as it was, and
 * what is kept is NaN; the rounds that follow change nothing else but the counters. Only where the stepper itself can fail,
 * or looks for an event, the loop ends when that happens.
 */
public final class KnownLoop {

    /** The number of the round, that of the step, counted from the first of the loop. */
    private static final String STEP = "step";

    /** Whether all steps so far could be taken. On a device, where numbers of 32 bits would live on the host. */
    private static final String GOING = "going";

    /** How many steps were taken; on a device likewise. */
    private static final String TAKEN = "taken";

    private KnownLoop() {}

    /** What the loop starts from. */
    public static <T extends TFloating> Values initial(Ops tf, Prepared<T> prepared, FirstSteps<T> starting) {
        Start<T> start = starting.start();
        Operand<T> state = start.state(0);
        if (prepared.before() > 0) {
            // Of first steps that failed none counts, whatever they left.
            state = tf.select(starting.succeeded(tf), state, start.states().get(0));
        }
        Values memory = prepared.stepper().memory(tf, start).prefixed(MEMORY);
        Values initial = Values.of(STEP, tf.constant(0))
                .with(STATE, state)
                .and(memory)
                .with(KEPT, keptBefore(tf, prepared, starting))
                .with(OUTCOME, starting.outcome())
                .with(TAKEN, tf.constant(0L));
        for (Counter counter : Counter.values()) {
            if (prepared.stepper().counters().contains(counter)) {
                initial = initial.with(counter.key(), starting.counts().addedTo(tf, counter, tf.constant(0)));
            }
        }
        return initial;
    }

    /** Whether the loop took all its steps, from its results. */
    public static Operand<TBool> complete(Values results) {
        return results.get(GOING, TBool.class);
    }

    /** How many steps the loop took, from its results. */
    public static Operand<TInt32> taken(Ops tf, Values results) {
        return tf.dtypes.cast(results.get(TAKEN, TInt64.class), TInt32.class);
    }

    /** The code of the outcome, from the results of the loop. */
    public static Operand<TInt32> outcome(Ops tf, Values results) {
        Operand<TInt32> ofStates = tf.select(
                complete(results), tf.constant(Outcome.SUCCESS.code()), tf.constant(Outcome.NON_FINITE.code()));
        return Failures.first(tf, results.get(OUTCOME, TInt32.class), ofStates);
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

    /** What the loop starts from, with rows for what it is to store; it goes on from what has not failed yet. */
    public static <T extends TFloating> Values storing(Ops tf, Prepared<T> prepared, Values initial, Storage storage) {
        Class<T> type = prepared.problem().type();
        Values with = initial.with(
                GOING, tf.math.equal(initial.get(OUTCOME, TInt32.class), tf.constant(Outcome.SUCCESS.code())));
        if (storage.storesStates()) {
            Operand<T> state = initial.get(STATE, type);
            with = with.with(storedRows(STATE), LoopTables.like(tf, type, storage.rows(), state, 0));
            if (storage.inside() == Storage.Inside.STAGES) {
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
        if (storage.inside() == Storage.Inside.LINEARISATIONS) {
            with = with.and(linearisations(prepared, storage).empty(tf, prepared.count()));
        }
        return with;
    }

    /** The tables of the evaluations. */
    public static <T extends TFloating> LinearisationRows<T> linearisations(Prepared<T> prepared, Storage storage) {
        return new LinearisationRows<>(prepared.linearisation(), storage.stages());
    }

    /** Rows for the states to keep, the first of them filled with what was reached before the loop. */
    private static <T extends TFloating> Operand<T> keptBefore(Ops tf, Prepared<T> prepared, FirstSteps<T> starting) {
        List<Operand<T>> reached = reachedBefore(tf, prepared, starting);
        Operand<T> empty = LoopTables.like(
                tf,
                prepared.problem().type(),
                prepared.grid().kept() + 1 - reached.size(),
                starting.start().state(0),
                Double.NaN);
        return reached.isEmpty() ? empty : tf.concat(List.of(tf.stack(reached), empty), tf.constant(0));
    }

    private static <T extends TFloating> List<Operand<T>> reachedBefore(
            Ops tf, Prepared<T> prepared, FirstSteps<T> starting) {
        List<Operand<T>> kept = new ArrayList<>();
        for (int n = 0; n < prepared.before(); n++) {
            if (prepared.grid().keeps(n)) {
                kept.add(starting.start().states().get(n + 1));
            }
        }
        if (kept.isEmpty()) {
            return kept;
        }
        Operand<TBool> counts = starting.succeeded(tf);
        Operand<T> none = Floats.scalar(tf, prepared.problem().type(), Double.NaN);
        kept.replaceAll(state -> tf.select(counts, state, none));
        return kept;
    }

    /** Defines the loop. */
    public static <T extends TFloating> WhileLoop define(
            Ops tf, Prepared<T> prepared, Values initial, Storage storage) {
        // What the body tells the condition, which is defined after it.
        AtomicBoolean ends = new AtomicBoolean();
        return WhileLoop.define(
                tf,
                "solve",
                initial.specs(),
                prepared.invariants().specs(),
                (inner, carried, invariants) -> proceeds(inner, prepared, carried, ends.get()),
                (inner, carried, invariants) -> {
                    StepInput<T> input = prepared.input(
                            inner,
                            carried.get(STEP, TInt32.class),
                            carried.get(STATE, prepared.problem().type()),
                            carried.under(MEMORY),
                            invariants);
                    StepOutput<T> output = prepared.stepper().step(inner, input);
                    ends.set(output.failure() != null);
                    Values after = step(inner, prepared, storage, carried, invariants, output);
                    return storage.inside() == Storage.Inside.LINEARISATIONS
                            ? linearisations(prepared, storage)
                                    .written(
                                            inner,
                                            carried.get(STEP, TInt32.class),
                                            Objects.requireNonNull(output.evaluations(), "evaluations"),
                                            input.theta(),
                                            after)
                            : after;
                });
    }

    private static Operand<TBool> proceeds(Ops tf, Prepared<?> prepared, Values carried, boolean ends) {
        Operand<TBool> more = tf.math.less(carried.get(STEP, TInt32.class), tf.constant(prepared.count()));
        return ends ? tf.math.logicalAnd(more, carried.get(GOING, TBool.class)) : more;
    }

    private static <T extends TFloating> Values step(
            Ops tf, Prepared<T> prepared, Storage storage, Values carried, Values invariants, StepOutput<T> output) {
        Class<T> type = prepared.problem().type();
        Operand<TInt32> step = carried.get(STEP, TInt32.class);
        Operand<T> state = carried.get(STATE, type);
        Values memory = carried.under(MEMORY);
        Operand<TBool> taken = tf.math.logicalAnd(carried.get(GOING, TBool.class), Failures.finite(tf, output.next()));
        Operand<TBool> going = taken;
        Operand<TInt32> outcome = carried.get(OUTCOME, TInt32.class);
        if (output.failure() != null) {
            outcome = output.failure();
            Operand<TBool> usable = tf.math.equal(outcome, tf.constant(Outcome.SUCCESS.code()));
            Operand<TBool> event = tf.math.equal(outcome, tf.constant(Outcome.EVENT.code()));
            going = tf.math.logicalAnd(taken, usable);
            taken = tf.math.logicalAnd(taken, tf.math.logicalOr(usable, event));
        }
        // A step that failed is not taken: what it left must not look like a state.
        Operand<T> next = tf.select(taken, output.next(), state);
        Values after = carried.with(STEP, tf.math.add(step, tf.constant(1)))
                .with(STATE, next)
                .with(OUTCOME, outcome)
                .with(GOING, going)
                .with(TAKEN, tf.math.add(carried.get(TAKEN, TInt64.class), tf.dtypes.cast(taken, TInt64.class)));
        for (String name : memory.names()) {
            after = after.with(MEMORY + name, output.memory().get(name));
        }
        for (Counter counter : prepared.stepper().counters()) {
            after = after.with(
                    counter.key(), output.counts().addedTo(tf, counter, carried.get(counter.key(), TInt32.class)));
        }
        if (prepared.grid().kept() > 0) {
            Operand<T> kept = tf.select(taken, output.next(), Floats.scalar(tf, type, Double.NaN));
            after = after.with(
                    KEPT,
                    LoopTables.written(tf, carried.get(KEPT, type), prepared.saveIndex(tf, step, invariants), kept));
        }
        if (storage.storesStates()) {
            Operand<TInt32> row = storage.row(tf, step);
            Operand<T> states = carried.get(storedRows(STATE), type);
            after = after.with(storedRows(STATE), LoopTables.written(tf, states, row, state));
            if (storage.inside() == Storage.Inside.STAGES) {
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
